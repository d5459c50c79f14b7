"""Where a key stands in a TOML text. tomllib tells no positions, and an admin needs the line to mend."""

import re

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(
    r"""^\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=\s*(.*)$"""
)
_PART = re.compile(r"""[A-Za-z0-9_-]+|"[^"]*"|'[^']*'""")


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]


def _unclosed(value: str, closing: str) -> str:
    """The token that still has to come before the value is complete: a triple quote or brackets; '' when it is."""
    if closing in ('"""', "'''"):
        return "" if closing in value else closing
    for quote in ('"""', "'''"):
        if value.count(quote) % 2:
            return quote
    bare = re.sub(r"""\"(?:\\.|[^"\\])*\"|'[^']*'""", "", value).split("#")[0]
    depth = (int(closing) if closing else 0) + bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")
    return str(depth) if depth > 0 else ""


def lines_of(text: str) -> dict[str, int]:
    """Dotted key path -> line number, from 1; elements of an array of tables are numbered from 0: `inzage.0.wie`."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix: list[str] = []
    closing = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if closing:
            closing = _unclosed(line, closing)
            continue
        if header := _HEADER.match(line):
            prefix = _parts(header.group(2))
            if header.group(1) == "[[":
                name = ".".join(prefix)
                counts[name] = counts.get(name, -1) + 1
                prefix = [*prefix, str(counts[name])]
            for depth in range(1, len(prefix) + 1):
                found.setdefault(".".join(prefix[:depth]), number)
        elif assignment := _KEY.match(line):
            path = prefix + _parts(assignment.group(1))
            for depth in range(1, len(path) + 1):
                found.setdefault(".".join(path[:depth]), number)
            closing = _unclosed(assignment.group(2), "")
    return found


def line_for(lines: dict[str, int], path: str) -> int:
    """The line of the key, or of the nearest table above it (inline tables carry no line of their own)."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return 1
