"""A case's deadline has come: what came by itself is recorded, every warning and passing is told once, and the next moment is
set. Warnings are no acts.
"""

from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.books.actions.envelopes import Envelopes, lock_all
from maatwerk.cases.actions.append import keep, write_projection
from maatwerk.cases.case import Case, read
from maatwerk.cases.telling import alarms_told
from maatwerk.decisions.actions.act import gather
from maatwerk.decisions.actions.follow import follow, mail, role_task
from maatwerk.rules.catching_up import Alarm, catch_up
from maatwerk.rules.parts import pots
from maatwerk.rules.standing import standing
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx

NOTICE = """
    INSERT INTO clock_notice (tenant_id, case_id, clock, due, what, noticed_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT DO NOTHING
"""


async def tick(tx: Tx, payload: dict[str, Any]) -> None:
    """Inner handler of `cases.tick`."""
    case = await read(tx, UUID(payload["case_id"]), lock=True)
    today = clock.today()
    facts = await gather(tx, case, Envelopes())
    if case.key is not None and catch_up(case.scheme, case.acts, today, facts):
        wanted_at = pots(case.scheme, "", case.answers, {})
        envelopes = await lock_all(tx, case.scheme, wanted_at, list(case.scheme.books), today, case.id)
        facts = await gather(tx, case, envelopes)
        due = catch_up(case.scheme, case.acts, today, facts)
        case, done = await keep(tx, case, due, facts, envelopes)
        for act in done:
            await follow(tx, case, act, in_force())
    told = alarms_told(case, today)
    passed = {alarm.id for alarm in told if alarm.kind == "verstreken"}
    for alarm in told:
        if await _is_new(tx, case, alarm) and not (alarm.kind == "waarschuwing" and alarm.id in passed):
            await _tell(tx, case, alarm)
    await write_projection(tx, case, today, facts)


async def _is_new(tx: Tx, case: Case, alarm: Alarm) -> bool:
    """Notes that an alarm is told; False when it was told before, or is for nobody."""
    place = (tx.tenant_id, case.id, alarm.id, alarm.on, alarm.kind)
    return bool(await tx.execute(NOTICE, *place, clock.now())) and bool(alarm.follow.role)


async def _tell(tx: Tx, case: Case, alarm: Alarm) -> None:
    """Gives the task and the mail of an alarm. A warning that comes with the passing itself is told no more."""
    key = f"{case.id}:{alarm.id}:{alarm.on}:{alarm.kind}"
    if alarm.follow.task:
        await role_task(tx, case, alarm.follow.role, alarm.follow.task, key, due_on=alarm.on)
    if alarm.follow.text:
        clocks = standing(case.scheme, case.acts, alarm.on).clocks
        last = alarm.due or next((c.due for c in clocks if c.id == alarm.id), alarm.on)
        await mail(tx, case, alarm.follow.text, alarm.follow.role, key, in_force(), uiterlijk=f"{last:%d-%m-%Y}")
