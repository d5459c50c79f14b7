"""Declaring an outside fact of a case: conditions read it as `feit.<naam>`, and each act stores what it saw."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from maatwerk.cases.actions.earlier import earlier_cases
from maatwerk.cases.case import Case
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


async def outside(tx: Tx, case: Case, *, told_of_pupil: bool = True) -> Facts:
    """The declared facts and, unless the one who looks may not know of them, the earlier cases of the pupil."""
    earlier = await earlier_cases(tx, case) if told_of_pupil else ()
    return Facts(values=await declared(tx, case.id), earlier=earlier)
