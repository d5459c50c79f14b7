"""A bar on a terminal for what takes long. Where nobody watches (a pipe, a file) it says nothing."""

import sys
from typing import Final

_WIDTH: Final = 30


class Progress:
    """Counts up to `total` things called `what`; drawn on stderr, so that the answer on stdout stays clean."""

    def __init__(self, total: int, what: str) -> None:
        self._total, self._what = total, what
        self._done = self._drawn = 0
        self._shown = total > 0 and sys.stderr.isatty()

    def step(self) -> None:
        """One more is done."""
        self._done += 1
        percent = 100 * min(self._done, self._total) // self._total if self._shown else 0
        if self._shown and (percent != self._drawn or self._done == 1):
            self._drawn = percent
            full = _WIDTH * percent // 100
            bar = f"[{'#' * full}{'.' * (_WIDTH - full)}]"
            sys.stderr.write(f"\r{bar} {percent:3d} %, {self._done} van {self._total} {self._what}")
            sys.stderr.flush()

    def end(self) -> None:
        """Clears the line."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
