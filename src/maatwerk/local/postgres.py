"""One embedded PostgreSQL: its folder, its process. A crash is no damage: PostgreSQL recovers from it by itself."""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from maatwerk.local import complaints
from maatwerk.local.binaries import PostgresPrograms, reachable
from maatwerk.local.faults import LocalFault
from maatwerk.local.ports import LOOPBACK, free_port
from maatwerk.local.processes import Account, kill, spawn, stop

_PATIENCE = 60.0
_POLL = 0.01
_ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"}
_OPTIONS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # A statement or the detail of an error may hold personal data: neither reaches the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length_on_error": "0",
}
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "2GB",
}


@dataclass
class Postgres:
    """`folder` is PGDATA and belongs to `account`; `fast` trades all durability for speed, for tests."""

    name: ClassVar[str] = "PostgreSQL"
    key: ClassVar[str] = "postgres"

    folder: Path
    log: Path
    password: str
    programs: PostgresPrograms
    account: Account | None
    fast: bool
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts and waits until it accepts connections; makes the folder when there is none."""
        if not self.folder.exists():
            self._initialise()
        complaints.refuse_damaged_folder(self.folder, self.programs.version, self.account, os.geteuid())
        until = time.monotonic() + _PATIENCE
        self._clear_stale_pid(until)
        while time.monotonic() < until:
            offset = complaints.end_of(self.log)
            self.process = self._launch()
            if self._becomes_ready(until):
                return
            if self.process.poll() is None:
                break
            complaint = complaints.text_since(self.log, offset)
            if not complaints.passes(complaint):
                raise complaints.fault_of(complaint, self.folder) or complaints.damaged(
                    self.folder, f"PostgreSQL weigert haar, zie {self.log}"
                )
            time.sleep(0.2)
        self.kill()
        raise LocalFault("PostgreSQL komt niet op.", f"Lees {self.log}, of begin opnieuw zonder de map {self.folder}.")

    def stop(self) -> None:
        """Fast shutdown; forced after a few seconds."""
        if self.process is not None:
            stop(self.process, (signal.SIGINT, 2.5), (signal.SIGQUIT, 1))

    def kill(self) -> None:
        """kill -9 of the postmaster."""
        if self.process is not None:
            kill(self.process)

    def _argument(self, folder: Path) -> str:
        """What -D gets. Folders above the data may be closed to the engine's user, yet it can stand in its own."""
        if self.account is None or reachable(folder.parent, self.account):
            return str(folder)
        return "/proc/self/cwd"

    def _launch(self) -> subprocess.Popen[bytes]:
        options = _OPTIONS | {"port": str(self.port)} | (_FAST if self.fast else {})
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return spawn(
            [str(self.programs.postgres), "-D", self._argument(self.folder), *settings],
            log=self.log,
            death_signal=signal.SIGQUIT,
            account=self.account,
            cwd=self.folder,
            env=_ENVIRONMENT,
        )

    def _becomes_ready(self, until: float) -> bool:
        """Waits for the postmaster's own word in postmaster.pid (its eighth line); False when it exits first."""
        assert self.process is not None
        while time.monotonic() < until:
            if self.process.poll() is not None:
                return False
            lines = self._pid_file()
            if len(lines) > 7 and lines[0] == str(self.process.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(_POLL)
        return False

    def _pid_file(self) -> list[str]:
        try:
            return (self.folder / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _clear_stale_pid(self, until: float) -> None:
        """Waits for a postmaster that still shuts down; removes a pid file whose number is another program's by now.

        Only called while we hold the data folder's lock, so no other supervisor runs on this folder.
        """
        lines = self._pid_file()
        while lines and lines[0].lstrip("-").isdigit() and self._runs_here(int(lines[0])):
            if time.monotonic() > until:
                raise complaints.in_use(self.folder)
            time.sleep(0.1)
            lines = self._pid_file()
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _runs_here(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{abs(pid)}/cwd").samefile(self.folder)
        except OSError:
            return False

    def _initialise(self) -> None:
        """initdb in a draft folder that is renamed when whole: a half-made folder never looks like a database."""
        draft = self.folder.with_name(self.folder.name + ".nieuw")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if self.account:
            os.chown(draft, self.account.uid, self.account.gid)
        self._run_initdb(draft)
        draft.rename(self.folder)

    def _run_initdb(self, draft: Path) -> None:
        quick = ["--no-sync", "--no-data-checksums"] if self.fast else []
        argv = [str(self.programs.initdb), "-D", self._argument(draft), "-U", "postgres", "--no-instructions"]
        argv += ["--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", "--pwfile=/dev/stdin", *quick]
        offset = complaints.end_of(self.log)
        process = spawn(
            argv,
            log=self.log,
            account=self.account,
            cwd=draft,
            env=_ENVIRONMENT,
            stdin=self.password.encode(),
        )
        try:
            code = process.wait(_PATIENCE)
        finally:
            kill(process)
        if code != 0:
            raise complaints.fault_of(complaints.text_since(self.log, offset), self.folder) or LocalFault(
                "PostgreSQL kon zijn map niet maken.", f"Lees {self.log}."
            )
