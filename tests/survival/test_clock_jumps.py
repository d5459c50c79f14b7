"""A clock that jumps over the change to summer or winter time moves no date: what is due on a day is due when that day begins
in Amsterdam, whichever side of the change it was reckoned on."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from maatwerk import clock, timers
from maatwerk.outbox import dispatch_scope
from maatwerk.rules.acts import Facts
from maatwerk.rules.standing import standing
from maatwerk.tenancy import scope
from tests.clocks import set_clock
from tests.databases import Database
from tests.partnership import Partnership, regio_36

GoTo = Callable[[str], None]

SPRING = (
    "2026-03-27T11:00",
    ["2026-03-28T22:59:59", "2026-03-29T00:59:59", "2026-03-29T01:00:01", "2026-03-29T22:30:00"],
)
AUTUMN = (
    "2026-10-23T10:00",
    ["2026-10-24T21:59:59", "2026-10-25T00:59:59", "2026-10-25T01:00:01", "2026-10-25T23:30:00"],
)


@pytest.fixture
def goes_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """Sets the clock to a moment in UTC."""
    monkeypatch.setenv("MAATWERK_CLOCK", str(tmp_path / "clock"))

    def go(moment: str) -> None:
        set_clock(
            tmp_path / "clock", (datetime.fromisoformat(moment).replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()
        )

    return go


async def complete(partnership: Partnership) -> UUID:
    case_id = await partnership.filed(geconsulteerd_op="2026-03-02")
    await partnership.do("jolijn", case_id, "volledig_verklaren")
    await partnership.deliver()
    return case_id


async def dates(partnership: Partnership, case_id: UUID) -> dict[str, Any]:
    """Every date of a case: as derived now, and as it was written for lists and the ticker."""
    case = await partnership.case(case_id)
    derived = standing(case.scheme, case.acts, clock.today(), Facts())
    async with scope(partnership.tenant_id, None) as tx:
        timer = await tx.fetchval("SELECT due_at FROM timer WHERE case_id = $1", case_id)
        work = await tx.fetch(
            "SELECT role, owner_id, due FROM work_item WHERE case_id = $1 ORDER BY role, owner_id", case_id
        )
    return {
        "clocks": derived.clocks,
        "next": derived.next_moment,
        "acts": [act.on for act in case.acts],
        "filed": case.filed_on,
        "timer": timer,
        "work": [tuple(row) for row in work],
    }


async def ticked() -> int:
    async with dispatch_scope() as tx:
        return await timers.tick(tx)


@pytest.mark.parametrize(("begin", "jumps"), [SPRING, AUTUMN], ids=["summer time", "winter time"])
async def test_no_date_moves_when_the_clock_jumps_over_the_change(
    app: Database, goes_to: GoTo, begin: str, jumps: list[str]
) -> None:
    goes_to(begin)
    partnership = await regio_36()
    case_id = await complete(partnership)
    before = await dates(partnership, case_id)
    assert before["timer"] is not None
    for moment in jumps:
        goes_to(moment)
        assert await ticked() == 0
        assert await dates(partnership, case_id) == before, moment


@pytest.mark.parametrize(
    ("begin", "too_early", "in_time"),
    [("2026-03-27T11:00", "2026-03-31T21:59:58", "2026-03-31T22:00:01"),
     ("2026-10-23T10:00", "2026-10-27T22:59:58", "2026-10-27T23:00:01")],
    ids=["summer time", "winter time"],
)  # fmt: skip
async def test_a_deadline_on_the_other_side_of_the_change_comes_when_its_day_begins(
    app: Database, goes_to: GoTo, begin: str, too_early: str, in_time: str
) -> None:
    goes_to(begin)
    partnership = await regio_36()
    case_id = await complete(partnership)
    due = date.fromisoformat(begin[:10]) + timedelta(days=7)
    goes_to(too_early)
    assert await ticked() == 0
    goes_to(in_time)
    assert clock.today() == due - timedelta(days=2)
    assert await ticked() == 1
    await partnership.deliver()
    async with scope(partnership.tenant_id, None) as tx:
        notices = await tx.fetch("SELECT clock FROM clock_notice WHERE case_id = $1", case_id)
        mails = await tx.fetch("SELECT kind FROM mail WHERE case_id = $1 AND kind = 'termijn_nadert'", case_id)
    assert len(mails) == 1
    assert "reactie" in [row["clock"] for row in notices]


@pytest.mark.parametrize("moment", ["2026-10-25T00:30", "2026-10-25T01:30"], ids=["first", "second"])
async def test_a_filing_in_either_of_the_two_hours_past_two_counts_for_that_sunday(
    app: Database, goes_to: GoTo, moment: str
) -> None:
    goes_to(moment)
    partnership = await regio_36()
    case_id = await partnership.filed(geconsulteerd_op="2026-03-02")
    assert (await partnership.case(case_id)).filed_on == date(2026, 10, 25)
