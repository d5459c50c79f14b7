"""Waiting for processes, as a bystander: /proc tells whether somebody still runs, and as whom."""

import time
from collections.abc import Callable
from pathlib import Path


def eventually(holds: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Whether it holds within so many seconds of real time; for what other processes do, never for the clock."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.05)
    return holds()


def runs(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def queued(pid: int) -> float:
    """Seconds that a process could have run while the processors did something else; 0 where the kernel doesn't tell."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[1]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def user_of(pid: int) -> int:
    """The effective user id of a process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[2]) for line in lines if line.startswith("Uid:"))


def descendants(pid: int) -> set[int]:
    """Every process below this one."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text(encoding="utf-8").split():
            found |= {int(child), *descendants(int(child))}
    return found


def listening_addresses(port: int) -> set[str]:
    """The local addresses, as the kernel writes them in hexadecimal, on which somebody listens at this port."""
    lines = [line.split() for name in ("tcp", "tcp6") for line in Path("/proc/net", name).read_text().splitlines()[1:]]
    listening = [fields[1].split(":") for fields in lines if fields[3] == "0A"]
    return {address for address, number in listening if int(number, 16) == port}
