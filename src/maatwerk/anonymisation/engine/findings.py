"""What a layer found, in offsets of the reading, and how the findings of all layers become one list."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from maatwerk.anonymisation.engine.reading import Reading

_SHAPES = ("email", "url", "iban", "datum", "telefoon", "bsn", "postcode", "leerlingnummer", "nummer")
SHAPES = frozenset(_SHAPES)
_ORDER = {label: rank for rank, label in enumerate((*_SHAPES, "adres", "instelling", "persoon", "plaats"))}
_PARTICLES = re.compile(
    r"[_-](?:v|d|vd|van|de|der|den|ter|te|el)(?:[_-](?:de|der|den))?[_-]|\. (?:van|de|der|el|van de[rn]?) "
)
_OUTSIDE = re.compile("[^¤]+")


class Finding(NamedTuple):
    """`who` is a role such as "leerling" or "ouder 1"; empty: a new or earlier person, by the name itself.

    `partial`: only the surname of that role, so a stranger's first name before it makes another person. `layer` names what found it.
    """

    start: int
    end: int
    label: str
    confidence: float
    who: str = ""
    partial: bool = False
    layer: str = ""


def joined_findings(findings: Iterable[Finding], plain: str) -> list[Finding]:
    """One finding for those that overlap, and for the parts of one person's name."""
    joined: list[Finding] = []
    for finding in sorted(findings, key=lambda item: (item.start, -item.end)):
        if joined and (finding.start < joined[-1].end or _one_name(joined[-1], finding, plain)):
            joined[-1] = _union(joined[-1], finding)
        else:
            joined.append(finding)
    return joined


def outside_placeholders(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The same findings, cut where a placeholder stands."""
    for finding in findings:
        if "¤" not in reading.plain[finding.start : finding.end]:
            parts = [(finding.start, finding.end)]
        else:
            parts = [part.span() for part in _OUTSIDE.finditer(reading.plain, finding.start, finding.end)]
        for start, end in parts:
            if any(map(str.isalnum, reading.plain[start:end])):
                span = reading.whole(start, end)
                yield finding if span == finding[:2] else finding._replace(start=span[0], end=span[1])


def wider(reading: Reading, findings: Iterable[Finding], signs: int) -> Iterator[Finding]:
    """The same findings with so many signs more on either side."""
    size = len(reading.plain)
    more = (each._replace(start=max(0, each.start - signs), end=min(size, each.end + signs)) for each in findings)
    return outside_placeholders(reading, joined_findings(more, reading.plain))


def _one_name(before: Finding, after: Finding, plain: str) -> bool:
    if before.label != "persoon" or after.label != "persoon" or after.start - before.end >= 12:
        return False
    between = plain[before.end : after.start]
    if not (between in (" ", "-", "_") or _PARTICLES.fullmatch(between)):
        return False
    return before.who == after.who or after.who in ("", "familienaam") or before.who in ("", "familienaam")


def _union(one: Finding, other: Finding) -> Finding:
    """Both together (`one` does not begin later), with the label of the surer kind and the most telling person."""
    label = one.label if one.label == other.label else _label(one, other)
    named = _who(one, other) if label == "persoon" else ""
    confidence = max(one.confidence, other.confidence)
    layers, partial = _layers(one.layer, other.layer), one.partial and other.partial
    return Finding(one.start, max(one.end, other.end), label, confidence, named, partial, layers)


def _label(one: Finding, other: Finding) -> str:
    """The surer kind; what looks like a user name within a known person's name is that name, written badly."""
    for known, guess in ((one, other), (other, one)):
        inside = known.start <= guess.start and guess.end <= known.end
        if known.who and known.label == "persoon" and guess.layer == "gebruikersnaam" and inside:
            return "persoon"
    return min(one.label, other.label, key=_ORDER.__getitem__)


@lru_cache(maxsize=1024)
def _layers(one: str, other: str) -> str:
    return "+".join(dict.fromkeys((*one.split("+"), *other.split("+"))))


def _who(one: Finding, other: Finding) -> str:
    if other.partial and one.label == "persoon" and not one.who and one.start < other.start:
        return ""
    if one.who in ("", "familienaam") and other.who:
        return other.who
    return one.who
