"""Products beside each other for one pupil: held where the ondersteuner checks, told to nobody of the school, kept with the act."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.actions.link import likely, link
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.cases.meeting import meet
from maatwerk.cases.standing_views import standing_view
from maatwerk.crypto import destroy_case_key
from maatwerk.files.actions.store import store
from maatwerk.rules.acts import Earlier
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.partnership import TENANTS, Partnership, enlist, regio_36
from tests.tenants.test_de_verbinding import answers, group

SOURCE = Path(TENANTS / "regio-36/scheme.toml").read_text(encoding="utf-8")
PRODUCTS = """
[product.coach]
titel = "Coach"
sluit_uit = ["verblijf"]
[product.verblijf]
titel = "Verblijf"
[voorwaarde.verlenging]
bij = ["volledig_verklaren"]
producten = ["verblijf"]
als = "size(eerder) == 0 || eerder.exists(e, e.toegekend > 0 && 'beoordeling.akkoord' in e.uitkomsten)"
melding = "Een tweede keer kan alleen na een toekenning."
"""
GATE = "coach_sluit_uit_volledig_verklaren"


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    async with scope(found.tenant_id, None) as tx:
        await schemes.keep_source(tx, SOURCE.replace('versie = "2024-2025"', 'versie = "producten"') + PRODUCTS)
        found.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.version == "producten")
    return found


async def linked(region: Partnership, first: UUID, second: UUID) -> None:
    async with scope(region.tenant_id, None) as tx:
        assert first in {item.id for item in await likely(tx, second)}
        await link(tx, second, first)


async def blocks(region: Partnership, case_id: UUID, who: str) -> tuple[set[str], set[str]]:
    """(the reasons for which completeness is held up, the rules that are shown) to somebody."""
    case = await region.case(case_id)
    meeting = meet(region.callers[who], case)
    async with scope(region.tenant_id, None) as tx:
        facts = await outside(tx, case, told_of_pupil=meeting.handles)
    view = standing_view(case, clock.today(), facts, meeting)
    offers = [offer for offer in view.offers if offer.act == "volledig_verklaren"]
    return {reason.code for offer in offers for reason in offer.blocks}, {gate.id for gate in view.gates}


async def test_a_running_case_of_the_same_pupil_is_held_against_the_second_where_completeness_is_checked(
    region: Partnership,
) -> None:
    first = await region.filed(product="verblijf")
    second = await region.filed(product="coach")
    assert (await blocks(region, second, "jolijn"))[0] == set()
    await linked(region, first, second)
    held, shown = await blocks(region, second, "jolijn")
    assert held == {GATE}
    assert GATE in shown
    with pytest.raises(Refused) as caught:
        await region.do("jolijn", second, "volledig_verklaren")
    assert [reason.code for reason in caught.value.reasons] == [GATE]
    await enlist(region, "meryem", ["fg"])
    for who in ("bas", "de_meierij", "meryem"):
        held, shown = await blocks(region, second, who)
        assert GATE not in held | shown
    await region.do("bas", first, "intrekken")
    _, done = await region.do("jolijn", second, "volledig_verklaren")
    today = clock.today()
    assert done.consequences.earlier == (
        Earlier(
            "interventiebudget", "verblijf", False, "ingediend", ("intake.ingediend",), "ingetrokken", filed_on=today
        ),
    )
    assert (await region.case(second)).acts[-1].consequences.earlier == done.consequences.earlier


async def test_the_first_of_two_is_not_held_up_by_the_second(region: Partnership) -> None:
    first = await region.filed(product="coach")
    second = await region.filed(product="verblijf")
    await linked(region, first, second)
    assert (await blocks(region, first, "jolijn"))[0] == set()
    _, done = await region.do("jolijn", first, "volledig_verklaren")
    assert done.consequences.earlier == ()


async def test_a_second_time_needs_a_grant_that_is_still_known_after_erasure(region: Partnership) -> None:
    first = await region.to_review(product="verblijf")
    second = await region.filed(product="verblijf")
    await linked(region, first, second)
    assert (await blocks(region, second, "jolijn"))[0] == {"verlenging"}
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, first, "stemmen", stem="voor", motivering="Past.")
    async with scope(region.tenant_id, None) as tx:
        await destroy_case_key(tx, first)
    _, done = await region.do("jolijn", second, "volledig_verklaren")
    (told,) = done.consequences.earlier
    assert (told.granted, told.running, told.outcome) == (124_000, True, "akkoord")


async def test_a_list_of_one_pupil_is_a_pupil_and_a_group_is_not(region: Partnership) -> None:
    text = (TENANTS / "de-verbinding/scheme.toml").read_text(encoding="utf-8")
    text = text.replace("geldig_tot = 2023-07-31", "")
    region.callers["bas"] = replace(region.callers["bas"], functions=frozenset({"school"}))
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, text)
        scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.code == "maatwerkbudget")

    async def filed(answers: dict[str, object]) -> UUID:
        bas = region.callers["bas"]
        async with scope(region.tenant_id, bas.person_id) as tx:
            case_id = await open_case(
                tx, bas, scheme_id, Draft({name: value for name, value in answers.items() if name != "opp"})
            )
            stored = await store(tx, case_id, purpose="bijlage", field="opp", name="opp.pdf", media_type="application/pdf", content=b"%PDF-1.7")  # fmt: skip
            if "opp" in answers:
                await save_draft(tx, await read(tx, case_id, lock=True), Draft({"opp": [str(stored)]}))
        await region.do("bas", case_id, "indienen")
        return case_id

    first, second, several = await filed(answers()), await filed(answers()), await filed(group())
    async with scope(region.tenant_id, None) as tx:
        assert [item.id for item in await likely(tx, second)] == [first]
        assert await likely(tx, several) == []


async def test_a_scheme_that_does_not_ask_is_told_nothing_of_earlier_cases(region: Partnership) -> None:
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, SOURCE.replace('code = "interventiebudget"', 'code = "zonder"'))
        region.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.code == "zonder")
    first, second = await region.filed(), await region.filed()
    await linked(region, first, second)
    _, done = await region.do("jolijn", second, "volledig_verklaren")
    assert done.consequences.earlier == ()
