"""Completing tasks: by an act of the case, or by hand. Who may do so by hand is decided here and nowhere else."""

from collections.abc import Collection
from uuid import UUID

from maatwerk import clock
from maatwerk.rules.refusals import Conflict, Forbidden, NotFound
from maatwerk.tasks.holders import Holder
from maatwerk.tasks.queries import Task, one
from maatwerk.tenancy import Tx

FINISH = "UPDATE task SET done_at = $3, done_by = $4 WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL"
FINISH_FOR_ACT = """
    UPDATE task SET done_at = $6, done_by = $5
    WHERE tenant_id = $1 AND case_id = $2 AND done_by_act = $3 AND done_at IS NULL
      AND CASE WHEN seat IS NULL THEN membership_id IS NULL OR membership_id = $5 ELSE $4 IN ('', seat) END
"""

LAPSE = """
    UPDATE task SET done_at = $4
    WHERE tenant_id = $1 AND case_id = $2 AND done_at IS NULL AND done_by_act = ANY($3)
"""

LAPSE_MADE_BY = """
    UPDATE task SET done_at = $4
    WHERE tenant_id = $1 AND case_id = $2 AND done_at IS NULL AND done_by_act IS NOT NULL
      AND EXISTS (SELECT FROM unnest($3::text[]) AS made (by) WHERE starts_with(source_key, made.by))
"""


async def finish(tx: Tx, task_id: UUID, membership_id: UUID | None) -> bool:
    """Marks a task done; the caller has checked that it may be. False when it was done already or is not there."""
    return bool(await tx.execute(FINISH, tx.tenant_id, task_id, clock.now(), membership_id))


async def finish_for_act(tx: Tx, case_id: UUID, act_kind: str, membership_id: UUID | None, seat: str = "") -> int:
    """Completes the open tasks of a case that this kind of act completes, and tells how many.

    An act on a `seat` completes every task of that seat, a substitute's too; one on no seat (the ondersteuner's) those of every
    seat; a task of one member without a seat is completed by that member's act alone.
    """
    return await tx.execute(FINISH_FOR_ACT, tx.tenant_id, case_id, act_kind, seat, membership_id, clock.now())


async def lapse(tx: Tx, case_id: UUID, acts: Collection[str]) -> int:
    """Takes away the open tasks of a case that only these acts would complete, which can't come any more, and tells how many; done
    by nobody. A task that is completed by something else than an act of the scheme stays."""
    return await tx.execute(LAPSE, tx.tenant_id, case_id, list(acts), clock.now())


async def lapse_made_by(tx: Tx, case_id: UUID, sources: Collection[str]) -> int:
    """The same for what was made under a key that begins with one of `sources`, whatever act would complete it."""
    return await tx.execute(LAPSE_MADE_BY, tx.tenant_id, case_id, list(sources), clock.now())


async def finish_source(tx: Tx, source_key: str, membership_id: UUID | None) -> bool:
    """Completes the task that was made under this key; False when there is none open."""
    done = await tx.execute(
        "UPDATE task SET done_at = $3, done_by = $4 WHERE tenant_id = $1 AND source_key = $2 AND done_at IS NULL",
        *(tx.tenant_id, source_key, clock.now(), membership_id),
    )
    return bool(done)


async def finish_by_hand(tx: Tx, task_id: UUID, holder: Holder) -> Task:
    """A person says that it is done. Raises NotFound; Forbidden when it is not his; Conflict when an act completes it."""
    task = await one(tx, task_id)
    if task is None:
        raise NotFound.because("taak_onbekend", "Deze taak bestaat niet.")
    if not holder.has(task):
        raise Forbidden.because("taak_van_ander", "Deze taak is van iemand anders.")
    if task.done_by_act:
        raise Conflict.because(
            "taak_volgt_uit_handeling",
            "Deze taak is klaar zodra de handeling in de zaak is gedaan.",
            mend="Doe de handeling zelf; de taak verdwijnt dan vanzelf.",
        )
    await finish(tx, task_id, holder.membership_id)
    return await one(tx, task_id) or task
