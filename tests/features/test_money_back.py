"""What a case gives back goes to the envelope it came from."""

from datetime import timedelta
from uuid import UUID

import pytest

from maatwerk.books.queries import Envelope, entries, envelopes
from maatwerk.tenancy import scope
from tests.accounts import Clock
from tests.databases import Database
from tests.partnership import Partnership, regio_36

A_YEAR = timedelta(days=366)


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def approved(region: Partnership) -> UUID:
    case_id = await region.to_review()
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    return case_id


async def totals(region: Partnership) -> dict[str, tuple[int, list[tuple[str, int]]]]:
    """Per period what is committed, and the entries."""
    async with scope(region.tenant_id, None) as tx:
        return {each.period: (each.committed, await _entries(tx, each)) for each in await envelopes(tx)}


async def _entries(tx: object, envelope: Envelope) -> list[tuple[str, int]]:
    return [(entry.kind, entry.amount) for entry in await entries(tx, envelope.id, None, 10)]  # type: ignore[arg-type]


async def test_money_of_a_case_that_is_withdrawn_in_the_next_school_year_returns_to_the_year_it_came_from(
    region: Partnership, clock: Clock
) -> None:
    case_id = await approved(region)
    ((year, before),) = (await totals(region)).items()
    assert before == (124_000, [("vastleggen", 124_000)])
    clock.forward(A_YEAR)
    await region.do("bas", case_id, "intrekken")
    after = await totals(region)
    assert after.pop(year) == (0, [("vastleggen", 124_000), ("vrijgeven", 124_000)])
    assert all(each == (0, []) for each in after.values())


async def test_a_case_that_is_decided_again_in_the_next_school_year_is_paid_from_that_year(
    region: Partnership, clock: Clock
) -> None:
    case_id = await approved(region)
    (year,) = await totals(region)
    clock.forward(A_YEAR)
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="De kosten kloppen niet.")
    assert (await totals(region))[year][0] == 0
    await region.do("jolijn", case_id, "volledig_verklaren")
    await region.deliver()
    await region.do("jolijn", case_id, "vrijgeven")
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    found = await totals(region)
    assert found.pop(year) == (0, [("vastleggen", 124_000), ("terugdraaien", 124_000)])
    assert [committed for committed, _ in found.values()] == [124_000]
