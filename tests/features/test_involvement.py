"""Who is involved in a pupil's case: who may say so of whom, in which words, and how it is undone."""

import re
from typing import Any, get_args
from uuid import UUID, uuid4

import httpx
import pytest

from maatwerk.cases.actions.link import link
from maatwerk.crypto import destroy_case_key
from maatwerk.organisations.queries import by_name
from maatwerk.people.queries import Seat
from maatwerk.reviews.queries import seated
from maatwerk.rules.involvement import CLEARED, PARTS, REASONS, Cleared, Part
from maatwerk.rules.refusals import Forbidden
from maatwerk.tenancy import scope
from tests.accounts import browser, once
from tests.databases import Database
from tests.partnership import Partnership, enlist, regio_36

BASE = "/api/v1"
IDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENTS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z")
VOTE = {"stem": "voor", "motivering": "Past."}


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


def member_id(region: Partnership, who: str) -> str:
    return str(region.callers[who].membership_id)


async def named(region: Partnership, who: str, name: str) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE membership SET name = $1 WHERE id = $2", name, region.callers[who].membership_id)


async def reasons(region: Partnership, case_id: UUID) -> dict[str, str]:
    """Why somebody is involved, by the name of the caller; nobody who is not."""
    case = await region.case(case_id)
    async with scope(region.tenant_id, None) as tx:
        found = {each.candidate.person: each.candidate.involved for each in await seated(tx, case)}
    names = {str(caller.membership_id): name for name, caller in region.callers.items()}
    return {names[person]: why for person, why in found.items() if why}


async def audited(region: Partnership) -> list[tuple[str, str]]:
    """What the audit trail holds of involvement: the deed and who did it."""
    query = """SELECT what, actor_id FROM audit_entry
        WHERE tenant_id = $1 AND what SIMILAR TO '(betrokkene|vermoeden)%' ORDER BY seq"""
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch(query, region.tenant_id)
    names = {caller.person_id: name for name, caller in region.callers.items()}
    return [(row["what"], names[row["actor_id"]]) for row in rows]


async def suspects(client: httpx.AsyncClient, case_id: UUID, name: str, how: str = "begeleiding") -> Any:
    answer = await client.post(
        f"{BASE}/aanvragen/{case_id}/vermoedens", json={"naam": name, "hoe": how}, headers=once()
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


async def settles(client: httpx.AsyncClient, case_id: UUID, suspicion: str, verdict: str, **body: str) -> Any:
    url = f"{BASE}/aanvragen/{case_id}/vermoedens/{suspicion}/_{verdict}"
    return await client.post(url, json=body or None, headers=once())


async def declares(client: httpx.AsyncClient, case_id: UUID, member: str, how: str = "begeleiding") -> None:
    url = f"{BASE}/aanvragen/{case_id}/betrokkenen"
    answer = await client.post(url, json={"lidId": member, "hoe": how}, headers=once())
    assert answer.status_code == 201, answer.text


async def clears(
    client: httpx.AsyncClient, case_id: UUID, member: str, deed: str, why: str = "beroepshalve", version: str = ""
) -> httpx.Response:
    """Withdraws a declaration or sets aside a mention, on the case as it is now."""
    seen = version or (await client.get(f"{BASE}/aanvragen/{case_id}")).headers["ETag"]
    url = f"{BASE}/aanvragen/{case_id}/betrokkenen/{member}/_{deed}"
    return await client.post(url, json={"reden": why}, headers={**once(), "If-Match": seen})


async def candidate(client: httpx.AsyncClient, case_id: UUID, member: str) -> Any:
    """How the ondersteuner sees somebody beside the chairs."""
    places = (await client.get(f"{BASE}/aanvragen/{case_id}/zetels")).json()
    return next(each for place in places for each in place["kandidaten"] if each["lidId"] == member)


async def answered(region: Partnership, text: str) -> UUID:
    """A case under review in which the school answered a question with this text."""
    case_id = await region.to_review()
    await region.do("jongerenaanpak", case_id, "vragen", vraag="Wat is al geprobeerd?")
    await region.do("bas", case_id, "antwoorden", antwoord=text)
    return case_id


def test_every_code_has_its_words() -> None:
    assert set(get_args(Part)) == set(PARTS)
    assert set(get_args(Cleared)) == set(CLEARED)


@pytest.mark.requirement("R36-40")
async def test_how_somebody_is_involved_is_a_code_and_never_a_text(app: Database, region: Partnership) -> None:
    case_id = await region.filed()
    body = {"lidId": member_id(region, "de_meierij"), "hoe": "begeleidt Saar Joosten sinds maart"}
    async with browser(app, region.persons["jolijn"]) as client:
        url = f"{BASE}/aanvragen/{case_id}/betrokkenen"
        refused = await client.post(url, json=body, headers=once())
        assert (refused.status_code, refused.json()["invalidParams"]) == (
            400,
            [{"veld": "hoe", "melding": f"Kies uit: {', '.join(PARTS)}.", "code": "keuze"}],
        )
        for code, title in PARTS.items():
            answer = await client.post(url, json=body | {"hoe": code}, headers=once())
            assert (answer.status_code, answer.json()["hoe"], answer.json()["titel"]) == (201, code, title)
        (row,) = (await client.get(url)).json()
        assert (row["hoe"], row["titel"]) == ("anders", PARTS["anders"])
        described = (await client.get(f"{BASE}/openapi.json")).json()["components"]["schemas"]["NieuweBetrokkene"]
    how = described["properties"]["hoe"]
    assert set(how["enum"]) == set(PARTS)
    assert all(title in how["description"] for title in PARTS.values())


@pytest.mark.requirement("R36-40")
async def test_of_himself_anybody_says_that_he_is_involved_on_a_chair_or_not(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    for who in ("de_meierij", "leerwerkloket", "bas"):
        async with browser(app, region.persons[who]) as client:
            body = {"lidId": member_id(region, who), "hoe": "bekende"}
            answer = await client.post(f"{BASE}/aanvragen/{case_id}/betrokkenen", json=body, headers=once())
            assert answer.status_code == 201, (who, answer.text)
    assert await reasons(region, case_id) == {"de_meierij": "gemeld", "leerwerkloket": "gemeld"}
    with pytest.raises(Forbidden):
        await region.do("de_meierij", case_id, "stemmen", **VOTE)


@pytest.mark.requirement("R36-40")
async def test_of_another_only_the_ondersteuner_does_and_the_refusal_tells_nothing_of_who_is_a_member(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    url = f"{BASE}/aanvragen/{case_id}/betrokkenen"
    told = set()
    for who in ("bas", "de_meierij"):
        async with browser(app, region.persons[who]) as client:
            for wanted in (member_id(region, "swv_3006"), str(uuid4())):
                answer = await client.post(url, json={"lidId": wanted, "hoe": "bekende"}, headers=once())
                told.add((answer.status_code, answer.json()["code"], answer.json()["detail"]))
            assert (await client.get(url)).status_code == 403
    assert [(status, code) for status, code, _ in told] == [(403, "alleen_uzelf")]
    assert await reasons(region, case_id) == {}
    async with browser(app, region.persons["jolijn"]) as client:
        body = {"lidId": member_id(region, "swv_3006"), "hoe": "bekende"}
        assert (await client.post(url, json=body, headers=once())).status_code == 201
        assert (await client.post(url, json=body | {"lidId": str(uuid4())}, headers=once())).status_code == 404
    assert await reasons(region, case_id) == {"swv_3006": "gemeld"}


@pytest.mark.requirement("R36-40")
async def test_whom_the_school_suspects_is_kept_off_until_the_ondersteuner_rejects_it(
    app: Database, region: Partnership
) -> None:
    await named(region, "de_meierij", "Dorien Meijs")
    await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    case_id = await region.to_review()
    async with browser(app, region.persons["bas"]) as school, browser(app, region.persons["jolijn"]) as helper:
        suspicion = (await suspects(school, case_id, "mevr. Meys"))["id"]
        assert await reasons(region, case_id) == {"de_meierij": "vermoeden"}
        with pytest.raises(Forbidden) as refused:
            await region.do("de_meierij", case_id, "stemmen", **VOTE)
        assert refused.value.reasons[0].code == "betrokken"
        (seen,) = (await helper.get(f"{BASE}/aanvragen/{case_id}/vermoedens")).json()
        assert (seen["naam"], seen["status"]) == ("mevr. Meys", "open")
        assert seen["houdtTegen"] == [member_id(region, "de_meierij")]
        places = (await helper.get(f"{BASE}/aanvragen/{case_id}/zetels")).json()
        candidates = {each["lidId"]: each for place in places for each in place["kandidaten"]}
        assert candidates[member_id(region, "de_meierij")]["waaromNiet"] == REASONS["vermoeden"]
        assert (await settles(school, case_id, suspicion, "verwerp")).status_code == 403
        assert (await settles(helper, case_id, suspicion, "verwerp")).json()["status"] == "verworpen"
        assert (await settles(helper, case_id, suspicion, "verwerp")).status_code == 409
    assert await reasons(region, case_id) == {}
    await region.do("de_meierij", case_id, "stemmen", **VOTE)
    assert await audited(region) == [("vermoeden.gemeld", "bas"), ("vermoeden.verworpen", "jolijn")]


@pytest.mark.requirement("R36-40")
async def test_a_suspicion_that_is_confirmed_makes_one_member_involved_and_frees_his_namesakes(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    async with browser(app, region.persons["bas"]) as school, browser(app, region.persons["jolijn"]) as helper:
        suspicion = (await suspects(school, case_id, "Jip Voorbeeld", "aanbieder"))["id"]
        everybody = {"de_meierij", "swv_3006", "jongerenaanpak", "kw1c_expertiseteam", "leerwerkloket"}
        assert await reasons(region, case_id) == dict.fromkeys(everybody, "vermoeden")
        wanted = member_id(region, "swv_3006")
        assert (await settles(helper, case_id, suspicion, "bevestig", lidId=str(uuid4()))).status_code == 404
        answer = await settles(helper, case_id, suspicion, "bevestig", lidId=wanted)
        assert (answer.json()["status"], answer.json()["lidId"]) == ("bevestigd", wanted)
        (row,) = (await helper.get(f"{BASE}/aanvragen/{case_id}/betrokkenen")).json()
        assert (row["lidId"], row["hoe"], row["aanvraagId"]) == (wanted, "aanbieder", str(case_id))
    assert await reasons(region, case_id) == {"swv_3006": "gemeld"}
    deeds = [("vermoeden.gemeld", "bas"), ("betrokkene.gemeld", "jolijn"), ("vermoeden.bevestigd", "jolijn")]
    assert await audited(region) == deeds


@pytest.mark.requirement("R36-40")
async def test_a_suspicion_tells_the_school_nothing_of_who_is_a_member(app: Database, region: Partnership) -> None:
    """Whatever a school can get of a case is the same whether it names a member or nobody, settled or not."""
    await named(region, "de_meierij", "Dorien Meijs")
    told = []
    ways = (("Dorien Meijs", ""), ("Dorien Meijs", "bevestig"), ("Onno Bekend", ""), ("Onno Bekend", "verwerp"))
    async with browser(app, region.persons["bas"]) as school, browser(app, region.persons["jolijn"]) as helper:
        for name, verdict in ways:
            case_id = await region.filed()
            made = await suspects(school, case_id, name)
            if verdict:
                body = {"lidId": member_id(region, "de_meierij")} if verdict == "bevestig" else {}
                assert (await settles(helper, case_id, made["id"], verdict, **body)).status_code == 200
            await region.do("jolijn", case_id, "volledig_verklaren")
            await region.deliver()
            await region.do("jolijn", case_id, "vrijgeven")
            told.append(await everything(school, case_id, (await region.case(case_id)).number or "", name))
    assert told[0] == told[1] == told[2] == told[3]


async def everything(school: httpx.AsyncClient, case_id: UUID, number: str, name: str) -> list[str]:
    """All that a school sees of a case, without what is the case's own."""
    paths = ("", "/stand", "/handelingen", "/vermoedens", "/betrokkenen", "/zetels", "/dubbelen", "/bijlagen")
    answers = [await school.get(f"{BASE}/aanvragen/{case_id}{path}") for path in paths]
    answers += [await school.get(f"{BASE}/taken?aanvraagId={case_id}"), await school.get(f"/zaken/{case_id}")]
    found = []
    for answer in answers:
        text = MOMENTS.sub("", IDS.sub("", answer.text))
        for own in (number, name):
            text = text.replace(own, "")
        found.append(f"{answer.status_code} {text}")
    return found


async def test_the_same_name_twice_is_one_suspicion_and_a_text_without_a_name_is_none(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    async with browser(app, region.persons["bas"]) as school:
        first = await suspects(school, case_id, "Karin Wouda")
        again = await suspects(school, case_id, "karin  wouda", "bekende")
        assert (again["id"], again["hoe"]) == (first["id"], "bekende")
        assert len((await school.get(f"{BASE}/aanvragen/{case_id}/vermoedens")).json()) == 1
        body = {"naam": "mw. de", "hoe": "bekende"}
        refused = await school.post(f"{BASE}/aanvragen/{case_id}/vermoedens", json=body, headers=once())
        assert refused.status_code == 400


async def test_another_school_or_a_reviewer_suspects_nobody(app: Database, region: Partnership) -> None:
    case_id = await region.to_review()
    async with scope(region.tenant_id, None) as tx:
        other = await by_name(tx, "Rivierlyceum")
    assert other is not None
    await enlist(region, "ander", ["coordinator"], organisation_id=other.id)
    for who in ("ander", "de_meierij", "jolijn"):
        async with browser(app, region.persons[who]) as client:
            body = {"naam": "Karin Wouda", "hoe": "bekende"}
            answer = await client.post(f"{BASE}/aanvragen/{case_id}/vermoedens", json=body, headers=once())
            assert answer.status_code == 403, who
            assert (await client.get(f"{BASE}/aanvragen/{case_id}/vermoedens")).status_code == (
                200 if who == "jolijn" else 403
            )


async def test_the_task_to_settle_stays_until_it_is_settled_whatever_the_case_does(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    async with browser(app, region.persons["bas"]) as school, browser(app, region.persons["jolijn"]) as helper:
        suspicion = (await suspects(school, case_id, "Karin Wouda"))["id"]
        await region.do("bas", case_id, "intrekken")
        (task,) = (await helper.get(f"{BASE}/taken?aanvraagId={case_id}")).json()["resultaten"]
        by_hand = await helper.post(f"{BASE}/taken/{task['id']}/_afronden")
        assert (by_hand.status_code, by_hand.json()["code"]) == (409, "taak_volgt_uit_handeling")
        await settles(helper, case_id, suspicion, "verwerp")
        assert (await helper.get(f"{BASE}/taken?aanvraagId={case_id}")).json()["resultaten"] == []


async def test_the_name_is_sealed_and_goes_with_the_case(app: Database, region: Partnership) -> None:
    case_id = await region.filed()
    async with browser(app, region.persons["bas"]) as school:
        await suspects(school, case_id, "Karin Wouda, tante van Saar")
        async with scope(region.tenant_id, None) as tx:
            assert b"Wouda" not in await tx.fetchval("SELECT name FROM suspicion WHERE case_id = $1", case_id)
            await destroy_case_key(tx, case_id)
        assert (await school.get(f"{BASE}/aanvragen/{case_id}/vermoedens")).json() == []
        body = {"naam": "Karin Wouda", "hoe": "bekende"}
        assert (
            await school.post(f"{BASE}/aanvragen/{case_id}/vermoedens", json=body, headers=once())
        ).status_code == 410


@pytest.mark.requirement("R36-40")
async def test_a_reviewer_whom_a_school_merely_names_votes_again_once_the_ondersteuner_set_that_aside(
    app: Database, region: Partnership
) -> None:
    await named(region, "de_meierij", "Dorien Meijs")
    case_id = await answered(region, "Zoals met Dorien Meijs besproken, is er gepraat met de mentor.")
    dorien = member_id(region, "de_meierij")
    assert await reasons(region, case_id) == {"de_meierij": "genoemd_in_aanvraag"}
    with pytest.raises(Forbidden):
        await region.do("de_meierij", case_id, "stemmen", **VOTE)
    async with browser(app, region.persons["jolijn"]) as helper:
        assert (await candidate(helper, case_id, dorien))["terzijde"] == ""
        assert (await clears(helper, case_id, dorien, "terzijdeleggen", version='"1"')).status_code == 412
        assert (await clears(helper, case_id, dorien, "terzijdeleggen", "kent haar wel")).status_code == 400
        answer = await clears(helper, case_id, dorien, "terzijdeleggen")
        assert (answer.status_code, answer.json()["betrokkenheid"]) == (200, "")
        seen = await candidate(helper, case_id, dorien)
        assert (seen["geschikt"], seen["betrokkenheid"], seen["waaromNiet"]) == (True, "", "")
        assert seen["terzijde"].endswith(CLEARED["beroepshalve"])
        again = await clears(helper, case_id, dorien, "terzijdeleggen")
        assert (again.status_code, again.json()["code"]) == (422, "niet_genoemd")
    assert await reasons(region, case_id) == {}
    await region.do("de_meierij", case_id, "stemmen", **VOTE)
    assert await audited(region) == [("betrokkene.terzijde", "jolijn")]


@pytest.mark.requirement("R36-40")
async def test_a_text_that_names_somebody_after_it_was_set_aside_counts_again_and_the_old_one_does_not(
    app: Database, region: Partnership
) -> None:
    await named(region, "de_meierij", "Dorien Meijs")
    case_id = await region.filed(behoefte="Rust, zoals met Dorien Meijs besproken.")
    async with browser(app, region.persons["jolijn"]) as helper:
        dorien = member_id(region, "de_meierij")
        assert (await clears(helper, case_id, dorien, "terzijdeleggen", "vergissing")).status_code == 200
        await region.do("jolijn", case_id, "terugsturen", ontbrekend="De opleiding.")
        await region.do("bas", case_id, "aanvullen", opleiding="3 havo")
        assert await reasons(region, case_id) == {}
        await region.do("jolijn", case_id, "terugsturen", ontbrekend="De motivatie.")
        await region.do("bas", case_id, "aanvullen", motivatie_tweede="Dorien Meijs begeleidt haar al een jaar.")
        assert await reasons(region, case_id) == {"de_meierij": "genoemd_in_aanvraag"}
        assert (await candidate(helper, case_id, dorien))["terzijde"] == ""


@pytest.mark.requirement("R36-40")
async def test_setting_aside_is_for_one_case_and_one_person(app: Database, region: Partnership) -> None:
    await named(region, "de_meierij", "Dorien Meijs")
    await named(region, "swv_3006", "Sjoerd Elzinga")
    told = "Besproken met Dorien Meijs en Sjoerd Elzinga."
    first, second = await region.filed(behoefte=told), await region.filed()
    async with scope(region.tenant_id, None) as tx:
        await link(tx, second, first)
    async with browser(app, region.persons["jolijn"]) as helper:
        await clears(helper, second, member_id(region, "de_meierij"), "terzijdeleggen")
    assert await reasons(region, second) == {"swv_3006": "genoemd_in_aanvraag"}
    assert await reasons(region, first) == dict.fromkeys(("de_meierij", "swv_3006"), "genoemd_in_aanvraag")


@pytest.mark.requirement("R36-40")
async def test_what_somebody_did_in_a_case_of_the_pupil_is_never_set_aside(app: Database, region: Partnership) -> None:
    await named(region, "leerwerkloket", "Lotte Verhagen")
    case_id = await region.filed(behoefte="Lotte Verhagen denkt mee.")
    lotte = member_id(region, "leerwerkloket")
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE support_case SET opened_by = $1 WHERE id = $2", UUID(lotte), case_id)
    async with browser(app, region.persons["jolijn"]) as helper:
        refused = await clears(helper, case_id, lotte, "terzijdeleggen")
        assert (refused.status_code, refused.json()["code"]) == (422, "zelf_gehandeld")
        await declares(helper, case_id, lotte)
        withdrawn = await clears(helper, case_id, lotte, "intrekken")
        assert (withdrawn.status_code, withdrawn.json()["betrokkenheid"]) == (200, "opende_zaak")
    assert await reasons(region, case_id) == {"leerwerkloket": "opende_zaak"}


@pytest.mark.requirement("R36-40")
async def test_a_declaration_is_withdrawn_with_its_task_and_may_be_made_again(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    dorien = member_id(region, "de_meierij")
    async with browser(app, region.persons["jolijn"]) as helper:
        tasks = f"{BASE}/taken?aanvraagId={case_id}"
        assert (await clears(helper, case_id, dorien, "intrekken")).status_code == 404
        for _ in range(2):
            await declares(helper, case_id, dorien)
            await declares(helper, case_id, dorien, "bekende")
            assert len((await helper.get(tasks)).json()["resultaten"]) == 1
            assert await reasons(region, case_id) == {"de_meierij": "gemeld"}
            answer = await clears(helper, case_id, dorien, "intrekken", "naamgenoot")
            assert (answer.status_code, answer.json()["betrokkenheid"]) == (200, "")
            assert (await helper.get(tasks)).json()["resultaten"] == []
            assert (await helper.get(f"{BASE}/aanvragen/{case_id}/betrokkenen")).json() == []
            assert await reasons(region, case_id) == {}
    await region.do("de_meierij", case_id, "stemmen", **VOTE)
    round_of_three = [
        ("betrokkene.gemeld", "jolijn"),
        ("betrokkene.gemeld", "jolijn"),
        ("betrokkene.ingetrokken", "jolijn"),
    ]
    assert await audited(region) == round_of_three * 2


async def test_nobody_but_the_ondersteuner_says_that_somebody_is_not_involved(
    app: Database, region: Partnership
) -> None:
    case_id = await region.to_review()
    dorien = member_id(region, "de_meierij")
    async with browser(app, region.persons["de_meierij"]) as own, browser(app, region.persons["bas"]) as school:
        await declares(own, case_id, dorien)
        for client in (own, school):
            for deed in ("intrekken", "terzijdeleggen"):
                assert (await clears(client, case_id, dorien, deed, version='"4"')).status_code == 403
    assert await reasons(region, case_id) == {"de_meierij": "gemeld"}
