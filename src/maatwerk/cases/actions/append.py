"""Appending acts: judged on the locked case, stored with their consequences, booked and projected. The only way.

The caller has locked the case (`read(..., lock=True)`) and gathered the facts; one transaction holds it all. What came by
itself since (a clock that passed, an age) is recorded first.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.books.actions.envelopes import Envelopes
from maatwerk.books.actions.post import post as post_entries
from maatwerk.cases.case import Case, act_place, marks_place
from maatwerk.cases.projection import audience_of, moment_of, project, work_of
from maatwerk.cases.queries import Notice, notices
from maatwerk.cases.telling import alarms_told, as_told
from maatwerk.cases.traits import write_traits
from maatwerk.crypto import Erased, seal
from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.catching_up import catch_up, comes_by_itself
from maatwerk.rules.estimates import pupils_of
from maatwerk.rules.history import extend, fold
from maatwerk.rules.judge import judge
from maatwerk.rules.places import municipality_of
from maatwerk.rules.standing import Standing, standing
from maatwerk.tenancy import Tx
from maatwerk.timers import schedule

INSERT = """
    INSERT INTO case_act
        (tenant_id, case_id, seq, kind, step, on_day, recorded_at, membership_id, role, seat, sealed, not_bsn,
         consequences, guest_id, identified_by, identified_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
"""
PROJECT = """
    WITH written AS (
        UPDATE support_case SET seq = $3, phase = $4, closed = $5, standing = $6, filed_on = $7, changed_at = $8,
            home_municipality = $13
        WHERE tenant_id = $1 AND id = $2 RETURNING opened_at),
    gone AS (
        DELETE FROM work_item w WHERE w.tenant_id = $1 AND w.case_id = $2 AND NOT EXISTS (
            SELECT FROM unnest($9::text[], $10::uuid[]) AS k (role, owner)
            WHERE k.role = w.role AND k.owner = w.owner_id)),
    kept AS (
        INSERT INTO work_item (tenant_id, case_id, role, owner_id, since, due, acts)
        SELECT $1, $2, k.role, k.owner, $8, k.due, k.acts::jsonb
        FROM unnest($9::text[], $10::uuid[], $11::text[], $12::date[]) AS k (role, owner, acts, due)
        ON CONFLICT (tenant_id, case_id, role, owner_id) DO UPDATE SET acts = excluded.acts, due = excluded.due),
    unseen AS (
        DELETE FROM case_audience a WHERE a.tenant_id = $1 AND a.case_id = $2 AND NOT EXISTS (
            SELECT FROM unnest($14::text[], $15::uuid[]) AS k (role, owner)
            WHERE k.role = a.role AND k.owner = a.owner_id)),
    seen AS (
        INSERT INTO case_audience (tenant_id, case_id, role, owner_id, knows_school, opened_at)
        SELECT $1, $2, k.role, k.owner, k.knows, written.opened_at
        FROM written, unnest($14::text[], $15::uuid[], $16::boolean[]) AS k (role, owner, knows)
        ON CONFLICT (tenant_id, case_id, role, owner_id) DO UPDATE SET knows_school = excluded.knows_school)
    SELECT count(*) FROM written
"""


async def append(tx: Tx, case: Case, act: Act, facts: Facts, envelopes: Envelopes) -> tuple[Case, Sequence[Act]]:
    """The case as it is now and the acts that were added: what came by itself, and the act asked for as the last.

    Raises Refused with every reason, Erased when the case was erased.
    """
    today = clock.today()
    by_itself = catch_up(case.scheme, case.acts, today, facts)
    before = (*case.acts, *by_itself)
    judged = judge(case.scheme, before, act, facts, today)
    return await keep(tx, case, (*by_itself, judged), facts, envelopes)


async def keep(
    tx: Tx, case: Case, acts: Sequence[Act], facts: Facts, envelopes: Envelopes
) -> tuple[Case, Sequence[Act]]:
    """Stores acts that were judged, books their effects and writes what lists read. Raises Erased."""
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    now = clock.now()
    done = [replace(act, at=now) for act in acts]
    for act in done:
        await _store(tx, case, act)
        if any(effect.book for effect in act.consequences.effects):
            await _book(tx, case, act, envelopes)
        case = replace(case, acts=(*case.acts, act), seq=act.seq)
    return await write_projection(tx, case, clock.legal_day(now), facts), done


async def _book(tx: Tx, case: Case, act: Act, envelopes: Envelopes) -> None:
    before = fold(case.scheme, case.acts)
    pupils = pupils_of(case.scheme, extend(case.scheme, before, act).answers)
    await post_entries(tx, case.id, act, before.held, pupils, envelopes)


async def _store(tx: Tx, case: Case, act: Act) -> None:
    assert case.key is not None
    sealed = seal(case.key, act_place(tx, case.id, act.seq), msgspec.json.encode(act.fields))
    marks = seal(case.key, marks_place(tx, case.id, act.seq), msgspec.json.encode(act.not_bsn)) if act.not_bsn else None
    person, known = UUID(act.by.person) if act.by.person else None, act.by.known
    await tx.execute(
        INSERT,
        *(tx.tenant_id, case.id, act.seq, act.kind, act.step, act.on, act.at),
        *(None if known else person, act.by.role, act.by.seat),
        *(sealed, marks, msgspec.to_builtins(act.consequences)),
        *((person, known.by, known.at) if known else (None, None, None)),
    )


async def write_projection(tx: Tx, case: Case, today: date, facts: Facts) -> Case:
    """Writes what lists read of a case as it stands on a day, and its next moment; the case with its phase."""
    found = standing(case.scheme, case.acts, today, facts)
    seen = {role: _seen(case, role, found, today, facts) for role in case.scheme.roles}
    history = fold(case.scheme, case.acts)
    case = replace(case, home_municipality=municipality_of(case.scheme, history.answers) or case.home_municipality)
    work = work_of(case.scheme, seen, case.organisation_id, case.home_municipality)
    audience = audience_of(case)
    acts = [msgspec.json.encode(item.acts).decode() for item in work]
    await tx.fetchval(
        PROJECT,
        *(
            tx.tenant_id,
            case.id,
            found.seq,
            found.phase,
            found.closed,
            project(found, seen),
            history.filed_on,
            clock.now(),
        ),
        *([item.role for item in work], [item.owner for item in work], acts, [item.due for item in work]),
        *(case.home_municipality, *_columns(audience)),
    )
    await write_traits(tx, case, history.answers)
    await schedule(tx, case.id, moment_of(today if await _overdue(tx, case, today) else found.look_on))
    return replace(case, phase=found.phase, closed=found.closed, filed_on=history.filed_on)


def _columns(audience: Sequence[tuple[str, UUID, bool]]) -> tuple[list[str], list[UUID], list[bool]]:
    return [role for role, _, _ in audience], [owner for _, owner, _ in audience], [knows for _, _, knows in audience]


async def _overdue(tx: Tx, case: Case, today: date) -> bool:
    """Whether something is due that nobody was told yet. An act that is dated back can bring it, or a day that was filled in, and
    whatever the ticker had yet to do must not be put off by an act."""
    if case.key is not None and comes_by_itself(case.scheme, case.acts, today):
        return True
    due = {Notice(alarm.id, alarm.on, alarm.kind) for alarm in alarms_told(case, today) if alarm.follow.role}
    return bool(due) and not due <= await notices(tx, case.id)


def _seen(case: Case, role: str, found: Standing, today: date, facts: Facts) -> Standing:
    """The standing as a role of the scheme knows it."""
    known = as_told(case, role)
    return found if known is case else standing(case.scheme, known.acts, today, facts)
