"""Layer 2, second part: web addresses, handles and user names."""

import re
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.reading import Reading, beginning_at

_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"¤]{3,300}"
    r"|\b[\w\-]{2,63}(?:\.[\w\-]{2,63}){0,2}\.(?:nl|com|org|net|eu|be|de|care|info|example)(?:/[^\s<>\"¤]{0,300}|\b)"
    r"|\b[\w\-]{2,40}\.[a-z]{2,6}/[^\s<>\"¤]{2,300}",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.])@[\w.\-]{2,40}(?:#\w{1,5})?|(?<![\w.#])[A-Za-z][\w.]{2,31}#\d{4}(?!\w)|(?<![\w.@/¤])(?:_+\w[\w.]{2,39}|[a-z]\w{1,30}\.\w{1,30}_|\w[\w.]{2,38}_)(?![\w.¤])"
)
_SITES = (
    "insta", "instagram", "snap", "snapchat", "tiktok", "discord", "twitch", "twitter", "facebook", "fb", "account", "accounts", "gebruikersnaam",
    "username", "gamertag", "nickname", "inlognaam",
)  # fmt: skip
_NAMED = re.compile(
    rf"\b(?:{'|'.join(_SITES)})\b(?:\s(?:is|als|naam|account|heet))?\s?[:=]?\s(?P<name>[a-z][\w.\-]{{3,30}})(?![\w@])",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"(?<![\w@./\-¤])(?P<name>[A-Za-z][A-Za-z._]{1,24}\d{1,4}[A-Za-z_]{0,12}|[A-Za-z]+\d[A-Za-z]+\d\w{1,14})(?![\w@/\-]|\.\w)"
)
_CHUNK = re.compile(r"[^\s<>\"]+")
# An underscore, a mark that ends no sentence because something follows at once, a digit behind a letter.
_SIGN = re.compile(r"[_.@/#\d](?:(?<=_)|(?<=\w#)(?=\d{4})|(?<=[.@/])(?=\w)|(?<=[A-Za-z]\d))")
_CUT_LINK = re.compile(
    r"www[ ]?\.[ ]?[\w\-]{2,63}(?:(?:[ ]\.[ ]?|\.)[\w\-]{2,63}){1,3}(?:/[^\s<>\"¤]{0,100})?|htt?ps?:?[ ]?/[ ]?/[^\s<>\"¤]{3,100}",
    re.IGNORECASE,
)
_SPELLINGS = ("www", "http", "https", "htps", "htp")
_APART = frozenset(' \t\n\r\f\v<>"')
_DOTTED = re.compile(r"(?<![\w@./\-¤])[a-z]{3,20}(?:\.[a-z]{1,20}){2,4}(?![\w@])")


def links(reading: Reading) -> Iterator[Finding]:
    """Addresses and handles; a user name without a sign of its own counts when letters, digits and marks are mixed in it."""
    text = reading.raw
    done = 0
    for sign in (found.start() for found in _SIGN.finditer(text)):
        if sign >= done:
            chunk = _CHUNK.search(text, sign)
            start, done = sign, chunk.end() if chunk else len(text)
            while start and text[start - 1] not in _APART:
                start -= 1
            yield from _in_chunk(reading, start, done)
    for found in beginning_at(_CUT_LINK, text, reading.starts_of(_SPELLINGS)):
        yield Finding(found.start(), found.start() + len(found.group().rstrip(".,;:)'\"")), "url", 0.9)
    for found in beginning_at(_NAMED, text, reading.starts_of(_SITES)):
        name = found.group("name").rstrip(".-")
        if re.search(r"[\d_.]|[a-z][A-Z]", name):
            yield Finding(found.start("name"), found.start("name") + len(name), "url", 0.8)


def _in_chunk(reading: Reading, start: int, end: int) -> Iterator[Finding]:
    for confidence, pattern in ((0.95, _LINK), (0.8, _HANDLE), (0.7, _DOTTED)):
        for found in pattern.finditer(reading.raw, start, end):
            yield Finding(found.start(), found.start() + len(found.group().rstrip(".,;:)'\"")), "url", confidence)
    for found in _MIXED.finditer(reading.plain, start, end):
        if _user_name(found.group("name")):
            yield Finding(*found.span("name"), "url", 0.75)


def _user_name(name: str) -> bool:
    """lexje09 and emre_2012, but not groep8, WISC5 or M6."""
    letters = re.match(r"[A-Za-z._]+", name)
    stem = letters.group().lower().strip("._") if letters else ""
    if name.isupper() or len(name) < 6:
        return False
    if len(re.findall(r"\d+", name)) > 1 and not name.islower():
        return True
    if len(stem) < 4 or not re.search(r"\d{2}|_", name):
        return False
    return not (lexicon().ordinary(stem) or stem in lexicon().terms)
