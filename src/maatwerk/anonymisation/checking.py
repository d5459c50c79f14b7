"""Looks for what still identifies in a text that a person mended, of a form or of an attachment. Pure, but slow on long texts:
call it outside a transaction."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from maatwerk.anonymisation.acquaintance import Acquaintance, comparable
from maatwerk.anonymisation.engine import Replacement, redact
from maatwerk.anonymisation.marks import DOUBT, POINTED_OUT, STAYS, Mark
from maatwerk.rules.names import words

CONTACTS = ("telefoon", "email", "iban", "postcode", "adres", "url", "nummer")
FAMILY = ("[leerling]", "[familienaam]", "[ouder ")
MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def blocks_in_text(text: str, about: Acquaintance, marks: Sequence[Mark] = ()) -> tuple[str, ...]:
    """The codes of a mended text: names that are known, numbers, contact data and the birth date may not stand in it; what
    else may point at somebody waits for a second look, unless `marks` say that it was decided to stay."""
    found = [span for span in redact(text, about.known).spans if not _is_given(text, span, about)]
    stays = [(mark.redacted_start, mark.redacted_end) for mark in marks if mark.decision == STAYS]
    codes = {
        _hard(text, span, about)
        or ("" if any(start <= span.start and span.end <= end for start, end in stays) else "nakijken")
        for span in found
    }
    return tuple(sorted(codes - {""}))


def final_code(original: str, mark: Mark, about: Acquaintance) -> str:
    """The code of the block that forbids to let a marked word stay; "" when a person may."""
    label = "persoon" if mark.kind in (DOUBT, POINTED_OUT) else mark.kind
    span = Replacement(mark.start, mark.end, label, mark.confidence, mark.placeholder)
    return "" if _is_given(original, span, about) else _hard(original, span, about)


def _is_given(text: str, span: Replacement, about: Acquaintance) -> bool:
    """Whether it is the applicant's own name or contact, which every pack shows."""
    return span.placeholder == "[aanvrager]" or comparable(text[span.start : span.end]) in about.given


def _hard(text: str, span: Replacement, about: Acquaintance) -> str:
    """The code of a block that no confirmation lifts; "" for none."""
    quoted = text[span.start : span.end]
    match span.label:
        case "persoon":
            return "naam" if span.placeholder.startswith(FAMILY) or _names_known(quoted, about) else ""
        case "bsn":
            return "bsn"
        case "leerlingnummer":
            return "nummer"
        case "datum":
            return "geboortedatum" if about.birth and about.birth in _dates(quoted) else ""
        case label if label in CONTACTS:
            own = label == "nummer" or comparable(quoted) in about.contacts
            return "nummer" if own else "contactgegevens"
    return ""


def _names_known(quoted: str, about: Acquaintance) -> bool:
    """Whether a name is that of somebody whom the engine only numbers, or begins as a known first name does (Saartje)."""
    spoken = words(quoted)
    return not about.names.isdisjoint(spoken) or any(word.startswith(about.stems) for word in spoken)


def _dates(text: str) -> Iterator[date]:
    """The days that a short text may mean: day, month, year in either order, the month in figures or letters."""
    low = text.casefold().replace("mrt", "maa")
    for number, name in enumerate(MONTHS, start=1):
        low = re.sub(rf"{name}[a-z]*", f" {number} ", low)
    figures = [int(figure) for figure in re.findall(r"\d{1,4}", low)]
    for first, month, last in zip(figures, figures[1:], figures[2:], strict=False):
        day, year = (last, first) if first > 31 else (first, last)
        for century in (0,) if year > 99 else (1900, 2000):
            try:
                yield date(century + year, month, day)
            except ValueError:
                continue
