"""Looking up the earlier cases of a pupil: those that a person linked to this one and that were filed before it. Of each only
the consequences of its acts are read, so it needs no key and an erased case is told of too.
"""

from typing import Any

import msgspec

from maatwerk.cases import schemes
from maatwerk.cases.case import Case
from maatwerk.rules.acts import SYSTEM, Act, Consequences, Earlier
from maatwerk.rules.earlier import earlier_of, needs_earlier
from maatwerk.rules.history import fold
from maatwerk.tenancy import Tx

CASES = """
    SELECT c.id, c.scheme_version_id FROM support_case c
    JOIN support_case o ON o.tenant_id = c.tenant_id AND o.id = $2 AND o.subject_id = c.subject_id
    WHERE c.tenant_id = $1 AND c.id <> $2 AND c.filed_on IS NOT NULL
        AND (c.filed_on, length(c.number), c.number) < (o.filed_on, length(o.number), o.number)
    ORDER BY c.filed_on, length(c.number), c.number
"""
ACTS = """
    SELECT kind, step, on_day, seq, consequences FROM case_act
    WHERE tenant_id = $1 AND case_id = $2 ORDER BY seq
"""


async def earlier_cases(tx: Tx, case: Case) -> tuple[Earlier, ...]:
    """Oldest first; none for a scheme that does not ask, and none before the case itself was filed."""
    if case.number is None or not needs_earlier(case.scheme):
        return ()
    found = []
    for row in await tx.fetch(CASES, tx.tenant_id, case.id):
        scheme = await schemes.version(tx, row["scheme_version_id"])
        acts = [_bare(each) for each in await tx.fetch(ACTS, tx.tenant_id, row["id"])]
        if told := earlier_of(scheme, fold(scheme, acts)):
            found.append(told)
    return tuple(found)


def _bare(row: Any) -> Act:
    """An act as far as it is open: what followed from it, not what was filled in."""
    consequences = msgspec.convert(row["consequences"], Consequences)
    return Act(row["kind"], row["on_day"], SYSTEM, seq=row["seq"], step=row["step"], consequences=consequences)
