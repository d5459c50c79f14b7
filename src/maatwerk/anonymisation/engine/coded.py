"""Signs that a mail, a web page or a wrong character set wrote otherwise: &Ouml;, ZoÃ«, Zo=C3=AB, \\u00eb, <b>T</b>ara. The text is read with
the signs that they stand for; it keeps its own spelling."""

import re
from collections.abc import Iterator
from html.entities import html5

_RARE = re.compile(r"[&%\\<\u00c2-\u00c5\u00e2]|=[0-9A-F\r\n]")
_TAIL = "\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178"
_CODED = re.compile(
    r"&(?:#(?P<decimal>\d{1,6})|#[xX](?P<hex>[0-9A-Fa-f]{1,5})|(?P<name>[A-Za-z]{2,8}\d{0,2}));"
    rf"|(?P<mojibake>[\u00c2-\u00c5][{_TAIL}]|\u00e2[{_TAIL}]{{2}})"
    r"|(?P<bytes>(?:[=%][C-F][0-9A-F](?:[=%][89AB][0-9A-F]){1,3})|(?<=[A-Za-z])=[CDEF][0-9A-F](?![0-9A-Z]))"
    r"|\\u(?P<escape>[0-9a-fA-F]{4})"
    r"|(?P<nothing>=\r?\n(?=\w)|</?(?:b|i|u|em|strong|span|mark|font)>(?=\w))"
)
_BYTE = re.compile(r"[=%]([0-9A-F]{2})")


def coded(text: str) -> Iterator[tuple[int, int, str]]:
    """Half-open spans and what they stand for, in order; one sign or none."""
    if not _RARE.search(text):
        return
    for found in _CODED.finditer(text):
        sign = _sign(found)
        if sign is not None and not (sign == "" and not text[max(0, found.start() - 1) : found.start()].isalpha()):
            yield found.start(), found.end(), sign


def _sign(found: re.Match[str]) -> str | None:
    kind, written = found.lastgroup, found[found.lastgroup or 0]
    if kind == "name":
        sign = html5.get(f"{written};", "")
        return sign if len(sign) == 1 else None
    if kind in ("decimal", "hex", "escape"):
        number = int(written, 10 if kind == "decimal" else 16)
        return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else None
    if kind == "mojibake":
        return _decoded(_single_bytes(written))
    if kind == "bytes":
        raw = bytes(int(byte, 16) for byte in _BYTE.findall(written))
        return _decoded(raw) if len(raw) > 1 else raw.decode("latin-1")
    return ""


def _single_bytes(written: str) -> bytes:
    return b"".join(sign.encode("latin-1") if sign < "\u0100" else sign.encode("cp1252") for sign in written)


def _decoded(raw: bytes) -> str | None:
    try:
        sign = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return sign if len(sign) == 1 else None
