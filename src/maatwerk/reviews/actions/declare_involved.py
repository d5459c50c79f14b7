"""Declaring that a member has, or had, a part in a case or its pupil: who is involved can't review (R36-40). Of himself anybody
may, of another the ondersteuner alone: a school could keep a reviewer off that it does not like, or try out who is a member.
One who sits on a chair keeps it in name only, so the ondersteuner is asked for a substitute."""

from datetime import datetime
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.people.queries import member
from maatwerk.rules.history import fold
from maatwerk.rules.involvement import Part
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.rules.refusals import Forbidden, NotFound
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO involvement AS i (tenant_id, case_id, membership_id, what, declared_by, declared_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, case_id, membership_id) DO UPDATE
        SET what = excluded.what, withdrawn_at = NULL, withdrawn_by = NULL, withdrawn_because = NULL,
            declared_by = CASE WHEN i.withdrawn_at IS NULL THEN i.declared_by ELSE excluded.declared_by END,
            declared_at = CASE WHEN i.withdrawn_at IS NULL THEN i.declared_at ELSE excluded.declared_at END
    RETURNING i.declared_at
"""
ASSIGNING = "toewijzen"
TITLE = "Een beoordelaar is betrokken: zet een vervanger op de zetel"


async def declare_involved(tx: Tx, caller: Caller, case: Case, membership_id: UUID, what: Part) -> datetime:
    """When it was recorded; doing it twice changes only how he is involved, unless it was withdrawn in between.

    Raises Forbidden for who names another and is no ondersteuner, whether or not there is such a member; NotFound.
    """
    if ONDERSTEUNER not in caller.roles and membership_id != caller.membership_id:
        raise Forbidden.because(
            "alleen_uzelf",
            "Van een ander zegt alleen de ondersteuner dat hij betrokken is; u meldt hier uzelf.",
            mend="Vermoedt u dat iemand betrokken is? Meld dat dan als vermoeden.",
            field="lidId",
        )
    if await member(tx, membership_id) is None:
        raise NotFound.because("geen_lid", "Dit lid is er niet.", field="lidId")
    at: datetime = await tx.fetchval(
        INSERT, tx.tenant_id, case.id, membership_id, what, caller.membership_id, clock.now()
    )
    await audit.record(tx, "betrokkene.gemeld", "zaak", case.id, details={"lid": membership_id, "hoe": what})
    for slot, kind in _seats_of(case, str(membership_id)):
        key = task_of(case.id, slot, membership_id, at)
        await create(tx, case_id=case.id, title=TITLE, role=ONDERSTEUNER, done_by_act=kind, source_key=key)
    return at


def task_of(case_id: UUID, slot: str, membership_id: UUID, declared_at: datetime) -> str:
    """The key of the task to replace somebody who was declared involved."""
    return f"betrokken:{case_id}:{slot}:{membership_id}:{declared_at.timestamp():.6f}"


def _seats_of(case: Case, person: str) -> list[tuple[str, str]]:
    """The chairs of open panels on which somebody sits and may no longer, each with the act that gives it to another."""
    found = []
    for name, state in fold(case.scheme, case.acts).steps.items():
        step = case.scheme.steps[name]
        kind = next((act for act in step.acts if case.scheme.acts[act].behaviour == ASSIGNING), "")
        for chair in state.chairs if state.status == "open" else ():
            seat = case.scheme.seats.get(chair.slot)
            if chair.person == person and seat is not None and seat.involved_blocks:
                found.append((chair.slot, kind))
    return found
