"""Appending an act: judged on the locked case, stored with its consequences, booked and projected. The only way.

The caller has locked the case (`read(..., lock=True)`) and gathered the facts; one transaction holds it all.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.books.actions.post import post as post_entries
from maatwerk.books.queries import Envelope
from maatwerk.cases.case import Case, act_place
from maatwerk.cases.projection import due_of, moment_of, project, work_of
from maatwerk.crypto import Erased, seal
from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.standing import Standing, standing
from maatwerk.tenancy import Tx
from maatwerk.timers import schedule

INSERT = """
    INSERT INTO case_act
        (tenant_id, case_id, seq, kind, step, on_day, recorded_at, membership_id, role, seat, sealed, consequences)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
"""
PROJECT = """
    WITH written AS (
        UPDATE support_case SET seq = $3, phase = $4, closed = $5, standing = $6, filed_on = $7, changed_at = $8
        WHERE tenant_id = $1 AND id = $2 RETURNING 1),
    gone AS (
        DELETE FROM work_item w WHERE w.tenant_id = $1 AND w.case_id = $2 AND NOT EXISTS (
            SELECT FROM unnest($9::text[], $10::uuid[]) AS k (role, owner)
            WHERE k.role = w.role AND k.owner = w.owner_id)),
    kept AS (
        INSERT INTO work_item (tenant_id, case_id, role, owner_id, since, due, acts)
        SELECT $1, $2, k.role, k.owner, $8, $12, k.acts::jsonb
        FROM unnest($9::text[], $10::uuid[], $11::text[]) AS k (role, owner, acts)
        ON CONFLICT (tenant_id, case_id, role, owner_id) DO UPDATE SET acts = excluded.acts, due = excluded.due)
    SELECT count(*) FROM written
"""


async def append(
    tx: Tx,
    case: Case,
    act: Act,
    facts: Facts,
    envelopes: Mapping[str, Envelope],
    *,
    not_bsn: frozenset[str] = frozenset(),
) -> tuple[Case, Act]:
    """The case and the act as they are now. Raises Refused with every reason, Erased when the case was erased."""
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    now = clock.now()
    judged = judge(case.scheme, case.acts, act, facts, clock.legal_day(now), not_bsn=not_bsn | case.draft.numbers)
    judged = replace(judged, at=now)
    await _store(tx, case, judged, now)
    before = fold(case.scheme, case.acts)
    await post_entries(tx, case.id, judged.seq, judged.on, judged.consequences.effects, before.books, envelopes)
    grown = replace(case, acts=(*case.acts, judged), seq=judged.seq)
    found = standing(case.scheme, grown.acts, clock.legal_day(now), facts)
    filed_on = fold(case.scheme, grown.acts).filed_on
    await write_projection(tx, grown, found, filed_on)
    return replace(grown, phase=found.phase, closed=found.closed, filed_on=filed_on), judged


async def _store(tx: Tx, case: Case, act: Act, now: datetime) -> None:
    assert case.key is not None
    sealed = seal(case.key, act_place(tx, case.id, act.seq), msgspec.json.encode(act.fields))
    await tx.execute(
        INSERT,
        *(tx.tenant_id, case.id, act.seq, act.kind, act.step, act.on, now),
        *(UUID(act.by.person) if act.by.person else None, act.by.role, act.by.seat),
        *(sealed, msgspec.to_builtins(act.consequences)),
    )


async def write_projection(tx: Tx, case: Case, found: Standing, filed_on: date | None) -> None:
    """Writes what lists read of a case, and its next moment."""
    work = work_of(case.scheme, found, case.organisation_id)
    acts = [msgspec.json.encode(item.acts).decode() for item in work]
    await tx.fetchval(
        PROJECT,
        *(tx.tenant_id, case.id, found.seq, found.phase, found.closed, project(found), filed_on, clock.now()),
        *([item.role for item in work], [item.owner for item in work], acts, due_of(found)),
    )
    await schedule(tx, case.id, moment_of(found.next_moment))
