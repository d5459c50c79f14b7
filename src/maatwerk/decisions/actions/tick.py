"""A case's deadline has come: every warning and passing is told once, then the next moment is set. Warnings are no acts."""

from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.cases.actions.append import write_projection
from maatwerk.cases.actions.facts import declared
from maatwerk.cases.case import Case, read
from maatwerk.cases.roles import PLATFORM_ROLES
from maatwerk.decisions.actions.follow import mail
from maatwerk.rules.acts import Facts
from maatwerk.rules.clocks import Clock
from maatwerk.rules.scheme import OnPass
from maatwerk.rules.standing import standing
from maatwerk.settings import in_force
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx

NOTICE = """
    INSERT INTO clock_notice (tenant_id, case_id, clock, due, what, noticed_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
"""


async def tick(tx: Tx, payload: dict[str, Any]) -> None:
    """Inner handler of `cases.tick`."""
    case = await read(tx, UUID(payload["case_id"]), lock=True)
    today = clock.today()
    found = standing(case.scheme, case.acts, today, Facts(values=await declared(tx, case.id)))
    for running in found.clocks:
        definition = case.scheme.clocks[running.id]
        if running.status == "verstreken":
            await _notice(tx, case, running, "verstreken", definition.on_pass)
        elif running.status in ("loopt", "geschorst") and any(day <= today for day in running.warn_on):
            await _notice(tx, case, running, "waarschuwing", definition.on_warning)
    await write_projection(tx, case, found, case.filed_on)


async def _notice(tx: Tx, case: Case, running: Clock, what: str, wanted: OnPass) -> None:
    place = (tx.tenant_id, case.id, running.id, running.due, what)
    if not await tx.execute(NOTICE, *place, clock.now()) or not wanted.role:
        return
    key = f"{case.id}:{running.id}:{running.due}:{what}"
    role = PLATFORM_ROLES.get(wanted.role, wanted.role)
    school = case.organisation_id if role == "coordinator" else None
    if wanted.task:
        await create(
            tx,
            case_id=case.id,
            title=wanted.task,
            role=role,
            organisation_id=school,
            due_on=running.due,
            source_key=key,
        )
    if wanted.text:
        due = f"{running.due:%d-%m-%Y}"
        await mail(tx, case, wanted.text, wanted.role, key, in_force(), uiterlijk=due)
