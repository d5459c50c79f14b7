"""What a book says to an entry: refuse it, ask a written reason, let it through and tell somebody. Decided once, with the room of
the locked envelope; the entry keeps by how much it went past the ceiling and which thresholds it passed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maatwerk.rules.acts import Effect
from maatwerk.rules.books import Balance, in_unit, title_of
from maatwerk.rules.refusals import Reason
from maatwerk.rules.rooms import Room
from maatwerk.rules.scheme import BookDef, OnPass, Scheme


@dataclass(frozen=True)
class Verdict:
    """The entry as it is booked, and all that happens with it in order: who must hear of a limit hears before it."""

    entry: Effect
    effects: tuple[Effect, ...]
    reasons: tuple[Reason, ...] = ()


def judge(book: BookDef, entry: Effect, held: Balance, room: Room, fields: Mapping[str, Any]) -> Verdict:
    """What the book says; `held` is what the case has in this pot and `fields` what its act fills in."""
    match entry.kind:
        case "vastleggen":
            return _commitment(book, entry, room, fields)
        case "reserveren":
            most = room.free - room.own_reserved if refuses(book) and room.free is not None else None
            return _within(book, entry, most, "plafond", "er is onvoldoende ruimte om dit te reserveren")
        case "vrijgeven":
            most = held.reserved + held.committed
            return _within(
                book, entry, most, "vrijgave", "er kan niet meer vrijkomen dan is gereserveerd en vastgelegd"
            )
        case "betalen":
            most = held.committed - held.paid
            return _within(book, entry, most, "betaling", "er kan niet meer worden betaald dan is vastgelegd")
        case _:
            most = held.committed - held.settled
            return _within(book, entry, most, "vaststelling", "er kan niet meer worden vastgesteld dan is verleend")


def refuses(book: BookDef) -> bool:
    """Whether nothing may go past the ceiling; beside a floor a ceiling is one that refuses."""
    return book.policy in ("hard", "vloer")


def _within(book: BookDef, entry: Effect, most: int | None, code: str, why: str) -> Verdict:
    if most is None or entry.amount <= most:
        return Verdict(entry, (entry,))
    message = f"{title_of(book, entry.part)}: {why}."
    return Verdict(entry, (), (Reason(code, message, f"Kies hooguit {in_unit(book.unit, max(most, 0))}.", ""),))


def _commitment(book: BookDef, entry: Effect, room: Room, fields: Mapping[str, Any]) -> Verdict:
    over = 0 if room.free is None else max(entry.amount - max(room.free, 0), 0)
    entry = replace(entry, over=over, passed=_passed(book, entry.amount, room))
    if over and refuses(book):
        message = f"{title_of(book, entry.part)}: er is onvoldoende ruimte voor dit besluit."
        return Verdict(entry, (), (Reason("plafond", message, "Pas het bedrag aan of verhoog het budget.", ""),))
    if over and book.policy == "melden" and book.reasoned_by and not str(fields.get(book.reasoned_by, "")).strip():
        message = f"{title_of(book, entry.part)}: dit gaat {in_unit(book.unit, over)} boven het plafond en vraagt een onderbouwing."
        mend = "Schrijf waarom dit nodig is, of verlaag het bedrag."
        return Verdict(entry, (), (Reason("onderbouwing", message, mend, book.reasoned_by),))
    first = _tell(book, entry, book.on_limit, f"{in_unit(book.unit, over)} boven het plafond") if over else ()
    return Verdict(entry, (*first, entry, *_at_thresholds(book, entry), *_at_floor(book, entry, room)))


def _passed(book: BookDef, amount: int, room: Room) -> tuple[int, ...]:
    """The thresholds, in percents of the ceiling (of the floor when there is none), that a commitment reaches for the first time."""
    whole = book.floor if room.ceiling is None else room.ceiling
    if not whole:
        return ()
    before, after = room.committed * 100, (room.committed + amount) * 100
    return tuple(each for each in book.thresholds if before < each * whole <= after and each > room.told)


def _at_thresholds(book: BookDef, entry: Effect) -> tuple[Effect, ...]:
    told = [_tell(book, entry, book.on_threshold, f"{each} procent is vastgelegd") for each in entry.passed]
    return tuple(effect for each in told for effect in each)


def _at_floor(book: BookDef, entry: Effect, room: Room) -> tuple[Effect, ...]:
    if book.floor is None or room.committed + entry.amount < book.floor:
        return ()
    return _tell(book, entry, book.on_floor, f"{room.committed + entry.amount} van ten minste {book.floor}")


def _tell(book: BookDef, entry: Effect, follow: OnPass, what: str) -> tuple[Effect, ...]:
    return told(follow, f"{title_of(book, entry.part)}: {what}")


def told(follow: OnPass, about: str = "") -> tuple[Effect, ...]:
    """What somebody is told or asked at once; `about` is a text of the scheme with numbers, never of a person."""
    title = f"{follow.task} ({about})" if about else follow.task
    task = (Effect("taak", title=title, audience=follow.role),) if follow.task else ()
    notice = (Effect("melding", text=follow.text, audience=follow.role, title=about),) if follow.text else ()
    return (*notice, *task)


def spread(kind: str, amount: int, lies: Sequence[tuple[str, Balance]]) -> list[tuple[str, int]]:
    """An amount over the parts where the case has money, each up to what it holds; what is too much stays with the last."""
    shares: list[tuple[str, int]] = []
    for part, held in lies:
        most = {"betalen": held.committed - held.paid, "vaststellen": held.committed - held.settled}.get(
            kind, held.reserved + held.committed
        )
        share = min(amount, max(most, 0))
        shares.append((part, share))
        amount -= share
    last, share = shares[-1]
    shares[-1] = (last, share + amount)
    return [(part, share) for part, share in shares if share] or shares[:1]


def unknown_part(scheme: Scheme, book: str, part: str) -> Reason:
    """Why an entry belongs nowhere."""
    definition = scheme.books[book]
    asked = f" ({scheme.form[definition.per].title})" if definition.per else ""
    if not part:
        message = f"{definition.title}: het is niet bekend bij welk deel dit hoort{asked}."
        return Reason("deel_onbekend", message, "Vul dat antwoord aan.", definition.per)
    message = f"{definition.title}: '{part[:80]}' heeft hier geen budget{asked}."
    known = ", ".join([*definition.parts][:12])
    mend = f"Kies uit: {known}." if known else "Controleer het antwoord of laat het budget van dit deel vastleggen."
    return Reason("deel_onbekend", message, mend, definition.per)
