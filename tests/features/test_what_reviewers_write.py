"""What reviewers ask and tell passes the same engine as the pack before another of them reads it, and is told to nobody by mail or task."""

from uuid import UUID

import pytest

from maatwerk.anonymisation.actions.decide import decide
from maatwerk.anonymisation.actions.mend import Change, mend
from maatwerk.anonymisation.actions.show_pack import show_pack
from maatwerk.anonymisation.deciding import legend
from maatwerk.anonymisation.verdicts import Verdict
from maatwerk.crypto import tenant_key
from maatwerk.http.etag import Version
from maatwerk.mail.queueing import content_of
from maatwerk.reviews.actions.open_pack import OpenedPack, open_pack
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser
from tests.databases import Database
from tests.packs import attach, deliver, under_review, with_pack
from tests.partnership import Partnership, regio_36
from tests.unsure import unsure

BASE = "/api/v1"
GUESS = "Is dit Saar Joosten van het Rivierlyceum, die bij Fatima Bouzidi begeleiding heeft? Jolijn Waterkamp weet het."
READ = "Is dit [leerling] van het [school 2], die bij [persoon 2] begeleiding heeft? [medewerker 1] weet het."
WRITTEN = "Saar wordt begeleid door mevrouw Zandstra."


@pytest.fixture
async def region(app: Database) -> Partnership:
    found = await regio_36()
    async with scope(found.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE membership SET name = 'Jolijn Waterkamp' WHERE id = $1", found.callers["jolijn"].membership_id
        )
    return found


async def opened(region: Partnership, who: str, case_id: object) -> OpenedPack:
    caller = region.callers[who]
    async with scope(region.tenant_id, caller.person_id) as tx:
        return await open_pack(tx, caller, case_id)  # type: ignore[arg-type]


@pytest.mark.requirement("R36-42", "R36-35")
async def test_a_reviewer_who_guesses_a_name_in_a_question_spreads_it_to_no_other_reviewer(
    app: Database, region: Partnership
) -> None:
    case_id = await under_review(region, await region.open(motivatie_tweede=WRITTEN))
    await region.do("de_meierij", case_id, "vragen", vraag=GUESS)
    async with browser(app, region.persons["swv_3006"]) as client:
        pack = await client.get(f"{BASE}/aanvragen/{case_id}/beoordelingspakket")
        assert [note["velden"]["vraag"] for note in pack.json()["aantekeningen"]] == [READ]
        acts = await client.get(f"{BASE}/aanvragen/{case_id}/handelingen")
        assert [act["velden"] for act in acts.json() if act["handeling"] == "vragen"] == [{}]
        page = await client.get(f"/zaken/{case_id}/pakket")
        for answer in (pack, acts, page, await client.get(f"{BASE}/taken")):
            assert "Joosten" not in answer.text
            assert "Bouzidi" not in answer.text
    async with browser(app, region.persons["bas"]) as client:
        acts = await client.get(f"{BASE}/aanvragen/{case_id}/handelingen")
        assert GUESS in acts.text, "the school, which has to answer, knows who it is"


@pytest.mark.requirement("R36-42", "ALL-06")
async def test_neither_the_mails_nor_the_tasks_of_a_question_say_what_was_asked(region: Partnership) -> None:
    case_id = await under_review(region)
    await region.do("de_meierij", case_id, "vragen", vraag=GUESS)
    await region.do("bas", case_id, "antwoorden", antwoord="Saar Joosten wordt begeleid door Fatima Bouzidi.")
    await deliver(region.tenant_id)
    await region.do("jolijn", case_id, "antwoord_vrijgeven")
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT title AS told FROM task UNION ALL SELECT payload::text FROM outbox")
        key = await tenant_key(tx)
        mails = [
            content_of(tx, key, row["id"], row["content"]) for row in await tx.fetch("SELECT id, content FROM mail")
        ]
    told = [row["told"] for row in rows] + [f"{mail.subject} {mail.text}" for mail in mails]
    assert len(rows) > 3
    assert len(mails) > 3
    assert not [each for each in told if "Joosten" in each or "Bouzidi" in each]


@pytest.mark.requirement("R36-42")
async def test_who_is_person_2_in_the_pack_is_person_2_in_what_reviewers_tell_and_for_each_of_them(
    region: Partnership,
) -> None:
    story = "Eerst hielp mevrouw Bouzidi, daarna mevrouw Zandstra."
    case_id = await under_review(region, await region.open(motivatie_tweede=story))
    await region.do(
        "de_meierij", case_id, "stemmen", stem="voor", motivering="Ook mevrouw Kwakernaat denkt dat het helpt."
    )
    await region.do(
        "de_meierij", case_id, "contact_vastleggen", met="school", inhoud="Mevrouw Zandstra belde, en mevrouw Hoekema."
    )
    sheets = {who: await opened(region, who, case_id) for who in ("de_meierij", "swv_3006")}
    assert sheets["swv_3006"].votes == []
    for pack in sheets.values():
        assert (
            pack.sheets[0].texts["motivatie_tweede"] == "Eerst hielp mevrouw [persoon 1], daarna mevrouw [persoon 2]."
        )
        (note,) = pack.notes
        assert note.fields["inhoud"] == "Mevrouw [persoon 2] belde, en mevrouw [persoon 4]."


@pytest.mark.requirement("R36-37", "R36-42")
async def test_what_a_release_showed_coarser_is_not_told_by_a_colleague_either(region: Partnership) -> None:
    text = "Zij gaat naar het Duinzicht College; op Duinzicht gaat het goed."
    case_id = await under_review(region, await region.open(behoefte=text), vergroving=["schooltype"])
    told = "Gebeld met het Duinzicht College: op Duinzicht is plaats."
    await region.do("de_meierij", case_id, "contact_vastleggen", met="school", inhoud=told)
    pack = await opened(region, "swv_3006", case_id)
    assert pack.sheets[0].texts["behoefte"] == "Zij gaat naar het [school]; op [school] gaat het goed."
    assert pack.notes[0].fields["inhoud"] == "Gebeld met het [school]: op [school] is plaats."


@pytest.mark.requirement("R36-34", "R36-35")
async def test_the_applicant_s_function_names_nobody_of_the_family(region: Partnership) -> None:
    applicant = {
        "voornaam": "Bas",
        "achternaam": "Coster",
        "functie": "mentor van Saar Joosten",
        "telefoon": "06-00000001",
    }
    case_id = await under_review(region, await region.open(aanvrager=applicant))
    shown = (await opened(region, "swv_3006", case_id)).sheets[0].fields["aanvrager"]
    assert shown == {**applicant, "functie": "mentor van [leerling]"}


@pytest.mark.requirement("R36-42", "R36-35")
async def test_what_the_ondersteuner_pointed_out_is_gone_from_what_reviewers_write_too(
    app: Database, region: Partnership
) -> None:
    case_id = await with_pack(region, await region.open(behoefte="Saar kreeg een parel."))
    path = f"{BASE}/aanvragen/{case_id}/pakket"
    async with browser(app, region.persons["jolijn"]) as office:
        version = (await office.get(path)).headers["etag"]
        done = await office.post(f"{path}/_beslis", json={"woorden": ["parel"]}, headers={"If-Match": version})
        assert done.status_code == 200, done.text
    await region.do("jolijn", case_id, "vrijgeven")
    await region.do("de_meierij", case_id, "vragen", vraag="Wat deed zij met de parel?")
    (note,) = (await opened(region, "swv_3006", case_id)).notes
    assert note.fields["vraag"] == "Wat deed zij met de [naam 1]?"


@pytest.mark.requirement("R36-42", "R36-35")
async def test_whom_only_an_attachment_names_has_the_same_placeholder_in_what_reviewers_write(
    region: Partnership,
) -> None:
    case_id = await region.open(motivatie_tweede="Eerst hielp mevrouw Bouzidi.")
    told = "Gesproken met mevrouw Kwakernaat, met J. Waterkamp en iemand van het Rivierlyceum. Broer Tijmen was erbij."
    await attach(region, case_id, "verslag.pdf", uploads.pdf(told))
    await with_pack(region, case_id)
    await decides_all(region, case_id)
    await region.do("jolijn", case_id, "vrijgeven")
    asked = "Mevrouw Hoekema noemt Jolijn Waterkamp, mevrouw Kwakernaat, het Rivierlyceum, Tijmen en mevrouw Bouzidi."
    await region.do("de_meierij", case_id, "vragen", vraag=asked)
    called = await legend_of(region, case_id)
    (note,) = (await opened(region, "swv_3006", case_id)).notes
    expected = asked.replace("Jolijn Waterkamp", called["J. Waterkamp"])
    for name in ("Kwakernaat", "Rivierlyceum", "Tijmen", "Bouzidi"):
        expected = expected.replace(name, next(called[word] for word in called if name in word))
    assert note.fields["vraag"] == expected.replace("Hoekema", "[persoon 3]")
    assert {called["Bouzidi"], called["Kwakernaat"]} == {"[persoon 1]", "[persoon 2]"}


@pytest.mark.requirement("R36-42", "R36-35")
async def test_a_doubt_that_the_ondersteuner_took_out_is_gone_from_what_reviewers_write_too(
    region: Partnership,
) -> None:
    doubt, _, need, _ = unsure()
    case_id = await with_pack(region, await region.open(behoefte=need))
    await decides_all(region, case_id)
    await region.do("jolijn", case_id, "vrijgeven")
    await region.do("de_meierij", case_id, "vragen", vraag=need)
    (note,) = (await opened(region, "swv_3006", case_id)).notes
    assert doubt not in note.fields["vraag"]
    assert note.fields["vraag"] == (await opened(region, "swv_3006", case_id)).sheets[0].texts["behoefte"]


async def legend_of(region: Partnership, case_id: UUID) -> dict[str, str]:
    """What each name of the pack became in it."""
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        items = (await show_pack(tx, jolijn, case_id)).items
    return {word: placeholder for placeholder, words in legend(items) for word in words}


async def decides_all(region: Partnership, case_id: UUID) -> None:
    """Every mark that waits for it goes, and what asks for a look was seen."""
    jolijn = region.callers["jolijn"]
    for _ in range(10):
        async with scope(region.tenant_id, jolijn.person_id) as tx:
            shown = await show_pack(tx, jolijn, case_id)
        todo = [Verdict(i.id, n, "weg", True) for i in shown.items for n, m in enumerate(i.content.marks) if m.is_open]
        version = Version(frozenset({str(shown.pack.seq)}))
        waiting = [item.id for item in shown.items if item.state == "geblokkeerd"]
        if todo:
            await decide(jolijn, case_id, todo, version)
        elif waiting:
            await mend(jolijn, case_id, waiting[0], Change(seen=True), version)
        else:
            return
    raise AssertionError("the pack can't be released")
