"""A parent without an account: let in by the school with a link and a code, into one case, in one role."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import lxml.html
import pytest

from maatwerk.cases import schemes
from maatwerk.cases.act_views import acts_for
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Draft, read
from maatwerk.cases.meeting import meet
from maatwerk.cases.standing_views import standing_view
from maatwerk.decisions.actions.act import act
from maatwerk.guests.actions.let_in import send_again
from maatwerk.guests.links import MOST_ATTEMPTS
from maatwerk.guests.queries import guests_of
from maatwerk.http import Caller
from maatwerk.rules.acts import Facts
from maatwerk.rules.opening import CLOSED
from maatwerk.rules.permissions import RIGHTS
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import Tx, scope
from maatwerk.web import own_act
from tests import uploads
from tests.accounts import Clock, browser, once
from tests.databases import Database
from tests.guests import FORM, HANNA, MEES, TENANTS, begun, code, enters, invited, kop, link, mailed, sends
from tests.pages import seen
from tests.partnership import Partnership

NAMES = ("Mees", "Bos", "Hanna", "hanna.bos")
OWN, FORM_PAGE = "/mijn-aanvraag", "/mijn-aanvraag/invullen"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await kop()


async def filed(app: Database, region: Partnership, **changes: str) -> UUID:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        answer = await sends(client, "indienen", {**FORM, **changes}, "bewaren")
        assert answer.status_code == 303, seen(answer)
        answer = await sends(client, "indienen", {})
        assert answer.status_code == 303, seen(answer)
    return case_id


async def renewed(region: Partnership, case_id: UUID) -> None:
    """The school sends the parent another link."""
    mirte = region.callers["mirte"]
    async with scope(region.tenant_id, mirte.person_id) as tx:
        guests = await guests_of(tx, case_id)
        await send_again(tx, mirte, case_id, guests[0].id)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


async def opens(client: httpx.AsyncClient, secret: str) -> str:
    return seen(await client.post("/toegang", data={"link": secret}))


@pytest.mark.requirement("KOP-07")
async def test_a_parent_fills_in_keeps_a_draft_and_files(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        page = await enters(client, region)
        assert "Jeugdhulp in een OZA-traject aanvragen" in seen(page)
        answer = await sends(client, "indienen", {**FORM, "v.jeugdige.geboortedatum": "31-02-2011"}, "bewaren")
        assert answer.status_code == 422
        assert "schrijf dag, maand en jaar" in seen(answer)
        assert "31-02-2011" in answer.text
        answer = await sends(client, "indienen", FORM, "bewaren")
        assert answer.status_code == 303, seen(answer)
        answer = await sends(client, "indienen", {})
        assert answer.status_code == 303, seen(answer)
    case = await region.case(case_id)
    assert case.acts[0].by.role == "ouder"
    assert case.answers["hulpvraag"] == "Mees komt de ochtenden niet door.\nHij heeft hulp nodig."
    assert case.answers["jeugdige"]["geboortedatum"] == "2011-02-01"


@pytest.mark.requirement("KOP-08", "KOP-09")
async def test_a_family_guardian_reads_that_the_parents_must_file_and_a_guardian_files(
    app: Database, region: Partnership
) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        answer = await sends(client, "indienen", {**FORM, "v.hoedanigheid": "gezinsvoogd"}, "bewaren")
        answer = await sends(client, "indienen", {})
        assert answer.status_code == 422
        assert "Een gezinsvoogd heeft geen gezag: dan dienen de ouders in." in seen(answer)
        assert not (await region.case(case_id)).acts
        answer = await sends(client, "indienen", {"v.hoedanigheid": "voogd"})
        assert answer.status_code == 303, seen(answer)
    assert (await region.case(case_id)).answers["hoedanigheid"] == "voogd"


async def test_a_question_left_open_is_said_beside_it_and_the_rest_is_kept(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        answer = await sends(client, "indienen", {**FORM, "v.hulpvraag": ""})
        assert answer.status_code == 422
        assert 'id="v.hulpvraag-fout"' in answer.text
        assert 'href="#v.hulpvraag"' in answer.text
        assert 'value="Mees"' in answer.text
    draft = (await region.case(case_id)).draft.answers
    assert draft["sector"] == "vo"
    assert "hulpvraag" not in draft


async def test_questions_that_are_anothers_are_not_asked_and_the_school_is_known(
    app: Database, region: Partnership
) -> None:
    await invited(region, await begun(region))
    async with browser(app) as client:
        await enters(client, region)
        page = await client.get(FORM_PAGE, params={"handeling": "indienen"})
        assert 'name="v.behoefte"' not in page.text
        assert 'name="v.school"' not in page.text, "asked only of who is enrolled"
        await sends(client, "indienen", {"v.inschrijving": "ingeschreven"}, "bewaren")
        page = await client.get(FORM_PAGE, params={"handeling": "indienen"})
        assert 'name="v.school" value="Duinpoort College"' in page.text


async def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(app: Database, region: Partnership) -> None:
    await invited(region, await begun(region))
    async with browser(app) as scanner:
        for _ in range(20):
            page = await scanner.get("/toegang")
            assert page.status_code == 200
            assert page.headers["referrer-policy"] == "no-referrer"
            assert "set-cookie" not in page.headers
    assert len(await mailed(region)) == 1
    async with browser(app) as client:
        assert (await enters(client, region)).status_code == 200


async def test_a_link_works_once_and_a_new_one_can_be_asked_to_the_same_address(
    app: Database, region: Partnership, clock: Clock
) -> None:
    await invited(region, await begun(region))
    secret = await link(region)
    async with browser(app) as client:
        await enters(client, region)
        answer = await client.post("/toegang/code", data={"link": secret, "code": await code(region)})
        assert "Deze link is al gebruikt" in seen(answer)
        assert "Er is net een link gemaild" in seen(await client.post("/toegang/nieuw", data={"link": secret}))
        clock.forward(minutes(6))
        assert (await client.post("/toegang/nieuw", data={"link": secret})).status_code == 303
    assert (await link(region)) != secret
    async with browser(app) as client:
        assert (await enters(client, region)).status_code == 200


async def test_a_link_is_worth_nothing_after_seven_days(app: Database, region: Partnership, clock: Clock) -> None:
    await invited(region, await begun(region))
    secret = await link(region)
    async with browser(app) as client:
        clock.forward(minutes(7 * 24 * 60 - 1))
        assert "Vul uw code in" in await opens(client, secret)
        clock.forward(minutes(2))
        words = await opens(client, secret)
        assert "Deze link is verlopen. Een link werkt zeven dagen." in words
        assert "Mail mij een nieuwe link" in words


async def test_sent_again_the_older_link_is_replaced_and_withdrawn_ends_a_visit_at_once(
    app: Database, region: Partnership
) -> None:
    case_id = await begun(region)
    guest = await invited(region, case_id)
    first = await link(region)
    await renewed(region, case_id)
    async with browser(app) as client, browser(app, region.persons["mirte"]) as school:
        assert "Er is daarna een nieuwere link gestuurd" in await opens(client, first)
        await enters(client, region)
        second = await link(region)
        path = f"/api/v1/aanvragen/{case_id}/gasten/{guest.id}"
        assert (await school.delete(path)).status_code == 204
        answer = await client.get(OWN)
        assert (answer.status_code, answer.headers["location"]) == (303, "/toegang?bericht=afgelopen")
        words = await opens(client, second)
        assert "Deze link is ingetrokken" in words
        assert "Mail mij een nieuwe link" not in words
        assert (await school.post(f"{path}/_stuur", headers=once())).status_code == 409
        (told,) = (await school.get(f"/api/v1/aanvragen/{case_id}/gasten")).json()
        assert (told["status"], told["mail"]) == ("ingetrokken", HANNA)


async def test_five_wrong_codes_lock_the_link_until_the_school_sends_a_new_one(
    app: Database, region: Partnership
) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    secret = await link(region)
    async with browser(app) as client:
        await client.post("/toegang", data={"link": secret})
        right = await code(region)
        wrong = f"{(int(right) + 1) % 10**6:06}"
        for left in range(MOST_ATTEMPTS - 1, 0, -1):
            words = seen(await client.post("/toegang/code", data={"link": secret, "code": wrong}))
            assert f"U kunt het nog {left} keer proberen." in words
        words = seen(await client.post("/toegang/code", data={"link": secret, "code": wrong}))
        assert "Deze link is daarom op slot" in words
        assert "op slot" in seen(await client.post("/toegang/code", data={"link": secret, "code": right}))
        assert "op slot" in seen(await client.post("/toegang/nieuw", data={"link": secret}))
        assert (await client.get(OWN)).status_code == 303
        await renewed(region, case_id)
        assert (await enters(client, region)).status_code == 200


async def test_a_code_is_old_after_twenty_minutes_and_a_second_one_replaces_it(
    app: Database, region: Partnership, clock: Clock
) -> None:
    await invited(region, await begun(region))
    secret = await link(region)
    async with browser(app) as client:
        for _ in range(3):
            await client.post("/toegang", data={"link": secret})
        assert len(await mailed(region)) == 2, "three presses within a minute are one code"
        clock.forward(minutes(21))
        old = await code(region)
        assert "Deze code is verlopen" in seen(await client.post("/toegang/code", data={"link": secret, "code": old}))
        await client.post("/toegang", data={"link": secret})
        assert (
            await client.post("/toegang/code", data={"link": secret, "code": await code(region)})
        ).status_code == 303


async def test_neither_secret_nor_code_is_stored_and_nothing_personal_is_told_in_a_subject_or_the_trail(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    secret, last = await link(region), await code(region)
    async with scope(region.tenant_id, None) as tx:
        rows = [
            str(dict(row))
            for table in ("guest", "access_link", "guest_session", "audit_entry", "access_log", "outbox", "mail")
            for row in await tx.fetch(f"SELECT * FROM {table} WHERE tenant_id = $1", tx.tenant_id)
        ]
        trail = await tx.fetch(
            "SELECT what, details FROM audit_entry WHERE object_id = $1 AND what = 'handeling.indienen'", case_id
        )
    assert not [row for row in rows for word in (secret, last, *NAMES) if word in row]
    assert not [subject for subject, _ in await mailed(region) for word in NAMES if word in subject]
    assert not [text for _, text in await mailed(region) for word in ("Mees", "Bos", "Hanna") if word in text]
    (entry,) = trail
    assert (entry["details"]["identificatie"], entry["details"]["digid"]) == ("link_en_code", False)


async def test_everybody_who_sees_the_act_sees_that_identity_was_not_established_with_digid(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    for who in ("mirte", "jelmer", "carla"):
        async with browser(app, region.persons[who]) as client:
            acts = (await client.get(f"/api/v1/aanvragen/{case_id}/handelingen")).json()
            told = acts[0]["identificatie"]
            assert (told["wijze"], told["digid"]) == ("link_en_code", False)
            assert told["melding"].startswith("identiteit niet met DigiD vastgesteld")
            assert told["vastgesteldOp"]
            standing = (await client.get(f"/api/v1/aanvragen/{case_id}/stand")).json()
            assert standing["identificaties"] == [told]
            assert "identiteit niet met DigiD vastgesteld" in seen(await client.get(f"/zaken/{case_id}"))


async def test_who_reads_anonymised_does_not_hear_that_a_parent_came_in(app: Database, region: Partnership) -> None:
    case_id = await filed(app, region)
    case, carla = await region.case(case_id), region.callers["carla"]
    meeting = meet(carla, case)
    for reader, told in ((meeting, 1), (replace(meeting, pack=True, opening=CLOSED), 0)):
        standing = standing_view(case, case.opened_at.date(), Facts(), reader)
        acts = [view.identification for view in acts_for(case, carla, reader)]
        assert standing.identifications == acts
        assert len(acts) == told


async def test_answers_of_an_act_that_is_not_told_yet_are_shown_to_no_guest(app: Database, region: Partnership) -> None:
    text = (TENANTS / "kop-van-noord-holland/scheme.toml").read_text(encoding="utf-8")
    before, whose, after = text.partition('[[inzage]]\nwie = "jeugdige"\n')
    text = before + whose + after.replace('uitkomsten = ["*"]', 'uitkomsten = ["besluit"]', 1)
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, text.replace('code = "oza"', 'code = "later_verteld"'))
        region.scheme_id = next(v.id for v in await schemes.current(tx) if v.scheme.code == "later_verteld")
    case_id = await filed(app, region)
    await invited(region, case_id, MEES, "jeugdige")
    async with browser(app) as youth:
        page = await enters(youth, region, MEES)
        assert page.status_code == 200
        assert "Mees komt de ochtenden niet door" not in seen(page)


async def test_the_school_reads_nothing_of_the_draft_and_after_filing_what_the_scheme_opens(
    app: Database, region: Partnership
) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        await sends(client, "indienen", FORM, "bewaren")
    async with browser(app, region.persons["mirte"]) as school:
        assert (await school.get(f"/api/v1/aanvragen/{case_id}")).status_code == 403
        assert (await school.get(f"/api/v1/aanvragen/{case_id}/stand")).status_code == 200
        change = {"antwoorden": {"hulpvraag": "anders"}}
        answer = await school.patch(f"/api/v1/aanvragen/{case_id}", json=change, headers={"If-Match": '"concept-2"'})
        assert answer.status_code == 403


async def test_only_who_the_scheme_names_lets_in_and_only_in_the_roles_that_it_names(
    app: Database, region: Partnership
) -> None:
    case_id = await begun(region)
    path = f"/api/v1/aanvragen/{case_id}/gasten"
    async with browser(app, region.persons["mirte"]) as school:
        for role in ("college", "school", "swv"):
            answer = await school.post(path, json={"rol": role, "mail": HANNA}, headers=once())
            assert (answer.status_code, answer.json()["code"]) == (400, "rol")
        assert (await school.post(path, json={"rol": "ouder", "mail": HANNA}, headers=once())).status_code == 201
        again = await school.post(path, json={"rol": "ouder", "mail": HANNA.upper()}, headers=once())
        assert again.json()["code"] == "al_binnengelaten"
    for who in ("sem", "sietske", "carla"):
        async with browser(app, region.persons[who]) as other:
            answer = await other.post(path, json={"rol": "ouder", "mail": HANNA}, headers=once())
            assert answer.status_code == 403, who
            assert (await other.get(path)).status_code == 403, who


@pytest.mark.requirement("KOP-05", "KOP-06")
async def test_parent_and_youth_each_say_it_for_themselves_and_no_role_speaks_for_another(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await renewed(region, case_id)
    await invited(region, case_id, MEES, "jeugdige")
    async with browser(app) as parent, browser(app) as youth:
        await enters(parent, region)
        form = await parent.get(FORM_PAGE, params={"handeling": "toestemming_vastleggen"})
        assert 'name="v.wie"' not in form.text
        assert 'value="gevraagd"' not in form.text
        answer = await sends(parent, "toestemming_vastleggen", {"v.stand": "gegeven", "v.wie": "jeugdige"})
        assert answer.status_code == 303, seen(answer)
        page = await enters(youth, region, MEES)
        assert "Wat er is ingevuld" in seen(page)
        assert "Hanna" not in seen(page), "who applied is not opened to the youth"
        own = {"v.stand": "gegeven", "v.eigen_mening": "Ik wil graag naar school."}
        answer = await sends(youth, "toestemming_vastleggen", own)
        assert answer.status_code == 303, seen(answer)
        assert "Ik wil graag naar school." in seen(await youth.get(OWN))
        told = seen(await parent.get(OWN))
        assert "Toestemming voor de jeugdhulp" in told
        assert "Ik wil graag naar school." not in told, "the words of the youth are his own"
        assert (await youth.get(FORM_PAGE, params={"handeling": "intrekken"})).status_code == 404
    case = await region.case(case_id)
    assert [act.consequences.consent for act in case.acts[1:]] == [
        ("jeugdhulp", "ouder", "gegeven"),
        ("jeugdhulp", "jeugdige", "gegeven"),
    ]
    with pytest.raises(Refused):
        await region.do("mirte", case_id, "toestemming_vastleggen", wie="ouder", stand="gegeven")


@pytest.mark.requirement("KOP-05")
async def test_who_is_asked_takes_a_refusal_back_by_a_yes_and_not_by_being_asked_again(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await renewed(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        assert (await sends(client, "toestemming_vastleggen", {"v.stand": "geweigerd"})).status_code == 303
        answer = await sends(client, "toestemming_vastleggen", {"v.stand": "gevraagd"})
        assert answer.status_code == 422
        assert len((await region.case(case_id)).acts) == 2
        assert (await sends(client, "toestemming_vastleggen", {"v.stand": "gegeven"})).status_code == 303
    assert (await region.case(case_id)).acts[-1].consequences.consent == ("jeugdhulp", "ouder", "gegeven")


@pytest.mark.requirement("KOP-20", "KOP-21")
async def test_a_parent_hands_over_the_opp_supplements_and_withdraws(app: Database, region: Partnership) -> None:
    case_id = await filed(app, region)
    await renewed(region, case_id)
    opp = [("v.opp", ("Opp van Mees.pdf", uploads.pdf("Doelen"), "application/pdf"))]
    own = {"v.opp_akkoord_ouders": "ja", "v.opp_route": "overgelegd"}
    async with browser(app) as client:
        await enters(client, region)
        refused = [("v.opp", ("opp.exe", b"MZ", "application/octet-stream"))]
        answer = await sends(client, "aanvullen", own, files=refused)
        assert answer.status_code == 422
        assert 'id="v.opp-fout"' in answer.text
        answer = await sends(client, "aanvullen", own, files=opp)
        assert answer.status_code == 303, seen(answer)
        page = await client.get(OWN)
        (path,) = [part for part in page.text.split('"') if part.startswith("/mijn-aanvraag/bestanden/")]
        kept = await client.get(path)
        assert kept.content == opp[0][1][1]
        assert "attachment" in kept.headers["content-disposition"]
        assert (await sends(client, "intrekken", {})).status_code == 303
        assert "Ingetrokken" in seen(await client.get(OWN))
    assert (await region.case(case_id)).closed == "ingetrokken"


async def test_files_go_into_a_draft_and_out_of_it(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        two = [("v.opp", (f"{n}.pdf", uploads.pdf("Doelen"), "application/pdf")) for n in "ab"]
        assert (await sends(client, "indienen", {}, "bewaren", files=two)).status_code == 303
        first, second = (await region.case(case_id)).draft.answers["opp"]
        assert (await sends(client, "indienen", {"weg": first}, "nergens")).status_code == 303
        assert (await region.case(case_id)).draft.answers["opp"] == [second]
        assert (await client.get(f"{OWN}/bestanden/{first}")).status_code == 404


async def test_a_file_chosen_while_another_is_taken_away_stays(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        first, second = ([("v.opp", (f"{n}.pdf", uploads.pdf("Doelen"), "application/pdf"))] for n in "ab")
        assert (await sends(client, "indienen", {}, "bewaren", files=first)).status_code == 303
        (kept,) = (await region.case(case_id)).draft.answers["opp"]
        assert (await sends(client, "indienen", {"weg": kept}, "nergens", files=second)).status_code == 303
        (now,) = (await region.case(case_id)).draft.answers["opp"]
        assert now != kept
        assert (await client.get(f"{OWN}/bestanden/{now}")).status_code == 200


async def test_what_another_changed_meanwhile_is_not_overwritten(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        stale = {"v.hulpvraag": "Oud", "versie": "concept-1"}
        assert (await sends(client, "indienen", {"v.hulpvraag": "Nieuw"}, "bewaren")).status_code == 303
        answer = await sends(client, "indienen", stale, "bewaren")
        assert answer.status_code == 422
        assert "Iemand anders heeft hier intussen iets gewijzigd" in seen(answer)
        assert ">Oud</textarea>" in answer.text
    assert (await region.case(case_id)).draft.answers["hulpvraag"] == "Nieuw"


async def test_what_another_changed_between_keeping_and_filing_is_not_filed_unseen(
    app: Database, region: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id = await begun(region)
    await invited(region, case_id)

    async def after_another(tx: Tx, *given: Any) -> Any:
        await save_draft(tx, await read(tx, case_id, lock=True), Draft({"hulpvraag": "Van een ander"}))
        return await act(tx, *given)

    async with browser(app) as client:
        await enters(client, region)
        assert (await sends(client, "indienen", FORM, "bewaren")).status_code == 303
        with monkeypatch.context() as patch:
            patch.setattr(own_act, "act", after_another)
            answer = await sends(client, "indienen", {})
        assert answer.status_code == 422
        assert "Iemand anders heeft hier intussen iets gewijzigd" in seen(answer)
        assert not (await region.case(case_id)).acts
        assert (await sends(client, "indienen", {})).status_code == 303


async def test_a_visit_ends_after_half_an_hour_of_rest_and_two_hours_in_all(
    app: Database, region: Partnership, clock: Clock
) -> None:
    await invited(region, await begun(region))
    async with browser(app) as client:
        await enters(client, region)
        for _ in range(4):
            clock.forward(minutes(29))
            assert (await client.get(OWN)).status_code == 200
        clock.forward(minutes(5))
        assert (await client.get(OWN)).status_code == 303


async def test_closing_ends_the_visit(app: Database, region: Partnership) -> None:
    await invited(region, await begun(region))
    async with browser(app) as client:
        await enters(client, region)
        kept = client.cookies["gast"]
        answer = await client.post(f"{OWN}/sluiten")
        assert answer.headers["location"] == "/toegang?bericht=gesloten"
        client.cookies.set("gast", kept, domain="127.0.0.1")
        assert (await client.get(OWN)).status_code == 303


async def test_another_site_can_send_nothing_in_a_guests_name(app: Database, region: Partnership) -> None:
    case_id = await begun(region)
    await invited(region, case_id)
    async with browser(app) as client:
        await enters(client, region)
        for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}, {"Origin": "https://kwaad.example"}):
            data = {"handeling": (None, "indienen"), "bewaren": (None, "1")}
            answer = await client.post(FORM_PAGE, files=data, headers=headers)
            assert answer.status_code == 403
        door = {"link": await link(region)}
        assert (await client.post("/toegang", data=door, headers={"Origin": "null"})).status_code != 403
        answer = await client.post("/toegang", data=door, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


@pytest.mark.parametrize("junk", ["", "x", "' OR 1=1 --", "A" * 43, "é" * 400, '"><script>alert(1)</script>'])
async def test_a_link_that_is_none_is_said_to_be_unknown(app: Database, region: Partnership, junk: str) -> None:
    async with browser(app) as client:
        for path in ("/toegang", "/toegang/nieuw"):
            answer = await client.post(path, data={"link": junk})
            assert answer.status_code in (404, 422)
            assert "Deze link kennen wij niet" in seen(answer) or "Open de link uit de mail" in seen(answer)
            assert "<script>alert" not in answer.text
        answer = await client.post("/toegang/code", data={"link": junk, "code": "123456"})
        assert answer.status_code in (404, 422)


async def test_a_guest_is_mailed_what_the_scheme_tells_his_role_with_a_link_of_his_own(
    app: Database, region: Partnership
) -> None:
    await filed(app, region)
    before = await link(region)
    subjects = [subject for subject, _ in await mailed(region)]
    assert subjects[-1].endswith("is ontvangen")
    async with browser(app) as client:
        assert (await enters(client, region)).status_code == 200
    assert before in (await mailed(region))[-2][1]


def test_a_caller_who_is_a_guest_has_no_right_at_all() -> None:
    guest = Caller(UUID(int=1), UUID(int=2), None, frozenset())
    assert not [right for right in RIGHTS if guest.may(right)]


@pytest.mark.requirement(
    "KOP-02", "KOP-16", "KOP-17", "KOP-34", "KOP-35", "KOP-38", "KOP-39", "KOP-40", "KOP-41", "KOP-42", "KOP-43", "KOP-56", "KOP-58",
    "KOP-59", "KOP-63", "KOP-64",
)  # fmt: skip
async def test_the_words_of_the_partnership_stand_with_the_case_for_school_and_parent_alike(
    app: Database, region: Partnership
) -> None:
    case_id = await filed(app, region)
    await renewed(region, case_id)
    async with browser(app, region.persons["mirte"]) as school, browser(app) as parent:
        pages = [await school.get(f"/zaken/{case_id}"), await enters(parent, region)]
    for page in pages:
        words = seen(page)
        tree = lxml.html.fromstring(page.text)
        shelf = {each.findtext("summary"): each for each in tree.xpath("//section[@aria-labelledby='naslag']/details")}
        principles = [item.text for item in shelf["Uitgangspunten bij de werkwijze in de Kop"].iter("li")]
        assert principles[5] == "Eén kind, één gezin, één plan, één regie."
        assert len(principles) == 9
        basic = [item.text for item in shelf["Basisondersteuning"].iter("li")]
        assert [sum(each.startswith(place) for each in basic) for place in ("In de klas", "Buiten de klas")] == [3, 6]
        curative = [
            item.text for item in shelf["Preventief en curatief"].iter("li") if item.text.startswith("Curatief")
        ]
        assert len(curative) == 5
        for told in (
            "Hiervoor is geen OPP verplicht", "staat niet onder toezicht van de inspectie", "docent op de fiets",
            "biedt er nu geen aan", "zonder bestuurlijke afspraken", "bestuurlijke accordering, daarna de groep PISA",
            "Handreiking gegevensuitwisseling van het NJi", "in de schoolgids", "als vragen van een gezin de school raken",
            "Artikel 17b lid 1", "sociaal team of het team jeugd", "schoolondersteuningsprofiel", "belemmerende factoren",
        ):  # fmt: skip
            assert told in words, told


async def test_the_door_alone_has_a_script_and_it_is_our_own_file(app: Database, region: Partnership) -> None:
    await invited(region, await begun(region))
    async with browser(app) as client:
        door = await client.get("/toegang")
        (source,) = lxml.html.fromstring(door.text).xpath("//script/@src")
        assert "script-src 'self'" in door.headers["content-security-policy"]
        script = await client.get(source)
        assert script.headers["content-type"].startswith("text/javascript")
        assert "location.hash" in script.text
        await enters(client, region)
        for path in (OWN, f"{FORM_PAGE}?handeling=indienen"):
            page = await client.get(path)
            assert not lxml.html.fromstring(page.text).xpath("//script | //style | //*[@style]")
            assert "script-src" not in page.headers["content-security-policy"]
