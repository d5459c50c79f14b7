"""Keeps engines and children running until it is asked to stop, and says what it does. It runs in the main thread;
when it is killed the kernel takes its children along (see tether.py)."""

import json
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from maatwerk.local.engines import Engines, Say
from maatwerk.local.faults import LocalFault
from maatwerk.local.processes import kill, spawn
from maatwerk.local.secret_file import write_private

_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 15.0
_LIVED_LONG = 30.0
_SLOW = 30.0
_ASKED_BY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SECONDS_TO_STOP = {1: 4.0, 2: 1.0}


@dataclass(frozen=True)
class Child:
    """A command to keep running. Stage 1 stops before stage 2; both stop before the engines. One that is `later` starts when the
    service answers: starting is all processor, and everybody waits for the answer."""

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)
    stage: int = 1
    later: bool = False


@dataclass
class _Kept:
    """A child and its fortunes; `due` is when it may start again, by the monotonic clock."""

    child: Child
    log: Path
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    failures: int = 0
    due: float = 0.0

    def start(self) -> None:
        self.process = spawn(self.child.argv, log=self.log, env=self.child.env)
        self.began = time.monotonic()

    def fell(self) -> str:
        """How it ended, and notes when to try again."""
        assert self.process is not None
        code = self.process.returncode
        self.process = None
        now = time.monotonic()
        self.failures = 0 if now - self.began > _LIVED_LONG else self.failures + 1
        self.due = now + min(_FIRST_PAUSE * 2 ** max(0, self.failures - 1), _LONGEST_PAUSE)
        return f"code {code}" if code >= 0 else f"signaal {-code}"


class Supervisor:
    """Runs `children` beside `engines`, which are up already; DATA/pids.json says who runs as what."""

    def __init__(self, data: Path, engines: Engines, children: Sequence[Child], say: Say) -> None:
        self._data = data
        self._engines = engines
        self._kept = [_Kept(child, data / "log" / f"{child.name}.log") for child in children]
        self._say = say
        self._asked = threading.Event()
        self._wake = threading.Event()
        self._answers = False
        self._known: dict[str, int] = {}
        self._engine_due: dict[str, float] = {}

    def run(self, is_up: Callable[[], bool], announce: Callable[[], None]) -> None:
        """Starts every child, announces once `is_up`, and stays until SIGINT, SIGTERM or SIGHUP; then stops all."""
        with self._signals():
            try:
                slow_from = time.monotonic() + _SLOW
                while not self._asked.is_set():
                    self._look_after()
                    if not self._answers and is_up():
                        self._answers = True
                        self._look_after()
                        announce()
                    elif not self._answers and time.monotonic() > slow_from:
                        slow_from += _SLOW
                        self._say(f"De dienst laat op zich wachten; zie {self._data / 'log'}.")
                    self._wake.wait(2.0 if self._answers and all(kept.process for kept in self._kept) else 0.1)
                    self._wake.clear()
            finally:
                self._stop()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def ask(*_: object) -> None:
            self._asked.set()
            self._wake.set()

        before = {number: signal.signal(number, ask) for number in _ASKED_BY}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: self._wake.set())
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _look_after(self) -> None:
        self._revive_engines()
        for kept in self._kept:
            if kept.process is not None and kept.process.poll() is not None:
                self._say(f"{kept.child.name} stopte ({kept.fell()}) en start opnieuw; zie {kept.log}.")
            waits = kept.child.later and not self._answers
            if kept.process is None and not waits and kept.due <= time.monotonic() and not self._asked.is_set():
                kept.start()
        self._note_pids()

    def _revive_engines(self) -> None:
        for part in self._engines.parts():
            fell = part.process is None or part.process.poll() is not None
            if fell and self._engine_due.get(part.key, 0.0) <= time.monotonic():
                self._say(f"{part.name} stopte onverwacht en start opnieuw.")
                try:
                    part.start()
                except LocalFault as fault:
                    self._say(str(fault))
                self._engine_due[part.key] = time.monotonic() + _FIRST_PAUSE

    def _note_pids(self) -> None:
        processes = {part.key: part.process for part in self._engines.parts()}
        processes |= {kept.child.name: kept.process for kept in self._kept}
        pids = {name: process.pid for name, process in processes.items() if process is not None}
        pids["supervisor"] = os.getpid()
        if pids != self._known:
            self._known = pids
            write_private(self._data / "pids.json", json.dumps(pids, indent=2).encode())

    def _stop(self) -> None:
        began = time.monotonic()
        self._say("Stoppen…")
        for stage, seconds in _SECONDS_TO_STOP.items():
            running = [kept.process for kept in self._kept if kept.process and kept.child.stage == stage]
            for process in running:
                process.terminate()
            until = time.monotonic() + seconds
            while time.monotonic() < until and any(process.poll() is None for process in running):
                time.sleep(0.02)
            for process in running:
                kill(process)
        self._engines.stop()
        (self._data / "pids.json").unlink(missing_ok=True)
        self._say(f"Alles is gestopt ({time.monotonic() - began:.1f} s).")
