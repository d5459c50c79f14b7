"""What can be granted is shown to the school and the ondersteuner, from the first draft on; a reviewer reads it in no standing."""

from pathlib import Path
from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.cases.meeting import meet
from maatwerk.cases.schemas import CaseView, FundingView
from maatwerk.cases.standing_views import standing_view
from maatwerk.cases.views import case_view
from maatwerk.rules.refusals import Invalid
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import TENANTS, Partnership, enlist, regio_36

SOURCE = Path(TENANTS / "regio-36/scheme.toml").read_text(encoding="utf-8")
LIMITED = SOURCE.replace('versie = "2024-2025"', 'versie = "begrensd"').replace(
    'tabel = "kosten"',
    'tabel = "kosten"\ngrenzen = [{ als = "regel.bedrag > euro(500)", maximum = "euro(500)", melding = "Hooguit € 500,- per regel." }]',
) + """
[product.coach]
titel = "Coach"
[formulier.coachuren]
soort = "getal"
titel = "Uren"
producten = ["coach"]
[formulier.coachkosten]
soort = "berekend"
titel = "Kosten"
uitkomst_soort = "bedrag"
berekening = "aanvraag.coachuren * euro(70)"
"""  # fmt: skip


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    async with scope(found.tenant_id, None) as tx:
        await schemes.keep_source(tx, LIMITED)
        found.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.version == "begrensd")
    return found


async def shown(region: Partnership, case_id: object, who: str) -> list[FundingView]:
    case = await region.case(case_id)  # type: ignore[arg-type]
    async with scope(region.tenant_id, None) as tx:
        facts = await outside(tx, case, told_of_pupil=False)
    return standing_view(case, clock.today(), facts, meet(region.callers[who], case)).fundings


async def test_the_lines_that_are_capped_are_shown_with_the_reason_before_and_after_filing(region: Partnership) -> None:
    case_id = await region.open(product="coach")
    for filed, who in ((False, "bas"), (True, "bas"), (True, "jolijn")):
        if filed and who == "bas":
            await region.do("bas", case_id, "indienen")
        (funding,) = await shown(region, case_id, who)
        assert (funding.asked, funding.grantable, funding.refused) == (124_000, 74_000, 50_000)
        assert [(line.asked, line.grantable) for line in funding.lines] == [(100_000, 50_000), (24_000, 24_000)]
        assert [cut.message for cut in funding.lines[0].cuts] == ["Hooguit € 500,- per regel."]
    await enlist(region, "meryem", ["fg"])
    for who in ("de_meierij", "meryem"):
        assert await shown(region, case_id, who) == []


async def seen_by_bas(region: Partnership, case_id: UUID) -> CaseView:
    case = await region.case(case_id)
    return case_view(case, meet(region.callers["bas"], case), clock.today())


async def test_a_draft_shows_what_is_computed_and_nobody_can_set_it(region: Partnership) -> None:
    case_id = await region.open(product="coach", coachuren=3)
    view = await seen_by_bas(region, case_id)
    assert view.answers["coachkosten"] == 21_000
    async with scope(region.tenant_id, None) as tx:
        with pytest.raises(Invalid) as caught:
            await save_draft(tx, await read(tx, case_id, lock=True), Draft({"coachkosten": 1}))
    assert [reason.code for reason in caught.value.reasons] == ["berekend"]
    await region.do("bas", case_id, "indienen")
    assert (await region.case(case_id)).answers["coachkosten"] == 21_000
