"""Declaring that a member has, or had, a part in a case or its pupil: who is involved can't review (R36-40). One who sits on
a chair already keeps it in name only, so the ondersteuner is asked for a substitute."""

from datetime import datetime
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.case import Case
from maatwerk.http.caller import Caller
from maatwerk.rules.history import fold
from maatwerk.rules.involvement import Part
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO involvement (tenant_id, case_id, membership_id, what, declared_by, declared_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant_id, case_id, membership_id) DO UPDATE SET what = excluded.what
"""
ASSIGNING = "toewijzen"
TITLE = "Een beoordelaar is betrokken: zet een vervanger op de zetel"


async def involve(tx: Tx, caller: Caller, case: Case, membership_id: UUID, what: Part) -> None:
    """Records the involvement; doing it twice changes only how he is involved."""
    await tx.execute(INSERT, tx.tenant_id, case.id, membership_id, what, caller.membership_id, clock.now())
    await audit.record(tx, what="betrokkene.gemeld", object_kind="zaak", object_id=case.id)
    for slot, kind in _seats_of(case, str(membership_id)):
        key = f"betrokken:{case.id}:{slot}:{membership_id}"
        await create(tx, case_id=case.id, title=TITLE, role=ONDERSTEUNER, done_by_act=kind, source_key=key)


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


async def involved(tx: Tx, case_id: UUID) -> list[tuple[UUID, Part, datetime]]:
    """Who was declared to be involved: member, how, when."""
    rows = await tx.fetch(
        "SELECT membership_id, what, declared_at FROM involvement WHERE tenant_id = $1 AND case_id = $2 ORDER BY declared_at",
        *(tx.tenant_id, case_id),
    )
    return [(row["membership_id"], row["what"], row["declared_at"]) for row in rows]
