"""Who writes in a chat, and who signs a message. In front of the colon behind a time, and alone behind the last sentence of a line, stands
a person; an ordinary word (wil, amber) is one there when it is a known first name."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import form, ordinary
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading, beginning_at

_STAMP = re.compile(
    r"[ \t>*•\-[(]{0,4}(?:[^\W\d_]{2,10} )?(?:\d[\d/.-]{3,9}[ ,]{1,2})?\d{1,2}[:.]\d{2}(?::\d{2})?(?:[\])]| ?-)?[ \t]{1,2}"
)
_NAME = re.compile(
    r"(?:- )?([^\W\d_][^\W\d_.' \-]{0,15}(?:[.' \-]{1,2}[^\W\d_]{1,16}){0,3})(?: ?\([^)\n]{1,20}\))?:(?=[ \n])"
)
_LINE = re.compile(r"([^\W\d_]{2,16}):(?= )")
_GREETING = frozenset(
    (
        "groet",
        "groeten",
        "groetjes",
        "gr",
        "grt",
        "grtjs",
        "grtjes",
        "mvg",
        "liefs",
        "bless",
        "kus",
        "kusjes",
        "x",
        "xx",
        "xxx",
        "bedankt",
        "dank",
        "thx",
        "tnx",
        "namens",
    )
)
_ENDS = ("\n", ".", "!", "?", ",", "~", "\u2026", ")")


def senders(reading: Reading, lexicon: Lexicon) -> Iterator[Finding]:
    """The names of strangers between a time and a colon; a word for a role is none."""
    for begin, end in _stamped(reading):
        while begin < end and (form(reading.words[begin].text).cue or reading.words[begin].low in lexicon.roles):
            begin += 1
        words = reading.words[begin:end]
        if words and not any(form(word.text).never or ordinary(word.low) for word in words[:1]):
            yield Finding(words[0].start, words[-1].end, "persoon", 0.8)


def sending(reading: Reading) -> frozenset[int]:
    """The numbers of the words in front of such a colon, or of one that begins two lines or more."""
    found = {at for begin, end in _stamped(reading) for at in range(begin, end)}
    lines = (
        [_at(reading, line.start(1)) for line in beginning_at(_LINE, reading.plain, _heads(reading.plain))]
        if ":" in reading.plain
        else []
    )
    lows = [reading.words[at].low for at in lines]
    found.update(at for at, low in zip(lines, lows, strict=True) if len(lows) > 2 and lows.count(low) > 1)
    return frozenset(found)


def closing(reading: Reading, index: int) -> bool:
    """Whether this word stands alone behind the last sentence of a text or a line, or behind a greeting there."""
    after = reading.gap(index)
    if index + 1 < len(reading.words) and "\n" not in after.lstrip(" .!\t")[:1]:
        return False
    if not index:
        return False
    before = reading.gap(index - 1)
    last = index + 1 == len(reading.words)
    return ("\n" in before and last) or reading.words[index - 1].low in _GREETING or (last and _broken_off(before))


def _broken_off(gap: str) -> bool:
    return any(sign in gap for sign in _ENDS) or any(ord(sign) > 0x2190 for sign in gap)


def _stamped(reading: Reading) -> Iterator[tuple[int, int]]:
    """The ranges of words between a time and a colon."""
    text = reading.plain
    if ":" not in text:
        return
    for stamp in beginning_at(_STAMP, text, _heads(text)):
        name = _NAME.match(text, stamp.end())
        if name:
            yield _at(reading, name.start(1)), _at(reading, name.end(1))


def _heads(text: str) -> Iterator[int]:
    """Where the lines begin."""
    at = 0
    while at >= 0:
        yield at
        end = text.find("\n", at)
        at = end + 1 if end >= 0 else -1


def _at(reading: Reading, start: int) -> int:
    return bisect_left(reading.starts, start)
