"""A name that no blank sets apart: metJulia, jesperhad, meneerHofman. A capital shows where it begins; without one, what is left of the
word has to be a word."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import form, ordinary
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.reading import Reading

_BEHIND_CUE = re.compile(r"(?<![A-Za-z])([A-Z]?[a-z]{1,14})([A-Z][a-z]{2,20})(?![A-Za-z])")
_CUT = re.compile(r"[A-Z](?<=[a-z][A-Z])")
_RUN = re.compile(r"[^\W\d_]{0,40}")
_LEAST = 3
_LEAST_SMALL = 4


def glued_names(reading: Reading, names: Mapping[str, str]) -> Iterator[Finding]:
    """Where known names stand inside a word; `names` are names and whose they are."""
    low, has_cut = reading.low, _CUT.search(reading.plain) is not None
    for name, role in names.items():
        if len(name) < (_LEAST if has_cut else _LEAST_SMALL):
            continue
        at = low.find(name)
        while at >= 0:
            end = at + len(name)
            inside = (at > 0 and low[at - 1].isalpha()) or low[end : end + 1].isalpha()
            if inside and (_set_apart(reading.plain, at, end) or _rest_is_words(low, at, end)):
                yield Finding(at, end, "persoon", 0.9, role)
            at = low.find(name, end)


def behind_cues(reading: Reading) -> Iterator[Finding]:
    """The name with a capital that is glued to a word announcing it."""
    if _CUT.search(reading.plain):
        for found in _BEHIND_CUE.finditer(reading.plain):
            if form(found[1]).cue in ("address", "role", "letter") and not ordinary(found[0].lower()):
                yield Finding(*found.span(2), "persoon", 0.8)


def _set_apart(plain: str, at: int, end: int) -> bool:
    """Whether capitals show both ends of the name."""
    before, after = plain[at - 1 : at], plain[end : end + 1]
    begins = not before.isalpha() or (before.islower() and plain[at].isupper())
    ends = not after.isalpha() or (after.isupper() and plain[end - 1].islower())
    return begins and ends


def _rest_is_words(low: str, at: int, end: int) -> bool:
    if end - at < _LEAST_SMALL:
        return False
    begin = at
    while begin and at - begin < 40 and low[begin - 1].isalpha():
        begin -= 1
    run = _RUN.match(low, end)
    stop = run.end() if run else end
    rests = [rest for rest in (low[begin:at], low[end:stop]) if rest]
    words = lexicon().words
    lists, whole = lexicon(), low[begin:stop]
    if ordinary(whole) or lists.name(whole) or whole in lists.names:
        return False
    return all(len(rest) > 1 and rest in words for rest in rests)
