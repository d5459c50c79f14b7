"""A known person as one letter: the pupil as S., S's or "leerling S", who signs a mail as S. In small letters it needs more: a word before it
behind which somebody stands, or a verb of persons; the t, n and m of spoken Dutch are never one without a full stop."""

import re
from collections.abc import Container, Iterator, Mapping

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import form, ordinary
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.word_class import finite

_SIGNED = re.compile(r"\n([A-Z])\.?[ ]{0,3}(?=\n|$)")
_AFTER = frozenset((". ", ".", ".,", ".:", ".;", ".)", "./", ".\n", ".?", ".'", ".!"))
_LETTERED = frozenset(
    ("groep", "klas", "bijlage", "deel", "punt", "optie", "niveau", "vraag", "plan", "type", "team", "vitamine", "hepatitis", "blok", "lokaal")
)  # fmt: skip
_WORDS = frozenset("uioae")
_SPOKEN = frozenset("tnmksdruz")
_BEFORE = frozenset(
    ("van", "met", "voor", "naast", "door", "bij", "tegen", "over", "aan", "leerling", "ll", "dat", "of", "als", "en")
)


def signatures(reading: Reading, letters: Mapping[str, str]) -> Iterator[Finding]:
    """A known person's first letter alone on a line, as who signs a mail."""
    for found in _SIGNED.finditer(reading.plain):
        role = letters.get(found.group(1).lower())
        if role:
            yield Finding(*found.span(1), "persoon", 0.6, role)


def pupil_letters(reading: Reading, letter: str, taken: Container[int], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The numbers of the words that are the pupil's letter, and where each ends, its full stop included."""
    last = -2
    for index in reading.places.get(letter, ()):
        if index in taken or (index and reading.words[index - 1].low in _LETTERED):
            continue
        word, after = reading.words[index], reading.gap(index)
        if word.capital:
            stands = _as_initial(reading, index, last) or _by_itself(reading, index, lexicon)
        else:
            stands = reading.small(index) and (_small(reading, index, lexicon) or _row(reading, index, last))
        if stands:
            last = index
            yield index, word.end + (after[:1] == "." and word.end < len(reading.plain))


def _row(reading: Reading, index: int, last: int) -> bool:
    """Behind the pupil's letter that stands there itself: who writes q. q. q. means nobody else, and needs no reading for each."""
    return index == last + 1 and reading.gap(index)[:2] in _AFTER


def _as_initial(reading: Reading, index: int, last: int) -> bool:
    """One capital with a full stop, not between other initials."""
    if _row(reading, index, last):
        return True
    if reading.gap(index)[:2] not in _AFTER:
        return False
    if index and (reading.gap(index - 1) in (".", "-") or len(reading.words[index - 1].text) == 1):
        return False
    follower = reading.words[index + 1] if index + 1 < len(reading.words) else None
    return not (follower and follower.capital and not ordinary(follower.low))


def _by_itself(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """One capital without a full stop: S's moeder, leerling S, S heeft, S: at the head of a line."""
    word, gap = reading.words[index], reading.gap(index)
    before = reading.gap(index - 1) if index else "\n"
    if before[-1:] not in (" ", "\n", "(", '"', "'"):
        return False
    follower = reading.words[index + 1] if index + 1 < len(reading.words) else None
    if gap == "'":
        counted = index and reading.words[index - 1].low in lexicon.cues["determiner"]
        return follower is not None and follower.low == "s" and not counted
    if gap == ": ":
        return word.first and "\n" in before
    if gap != " ":
        return False
    if index and before == " " and form(reading.words[index - 1].text).cue == "address":
        return follower is not None and not follower.capital
    return follower is not None and word.low not in _WORDS and finite(follower.low)


def _small(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """j. in de gang, b heeft moeite, who signs as y."""
    word, gap = reading.words[index], reading.gap(index)
    before = reading.words[index - 1] if index else None
    apart = reading.gap(index - 1) if index else "\n"
    if gap[:1] == "." and gap[:2] in _AFTER:
        if before and len(before.text) == 1:
            return False
        last = index + 1 == len(reading.words)
        behind = before is not None and apart == " " and (before.low in _BEFORE or form(before.text).cue == "address")
        return behind or apart == "\n" or (apart != " " and (last or word.low not in _SPOKEN))
    follower = reading.words[index + 1].low if index + 1 < len(reading.words) else ""
    begins = apart != " " and "'" not in apart and not apart[-1:].isdigit()
    return begins and gap == " " and word.low not in _SPOKEN | _WORDS and finite(follower)
