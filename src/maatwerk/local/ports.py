"""Ports on loopback. Free ones are taken below the range the kernel uses for outgoing connections, so that a
client that keeps knocking on a stopped engine can never end up holding its port."""

import random
import socket

LOOPBACK = "127.0.0.1"
_CANDIDATES = range(15_000, 32_000, 2)


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
    """A port of 127.0.0.1 that nobody has, and that nobody else gets from here as long as this process lives: also not
    before its server listens, or while that server is down. The port after it isn't handed out either."""
    chance = random.SystemRandom()
    while True:
        port = chance.choice(_CANDIDATES)
        if _held(port):
            return port


def _held(port: int) -> bool:
    """Binds the port and keeps it so, unless somebody has it. Allowing reuse comes after: then our server can listen on it,
    but whoever looks for a port of his own is still refused."""
    holder = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        holder.bind((LOOPBACK, port))
    except OSError:
        holder.close()
        return False
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.detach()
    return True
