"""Doing an act: the case is locked, the facts are looked up, the rules judge, and all that follows commits with it or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.books.actions.envelopes import Envelopes, lock_all
from maatwerk.cases.access import authorise
from maatwerk.cases.actions.append import append
from maatwerk.cases.actions.attachments import refuse_absent
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.actions.file import complete_filing, give_number, refuse_other_school
from maatwerk.cases.actions.hand_over import hand_over, pass_on_tasks
from maatwerk.cases.case import Case, NotBsn, marks_of, read
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.telling import as_met
from maatwerk.decisions.actions.cure import point_out_cures
from maatwerk.decisions.actions.follow import follow
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.reviews.queries import candidates
from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.history import fold
from maatwerk.rules.parts import books_touched, pots
from maatwerk.rules.places import municipality_of, places
from maatwerk.rules.refusals import Forbidden, NotFound, Refused
from maatwerk.rules.scheme import ActDef, Scheme
from maatwerk.settings import Settings
from maatwerk.tenancy import Tx, next_number


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
    meeting = authorise(caller, case, "stand")
    if version is not None:
        version.check(as_met(case, meeting).version)
    definition = case.scheme.acts.get(deed.kind)
    if definition is None:
        raise NotFound.because("handeling_onbekend", "Deze regeling kent die handeling niet.", field="handeling")
    by = actor(caller, case.scheme, meeting, definition)
    if deed.on not in (None, clock.today()) and places(case.scheme)[by.role] != "bureau":
        raise Refused.because(
            "dagtekening", "Alleen wie voor het bureau werkt, legt een handeling op een eerdere dag vast.", field="op"
        )
    before, fields, behaviour = case, dict(deed.fields), PALETTE[definition.behaviour]
    if behaviour.files:
        fields = {**case.draft.answers, **fields}
    if behaviour.uses_form:
        await refuse_absent(tx, case.scheme, case.id, fields)
        case = replace(case, home_municipality=municipality_of(case.scheme, fields) or case.home_municipality)
    await refuse_other_school(tx, case, definition, by.role, fields if behaviour.files else {})
    case = await hand_over(tx, case, definition, fields)
    await pass_on_tasks(tx, before, case)
    marks = {**case.draft.marks, **marks_of(deed.not_bsn)}
    wanted = Act(deed.kind, deed.on or clock.today(), by, fields, not_bsn=marks)
    wanted_at = pots(case.scheme, deed.kind, case.answers, fields)
    books = books_touched(case.scheme, deed.kind)
    envelopes = await lock_all(tx, case.scheme, wanted_at, books, wanted.on, case.id)
    facts = await gather(tx, case, envelopes, {**case.answers, **fields} if behaviour.uses_form else None)
    filed_before = case.filed_on
    case, added = await append(tx, case, wanted, facts, envelopes)
    done = added[-1]
    case = await _numbered(tx, case, done, files=behaviour.files and filed_before is None)
    for item in added:
        await follow(tx, case, item, settings)
    await point_out_cures(tx, case, done)
    await audit.record(tx, f"handeling.{deed.kind}", "zaak", case.id, details=_trail(done))
    return case, done


async def _numbered(tx: Tx, case: Case, done: Act, *, files: bool) -> Case:
    """The case with its number, which the first act gives it; an act that files it makes its pupil known too."""
    number = case.number or await next_number(tx, "zaak", done.on.year)
    if files:
        await complete_filing(tx, case, number, done.fields)
    elif case.number is None:
        await give_number(tx, case, number)
    return replace(case, number=number)


def _trail(done: Act) -> dict[str, Any]:
    """What the audit trail keeps of an act: its place, as what it was done, and how a guest was identified."""
    details: dict[str, Any] = {"seq": done.seq, "rol": done.by.role}
    if known := done.by.known:
        details |= {"identificatie": known.by, "digid": False, "geidentificeerd_op": known.at}
    return details


def actor(caller: Caller, scheme: Scheme, meeting: Meeting, definition: ActDef) -> Actor:
    """Who acts and as what: in the first of the act's roles in which he meets the case, from his chair where he sits for it. Raises
    Forbidden when there is none."""
    role = next((role for role in definition.by if role in meeting.roles), "")
    if not role:
        raise Forbidden.because("rol", f"{definition.title} hoort niet bij uw rol in deze zaak.", field="handeling")
    from_chair = places(scheme)[role] == "zetel" or PALETTE[definition.behaviour].by_seat
    seat = meeting.chairs.get(role, "") if from_chair else ""
    return Actor(role, caller.acts_as, seat, caller.guest.known if caller.guest else None)


async def gather(tx: Tx, case: Case, envelopes: Envelopes, answers: Mapping[str, Any] | None = None) -> Facts:
    """The outside as it is now: facts (for the answers that an act gives, when it does), earlier cases, who could sit where, and the
    room on the locked books."""
    people = await candidates(tx, case) if case.scheme.seats and (case.seq or _seats_at_once(case.scheme)) else {}
    room = envelopes.rooms(fold(case.scheme, case.acts).held)
    return replace(await outside(tx, case, answers=answers), candidates=people, room=room)


@lru_cache(maxsize=256)
def _seats_at_once(scheme: Scheme) -> bool:
    """Whether the first act of a case may open a step with a panel."""
    first = {name for name, step in scheme.steps.items() if "begin" in step.after}
    moments = {moment for step in scheme.steps.values() if step.panels for moment in step.after}
    return any(moment.split(".")[1:2] and moment.split(".")[1] in first for moment in moments)
