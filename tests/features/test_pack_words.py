"""What people correct in packs: counted without words, and on their yes put on a list of the partnership; never a person's name."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import lxml.html
import pytest

from maatwerk.anonymisation.actions.list_word import list_word
from maatwerk.rules.refusals import Conflict
from maatwerk.tenancy import scope
from tests.accounts import browser, once
from tests.databases import Database, someone_waits
from tests.packs import deliver, with_pack
from tests.pages import seen
from tests.partnership import Partnership, enlist, regio_36
from tests.unsure import unsure

DOUBT, REMOVED, NEED, _ = unsure()
WORDS = "/api/v1/pakketwoorden"


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    await enlist(found, "beheerder", ["tenant_admin"])
    return found


@pytest.fixture
async def office(app: Database, region: Partnership) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, region.persons["jolijn"]) as client:
        yield client


@pytest.fixture
async def admin(app: Database, region: Partnership) -> AsyncIterator[httpx.AsyncClient]:
    async with browser(app, region.persons["beheerder"]) as client:
        yield client


@pytest.fixture
async def case_id(region: Partnership) -> UUID:
    return await with_pack(region, await region.open(behoefte=NEED))


async def lists(client: httpx.AsyncClient, case_id: UUID, kind: str, word: str) -> httpx.Response:
    body = {"aanvraagId": str(case_id), "soort": kind, "woord": word}
    return await client.post(WORDS, json=body, headers=once())


async def text(office: httpx.AsyncClient, case_id: UUID) -> dict[str, Any]:
    pack = (await office.get(f"/api/v1/aanvragen/{case_id}/pakket")).json()
    found: dict[str, Any] = next(each for each in pack["onderdelen"] if each["pad"] == "behoefte")["tekst"]
    return found


async def decides(office: httpx.AsyncClient, case_id: UUID, **decisions: str) -> None:
    """Decides the marks of words in the need."""
    address = f"/api/v1/aanvragen/{case_id}/pakket"
    answer = await office.get(address)
    item = next(each for each in answer.json()["onderdelen"] if each["pad"] == "behoefte")
    words = {item["tekst"]["origineel"][m["begin"] : m["einde"]]: m["markering"] for m in item["tekst"]["vervangingen"]}
    body = {
        "beslissingen": [
            {"onderdeelId": item["id"], "markering": words[word], "beslissing": decision}
            for word, decision in decisions.items()
        ]
    }
    done = await office.post(f"{address}/_beslis", json=body, headers={"If-Match": answer.headers["etag"]})
    assert done.status_code == 200, done.text


@pytest.mark.requirement("R36-35")
async def test_decisions_are_counted_by_layer_and_kind_at_release_and_no_word_is_kept(
    region: Partnership, office: httpx.AsyncClient, admin: httpx.AsyncClient, case_id: UUID
) -> None:
    await decides(office, case_id, **{DOUBT: "weg", REMOVED: "blijft", "Saar": "weg"})
    assert (await admin.get("/api/v1/pakketcorrecties")).json() == []
    await region.do("jolijn", case_id, "vrijgeven")
    counts = (await admin.get("/api/v1/pakketcorrecties")).json()
    found = {(each["laag"], each["soort"], each["oordeel"]): each["keren"] for each in counts}
    assert found == {
        ("geleerd", "twijfel", "weggehaald"): 1,
        ("geleerd", "persoon", "teruggezet"): 1,
        ("bekend", "persoon", "bevestigd"): 1,
    }
    assert counts == (await office.get("/api/v1/pakketcorrecties")).json()
    async with scope(region.tenant_id, None) as tx:
        rows = str([dict(row) for row in await tx.fetch("SELECT * FROM anonymisation_count")])
    assert not [word for word in (DOUBT, REMOVED, "Saar") if word in rows]


@pytest.mark.requirement("R36-35")
async def test_an_institution_on_the_list_goes_in_this_pack_and_the_next_and_a_word_that_stays_is_taken_no_more(
    region: Partnership, office: httpx.AsyncClient
) -> None:
    helped = "Zij krijgt hulp van Verwegland en mevrouw Zilverlinde."
    case_id = await with_pack(region, await region.open(behoefte=f"{NEED} {helped}"))
    await decides(office, case_id, **{DOUBT: "blijft"})
    assert (await lists(office, case_id, "weghalen", "Verwegland")).status_code == 201
    assert (await lists(office, case_id, "laten_staan", "Zilverlinde")).status_code == 201
    await deliver(region.tenant_id)
    after = await text(office, case_id)
    assert after["ontdaan"].endswith("Zij krijgt hulp van [instelling 1] en mevrouw Zilverlinde.")
    decided = [mark["beslissing"] for mark in after["vervangingen"] if mark["soort"] == "twijfel"]
    assert decided == ["blijft"], "what was decided holds when a list makes the pack anew"
    later = await with_pack(region, await region.open(behoefte=helped))
    assert (await text(office, later))["ontdaan"] == "Zij krijgt hulp van [instelling 1] en mevrouw Zilverlinde."


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize("kind", ["weghalen", "laten_staan"])
@pytest.mark.parametrize(
    "word", ["Saar", "joosten", "Saar Joosten", "Mirjam", "Groen", "Storm", "Fatima de Boer", "Jip Voorbeeld"]
)
async def test_a_name_of_a_person_comes_on_no_list_and_the_refusal_says_why(
    office: httpx.AsyncClient, case_id: UUID, kind: str, word: str
) -> None:
    refused = await lists(office, case_id, kind, word)
    assert refused.status_code == 422
    (ground,) = refused.json()["redenen"]
    assert ground["code"] == "naam_van_iemand"
    assert "een lijst geldt voor elke zaak" in ground["melding"]
    assert "tenant.toml" in ground["herstel"]
    assert (await office.get(WORDS)).json() == []


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    ("kind", "word"),
    [("laten_staan", "thuis bij Saar"), ("weghalen", "traject Joosten"), ("laten_staan", "bij Daan thuis")],
)
async def test_a_name_among_other_words_comes_on_no_list_either(
    office: httpx.AsyncClient, case_id: UUID, kind: str, word: str
) -> None:
    assert (await lists(office, case_id, kind, word)).json()["redenen"][0]["code"] == "naam_van_iemand"


@pytest.mark.requirement("R36-35")
async def test_a_word_that_stays_keeps_no_name_of_a_child_who_came_after_it(
    region: Partnership, office: httpx.AsyncClient, case_id: UUID
) -> None:
    assert (await lists(office, case_id, "laten_staan", "thuis bij Zosha")).status_code == 201
    await deliver(region.tenant_id)
    person = {"voornaam": "Zosha", "achternaam": "Rots", "geboortedatum": "2011-03-14"}
    need = "Gisteren was iemand thuis bij Zosha."
    later = await with_pack(region, await region.open(behoefte=need, leerling=person))
    assert (await text(office, later))["ontdaan"] == "Gisteren was iemand thuis bij [leerling]."


async def test_what_is_no_word_or_what_every_text_needs_is_refused_and_a_word_is_listed_once(
    office: httpx.AsyncClient, case_id: UUID
) -> None:
    for kind, word, code in (
        ("weghalen", "06-123", "geen_woord"), ("laten_staan", "ab", "geen_woord"), ("weghalen", "school", "gewoon_woord"),
        ("weghalen", "dyslexie", "gewoon_woord"),
    ):  # fmt: skip
        refused = await lists(office, case_id, kind, word)
        told = refused.json()
        codes = [each["code"] for each in told.get("redenen", told.get("ongeldigeParameters", []))]
        assert refused.status_code in (400, 422), word
        assert code in str(told), (word, codes)
    assert (await lists(office, case_id, "weghalen", "Praktijk Ver Weg")).status_code == 201
    assert (await lists(office, case_id, "laten_staan", "praktijk ver weg")).status_code == 409


@pytest.mark.requirement("R36-36")
async def test_an_ondersteuner_lists_a_word_an_admin_takes_it_off_and_nobody_else_sees_it(
    app: Database, region: Partnership, office: httpx.AsyncClient, admin: httpx.AsyncClient, case_id: UUID
) -> None:
    added = (await lists(office, case_id, "weghalen", "Praktijk Ver Weg")).json()
    (shown,) = (await admin.get(WORDS)).json()
    assert (shown["woord"], shown["soort"]) == ("Praktijk Ver Weg", "weghalen")
    assert shown["aangemaaktOp"]
    async with scope(region.tenant_id, None) as tx:
        by = await tx.fetchval("SELECT added_by FROM anonymisation_word")
    assert by == region.callers["jolijn"].membership_id
    assert (await lists(admin, case_id, "weghalen", "Iets Anders")).status_code == 403
    assert (await office.delete(f"{WORDS}/{added['id']}")).status_code == 403
    for who in ("bas", "de_meierij"):
        async with browser(app, region.persons[who]) as client:
            for path in (WORDS, "/api/v1/pakketcorrecties", "/beheer/woorden"):
                assert (await client.get(path)).status_code == 403, (who, path)
    assert (await admin.delete(f"{WORDS}/{added['id']}")).status_code == 204
    assert (await admin.delete(f"{WORDS}/{added['id']}")).status_code == 404
    assert (await office.get(WORDS)).json() == []


async def test_the_pages_list_a_word_show_what_was_counted_and_take_it_off(
    region: Partnership, office: httpx.AsyncClient, admin: httpx.AsyncClient, case_id: UUID
) -> None:
    address = f"/zaken/{case_id}/pakket/nakijken"
    sent = {"versie": "1", "doen": "voortaan", "woord": "Praktijk Ver Weg", "soort": "weghalen"}
    refused = await office.post(address, data={**sent, "woord": "Saar"})
    assert refused.status_code == 422
    assert "ook van een kind dat zo heet" in seen(refused)
    assert (await office.post(address, data=sent)).status_code == 303
    await deliver(region.tenant_id)
    await decides(office, case_id, **{DOUBT: "weg", REMOVED: "weg"})
    await region.do("jolijn", case_id, "vrijgeven")
    told = seen(await office.get("/beheer/woorden"))
    assert "Gaat voortaan weg Praktijk Ver Weg" in told
    assert "geleerd twijfel weggehaald 1" in told
    assert "Haal Praktijk" not in told, "only an admin takes it off"
    page = lxml.html.fromstring((await admin.get("/beheer/woorden")).text)
    (word,) = page.xpath("//input[@name='woord']/@value")
    assert (await admin.post("/beheer/woorden", data={"woord": word})).status_code == 303
    assert "Praktijk Ver Weg" not in seen(await admin.get("/beheer/woorden"))
    gone = await admin.post("/beheer/woorden", data={"woord": word})
    assert "niet (meer) op een lijst" in seen(gone)


async def test_who_lists_a_word_while_another_does_hears_that_it_is_there(
    app: Database, region: Partnership, case_id: UUID
) -> None:
    jolijn = region.callers["jolijn"]

    async def again() -> None:
        async with scope(region.tenant_id, jolijn.person_id) as tx:
            await list_word(tx, jolijn, case_id, "weghalen", "Molendrift")

    async with scope(region.tenant_id, jolijn.person_id) as tx:
        await list_word(tx, jolijn, case_id, "weghalen", "Molendrift")
        second = asyncio.create_task(again())
        await someone_waits(app)
    with pytest.raises(Conflict) as refused:
        await second
    assert [reason.code for reason in refused.value.reasons] == ["staat_er_al"]
