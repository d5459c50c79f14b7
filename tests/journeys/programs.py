"""A program under test as its user meets it: started, read line by line, told to stop. It cannot outlive the test."""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.journeys.processes import descendants


class Program:
    """A running program that keeps its data in `data`; `lines` are what it printed as far as that was read."""

    def __init__(self, argv: Sequence[str], data: Path, env: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | (env or {})
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        with self.process:
            pass

    def reads_until(self, words: str) -> str:
        """Reads on until a line with these words, and answers it; fails when the program ends first."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.strip())
            if words in line:
                return line.strip()
        raise AssertionError(self.lines)

    def pids(self) -> dict[str, int]:
        """Who runs, as DATA/pids.json tells."""
        return {str(name): int(pid) for name, pid in json.loads((self.data / "pids.json").read_text()).items()}

    def everything(self) -> set[int]:
        """The program and every process below it."""
        return {self.process.pid, *descendants(self.process.pid)}
