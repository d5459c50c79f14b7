"""A known name of which somebody hid letters, or of which a wrong character set lost some: W*llemijn, K**j, Kami?ska, J***."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from rapidfuzz.distance import OSA

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.reading import Reading

_BEGUN = re.compile(r"[*?#@$\ufffd4](?<=[A-Za-z].)")
_TOKEN = re.compile(r"(?<![A-Za-z\d*])[A-Za-z]{1,20}(?:[*?#@$\ufffd4]{1,8}[A-Za-z]{1,20}|\*{2,8}(?![A-Za-z]))")
_LONG = 7


def masked_names(reading: Reading, names: Mapping[str, str]) -> Iterator[Finding]:
    """`names` are names and whose they are; each sign may hide one letter, a row of stars some."""
    if not _BEGUN.search(reading.raw):
        return
    for found in _TOKEN.finditer(reading.raw):
        token = found.group().lower()
        who = next((role for name, role in names.items() if _hides(token, name)), None)
        if who is not None:
            yield Finding(*found.span(), "persoon", 0.9, who)


@lru_cache(maxsize=20_000)
def _hides(token: str, name: str) -> bool:
    head, tail = re.split(r"[^a-z]", token, maxsplit=1)[0], re.split(r"[^a-z]", token)[-1]
    if not (name.startswith(head) and name.endswith(tail)) or len(head) + len(tail) >= len(name):
        return len(name) >= _LONG and len(token) == len(name) and "*" not in token and OSA.distance(token, name) <= 2
    return len(token) == len(name) or "**" in token
