"""Doing an act: the case is locked, the facts are looked up, the rules judge, and all that follows commits with it or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.books.actions.envelopes import Envelopes, lock_all
from maatwerk.cases.access import authorise, seat_of
from maatwerk.cases.actions.append import append
from maatwerk.cases.actions.attachments import refuse_absent
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.actions.file import complete_filing
from maatwerk.cases.case import Case, NotBsn, marks_of, read
from maatwerk.cases.roles import in_scheme
from maatwerk.cases.telling import as_told
from maatwerk.decisions.actions.cure import point_out_cures
from maatwerk.decisions.actions.follow import follow
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.reviews.queries import candidates
from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.history import fold
from maatwerk.rules.parts import books_touched, pots
from maatwerk.rules.refusals import Forbidden, NotFound, Refused
from maatwerk.rules.scheme import ActDef
from maatwerk.settings import Settings
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Deed:
    """What somebody wants to do: an act of the scheme with its fields, on a legal day (default today)."""

    kind: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    on: date | None = None
    not_bsn: tuple[NotBsn, ...] = ()


async def act(
    tx: Tx, caller: Caller, case_id: UUID, deed: Deed, settings: Settings, version: Version | None = None
) -> tuple[Case, Act]:
    """The case and the act as stored.

    Raises NotFound, Forbidden, Stale for another version, Conflict for what is not on the agenda, Refused with every
    reason of the rules.
    """
    case = await read(tx, case_id, lock=True)
    role = authorise(caller, case, "stand")
    if version is not None:
        version.check(as_told(case, role).version)
    definition = case.scheme.acts.get(deed.kind)
    if definition is None:
        raise NotFound.because("handeling_onbekend", "Deze regeling kent die handeling niet.", field="handeling")
    if deed.on is not None and deed.on != clock.today() and "ondersteuner" not in caller.roles:
        raise Refused.because(
            "dagtekening", "Alleen de ondersteuner legt een handeling op een eerdere dag vast.", field="op"
        )
    fields = dict(deed.fields)
    if definition.behaviour == "indienen":
        fields = {**case.draft.answers, **fields}
    if PALETTE[definition.behaviour].uses_form:
        await refuse_absent(tx, case, fields)
    marks = {**case.draft.marks, **marks_of(deed.not_bsn)}
    wanted = Act(deed.kind, deed.on or clock.today(), actor(caller, case, definition), fields, not_bsn=marks)
    wanted_at = pots(case.scheme, deed.kind, case.answers, fields)
    books = books_touched(case.scheme, deed.kind)
    envelopes = await lock_all(tx, case.scheme, wanted_at, books, wanted.on, case.id)
    facts = await gather(tx, case, envelopes)
    case, added = await append(tx, case, wanted, facts, envelopes)
    done = added[-1]
    if definition.behaviour == "indienen" and case.number is None:
        number = await complete_filing(tx, case, done.fields, done.on)
        case = replace(case, number=number)
    for item in added:
        await follow(tx, case, item, settings)
    await point_out_cures(tx, case, done)
    await audit.record(tx, f"handeling.{deed.kind}", "zaak", case.id, details={"seq": done.seq, "rol": done.by.role})
    return case, done


def actor(caller: Caller, case: Case, definition: ActDef) -> Actor:
    """Who acts and as what. Raises Forbidden when no role of the caller does this in this case."""
    seat = seat_of(caller, case)
    for role in definition.by:
        if role not in in_scheme(caller.roles):
            continue
        if role == "coordinator" and caller.organisation_id != case.organisation_id:
            continue
        if role == "beoordelaar" and not seat:
            continue
        return Actor(role, str(caller.membership_id), seat if role == "beoordelaar" else "")
    raise Forbidden.because("rol", f"{definition.title} hoort niet bij uw rol in deze zaak.", field="handeling")


async def gather(tx: Tx, case: Case, envelopes: Envelopes) -> Facts:
    """The outside as it is now: declared facts, earlier cases, who could sit where, and the room on the locked books."""
    people = await candidates(tx, case) if case.scheme.seats and case.seq else {}
    room = envelopes.rooms(fold(case.scheme, case.acts).held)
    return replace(await outside(tx, case), candidates=people, room=room)
