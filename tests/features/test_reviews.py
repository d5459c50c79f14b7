"""Reviews: who may sit, who may not, and that a reviewer reads nothing that says who the pupil is."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import httpx
import pikepdf
import pypdf
import pytest

from maatwerk import asgi, clock
from maatwerk.audit.access import Reading, readings
from maatwerk.cases.actions.link import likely, link
from maatwerk.cases.case import read
from maatwerk.http.guard import handlers_of
from maatwerk.people.queries import Seat
from maatwerk.reviews.actions.declare_involved import declare_involved
from maatwerk.reviews.actions.open_pack import OpenedPack, open_attachment, open_pack
from maatwerk.reviews.actions.report_absence import report_absence
from maatwerk.reviews.panels import Place, panel
from maatwerk.reviews.queries import candidates
from maatwerk.rules.acts import Candidate
from maatwerk.rules.permissions import PUBLIC, SESSION, rights_of
from maatwerk.rules.refusals import Forbidden, Invalid, NotFound, Refused
from maatwerk.settings import Settings
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser, once
from tests.databases import Database
from tests.packs import attach, deliver, under_review
from tests.partnership import Partnership, enlist, regio_36

BASE = "/api/v1"
SECRETS = (
    "Saar", "Joosten", "Mirjam", "Donkers", "2009-03-14", "14-03-2009", "14 maart 2009", "Bram Bakker", "verslag",
)  # fmt: skip


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def opened(region: Partnership, who: str, case_id: UUID) -> OpenedPack:
    caller = region.callers[who]
    async with scope(region.tenant_id, caller.person_id) as tx:
        return await open_pack(tx, caller, case_id)


async def people(region: Partnership, case_id: UUID) -> dict[str, tuple[Candidate, ...]]:
    async with scope(region.tenant_id, None) as tx:
        return dict(await candidates(tx, await read(tx, case_id)))


async def one(region: Partnership, case_id: UUID, who: str) -> Candidate:
    """The candidate of this name, on whichever seat."""
    wanted = str(region.callers[who].membership_id)
    return next(each for seat in (await people(region, case_id)).values() for each in seat if each.person == wanted)


async def places(region: Partnership, case_id: UUID) -> dict[str, Place]:
    async with scope(region.tenant_id, None) as tx:
        return {place.chair.slot: place for place in await panel(tx, await read(tx, case_id))}


async def log(region: Partnership, case_id: UUID) -> list[Reading]:
    async with scope(region.tenant_id, None) as tx:
        return await readings(tx, case_id, None, 50)


async def named(region: Partnership, who: str, name: str) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE membership SET name = $1 WHERE id = $2", name, region.callers[who].membership_id)


async def declared_involved(region: Partnership, case_id: UUID, who: str) -> None:
    membership = region.callers[who].membership_id
    assert membership is not None
    async with scope(region.tenant_id, None) as tx:
        await declare_involved(tx, region.callers["jolijn"], await read(tx, case_id), membership, "begeleiding")


def person(region: Partnership, who: str) -> str:
    return str(region.callers[who].membership_id)


@pytest.mark.requirement("R36-41")
async def test_a_seat_has_its_members_and_substitutes_who_are_active_today(region: Partnership) -> None:
    await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    await enlist(region, "oud", ["reviewer"], [Seat("de_meierij", False)])
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE membership SET active_to = $1 WHERE id = $2", clock.today(), region.callers["oud"].membership_id
        )
    found = await people(region, await region.filed())
    assert [(each.person, each.substitute) for each in found["de_meierij"]] == [
        (person(region, "de_meierij"), False), (person(region, "vera"), True),
    ]  # fmt: skip
    assert set(found) >= {"de_meierij", "swv_3006", "jongerenaanpak", "kw1c_expertiseteam", "leerwerkloket"}


@pytest.mark.requirement("R36-40")
async def test_who_was_reported_as_involved_or_opened_the_case_is_involved(region: Partnership) -> None:
    case_id = await region.filed()
    await declared_involved(region, case_id, "swv_3006")
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE support_case SET opened_by = $1 WHERE id = $2",
            region.callers["jongerenaanpak"].membership_id,
            case_id,
        )
    reasons = [(await one(region, case_id, who)).involved for who in ("swv_3006", "jongerenaanpak", "de_meierij")]
    assert reasons == ["gemeld", "opende_zaak", ""]


@pytest.mark.requirement("R36-40")
async def test_who_acted_for_the_pupil_in_another_role_is_involved_and_who_reviewed_is_not(region: Partnership) -> None:
    case_id = await under_review(region)
    await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Past.")
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE membership_seat SET membership_id = $1 WHERE seat = 'leerwerkloket'",
            region.callers["bas"].membership_id,
        )
        await tx.execute(
            "UPDATE membership SET roles = '{reviewer}' WHERE id = $1", region.callers["bas"].membership_id
        )
    assert (await one(region, case_id, "bas")).involved == "handelde_in_zaak"
    assert (await one(region, case_id, "de_meierij")).involved == ""


@pytest.mark.requirement("R36-40")
@pytest.mark.parametrize("name", ["Wil Donkers", "WIL  DONKERS", "Wíl Donkers"])
async def test_who_is_named_in_the_application_is_involved(region: Partnership, name: str) -> None:
    await named(region, "swv_3006", name)
    await named(region, "jongerenaanpak", "Donkers")
    case_id = await region.filed()
    assert (await one(region, case_id, "swv_3006")).involved == "genoemd_in_aanvraag"
    assert (await one(region, case_id, "jongerenaanpak")).involved == ""


@pytest.mark.requirement("R36-40")
async def test_who_is_named_in_a_text_or_an_answer_of_the_school_is_involved(region: Partnership) -> None:
    await named(region, "swv_3006", "Petra van Smeden")
    case_id = await region.filed(behoefte="Begeleiding zoals Petra van Smeden die gaf.")
    assert (await one(region, case_id, "swv_3006")).involved == "genoemd_in_aanvraag"


@pytest.mark.requirement("R36-40")
async def test_a_part_in_an_earlier_case_of_the_same_pupil_counts_once_a_person_linked_them(
    region: Partnership,
) -> None:
    first, second = await region.filed(), await region.filed()
    await declared_involved(region, first, "swv_3006")
    assert (await one(region, second, "swv_3006")).involved == ""
    async with scope(region.tenant_id, None) as tx:
        assert [item.id for item in await likely(tx, second)] == [first]
        await link(tx, second, first)
    assert (await one(region, second, "swv_3006")).involved == "gemeld"


@pytest.mark.requirement("R36-40", "R36-41")
async def test_the_panel_passes_over_who_is_involved_and_takes_a_substitute(region: Partnership) -> None:
    await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    case_id = await region.filed()
    await declared_involved(region, case_id, "de_meierij")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    expected = (await places(region, case_id))["de_meierij"]
    assert (expected.frozen, expected.chair.person) == (False, person(region, "vera"))
    await region.do("jolijn", case_id, "vrijgeven")
    found = await places(region, case_id)
    assert set(found) == {"de_meierij", "swv_3006", "jongerenaanpak"}
    assert (found["de_meierij"].frozen, found["de_meierij"].chair.person) == (True, person(region, "vera"))
    assert "1 betrokkene" in found["de_meierij"].chair.why


@pytest.mark.requirement("R36-41")
async def test_a_member_of_two_seats_sits_once_and_the_other_chair_is_empty_and_says_why(
    app: Database, region: Partnership
) -> None:
    both = person(region, "de_meierij")
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE membership_seat SET membership_id = $1 WHERE seat = 'swv_3006'", UUID(both))
    case_id = await under_review(region)
    found = await places(region, case_id)
    assert [found[slot].chair.person for slot in ("de_meierij", "swv_3006")] == [both, ""]
    assert "1 al op een andere zetel" in found["swv_3006"].chair.why
    async with browser(app, region.persons["jolijn"]) as client:
        seats = (await client.get(f"{BASE}/aanvragen/{case_id}/zetels")).json()
    (shown,) = next(seat for seat in seats if seat["stoel"] == "swv_3006")["kandidaten"]
    assert (shown["geschikt"], shown["waaromNiet"]) == (False, "Zit al op een andere zetel van deze beoordeling.")
    with pytest.raises(Refused) as refused:
        await region.do("jolijn", case_id, "vervangen", zetel="swv_3006", persoon=both)
    assert refused.value.reasons[0].code == "zit_al"


@pytest.mark.requirement("R36-40")
async def test_who_becomes_involved_reads_and_votes_no_more_and_each_try_is_logged(region: Partnership) -> None:
    case_id = await under_review(region)
    assert (await opened(region, "de_meierij", case_id)).seat == "de_meierij"
    await declared_involved(region, case_id, "de_meierij")
    with pytest.raises(Forbidden) as refused:
        await opened(region, "de_meierij", case_id)
    assert refused.value.reasons[0].code == "betrokken"
    with pytest.raises(Forbidden):
        await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Past.")
    with pytest.raises(Refused):
        await region.do("jolijn", case_id, "vervangen", zetel="de_meierij", persoon=person(region, "de_meierij"))


@pytest.mark.requirement("R36-41")
async def test_who_is_away_is_not_asked_and_the_panel_keeps_its_seats(region: Partnership) -> None:
    vera = await enlist(region, "vera", ["reviewer"], [Seat("swv_3006", True)])
    own, today = region.callers["swv_3006"], clock.today()
    assert own.membership_id is not None
    async with scope(region.tenant_id, own.person_id) as tx:
        await report_absence(tx, own, own.membership_id, today, today + timedelta(days=3))
    case_id = await under_review(region)
    found = await places(region, case_id)
    assert (len(found), found["swv_3006"].chair.person) == (3, str(vera.membership_id))


async def test_a_reviewer_reports_only_himself_and_only_days_to_come(region: Partnership) -> None:
    own, other, today = region.callers["swv_3006"], region.callers["de_meierij"].membership_id, clock.today()
    assert other is not None
    async with scope(region.tenant_id, own.person_id) as tx:
        with pytest.raises(Forbidden):
            await report_absence(tx, own, other, today, today)
        with pytest.raises(Invalid):
            await report_absence(tx, region.callers["jolijn"], other, today, today - timedelta(days=1))
        bas = region.callers["bas"].membership_id
        assert bas is not None
        with pytest.raises(NotFound):
            await report_absence(tx, region.callers["jolijn"], bas, today, today)


@pytest.mark.requirement("R36-34")
async def test_a_reviewer_reads_the_fields_and_redacted_texts_of_his_case(region: Partnership) -> None:
    pack = await opened(region, "jongerenaanpak", await under_review(region))
    (sheet,) = pack.sheets
    assert sheet.fields["school"] == "Duinzicht College"
    assert sheet.texts["behoefte"] == "[leerling] heeft iemand nodig die met haar de dag begint."
    assert sheet.tables["kosten"][0] == {"omschrijving": "Coaching, 8 weken", "bedrag": 100_000}
    assert (pack.notes, pack.votes) == ([], [])


@pytest.mark.requirement("ALL-04", "R36-40")
async def test_who_sits_on_no_chair_of_the_case_reads_nothing(region: Partnership) -> None:
    case_id = await under_review(region)
    await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    for who in ("leerwerkloket", "vera", "bas", "jolijn"):
        with pytest.raises(Forbidden):
            await opened(region, who, case_id)


async def test_before_the_release_there_is_nothing_to_read(region: Partnership) -> None:
    case_id = await region.filed()
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    with pytest.raises(Forbidden):
        await opened(region, "de_meierij", case_id)


@pytest.mark.requirement("R36-41")
async def test_a_substitute_takes_over_the_seat_its_pack_and_not_its_vote(region: Partnership) -> None:
    case_id = await under_review(region)
    vera = await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Past.")
    await region.do("jolijn", case_id, "vervangen", zetel="de_meierij", persoon=str(vera.membership_id))
    pack = await opened(region, "vera", case_id)
    assert (pack.seat, pack.votes) == ("de_meierij", [])
    with pytest.raises(Forbidden):
        await opened(region, "de_meierij", case_id)


@pytest.mark.requirement("R36-43")
async def test_votes_of_others_are_hidden_until_ones_own(region: Partnership) -> None:
    case_id = await under_review(region)
    await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Past bij de regeling.")
    assert [vote.seat for vote in (await opened(region, "de_meierij", case_id)).votes] == ["de_meierij"]
    assert (await opened(region, "swv_3006", case_id)).votes == []
    await region.do("de_meierij", case_id, "stemmen", stem="tegen", motivering="Toch niet.")
    await region.do("swv_3006", case_id, "stemmen", stem="voor", motivering="Wel.")
    seen = (await opened(region, "swv_3006", case_id)).votes
    assert [(vote.seat, vote.vote, vote.fields["motivering"]) for vote in seen] == [
        ("de_meierij", "tegen", "Toch niet."), ("swv_3006", "voor", "Wel."),
    ]  # fmt: skip


@pytest.mark.requirement("R36-42")
async def test_a_talk_with_the_school_is_read_by_the_others_without_the_name_that_was_heard(
    region: Partnership,
) -> None:
    case_id = await under_review(region)
    await region.do(
        "de_meierij", case_id, "contact_vastleggen", met="school", inhoud="Saar Joosten komt weer op school."
    )
    (note,) = (await opened(region, "swv_3006", case_id)).notes
    assert (note.seat, note.act, note.fields["met"]) == ("de_meierij", "contact_vastleggen", "school")
    assert note.fields["inhoud"] == "[leerling] komt weer op school."


async def test_an_attachment_of_another_case_is_not_found(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "opp.pdf", uploads.pdf("Rustig begin van de dag"))
    first, second = await under_review(region, case_id), await under_review(region)
    sent = (await opened(region, "de_meierij", first)).sheets[0].attachments[0]
    caller = region.callers["de_meierij"]
    async with scope(region.tenant_id, caller.person_id) as tx:
        about, clean = await open_attachment(tx, caller, first, sent.id)
        assert (about.name, clean[:5]) == ("bijlage-1.pdf", b"%PDF-")
        for case, wanted in ((second, sent.id), (first, uuid4())):
            with pytest.raises(NotFound):
                await open_attachment(tx, caller, case, wanted)


@pytest.mark.requirement("ALL-04")
async def test_each_reading_and_each_refused_try_is_in_the_log_that_the_fg_reads(
    app: Database, region: Partnership
) -> None:
    case_id = await under_review(region)
    await enlist(region, "fatima", ["fg"])
    for who, status in (("de_meierij", 200), ("leerwerkloket", 403)):
        async with browser(app, region.persons[who]) as client:
            answer = await client.get(f"{BASE}/aanvragen/{case_id}/beoordelingspakket")
            assert answer.status_code == status
            answer = await client.get(f"{BASE}/aanvragen/{case_id}/beoordelingspakket/bijlagen/{uuid4()}")
            assert answer.status_code == (404 if status == 200 else 403)
            assert (await client.get(f"{BASE}/inzagelog")).status_code == 403
    async with browser(app, region.persons["fatima"]) as client:
        rows = (await client.get(f"{BASE}/inzagelog", params={"aanvraagId": str(case_id)})).json()["resultaten"]
        assert (await client.get(f"{BASE}/inzagelog", params={"aanvraagId": str(uuid4())})).json()["resultaten"] == []
    told = {(row["gedaan"], row["lidId"], row["bijzonderheden"].get("uitkomst", "")) for row in rows}
    assert told == {
        ("pakket.gelezen", person(region, "de_meierij"), ""),
        ("pakket.gelezen", person(region, "leerwerkloket"), "geweigerd"),
        ("bijlage.gelezen", person(region, "leerwerkloket"), "geweigerd"),
    }
    read_row = next(row for row in rows if not row["bijzonderheden"].get("uitkomst"))
    assert read_row["grondslag"].startswith("WVO 2020 art. 2.47 lid 16")
    assert "leerling.leeftijd" in read_row["bijzonderheden"]["velden"]


@pytest.mark.requirement("R36-40")
async def test_the_ondersteuner_sees_who_sits_why_and_why_another_can_not(app: Database, region: Partnership) -> None:
    await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    case_id = await region.filed()
    await declared_involved(region, case_id, "vera")
    await under_review_of(region, case_id)
    async with browser(app, region.persons["jolijn"]) as client:
        seats = (await client.get(f"{BASE}/aanvragen/{case_id}/zetels")).json()
    meierij = next(seat for seat in seats if seat["stoel"] == "de_meierij")
    assert (meierij["lidId"], meierij["vast"], meierij["gestemd"]) == (person(region, "de_meierij"), True, False)
    vera = next(each for each in meierij["kandidaten"] if each["lidId"] == person(region, "vera"))
    assert (vera["geschikt"], vera["waaromNiet"]) == (False, "Is gemeld als betrokkene bij de leerling.")
    async with browser(app, region.persons["de_meierij"]) as client:
        assert (await client.get(f"{BASE}/aanvragen/{case_id}/zetels")).status_code == 403


async def test_absence_is_reported_and_listed_over_http(app: Database, region: Partnership) -> None:
    day = clock.today() + timedelta(days=2)
    wanted = {"eersteDag": day.isoformat(), "laatsteDag": day.isoformat()}
    async with browser(app, region.persons["de_meierij"]) as client:
        answer = await client.post(f"{BASE}/afwezigheid", json=wanted, headers=once())
        assert answer.status_code == 201, answer.text
        assert answer.json()["lidId"] == person(region, "de_meierij")
        assert len((await client.get(f"{BASE}/afwezigheid")).json()["resultaten"]) == 1
    async with browser(app, region.persons["swv_3006"]) as client:
        assert (await client.get(f"{BASE}/afwezigheid")).json()["resultaten"] == []
    async with browser(app, region.persons["jolijn"]) as client:
        assert [row["eersteDag"] for row in (await client.get(f"{BASE}/afwezigheid")).json()["resultaten"]] == [
            day.isoformat()
        ]


@pytest.mark.requirement("R36-34", "R36-35")
async def test_the_ondersteuner_mends_and_looks_over_http_with_the_version_seen(
    app: Database, region: Partnership
) -> None:
    case_id = await region.filed()
    await region.do("jolijn", case_id, "volledig_verklaren")
    url = f"{BASE}/aanvragen/{case_id}/pakket"
    async with browser(app, region.persons["jolijn"]) as client:
        assert (await client.get(url)).status_code == 404
        await deliver(region.tenant_id)
        answer = await client.get(url)
        pack = answer.json()
        assert (pack["status"], pack["blokkades"], pack["risico"]["melding"]) == (
            "klaar", 0, "school + leeftijd + gemeente: kleine groep",
        )  # fmt: skip
        assert [each["code"] for each in pack["risico"]["vergrovingen"]] == [
            "leeftijdsband",
            "schooltype",
            "zonder_gemeente",
        ]
        part = pack["onderdelen"][0]
        assert part["tekst"]["vervangingen"][0]["vervangenDoor"] == "[leerling]"
        change = f"{url}/onderdelen/{part['id']}"
        assert (await client.patch(change, json={"ontdaan": "Saar."})).status_code == 428
        version = {"If-Match": answer.headers["ETag"]}
        blocked = await client.patch(change, json={"ontdaan": "Saar komt."}, headers=version)
        assert [block["code"] for block in blocked.json()["belemmeringen"]] == ["naam"]
        assert (await client.patch(change, json={"ontdaan": "Anders."}, headers=version)).status_code == 412
        version = {"If-Match": blocked.headers["ETag"]}
        assert (await client.patch(change, json={"gezien": True}, headers=version)).status_code == 422
        mended = await client.patch(change, json={"ontdaan": "Deze jongere komt."}, headers=version)
        assert (mended.json()["status"], mended.json()["hersteld"]) == ("klaar", True)


@pytest.mark.requirement("R36-35", "R36-34", "ALL-04")
async def test_no_answer_that_a_reviewer_can_get_holds_who_the_pupil_is(app: Database, region: Partnership) -> None:
    case_id = await a_telling_case(region)
    async with browser(app, region.persons["swv_3006"]) as client:
        pack = (await client.get(f"{BASE}/aanvragen/{case_id}/beoordelingspakket")).json()
        things = {
            "case_id": str(case_id),
            "scheme_version_id": str(region.scheme_id),
            "task_id": str(uuid4()),
        }
        files = [each["id"] for each in pack["bijlagen"]]
        answers = [await client.get(url) for file in files for url in readable({**things, "file_id": file})]
        wrong = [await client.get(f"{BASE}/aanvragen/{case_id}/pakket")]
    read_well = [answer for answer in answers if answer.status_code == 200]
    assert len(read_well) > 6
    assert sum("beoordelingspakket/bijlagen" in str(answer.url) for answer in read_well) == 2
    async with browser(app, region.persons["jolijn"]) as client:
        originals = words_of(await client.get(f"{BASE}/aanvragen/{case_id}/pakket"))
        assert [secret for secret in SECRETS if secret.casefold() not in originals] == ["2009-03-14", "14-03-2009"]
    for answer in (*answers, *wrong):
        for secret in SECRETS:
            assert secret.casefold() not in words_of(answer), (str(answer.url), secret)


async def a_telling_case(region: Partnership) -> UUID:
    """Under review, with names wherever a school or a reviewer could write them."""
    case_id = await region.open(
        motivatie_tweede="Saar Joosten (geboren 14 maart 2009) woont bij haar moeder Mirjam; Wil Donkers kent haar.",
        kosten=[{"omschrijving": "Coach voor Saar", "bedrag": 9_900}],
    )
    await attach(region, case_id, "OPP Saar Joosten.pdf", uploads.pdf("Zij komt op tijd", change=by_bram))
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Dit gaat over Saar Joosten"))
    await region.do("bas", case_id, "indienen")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    await region.do("jolijn", case_id, "vrijgeven")
    await region.do("de_meierij", case_id, "contact_vastleggen", met="school", inhoud="Gebeld over Saar Joosten.")
    await region.do("de_meierij", case_id, "vragen", vraag="Waar woont Saar?")
    await region.do("bas", case_id, "antwoorden", antwoord="Saar woont bij Mirjam Joosten.")
    await deliver(region.tenant_id)
    await region.do("jolijn", case_id, "antwoord_vrijgeven")
    await region.do("de_meierij", case_id, "stemmen", stem="voor", motivering="Saar verdient het.")
    await region.do("swv_3006", case_id, "stemmen", stem="tegen", motivering="Te vroeg.")
    return case_id


async def under_review_of(region: Partnership, case_id: UUID) -> None:
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    await region.do("jolijn", case_id, "vrijgeven")


def by_bram(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Bram Bakker"
    document.docinfo["/Title"] = "OPP Saar Joosten"


def readable(things: dict[str, str]) -> Iterator[str]:
    """The URL of everything that a reviewer may ask for, on these things."""
    rights = {*rights_of({"reviewer"}), PUBLIC, SESSION}
    for route, handler, _ in handlers_of(asgi.build(Settings.from_environment({}), start=False)):
        if "GET" in handler.http_methods and handler.opt["permission"] in rights:
            yield route.path_format.format(**things)


def words_of(answer: httpx.Response) -> str:
    """Everything that stands in an answer, headers and the streams of a PDF included."""
    parts = [str(answer.headers), answer.content.decode("utf-8", "replace")]
    if answer.content.startswith(b"%PDF"):
        parts += [page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.content)).pages]
        with pikepdf.open(BytesIO(answer.content)) as document:
            parts += [repr(each) for each in document.objects]
            streams = [each for each in document.objects if isinstance(each, pikepdf.Stream)]
            parts += [each.read_bytes().decode("latin-1") for each in streams]
    return "\n".join(parts).casefold()
