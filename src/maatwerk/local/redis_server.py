"""One embedded Redis. It only carries hints; the truth is in PostgreSQL, so a damaged Redis folder may be thrown away."""

import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from maatwerk.local import complaints
from maatwerk.local.faults import LocalFault
from maatwerk.local.ports import LOOPBACK, free_port
from maatwerk.local.processes import Account, kill, spawn, stop

_PATIENCE = 20.0
_POLL = 0.01


@dataclass
class RedisServer:
    """`folder` holds the append-only file and belongs to `account`; `fast` keeps nothing on disk."""

    name: ClassVar[str] = "Redis"
    key: ClassVar[str] = "redis"

    folder: Path
    log: Path
    password: str
    program: Path
    account: Account | None
    fast: bool
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """With the password: for a child's environment, never for a screen."""
        return f"redis://:{self.password}@{LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Starts and waits until it answers; on the same port each time."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            offset = complaints.end_of(self.log)
            self.process = self._launch()
            if self._becomes_ready(until):
                return
            if "Address already in use" not in complaints.text_since(self.log, offset):
                break
            time.sleep(0.2)
        self.kill()
        raise LocalFault(
            f"Redis komt niet op met de map {self.folder}, zie {self.log}.",
            f"Verwijder {self.folder}: er gaat niets verloren, want alles staat in PostgreSQL.",
        )

    def stop(self) -> None:
        """Lets Redis write what it has; forced after a few seconds."""
        if self.process is not None:
            stop(self.process, (signal.SIGTERM, 1))

    def kill(self) -> None:
        """kill -9."""
        if self.process is not None:
            kill(self.process)

    def _launch(self) -> subprocess.Popen[bytes]:
        return spawn(
            [str(self.program), "-"],
            log=self.log,
            death_signal=signal.SIGKILL,
            account=self.account,
            cwd=self.folder,
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
            stdin=self._configuration().encode(),
        )

    def _configuration(self) -> str:
        """Read from standard input, so that the password stands in no file and no process list."""
        lines = [
            f"bind {LOOPBACK}",
            f"port {self.port}",
            f"requirepass {self.password}",
            "dir .",
            "daemonize no",
            "databases 4",
            'save ""',
            f"appendonly {'no' if self.fast else 'yes'}",
            "appendfsync everysec",
            "maxmemory-policy noeviction",
        ]
        return "\n".join(lines) + "\n"

    def _becomes_ready(self, until: float) -> bool:
        assert self.process is not None
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers():
                return True
            time.sleep(_POLL)
        return False

    def _answers(self) -> bool:
        """Whether it takes our password and is done loading; asked in Redis's own inline words."""
        try:
            with socket.create_connection((LOOPBACK, self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\nQUIT\r\n".encode())
                with connection.makefile("rb") as answer:
                    return b"+PONG" in answer.read()
        except OSError:
            return False
