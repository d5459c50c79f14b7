"""From what a scheme wants to entries: per row of a table, in the part of the book where it belongs, and within what the book
allows. Entries of one act are judged one after the other, each with the room that those before it left.
"""

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maatwerk.rules import limits
from maatwerk.rules.acts import Act, Effect, Facts
from maatwerk.rules.books import Balance, pot_of
from maatwerk.rules.conditions import evaluate, holds, whole
from maatwerk.rules.parts import BOOKINGS, NEW, is_known, named, rows_of
from maatwerk.rules.refusals import Reason, Refused
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.scheme import EffectDef, Scheme

Context = Mapping[str, Any]


def effects_of(
    scheme: Scheme,
    wanted: Iterable[EffectDef],
    situation: Context,
    act: Act,
    held: Mapping[Pot, Balance],
    facts: Facts,
) -> tuple[Effect, ...]:
    """What follows of `wanted`; `held` is what the case has in each pot with all that the act booked before.

    Raises Refused with every reason."""
    booking = _Booking(scheme, situation, act, facts, dict(held))
    for effect in wanted:
        booking.add(effect)
    booking.return_what_is_left()
    if booking.reasons:
        raise Refused(tuple(dict.fromkeys(booking.reasons)))
    return tuple(booking.effects)


@dataclass
class _Booking:
    scheme: Scheme
    situation: Context
    act: Act
    facts: Facts
    held: dict[Pot, Balance]
    told: dict[Pot, int] = field(default_factory=dict)
    settled: dict[Pot, None] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    def add(self, wanted: EffectDef) -> None:
        for number, context in self.contexts(wanted):
            if not holds(wanted.condition, context):
                continue
            if wanted.kind in BOOKINGS:
                self.book(wanted, context, number)
            else:
                text, audience, title = wanted.text, wanted.audience, wanted.title
                self.effects.append(Effect(wanted.kind, "", 0, 0, text, audience, title, wanted.done_by))

    def contexts(self, wanted: EffectDef) -> Iterator[tuple[int, Context]]:
        if not wanted.each:
            yield 0, self.situation
            return
        for number, row in enumerate(rows_of(wanted, self.situation["aanvraag"], self.act.fields)):
            yield number, ChainMap({"regel": row}, self.situation)  # type: ignore[arg-type]  # it only reads

    def book(self, wanted: EffectDef, context: Context, number: int) -> None:
        amount = whole(wanted.amount, context)
        if amount is None or amount < 0:
            message = "Het bedrag van dit besluit is niet te bepalen."
            self.reasons.append(Reason("bedrag", message, "Controleer de kosten.", wanted.book))
            return
        for part, share in self.shares(wanted, context, amount):
            if share or not wanted.each:
                payee = self.payee(wanted, number)
                self.admit(Effect(wanted.kind, wanted.book, share, part=part, payee=payee, reference=wanted.reference))

    def shares(self, wanted: EffectDef, context: Context, amount: int) -> list[tuple[str, int]]:
        """(part, amount): what goes on with money of before is spread over where it lies, unless the scheme says which part."""
        book = self.scheme.books[wanted.book]
        if not book.is_divided:
            return [("", amount)]
        lies = [(pot.part, held) for pot, held in self.held.items() if pot.book == wanted.book]
        if not wanted.part and wanted.kind not in NEW and lies:
            return limits.spread(wanted.kind, amount, lies)
        given = evaluate(wanted.part, context) if wanted.part else self.situation["aanvraag"].get(book.per)
        part = named(book, given)
        if not part or (wanted.kind in NEW and not is_known(book, Pot(wanted.book, part), self.facts.room)):
            self.reasons.append(limits.unknown_part(self.scheme, wanted.book, part))
            return []
        return [(part, amount)]

    def payee(self, wanted: EffectDef, number: int) -> str:
        """The place of the answer that says who is paid, never the answer itself; "" when nobody else is."""
        answers, (root, _, column) = self.situation["aanvraag"], wanted.payee.partition(".")
        if root != "regel":
            return wanted.payee if answers.get(wanted.payee) else ""
        named_here = rows_of(wanted, answers, self.act.fields)[number].get(column)
        return f"{wanted.each}.{number}.{column}" if named_here else ""

    def admit(self, entry: Effect) -> None:
        pot = pot_of(entry)
        held = self.held.get(pot, Balance())
        room = self.facts.room.get(pot, Room()).with_own(held.reserved, held.committed)
        room = replace(room, told=max(room.told, self.told.get(pot, 0)))
        verdict = limits.judge(self.scheme.books[entry.book], entry, held, room, self.act.fields)
        self.reasons += verdict.reasons
        self.effects += verdict.effects
        self.held[pot] = held.with_entry(verdict.entry)
        self.told[pot] = max([room.told, *verdict.entry.passed])
        if entry.kind == "vaststellen":
            self.settled[pot] = None

    def return_what_is_left(self) -> None:
        """After settling, what was granted above it goes back to its envelope (Awb 4:46)."""
        for pot in self.settled:
            held = self.held[pot]
            if (rest := held.committed - held.settled) > 0:
                entry = Effect("teruggeven", pot.book, rest, part=pot.part)
                self.held[pot] = held.with_entry(entry)
                self.effects.append(entry)
