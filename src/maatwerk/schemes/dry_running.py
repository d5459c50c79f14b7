"""A version against the cases that were filed in a period: read some at a time, each opened with its own key and judged outside any
transaction. It writes nothing, and of a case it keeps the number and what would go otherwise.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maatwerk.cases.case import Case, read_all
from maatwerk.rules.dry_run import Change, change_of
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import scope

WHERE = """
    FROM support_case c JOIN scheme_version s ON s.tenant_id = c.tenant_id AND s.id = c.scheme_version_id
    WHERE c.tenant_id = $1 AND s.code = $2 AND c.filed_on BETWEEN $3 AND $4
"""
COUNT = f"SELECT count(*) {WHERE}"
AT_ONCE = 50  # few enough to be opened within one short transaction, and to be in memory together
NEXT = f"SELECT c.id {WHERE} AND (c.filed_on, c.id) > ($5, $6) ORDER BY c.filed_on, c.id LIMIT {AT_ONCE}"
BEFORE_ALL = UUID(int=0)


@dataclass(frozen=True)
class Period:
    """The cases of one tenant and one scheme, whatever its version, filed on these days."""

    tenant_id: UUID
    code: str
    first: date
    last: date


@dataclass(frozen=True)
class Judged:
    """A case and what would change in it. Of an `erased` one nothing can be judged again."""

    case_id: UUID
    number: str
    filed_on: date
    change: Change | None
    erased: bool = False


async def count(period: Period) -> int:
    """How many cases there are to judge."""
    async with scope(period.tenant_id, None, read_only=True) as tx:
        found: int = await tx.fetchval(COUNT, period.tenant_id, period.code, period.first, period.last)
        return found


async def judged(
    scheme: Scheme, period: Period, after: tuple[date, UUID] | None = None
) -> AsyncGenerator[Judged, None]:
    """The cases of a period under `scheme`, in order of filing, from after a place."""
    place = after or (period.first, BEFORE_ALL)
    while cases := await _next(period, place):
        for case in cases:
            place = (case.filed_on or period.first, case.id)
            change = None if case.key is None else change_of(case.scheme, scheme, case.acts)
            yield Judged(case.id, case.number or "", place[0], change, erased=case.key is None)


async def _next(period: Period, place: tuple[date, UUID]) -> list[Case]:
    async with scope(period.tenant_id, None, read_only=True) as tx:
        rows = await tx.fetch(NEXT, period.tenant_id, period.code, period.first, period.last, *place)
        return await read_all(tx, [row["id"] for row in rows])
