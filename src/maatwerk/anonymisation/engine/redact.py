"""The one function: layers together, what must stay left alone, and again until nothing is found any more."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from maatwerk.anonymisation.engine.addresses import addresses, places
from maatwerk.anonymisation.engine.dates import exact_dates
from maatwerk.anonymisation.engine.findings import SHAPES, Finding, joined_findings, outside_placeholders
from maatwerk.anonymisation.engine.institutions import institutions
from maatwerk.anonymisation.engine.known import KnownPersons
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.names import Names
from maatwerk.anonymisation.engine.patterns import shaped
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.placeholders import Placeholders
from maatwerk.anonymisation.engine.protect import Kept, kept
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.anonymisation.engine.spread import around_names, spread


@dataclass(frozen=True)
class Replacement:
    """Half-open [start, end) in the original text; `confidence` between 0 and 1."""

    start: int
    end: int
    label: str
    confidence: float
    placeholder: str


@dataclass(frozen=True)
class Redaction:
    """The text with placeholders, and what they replaced, in order and without overlap."""

    redacted: str
    spans: tuple[Replacement, ...]


def redact(text: str, known: Known) -> Redaction:
    """Takes direct identification out of a text. The result is a fixed point: redacting it changes nothing.

    What identifies only indirectly, and strangers whose name is an ordinary word, it does not find.
    """
    persons = KnownPersons(known, lexicon())
    placeholders = Placeholders(text, lexicon())
    spans: list[Replacement] = []
    current = text
    while found := _findings(Reading(current), known, persons):
        spans = sorted((*spans, *_replacements(text, found, spans, placeholders)), key=lambda span: span.start)
        current = _rendered(text, spans)
    return Redaction(current, tuple(spans))


def _findings(reading: Reading, known: Known, persons: KnownPersons) -> list[Finding]:
    """All layers over one reading; what they found, joined where it overlaps or touches, in original offsets."""
    keep = kept(reading, known, lexicon())
    first = [finding for finding in _layers(reading, known, persons, keep) if _may_go(finding, keep)]
    again = [finding for finding in spread(reading, first, lexicon()) if _may_go(finding, keep)]
    whole = list(around_names(reading, (*first, *again)))
    joined = joined_findings((*first, *again, *whole), reading.plain)
    return list(outside_placeholders(reading, joined))


def _layers(reading: Reading, known: Known, persons: KnownPersons, keep: Kept) -> Iterator[Finding]:
    words = lexicon()
    yield from persons.found_in(reading)
    yield from shaped(reading, known.numbers)
    yield from exact_dates(reading)
    elsewhere = [
        *addresses(reading, known, words),
        *places(reading, known, words),
        *institutions(reading, known, words),
    ]
    yield from elsewhere
    names = Names(reading, words, (*keep.hard, *((finding.start, finding.end) for finding in elsewhere)))
    yield from names.after_cues()
    yield from names.by_list()


def _may_go(finding: Finding, keep: Kept) -> bool:
    return finding.label in SHAPES or keep.allows(finding, only_hard=finding.confidence >= 0.9)


def _replacements(
    text: str, found: list[Finding], spans: list[Replacement], placeholders: Placeholders
) -> Iterator[Replacement]:
    """Findings in the text as it now reads, as replacements in the text as it was."""
    starts, shifts = [0], [0]
    for span in spans:
        shifts.append(span.end - (span.start - shifts[-1]) - len(span.placeholder))
        starts.append(span.end - shifts[-1])
    for finding in found:
        shift = shifts[bisect_right(starts, finding.start) - 1]
        start, end = finding.start + shift, finding.end + shift
        placeholder = placeholders.of(finding.label, finding.who, text[start:end])
        yield Replacement(start, end, finding.label, finding.confidence, placeholder)


def _rendered(text: str, spans: list[Replacement]) -> str:
    pieces, last = [], 0
    for span in spans:
        pieces += [text[last : span.start], span.placeholder]
        last = span.end
    return "".join((*pieces, text[last:]))
