"""Ports that are free stay so for who asked: from the asking to the listening, and while the listener is away."""

import socket
import subprocess
import sys

from maatwerk.local.ports import LOOPBACK, answers, free_port, is_free

OTHER = """
import socket, sys
with socket.socket() as other:
    other.bind(("127.0.0.1", int(sys.argv[1])))
"""


def another_program_takes(port: int) -> bool:
    return subprocess.run([sys.executable, "-c", OTHER, str(port)], stderr=subprocess.DEVNULL).returncode == 0


def listener(port: int) -> socket.socket:
    return socket.create_server((LOOPBACK, port))


def test_a_port_that_was_handed_out_is_nobody_elses_before_its_server_listens() -> None:
    port = free_port()
    assert not another_program_takes(port)
    assert is_free(port)
    with listener(port):
        assert answers(port)
        assert not is_free(port)


def test_nor_while_its_server_is_down() -> None:
    port = free_port()
    with listener(port) as server, socket.create_connection((LOOPBACK, port)):
        server.close()
        assert not answers(port)
        assert not another_program_takes(port)
        with listener(port):
            assert answers(port)


def test_no_port_is_handed_out_twice() -> None:
    ports = [free_port() for _ in range(50)]
    assert len(set(ports)) == 50


def test_the_port_after_it_is_left_for_a_page() -> None:
    ports = {free_port() for _ in range(50)}
    assert not {port + 1 for port in ports} & ports
