"""Where a key stands in a TOML text. tomllib tells no positions, and an admin needs the line to mend. It reads only text that
tomllib could read, so it need not be strict; a part of an array has its number as a key: `inzage.0.wie`.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_SCALAR = re.compile(r"[^,\]}#\n]*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}' + r"|'''.*?'{3,5}" + r'|"(?:\\.|[^"\\])*"' + r"|'[^']*'",
    re.DOTALL,
)


def lines_of(text: str) -> dict[str, int]:
    """Dotted key path -> line number, from 1."""
    scan = _Scan(text)
    scan.document()
    return scan.found


def line_for(lines: Mapping[str, int], path: str) -> int:
    """The line of the key, or of the nearest table above it."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return 1


class _Scan:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.newlines = [found.start() for found in re.finditer("\n", text)]
        self.found: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def document(self) -> None:
        prefix: list[str] = []
        while self.next() is not None:
            if self.text[self.at] == "[":
                prefix = self.header()
            else:
                self.assignment(prefix)

    def next(self) -> str | None:
        """The next letter that means something, or None at the end."""
        self.skip(_BLANK)
        return self.text[self.at] if self.at < len(self.text) else None

    def skip(self, pattern: re.Pattern[str]) -> str:
        """Goes past what the pattern finds here; nothing found still goes on one letter, so that no text holds it up."""
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at + 1
        return found.group() if found else ""

    def note(self, path: list[str]) -> None:
        line = bisect_right(self.newlines, self.at - 1) + 1
        for depth in range(len(path), 0, -1):
            if (joined := ".".join(path[:depth])) in self.found:
                return  # and so is all above it
            self.found[joined] = line

    def header(self) -> list[str]:
        start = self.at
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        *outer, last = self.key()
        self.at = self.text.find("]", self.at) + (2 if double else 1)
        path: list[str] = []
        for part in outer:
            path.append(part)
            if ".".join(path) in self.counts:
                path.append(str(self.counts[".".join(path)]))
        path.append(last)
        name = ".".join(path)
        if double:
            self.counts[name] = self.counts.get(name, -1) + 1
            path.append(str(self.counts[name]))
        end, self.at = self.at, start
        self.note(path)
        self.at = end
        return path

    def key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self.skip(_SPACE)
            if self.text[self.at : self.at + 1] in ("'", '"'):
                parts.append(self.skip(_STRING)[1:-1])
            else:
                parts.append(self.skip(_BARE))
            self.skip(_SPACE)
            if self.text[self.at : self.at + 1] != ".":
                return parts
            self.at += 1

    def assignment(self, prefix: list[str]) -> None:
        start = self.at
        path = prefix + self.key()
        end, self.at = self.at, start
        self.note(path)
        self.at = end + 1
        self.value(path)

    def value(self, path: list[str]) -> None:
        self.skip(_SPACE)
        opening = self.text[self.at : self.at + 1]
        if opening in ("'", '"') and opening:
            self.skip(_STRING)
        elif opening in ("[", "{") and opening:
            self.nested(path, opening)
        else:
            self.skip(_SCALAR)

    def nested(self, path: list[str], opening: str) -> None:
        closing, index = "]" if opening == "[" else "}", 0
        self.at += 1
        while (letter := self.next()) is not None and letter != closing:
            if opening == "{":
                self.assignment(path)
                continue
            inner, start = [*path, str(index)], self.at
            self.note(inner)
            self.value(inner)
            self.at, index = max(self.at, start + 1), index + 1
        self.at += 1
