"""What an outline shows of a case, kept beside it in the clear so that lists can choose by it. The loader of schemes lets no answer
in here that can be of a person. Projected with the case; nothing is decided from it but what a case waits for.
"""

from collections.abc import Mapping
from typing import Any

from maatwerk.cases.case import Case
from maatwerk.rules.outline import OutlineDef
from maatwerk.rules.outline_tree import as_traits, numbers_in
from maatwerk.tenancy import Tx

WRITE = """
    WITH given AS (SELECT * FROM unnest($3::text[], $4::text[], $5::int[]) AS t (name, value, place)),
    gone AS (
        DELETE FROM case_trait t WHERE t.tenant_id = $1 AND t.case_id = $2 AND NOT EXISTS (
            SELECT FROM given g WHERE g.name = t.name AND g.place = t.place)),
    kept AS (
        INSERT INTO case_trait (tenant_id, case_id, name, place, value)
        SELECT $1, $2, g.name, g.place, g.value FROM given g
        ON CONFLICT (tenant_id, case_id, name, place) DO UPDATE SET value = excluded.value)
    SELECT count(*) FROM given
"""
DONE = """
    SELECT t.value AS number, bool_and(c.closed = ANY($5)) AS done FROM case_trait t
    JOIN support_case c ON c.tenant_id = t.tenant_id AND c.id = t.case_id
    JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id
    WHERE t.tenant_id = $1 AND s.code = $2 AND t.name = $3 AND t.value = ANY($4)
    GROUP BY t.value
"""


async def write_traits(tx: Tx, case: Case, answers: Mapping[str, Any]) -> None:
    """Writes what the outline of the case's scheme shows of its answers; a scheme without one has nothing to write."""
    outline = case.scheme.outline
    if outline is None:
        return
    rows = [(n, value, place) for n in outline.fields for place, value in enumerate(as_traits(answers.get(n)))]
    names, values, places = [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]
    await tx.fetchval(WRITE, tx.tenant_id, case.id, names, values, places)


async def waits_no_more(tx: Tx, case: Case, outline: OutlineDef, answers: Mapping[str, Any]) -> bool:
    """Whether every case that this one waits for is done; one that is not there is not."""
    numbers = numbers_in(str(answers.get(outline.waits) or ""))
    if not numbers:
        return True
    wanted = (case.scheme.code, outline.number, list(numbers), list(outline.done))
    done = {row["number"] for row in await tx.fetch(DONE, tx.tenant_id, *wanted) if row["done"]}
    return done >= set(numbers)
