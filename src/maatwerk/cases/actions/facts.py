"""Declaring an outside fact of a case: conditions read it as `feit.<naam>`, and each act stores what it saw."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from maatwerk.cases.actions.earlier import earlier_cases
from maatwerk.cases.case import Case
from maatwerk.cases.traits import waits_no_more
from maatwerk.organisations.queries import SCHOOL, named
from maatwerk.rules.acts import Facts
from maatwerk.tenancy import Tx

SET = """
    INSERT INTO case_fact (tenant_id, case_id, name, value)
    SELECT $1, $2, f.name, f.value::jsonb FROM unnest($3::text[], $4::text[]) AS f (name, value)
    ON CONFLICT (tenant_id, case_id, name) DO UPDATE SET value = excluded.value
"""


async def declare(tx: Tx, case_id: UUID, facts: Mapping[str, Any]) -> None:
    """Sets facts by name; a later value replaces an earlier one."""
    values = [msgspec.json.encode(value).decode() for value in facts.values()]
    await tx.execute(SET, tx.tenant_id, case_id, list(facts), values)


async def declared(tx: Tx, case_id: UUID) -> dict[str, Any]:
    """Every fact of a case by name."""
    rows = await tx.fetch(
        "SELECT name, value FROM case_fact WHERE tenant_id = $1 AND case_id = $2", tx.tenant_id, case_id
    )
    return {row["name"]: row["value"] for row in rows}


async def outside(tx: Tx, case: Case, *, told_of_pupil: bool = True, answers: Mapping[str, Any] | None = None) -> Facts:
    """The declared facts, those that the service looks up for the answers (of the case, when no others are given) and, unless the
    one who looks may not know of them, the earlier cases of the pupil."""
    earlier = await earlier_cases(tx, case) if told_of_pupil else ()
    seen = case.answers if answers is None else answers
    found = {**await looked_up(tx, case, seen), **await awaited(tx, case, seen)}
    return Facts(values={**await declared(tx, case.id), **found}, earlier=earlier)


async def awaited(tx: Tx, case: Case, answers: Mapping[str, Any]) -> dict[str, bool]:
    """Facts that tell whether the cases that this one waits for are done."""
    wanted = [name for name, fact in case.scheme.facts.items() if fact.lookup == "voorgangers_gereed"]
    if not wanted or case.scheme.outline is None:
        return {}
    return dict.fromkeys(wanted, await waits_no_more(tx, case, case.scheme.outline, answers))


async def looked_up(tx: Tx, case: Case, answers: Mapping[str, Any]) -> dict[str, bool]:
    """Facts that the scheme has the service find out: whether the school that the answers name is one of the tenant. None as long as
    they name none."""
    wanted = [name for name, fact in case.scheme.facts.items() if fact.lookup == "school_bekend"]
    asked = (name for name, field in case.scheme.form.items() if field.kind == "school")
    school = next((str(answers[name]) for name in asked if answers.get(name)), "")
    if not wanted or not school:
        return {}
    return dict.fromkeys(wanted, bool(await named(tx, SCHOOL, school)))
