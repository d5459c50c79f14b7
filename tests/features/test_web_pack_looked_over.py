"""The page on which the ondersteuner looks a pack over: forms alone, no script; one press decides every word of the pack."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import lxml.html
import pytest

from tests.accounts import browser
from tests.databases import Database
from tests.packs import attach, with_pack
from tests.pages import links, seen, title
from tests.partnership import Partnership, regio_36
from tests.unsure import unsure
from tests.uploads import pdf

DOUBT, REMOVED, NEED, SECOND = unsure()
WHY = f"{SECOND} Zij mist haar tweelingzus."


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


@pytest.fixture
async def office(app: Database, region: Partnership) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, region.persons["jolijn"]) as client:
        yield client


@pytest.fixture
async def case_id(region: Partnership) -> UUID:
    return await with_pack(region, await region.open(behoefte=NEED, motivatie_coordinator=WHY))


def address(case_id: UUID) -> str:
    return f"/zaken/{case_id}/pakket/nakijken"


async def shown(office: httpx.AsyncClient, case_id: UUID) -> Any:
    answer = await office.get(address(case_id))
    assert answer.status_code == 200, answer.text
    seen(answer)
    return lxml.html.fromstring(answer.text)


def words(page: Any) -> dict[str, str]:
    """The name of the choice by the word that it is about."""
    return {
        str(fieldset.findtext("legend")).strip(): fieldset.xpath(".//input[@type='radio']/@name")[0]
        for fieldset in page.xpath("//fieldset[@class='verdict']")
    }


def version(page: Any) -> str:
    return str(page.xpath("//input[@name='versie']/@value")[0])


def part(page: Any, needle: str) -> Any:
    return next(each for each in page.xpath("//article") if needle in each.text_content())


@pytest.mark.requirement("R36-35")
async def test_one_press_decides_every_word_wherever_it_stands(office: httpx.AsyncClient, case_id: UUID) -> None:
    assert address(case_id) in links(await office.get(f"/zaken/{case_id}"), "nakijken")
    page = await shown(office, case_id)
    asked = words(page)
    assert set(asked) == {DOUBT, REMOVED}
    assert f"{DOUBT} staat er nog, 2 keer" in " ".join(page.text_content().split())
    sent = {"versie": version(page), asked[DOUBT]: "weg", asked[REMOVED]: "blijft"}
    answer = await office.post(address(case_id), data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{address(case_id)}?bericht=bewaard")
    page = await shown(office, case_id)
    assert words(page) == {}
    reads = [each.text_content() for each in page.xpath("//article/div[contains(@class, 'text')]")]
    assert NEED.replace("Saar", "[leerling]").replace(DOUBT, "[naam 1]") in reads
    assert [each.text_content() for each in page.xpath("//mark[@class='open']")] == []


@pytest.mark.requirement("R36-35")
async def test_one_word_is_decided_by_itself_a_text_rewritten_and_the_story_ticked_off(
    office: httpx.AsyncClient, case_id: UUID
) -> None:
    page = await shown(office, case_id)
    motivation = part(page, "tweelingzus")
    assert "Meerling: “tweelingzus”." in motivation.text_content()
    item = motivation.xpath(".//input[@name='onderdeel']/@value")[0]
    (option,) = [each for each in motivation.xpath(".//option") if each.text.startswith("Storm")]
    sent = {"onderdeel": item, "versie": version(page), "markering": option.get("value"), "doen": "blijft"}
    assert (await office.post(address(case_id), data=sent)).status_code == 303
    page = await shown(office, case_id)
    assert "Zij gaat met Storm mee" in part(page, "tweelingzus").text_content()
    rewritten = f"{SECOND}\r\nZij mist haar zus."
    sent = {"onderdeel": item, "versie": version(page), "tekst": rewritten, "doen": "schrijven"}
    assert (await office.post(address(case_id), data=sent)).status_code == 303
    page = await shown(office, case_id)
    assert not page.xpath("//p[@class='pointer']")
    told = await office.get(f"/api/v1/aanvragen/{case_id}/pakket")
    (text,) = [each["tekst"]["ontdaan"] for each in told.json()["onderdelen"] if each["hersteld"]]
    assert text == rewritten.replace("\r\n", "\n")


@pytest.mark.requirement("R36-35")
async def test_a_name_that_was_missed_is_typed_once_and_goes_everywhere(
    office: httpx.AsyncClient, case_id: UUID
) -> None:
    sent = {"versie": version(await shown(office, case_id)), "doen": "aanwijzen", "aangewezen": "zit"}
    assert (await office.post(address(case_id), data=sent)).status_code == 303
    page = await shown(office, case_id)
    assert "[leerling] [naam 1] " in part(page, REMOVED).text_content()
    for missed in ("nergens", ""):
        answer = await office.post(address(case_id), data={**sent, "versie": version(page), "aangewezen": missed})
        assert answer.status_code == 422
        assert "staat nergens in wat beoordelaars gaan lezen" in seen(answer)


@pytest.mark.requirement("R36-35")
async def test_an_attachment_is_left_out_and_taken_along_again(region: Partnership, office: httpx.AsyncClient) -> None:
    case_id = await region.open()
    await attach(region, case_id, "opp.pdf", pdf("Verslag over Storm."))
    page = await shown(office, await with_pack(region, case_id))
    item = part(page, "opp.pdf").xpath(".//input[@name='onderdeel']/@value")[0]
    for deed, told in (("weglaten", "gaat niet mee"), ("meenemen", "")):
        sent = {"onderdeel": item, "versie": version(page), "doen": deed}
        assert (await office.post(address(case_id), data=sent)).status_code == 303
        page = await shown(office, case_id)
        assert ("gaat niet mee" in part(page, "opp.pdf").text_content()) is bool(told)


@pytest.mark.requirement("R36-37")
async def test_the_meter_says_how_many_look_the_same_by_whose_count_and_after_each_choice(
    office: httpx.AsyncClient, case_id: UUID
) -> None:
    page = await shown(office, case_id)
    (meter,) = page.xpath("//section[@aria-labelledby='groep']")
    told = " ".join(meter.text_content().split())
    assert "1 leerling met dezelfde school, leeftijd en woongemeente." in told
    assert "hoeveel er in het echt zijn, heeft het partnerschap niet opgegeven" in told
    rows = {row.findtext("th"): " ".join(row.find("td").text_content().split()) for row in meter.xpath(".//tbody/tr")}
    assert len(rows) == 7
    assert rows["leeftijdsband in plaats van leeftijd"] == "1 klein"


async def test_what_does_not_hold_is_said_on_the_page_and_nothing_changes(
    office: httpx.AsyncClient, case_id: UUID
) -> None:
    page = await shown(office, case_id)
    item = part(page, REMOVED).xpath(".//input[@name='onderdeel']/@value")[0]
    stale = await office.post(address(case_id), data={"versie": "99", words(page)[DOUBT]: "weg"})
    assert stale.status_code == 422
    assert "intussen gewijzigd" in seen(stale)
    assert title(stale).startswith("Fout:")
    nothing = await office.post(address(case_id), data={"versie": version(page)})
    assert "Kies bij een woord: weg of blijft." in seen(nothing)
    pupil = {"onderdeel": item, "versie": version(page), "markering": "0", "doen": "blijft"}
    refused = await office.post(address(case_id), data=pupil)
    assert refused.status_code == 422
    assert "Hier staat een naam van de leerling" in seen(refused)
    for junk in ({"onderdeel": "x", "doen": "gezien"}, {"onderdeel": item, "doen": "weg", "markering": "x"}):
        answer = await office.post(address(case_id), data={"versie": version(page), **junk})
        assert answer.status_code == 404, junk
    assert version(await shown(office, case_id)) == version(page)


@pytest.mark.requirement("R36-35")
async def test_the_page_and_its_legend_are_for_the_ondersteuner_alone(
    app: Database, region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    legend = part_of_legend(await shown(office, case_id))
    assert legend["[leerling]"] == "Saar"
    assert "Storm" in legend.values()
    for who in ("bas", "de_meierij"):
        async with browser(app, region.persons[who]) as client:
            answer = await client.get(address(case_id))
            assert answer.status_code == 403
            assert "Storm" not in answer.text
            assert links(await client.get(f"/zaken/{case_id}"), "nakijken") == []


def part_of_legend(page: Any) -> dict[str, str]:
    rows = page.xpath("//section[@aria-labelledby='legenda']//dl/div")
    return {row.findtext("dt"): row.findtext("dd") for row in rows}
