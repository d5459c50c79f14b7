"""Starts and stops child processes that cannot outlive us; a stop is asked politely first and forced in the end."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from maatwerk.local import tether


@dataclass(frozen=True)
class Account:
    """The unprivileged user and group an engine runs as when we are root."""

    uid: int
    gid: int


def spawn(
    argv: Sequence[str],
    *,
    log: Path,
    death_signal: signal.Signals = signal.SIGKILL,
    account: Account | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
) -> subprocess.Popen[bytes]:
    """Starts a command in a session of its own; its output is appended to `log`, `death_signal` follows our death.

    The pid is the command's own, as the tether becomes it. `stdin` must fit in a pipe (64 KiB).
    """
    user = f"{account.uid}:{account.gid}" if account else "-"
    bound = [str(int(death_signal)), str(os.getpid()), user, *argv]
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    reading, writing = os.pipe()
    try:
        os.write(writing, stdin)
        if account:
            os.fchown(reading, account.uid, account.gid)
        return subprocess.Popen(
            [sys.executable, "-I", "-S", tether.__file__, *bound],
            stdin=reading,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env=None if env is None else dict(env),
            start_new_session=True,
        )
    finally:
        for descriptor in (output, reading, writing):
            os.close(descriptor)


def stop(process: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Sends each signal in turn and waits its number of seconds; kills whatever then still lives, with its group."""
    for number, seconds in steps:
        if process.poll() is not None:
            return
        process.send_signal(number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 on the process and its session, as an out-of-memory killer would."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
