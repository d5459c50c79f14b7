"""Marks of a pack are decided by a person before release: a word goes or stays, one by one or wherever it stands."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from maatwerk.anonymisation import content
from maatwerk.anonymisation.actions.mend import Change, mend
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.queries import items_of, pack_of
from maatwerk.cases.case import read
from maatwerk.cases.messages import PackWanted
from maatwerk.crypto import open_pack_key
from maatwerk.http.etag import Version
from maatwerk.outbox import post
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import scope
from tests.accounts import browser
from tests.databases import Database
from tests.packs import deliver, with_pack
from tests.partnership import Partnership, enlist, regio_36
from tests.unsure import unsure

DOUBT, REMOVED, NEED, WHY = unsure()


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
    return f"/api/v1/aanvragen/{case_id}/pakket"


async def pack(office: httpx.AsyncClient, case_id: UUID) -> Any:
    answer = await office.get(address(case_id))
    assert answer.status_code == 200, answer.text
    return answer.json()


def marks(pack: Any, word: str) -> list[dict[str, Any]]:
    """The marks of a word, with the id of their item."""
    return [
        {**mark, "onderdeelId": item["id"]}
        for item in pack["onderdelen"]
        for mark in item.get("tekst", {}).get("vervangingen", ())
        if item["tekst"]["origineel"][mark["begin"] : mark["einde"]] == word
    ]


def verdict(mark: dict[str, Any], decision: str, *, everywhere: bool = False) -> dict[str, Any]:
    return {
        "onderdeelId": mark["onderdeelId"], "markering": mark["markering"], "beslissing": decision, "overal": everywhere,
    }  # fmt: skip


async def decides(office: httpx.AsyncClient, case_id: UUID, *verdicts: dict[str, Any]) -> httpx.Response:
    version = (await office.get(address(case_id))).headers["etag"]
    body = {"beslissingen": list(verdicts)}
    return await office.post(f"{address(case_id)}/_beslis", json=body, headers={"If-Match": version})


async def items(region: Partnership, case_id: UUID) -> dict[str, Item]:
    async with scope(region.tenant_id, None) as tx:
        case = await read(tx, case_id)
        found = await pack_of(tx, case)
        assert found is not None
        assert case.key is not None
        return {item.path: item for item in await items_of(tx, case.key, found.id)}


@pytest.mark.requirement("R36-35")
async def test_a_doubt_and_an_unsure_replacement_hold_the_release_until_decided(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    shown = await pack(office, case_id)
    (doubt, _), (removed,) = marks(shown, DOUBT), marks(shown, REMOVED)
    assert (doubt["soort"], doubt["vervangenDoor"], doubt["teBeslissen"]) == ("twijfel", "", True)
    assert removed["teBeslissen"]
    assert removed["vervangenDoor"].startswith("[persoon")
    assert not marks(shown, "Saar")[0]["teBeslissen"], "a sure replacement needs no decision"
    assert shown["nogTeBeslissen"] == 3
    (block,) = next(each for each in shown["onderdelen"] if each["pad"] == "behoefte")["belemmeringen"]
    assert (block["code"], block["teBevestigen"]) == ("onbeslist", False)
    with pytest.raises(Refused):
        await region.do("jolijn", case_id, "vrijgeven")
    done = await decides(office, case_id, verdict(doubt, "weg", everywhere=True), verdict(removed, "blijft"))
    assert done.status_code == 200, done.text
    assert (done.json()["nogTeBeslissen"], done.json()["blokkades"]) == (0, 0)
    await region.do("jolijn", case_id, "vrijgeven")
    async with scope(region.tenant_id, None) as tx:
        (sheet,) = await content.sheets(tx, await open_pack_key(tx, UUID(shown["id"]), "de_meierij"), UUID(shown["id"]))
    assert sheet.texts["behoefte"] == NEED.replace("Saar", "[leerling]").replace(DOUBT, "[naam 1]")
    assert sheet.texts["motivatie_coordinator"].endswith(WHY.replace(DOUBT, "[naam 1]")[-20:])


@pytest.mark.requirement("R36-35")
async def test_one_request_decides_every_equal_word_and_leaves_the_others(
    office: httpx.AsyncClient, case_id: UUID
) -> None:
    (first, *_) = marks(await pack(office, case_id), DOUBT)
    done = (await decides(office, case_id, verdict(first, "blijft", everywhere=True))).json()
    assert {item["pad"] for item in done["onderdelen"]} == {"behoefte", "motivatie_coordinator"}
    shown = await pack(office, case_id)
    assert [mark["beslissing"] for mark in marks(shown, DOUBT)] == ["blijft"] * 2
    assert marks(shown, REMOVED)[0]["teBeslissen"]
    await decides(office, case_id, verdict(first, "weg"))
    assert [mark["beslissing"] for mark in marks(await pack(office, case_id), DOUBT)] == ["weg", "blijft"]


@pytest.mark.requirement("R36-35")
async def test_a_word_that_goes_everywhere_goes_also_where_the_machine_did_not_mark_it(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    small = DOUBT.casefold()
    case_id = await with_pack(region, await region.open(behoefte=NEED, motivatie_coordinator=f"Het {small} van toen."))
    shown = await pack(office, case_id)
    assert not marks(shown, small)
    done = await decides(office, case_id, verdict(marks(shown, DOUBT)[0], "weg", everywhere=True))
    assert {item["pad"] for item in done.json()["onderdelen"]} == {"behoefte", "motivatie_coordinator"}
    assert (await items(region, case_id))["motivatie_coordinator"].content.redacted == "Het [naam 1] van toen."
    again = await decides(office, case_id, verdict(marks(await pack(office, case_id), small)[0], "blijft"))
    assert again.status_code == 200
    assert (await items(region, case_id))["motivatie_coordinator"].content.redacted == f"Het {small} van toen."


@pytest.mark.requirement("R36-35")
async def test_a_word_that_goes_goes_from_what_somebody_wrote_himself_too(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar kreeg een parel.", voorziening="Niets"))
    shown = await pack(office, case_id)
    item = next(each for each in shown["onderdelen"] if each["pad"] == "behoefte")
    await mends(region, office, case_id, item, text="[leerling] kreeg een parel, en daarna weer een parel.")
    version = (await office.get(address(case_id))).headers["etag"]
    done = await office.post(f"{address(case_id)}/_beslis", json={"woorden": ["parel"]}, headers={"If-Match": version})
    assert done.status_code == 200, done.text
    found = (await items(region, case_id))["behoefte"].content
    assert found.redacted == "[leerling] kreeg een [naam 1], en daarna weer een [naam 1]."


@pytest.mark.requirement("R36-35")
async def test_a_name_that_somebody_pointed_out_is_gone_from_a_text_that_changed_or_came_later(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar kreeg een parel.", voorziening="Niets"))
    version = (await office.get(address(case_id))).headers["etag"]
    await office.post(f"{address(case_id)}/_beslis", json={"woorden": ["parel"]}, headers={"If-Match": version})
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="De tekst klopt niet.")
    await region.do("bas", case_id, "aanvullen", behoefte="Saar kreeg een parel mee.", voorziening="Met een parel")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    after = await items(region, case_id)
    assert after["behoefte"].content.redacted == "[leerling] kreeg een [naam 1] mee."
    assert after["voorziening"].content.redacted == "Met een [naam 1]"


async def test_places_of_marks_hold_in_both_texts_after_decisions(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    shown = await pack(office, case_id)
    first, removed = marks(shown, DOUBT)[0], marks(shown, REMOVED)[0]
    await decides(office, case_id, verdict(first, "weg"), verdict(removed, "blijft"))
    found = (await items(region, case_id))["behoefte"].content
    pairs = {
        found.original[mark.start : mark.end]: found.redacted[mark.redacted_start : mark.redacted_end]
        for mark in found.marks
    }
    assert pairs == {"Saar": "[leerling]", DOUBT: "[naam 1]", REMOVED: REMOVED}


@pytest.mark.requirement("R36-35")
async def test_decisions_hold_when_the_pack_is_made_again_and_fall_with_the_text(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    shown = await pack(office, case_id)
    verdicts = [verdict(marks(shown, DOUBT)[0], "weg", everywhere=True), verdict(marks(shown, REMOVED)[0], "blijft")]
    await decides(office, case_id, *verdicts)
    before = await items(region, case_id)
    async with scope(region.tenant_id, None) as tx:
        await post(tx, PackWanted(case_id))
    await deliver(region.tenant_id)
    assert await items(region, case_id) == before
    assert [mark.decision for mark in before["behoefte"].content.marks] == ["", "weg", "blijft"]
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="De tekst klopt niet.")
    await region.do("bas", case_id, "aanvullen", behoefte=f"{NEED} Zij slaapt slecht.")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    after = await items(region, case_id)
    assert {mark.decision for mark in after["behoefte"].content.marks} == {""}
    assert after["motivatie_coordinator"].content == before["motivatie_coordinator"].content


@pytest.mark.requirement("R36-35")
async def test_a_name_that_nothing_marked_goes_wherever_it_stands_and_stays_gone_when_the_pack_is_made_again(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(
        region,
        await region.open(
            behoefte="Saar kreeg een parel in de klas en de parel is van haar.", voorziening="Met een parel mee"
        ),
    )
    version = (await office.get(address(case_id))).headers["etag"]
    body = {"woorden": ["Parel"]}
    done = await office.post(f"{address(case_id)}/_beslis", json=body, headers={"If-Match": version})
    assert done.status_code == 200, done.text
    assert {item["pad"] for item in done.json()["onderdelen"]} == {"behoefte", "voorziening"}
    before = await items(region, case_id)
    assert before["behoefte"].content.redacted == "[leerling] kreeg een [naam 1] in de klas en de [naam 1] is van haar."
    assert before["voorziening"].content.redacted == "Met een [naam 1] mee"
    async with scope(region.tenant_id, None) as tx:
        await post(tx, PackWanted(case_id))
    await deliver(region.tenant_id)
    assert await items(region, case_id) == before
    shown = await pack(office, case_id)
    assert {line["vervangenDoor"]: line["stond"] for line in shown["legenda"]}["[naam 1]"] == ["parel"]
    await decides(office, case_id, verdict(marks(shown, "parel")[1], "blijft"))
    assert (await items(region, case_id))["behoefte"].content.redacted.endswith(
        "[naam 1] in de klas en de parel is van haar."
    )
    version = (await office.get(address(case_id))).headers["etag"]
    await office.post(f"{address(case_id)}/_beslis", json=body, headers={"If-Match": version})
    assert (await items(region, case_id))["behoefte"] == before["behoefte"], "a word that a person let stay goes too"
    for wrong, status in (({"woorden": ["nergens"]}, 404), ({}, 400)):
        version = (await office.get(address(case_id))).headers["etag"]
        answer = await office.post(f"{address(case_id)}/_beslis", json=wrong, headers={"If-Match": version})
        assert answer.status_code == status, answer.text


@pytest.mark.requirement("R36-35")
async def test_a_known_name_a_number_or_a_birth_date_never_stays(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar is geboren op 14 maart 2009, bel 06-12345678."))
    shown = await pack(office, case_id)
    for word, code in (("Saar", "naam"), ("14 maart 2009", "geboortedatum"), ("06-12345678", "contactgegevens")):
        (mark, *_) = marks(shown, word)
        refused = await decides(office, case_id, verdict(mark, "blijft"))
        assert refused.status_code == 422
        assert refused.json()["redenen"][0]["code"] == code
        assert refused.json()["redenen"][0]["herstel"]
    assert [item["tekst"]["ontdaan"] for item in (await pack(office, case_id))["onderdelen"]] == [
        item["tekst"]["ontdaan"] for item in shown["onderdelen"]
    ]


async def test_a_mended_text_keeps_its_marks_and_a_word_that_stays_asks_no_second_look(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    shown = await pack(office, case_id)
    storm = marks(shown, "Storm")[0]
    await decides(office, case_id, verdict(storm, "blijft"))
    item = next(each for each in shown["onderdelen"] if each["pad"] == "motivatie_coordinator")
    text = (await items(region, case_id))["motivatie_coordinator"].content.redacted + " Zij komt graag."
    done = await mends(region, office, case_id, item, text=text)
    assert done.blocks == ("onbeslist",), "the doubt is still open, what was decided is not asked again"


async def test_a_decision_on_an_older_version_or_on_no_mark_is_refused_and_changes_nothing(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    first = marks(await pack(office, case_id), DOUBT)[0]
    before = await items(region, case_id)
    body = {"beslissingen": [verdict(first, "weg")]}
    stale = await office.post(f"{address(case_id)}/_beslis", json=body, headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    assert (await office.post(f"{address(case_id)}/_beslis", json=body)).status_code == 428
    unknown = [verdict(first, "weg"), {**verdict(first, "weg"), "onderdeelId": str(uuid4())}]
    assert (await decides(office, case_id, *unknown)).status_code == 404
    assert (await decides(office, case_id, {**verdict(first, "weg"), "markering": 99})).status_code == 404
    assert await items(region, case_id) == before


@pytest.mark.requirement("R36-35")
async def test_who_stands_behind_a_placeholder_is_for_the_ondersteuner_alone(
    app: Database, region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    shown = await pack(office, case_id)
    legend = {line["vervangenDoor"]: line["stond"] for line in shown["legenda"]}
    assert legend["[leerling]"] == ["Saar"]
    assert ["Storm"] in legend.values()
    todo = [verdict(marks(shown, DOUBT)[0], "weg", everywhere=True), verdict(marks(shown, REMOVED)[0], "weg")]
    await decides(office, case_id, *todo)
    assert {line["vervangenDoor"]: line["stond"] for line in (await pack(office, case_id))["legenda"]}["[naam 1]"] == [
        DOUBT
    ]
    await region.do("jolijn", case_id, "vrijgeven")
    await enlist(region, "beheerder", ["tenant_admin"])
    await enlist(region, "controller", ["financial_controller"])
    await enlist(region, "fg", ["fg"])
    for who in ("bas", "de_meierij", "beheerder", "controller", "fg"):
        async with browser(app, region.persons[who]) as client:
            assert (await client.get(address(case_id))).status_code == 403, who
            refused = await client.post(
                f"{address(case_id)}/_beslis", json={"beslissingen": todo}, headers={"If-Match": '"1"'}
            )
            assert refused.status_code == 403, who
            told = await client.get(f"/api/v1/aanvragen/{case_id}/beoordelingspakket")
            assert (told.status_code == 200) == (who == "de_meierij"), who
            assert not [word for word in ("Storm", DOUBT, "legenda", "stond") if word in told.text], who
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT sealed FROM pack_item")
        kept = await tx.fetch("SELECT row_to_json(p)::text AS text FROM pack p")
    assert not [row for row in rows if b"Storm" in row["sealed"]]
    assert not [row for row in kept if "Storm" in row["text"]]


@pytest.mark.requirement("R36-35")
async def test_a_rare_fact_of_the_story_waits_until_it_was_seen_or_written_otherwise(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(
        region, await region.open(behoefte="Saar mist haar tweelingzus. Haar vader is overleden.")
    )
    shown = await pack(office, case_id)
    item = next(each for each in shown["onderdelen"] if each["pad"] == "behoefte")
    told = item["tekst"]["aanwijzingen"]
    assert [(each["rubriek"], each["woorden"]) for each in told] == [
        ("meerling", "tweelingzus"),
        ("overlijden", "overleden"),
    ]
    assert told[0]["waarom"].startswith("Een meerling is")
    assert "tweelingzus" in item["tekst"]["ontdaan"], "a person weighs it: the machine leaves it"
    assert [(block["code"], block["teBevestigen"]) for block in item["belemmeringen"]] == [("verhaal", True)]
    with pytest.raises(Refused):
        await region.do("jolijn", case_id, "vrijgeven")
    rewritten = await mends(region, office, case_id, item, text="[leerling] mist haar zus. Haar vader is overleden.")
    assert [each.words for each in rewritten.content.pointers] == ["overleden"]
    seen = await mends(region, office, case_id, item, seen=True)
    assert seen.state == "klaar"
    async with scope(region.tenant_id, None) as tx:
        await post(tx, PackWanted(case_id))
    await deliver(region.tenant_id)
    assert (await items(region, case_id))["behoefte"] == seen, "made again, it stays seen"
    await region.do("jolijn", case_id, "vrijgeven")


async def mends(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID, item: dict[str, Any], **change: Any
) -> Item:
    tag = (await office.get(address(case_id))).headers["etag"].strip('"')
    version = Version(frozenset({tag}))
    return (await mend(region.callers["jolijn"], case_id, UUID(item["id"]), Change(**change), version)).item


async def takes_out(office: httpx.AsyncClient, case_id: UUID, *words: str) -> dict[str, Any]:
    """What the API answers of the only item that changes when these words go."""
    version = (await office.get(address(case_id))).headers["etag"]
    done = await office.post(f"{address(case_id)}/_beslis", json={"woorden": words}, headers={"If-Match": version})
    assert done.status_code == 200, done.text
    (item,) = done.json()["onderdelen"]
    return dict(item)


def told(item: dict[str, Any]) -> tuple[list[str], list[str]]:
    """(what the story of an item tells, what holds it back)."""
    return [each["woorden"] for each in item["tekst"]["aanwijzingen"]], [each["code"] for each in item["belemmeringen"]]


@pytest.mark.requirement("R36-35")
async def test_what_the_story_tells_is_right_at_once_when_a_word_of_it_goes_or_comes_back(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar is helft van een tweeling."))
    item = next(each for each in (await pack(office, case_id))["onderdelen"] if each["pad"] == "behoefte")
    assert told(item) == (["helft van een tweeling"], ["verhaal"])
    gone = await takes_out(office, case_id, "helft van een tweeling")
    assert told(gone) == ([], [])
    (mark,) = marks(await pack(office, case_id), "helft van een tweeling")
    (back,) = (await decides(office, case_id, verdict(mark, "blijft"))).json()["onderdelen"]
    assert told(back) == (["helft van een tweeling"], ["verhaal"])
    with pytest.raises(Refused):
        await region.do("jolijn", case_id, "vrijgeven")


@pytest.mark.requirement("R36-35")
async def test_who_saw_a_story_has_not_seen_what_a_later_decision_adds_to_it(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar is een tweeling. Haar zus kwam in de krant."))
    await takes_out(office, case_id, "in de krant")
    item = next(each for each in (await pack(office, case_id))["onderdelen"] if each["pad"] == "behoefte")
    seen = await mends(region, office, case_id, item, seen=True)
    assert seen.state == "klaar"
    still = await takes_out(office, case_id, "zus")
    assert (still["gezien"], still["belemmeringen"]) == (True, []), "nothing new is told"
    (mark,) = marks(await pack(office, case_id), "in de krant")
    (back,) = (await decides(office, case_id, verdict(mark, "blijft"))).json()["onderdelen"]
    assert (back["gezien"], [each["code"] for each in back["belemmeringen"]]) == (False, ["verhaal"])


@pytest.mark.requirement("R36-35")
async def test_what_holds_a_mended_text_back_is_right_at_once_when_a_decision_changes_it(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar speelt buiten."))
    item = next(each for each in (await pack(office, case_id))["onderdelen"] if each["pad"] == "behoefte")
    mended = await mends(region, office, case_id, item, text="[leerling] speelt buiten met mevrouw Zandstra.")
    assert mended.blocks == ("nakijken",)
    gone = await takes_out(office, case_id, "Zandstra")
    assert (gone["tekst"]["ontdaan"], told(gone)) == ("[leerling] speelt buiten met mevrouw [naam 1].", ([], []))
    await region.do("jolijn", case_id, "vrijgeven")
