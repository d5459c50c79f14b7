"""The one function: layers together, what must stay left alone, and again until nothing is found any more."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from maatwerk.anonymisation.engine.addresses import addresses, places
from maatwerk.anonymisation.engine.dates import exact_dates
from maatwerk.anonymisation.engine.findings import SHAPES, Finding, joined_findings, outside_placeholders, wider
from maatwerk.anonymisation.engine.glued import behind_cues
from maatwerk.anonymisation.engine.initials import announced_letters
from maatwerk.anonymisation.engine.institutions import institutions
from maatwerk.anonymisation.engine.known import KnownPersons
from maatwerk.anonymisation.engine.known_names import KnownNames
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.links import links
from maatwerk.anonymisation.engine.names import Names
from maatwerk.anonymisation.engine.patterns import shaped
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.placeholders import Placeholders
from maatwerk.anonymisation.engine.protect import Kept, Protected
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.senders import senders
from maatwerk.anonymisation.engine.spread import around_names, spread, with_generation
from maatwerk.anonymisation.engine.staff import Staff
from maatwerk.anonymisation.engine.thresholds import DOUBTED, LIKELY

# Hardly a text is read more than three times. One made to give up a word each time loses, from here on, twice as much around it
# each time: so it too ends, and at a fixed point.
PATIENCE = 6


@dataclass(frozen=True)
class Replacement:
    """Half-open [start, end) in the original text; `confidence` between 0 and 1; `layer` names what found it."""

    start: int
    end: int
    label: str
    confidence: float
    placeholder: str
    layer: str = ""


@dataclass(frozen=True)
class Doubt:
    """Half-open [start, end) in the original text that stayed, and how likely it is a name all the same."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Redaction:
    """The text with placeholders, what they replaced, and what a human should look at; each in order and without overlap."""

    redacted: str
    spans: tuple[Replacement, ...]
    doubts: tuple[Doubt, ...] = ()


class Story:
    """The texts of one case: the same person has the same placeholder in all of them, in the order in which they are given."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._persons = KnownPersons(known, lexicon())
        self._staff = Staff(known, lexicon(), self._persons.spellings)
        self._organisations = KnownNames(known, lexicon())
        self._protected = Protected(known, lexicon())
        self._placeholders = Placeholders(lexicon(), self._organisations.kinds)

    def reserve(self, text: str) -> None:
        """Leaves the numbers to others that stand in a text, such as one that was redacted elsewhere."""
        self._placeholders.reserve(text)

    def redact(self, text: str) -> Redaction:
        """Takes direct identification out of a text. The result is a fixed point: redacting it changes nothing.

        What identifies only indirectly, and many a stranger whose name is an ordinary word, it does not find.
        """
        self._placeholders.reserve(text)
        reading = Reading(text)
        names, keep = Names(reading, lexicon()), self._protected.kept_of(reading)
        found = self._findings(reading, names, keep)
        doubts = _doubts(reading, names, found, keep, self._persons.passed)
        spans: list[Replacement] = []
        for turn in count():
            if not found:
                break
            spans += [self._replacement(text, reading, finding) for finding in found]
            reading = reading.without([(finding.start, finding.end) for finding in found])
            found = self._findings(reading, Names(reading, lexicon()), self._protected.kept_of(reading))
            if turn >= PATIENCE:
                found = list(wider(reading, found, 8 << min(turn - PATIENCE, 24)))
        spans.sort(key=lambda span: span.start)
        return Redaction(_rendered(text, spans), tuple(spans), tuple(_outside(spans, doubts)))

    def _findings(self, reading: Reading, names: Names, keep: Kept) -> list[Finding]:
        """All layers over one reading; what they found, joined where it overlaps or touches."""
        first = [
            Finding(*finding[:6], layer)
            for layer, found in self._layers(reading, names, keep)
            for finding in _apart(found, keep)
            if _may_go(finding, keep)
        ]
        again = [
            finding._replace(layer="herhaling")
            for finding in _apart(spread(reading, first, lexicon()), keep)
            if _may_go(finding, keep)
        ]
        whole = [finding._replace(layer="gebruikersnaam") for finding in around_names(reading, (*first, *again))]
        older = list(with_generation(reading, (*first, *again)))
        joined = joined_findings((*first, *again, *whole, *older), reading.plain)
        return list(outside_placeholders(reading, joined))

    def _layers(self, reading: Reading, names: Names, keep: Kept) -> Iterator[tuple[str, Iterable[Finding]]]:
        words, known = lexicon(), self._known
        yield "bekend", self._persons.found_in(reading, names.chances)
        yield "aankondiging", (*senders(reading, words), *behind_cues(reading), *announced_letters(reading))
        yield "medewerker", self._staff.found_in(reading)
        yield "vorm", shaped(reading, known.numbers)
        yield "link", links(reading)
        yield "datum", exact_dates(reading)
        elsewhere = {
            "adres": [*addresses(reading, known, words)],
            "plaats": [*places(reading, known, words)],
            "instelling": [*institutions(reading, names.forms, known, words)],
            "regio": [*self._organisations.found_in(reading)],
        }
        yield from elsewhere.items()
        places_and_others = (finding[:2] for found in elsewhere.values() for finding in found)
        names.take((*keep.hard, *keep.nearly, *self._persons.words, *places_and_others))
        yield "aankondiging", names.after_cues()
        yield "geleerd", names.by_weights()

    def _replacement(self, text: str, reading: Reading, finding: Finding) -> Replacement:
        start, end = reading.original(finding.start, finding.end)
        placeholder = self._placeholders.of(finding.label, finding.who, text, start, end)
        return Replacement(start, end, finding.label, finding.confidence, placeholder, finding.layer)


def redact(text: str, known: Known) -> Redaction:
    """One text by itself."""
    return Story(known).redact(text)


def _doubts(
    reading: Reading, names: Names, found: list[Finding], keep: Kept, passed: Iterable[tuple[int, int]]
) -> tuple[Doubt, ...]:
    """Words that the learned layer half suspects and nothing removed; what has to stay is no question. What stayed as nearly the own
    school, or as a known person's name that is a word (`passed`), is one, however likely."""
    gone = bytearray(len(reading.plain))
    for first, last in keep.hard:
        gone[first:last] = b"\1" * (last - first)
    for finding in found:
        gone[finding.start : finding.end] = b"\1" * (finding.end - finding.start)
    near = bytearray(len(reading.plain))
    for first, last in keep.nearly:
        near[first:last] = b"\1" * (last - first)
    asked = dict.fromkeys((bisect_left(reading.starts, start) for start, _ in passed), DOUBTED)
    doubts = []
    for index, chance in sorted((asked | names.chances).items()):
        word, surely = reading.words[index], index in asked
        half = DOUBTED <= chance < (1.0 if near[word.start] else LIKELY)
        if (surely or half) and not any(gone[word.start : word.end]):
            doubts.append(Doubt(*reading.original(word.start, word.end), round(max(chance, DOUBTED), 2)))
    return tuple(doubts)


def _outside(spans: list[Replacement], doubts: tuple[Doubt, ...]) -> Iterator[Doubt]:
    """The doubts that a later reading did not take after all; both are in order."""
    starts = [span.start for span in spans]
    for doubt in doubts:
        at = bisect_left(starts, doubt.end) - 1
        if at < 0 or spans[at].end <= doubt.start:
            yield doubt


def _may_go(finding: Finding, keep: Kept) -> bool:
    return finding.label in SHAPES or keep.allows(finding, only_hard=finding.confidence >= 0.9)


def _apart(findings: Iterable[Finding], keep: Kept) -> Iterable[Finding]:
    """The findings without what is nearly the own school or municipality; a shape, such as a mail, goes whole."""
    if not keep.nearly:
        return findings
    return (part for each in findings for part in ((each,) if each.label in SHAPES else keep.apart(each)))


def _rendered(text: str, spans: list[Replacement]) -> str:
    pieces, last = [], 0
    for span in spans:
        pieces += [text[last : span.start], span.placeholder]
        last = span.end
    return "".join((*pieces, text[last:]))
