"""Mail addresses: written, spelled out, with brackets or blanks against robots. Sought only around what stands for an at sign."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding

_DOT = r"(?:\.|\s?\(punt\)\s?|\s?\[(?:dot|punt)\]\s?|\s?\(dot\)\s?|\spunt\s|(?:,|[ ]\.)(?=(?:n[l1]|c[o0]m|be|org|net|example)\b))"
_LOCAL = re.compile(r"(?:[\w.+\-']{1,80}(?:\((?:punt|dot)\)[\w.+\-']{1,40}){1,2}|[\w.+\-']{1,80})\s?$", re.IGNORECASE)
_LOCAL_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.+-'()")
_DOMAIN = re.compile(rf"\s?\)?\s?[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{2,63}}){{1,4}}", re.IGNORECASE)
_SPOKEN_MAIL = re.compile(
    rf"(?<!\w)(?!e?-?mail\b)(?:[\w\-]{{1,40}}(?:\spunt\s|\s)){{1,3}}(?:at|apenstaartje|apestaartje)\s(?:gmail|hotmail|outlook|live|ziggo|kpnmail|xs4all|[\w\-]{{2,40}}(?=\spunt)){_DOT}(?:com|nl|net|org)\b",
    re.IGNORECASE,
)
_AT = re.compile("@")
_AT_SIGNS = re.compile(r"@|\(at?\)|\[at\]|\(?apenstaart|\bapestaart|\sat\s", re.IGNORECASE)


def mails(text: str, *, spelled: bool) -> Iterator[Finding]:
    """Addresses, sought only around what stands for an at sign: where none is spelled out, around the sign itself."""
    done = 0
    for sign in (_AT_SIGNS if spelled else _AT).finditer(text):
        if sign.start() < done:
            continue
        domain = _DOMAIN.match(text, sign.end())
        start = _local_start(text, sign.start(), done) if domain else sign.start()
        spoken = (
            None if sign.group() == "@" else _SPOKEN_MAIL.search(text, max(done, sign.start() - 60), sign.end() + 60)
        )
        if domain and start < sign.start() and (sign.group() == "@" or sign.group()[0] in "([a"):
            done = domain.start() + len(domain.group().rstrip(".,;:)'\""))
            yield Finding(start, done, "email", 0.99)
        elif spoken and spoken.start() <= sign.start() < spoken.end():
            done = spoken.end()
            yield Finding(spoken.start(), done, "email", 0.8)


def _local_start(text: str, end: int, least: int) -> int:
    """Where the part before the at sign begins; one space may stand between them when one stands behind the sign too."""
    start = end - 1 if text[end - 1 : end] == " " and text[end : end + 2] in ("@ ", "(a", "[a", "ap") else end
    while start > least and end - start < 120 and text[start - 1].lower() in _LOCAL_SIGNS:
        start -= 1
    found = _LOCAL.search(text, start, end)
    return found.start() if found else end
