"""Ports on loopback. Free ones are taken below the range the kernel uses for outgoing connections, so that a
client that keeps knocking on a stopped engine can never end up holding its port."""

import random
import socket

LOOPBACK = "127.0.0.1"
_CANDIDATES = range(15_000, 32_000)


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def answers(port: int) -> bool:
    """Whether somebody listens on this port of 127.0.0.1 now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on; another program may take it before you do."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(_CANDIDATES)
        if is_free(port):
            return port
