"""The pack: made by a worker, shown beside its originals, mended, released to the seats and to nobody else."""

from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest

from maatwerk.anonymisation import content
from maatwerk.anonymisation.actions.mend import Change, Mended, mend
from maatwerk.anonymisation.actions.show_pack import Shown, show_pack
from maatwerk.anonymisation.content import Sheet
from maatwerk.anonymisation.items import Item
from maatwerk.audit.access import readings
from maatwerk.cases.actions.facts import declared
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.case import Draft, NotBsn
from maatwerk.cases.messages import PackWanted
from maatwerk.crypto import destroy_case_key, open_pack_key
from maatwerk.http.etag import Version
from maatwerk.outbox import post
from maatwerk.people.queries import Seat
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, NotFound, Refused, Stale
from maatwerk.rules.smallcells import Count
from maatwerk.tenancy import scope
from tests import uploads
from tests.databases import Database
from tests.packs import attach, deliver, under_review, with_pack
from tests.partnership import Partnership, consents, enlist, regio_36
from tests.regio36 import answers

BSN = "111222333"


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def shown(region: Partnership, case_id: UUID) -> Shown:
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        return await show_pack(tx, jolijn, case_id)


async def item(region: Partnership, case_id: UUID, path: str) -> Item:
    return next(each for each in (await shown(region, case_id)).items if each.path.startswith(path))


async def mended(region: Partnership, case_id: UUID, path: str, **change: Any) -> Mended:
    pack, wanted = (await shown(region, case_id)).pack, await item(region, case_id, path)
    version = Version(frozenset({str(pack.seq)}))
    return await mend(region.callers["jolijn"], case_id, wanted.id, Change(**change), version)


async def facts(region: Partnership, case_id: UUID) -> dict[str, Any]:
    async with scope(region.tenant_id, None) as tx:
        return await declared(tx, case_id)


async def sheets(region: Partnership, case_id: UUID, seat: str) -> list[Sheet]:
    pack = (await shown(region, case_id)).pack
    async with scope(region.tenant_id, None) as tx:
        return await content.sheets(tx, await open_pack_key(tx, pack.id, seat), pack.id)


def by_saar(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Saar J."


@pytest.mark.requirement("R36-34", "R36-35")
async def test_a_pack_shows_original_and_redacted_with_each_replacement_marked_in_both(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    found = (await item(region, case_id, "behoefte")).content
    assert found.original == "Saar heeft iemand nodig die met haar de dag begint."
    assert found.redacted == "[leerling] heeft iemand nodig die met haar de dag begint."
    (mark,) = found.marks
    assert found.original[mark.start : mark.end] == "Saar"
    assert found.redacted[mark.redacted_start : mark.redacted_end] == "[leerling]" == mark.placeholder
    assert await facts(region, case_id) == {"pakket_klaar": True, "pakket_blokkades": 0}


@pytest.mark.requirement("R36-36")
async def test_only_texts_that_the_scheme_names_are_in_the_pack_tables_cell_by_cell(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    assert [each.path for each in (await shown(region, case_id)).items] == [
        "behoefte", "motivatie_coordinator", "motivatie_tweede", "voorziening",
        "kosten.0.omschrijving", "kosten.1.omschrijving",
    ]  # fmt: skip


@pytest.mark.requirement("R36-34", "R36-36")
async def test_the_preview_shows_exactly_the_fields_that_reviewers_will_get(region: Partnership) -> None:
    fields = dict((await shown(region, await with_pack(region, await region.open()))).fields)
    assert (fields.pop("school"), fields.pop("woongemeente")) == ("Duinzicht College", "Meierijstad")
    assert isinstance(fields.pop("leerling.leeftijd"), int)
    assert fields.pop("aanvrager")["achternaam"] == "Coster"
    assert set(fields) == {
        "sector", "soort_ondersteuning", "plaats_ondersteuning", "doelen", "periode_van", "periode_tot", "wachtlijst",
    }  # fmt: skip


async def test_looking_at_originals_is_logged_with_its_ground(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    await shown(region, case_id)
    async with scope(region.tenant_id, None) as tx:
        (reading,) = await readings(tx, case_id, None, 10)
    assert (reading.what, reading.membership_id) == ("pakket.bekeken", region.callers["jolijn"].membership_id)
    assert reading.ground == "WVO 2020 art. 2.47 lid 7 en 16"
    assert "motivatie_tweede" in reading.details["velden"]


async def test_reviewers_and_schools_do_not_see_a_pack_with_originals(region: Partnership) -> None:
    case_id = await under_review(region)
    for who in ("de_meierij", "leerwerkloket"):
        async with scope(region.tenant_id, None) as tx:
            with pytest.raises(Forbidden):
                await show_pack(tx, region.callers[who], case_id)


@pytest.mark.requirement("R36-35")
async def test_a_mended_text_that_names_the_pupil_again_blocks_until_it_does_not(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    done = await mended(region, case_id, "behoefte", text="Iemand helpt Saar elke dag.")
    assert (done.item.state, done.item.blocks) == ("geblokkeerd", ("naam",))
    assert (await facts(region, case_id))["pakket_blokkades"] == 1
    with pytest.raises(Refused) as refused:
        await region.do("jolijn", case_id, "vrijgeven")
    assert [reason.code for reason in refused.value.reasons] == ["pakket_schoon"]
    done = await mended(region, case_id, "behoefte", text="Deze jongere heeft iemand nodig.")
    assert done.item.state == "klaar"
    await region.do("jolijn", case_id, "vrijgeven")
    (sheet,) = await sheets(region, case_id, "de_meierij")
    assert sheet.texts["behoefte"] == "Deze jongere heeft iemand nodig."


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mevrouw Joosten belde.", "naam"),
        ("Zij noemen haar Saartje.", "naam"),
        ("Wil Donkers van het smw belde.", "naam"),
        (f"Nummer {BSN}.", "bsn"),
        ("Geboren op 14 maart 2009.", "geboortedatum"),
        ("Bel 06-12345678.", "contactgegevens"),
        ("Woont op 5261 AB.", "contactgegevens"),
    ],
)
async def test_no_mend_lets_through_what_points_at_the_pupil(region: Partnership, text: str, code: str) -> None:
    case_id = await with_pack(region, await region.open())
    assert (await mended(region, case_id, "behoefte", text=text)).item.blocks == (code,)
    with pytest.raises(Refused):
        await mended(region, case_id, "behoefte", seen=True)


async def test_another_name_or_day_in_a_mended_text_waits_for_a_second_look(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    done = await mended(region, case_id, "behoefte", text="Sinds 12 september 2024 helpt Fatima haar.")
    assert (done.item.state, done.item.blocks) == ("geblokkeerd", ("nakijken",))
    assert (await mended(region, case_id, "behoefte", seen=True)).item.state == "klaar"
    done = await mended(region, case_id, "behoefte", text="Sinds 13 september 2024 helpt Fatima haar.")
    assert done.item.state == "geblokkeerd"


async def test_a_known_name_of_two_letters_is_nobodys_to_let_stay(region: Partnership) -> None:
    consulted = {"voornaam": "Bo", "achternaam": "Donkers", "functie": "schoolmaatschappelijk werk"}
    case_id = await with_pack(region, await region.open(geconsulteerd_wie=consulted))
    done = await mended(region, case_id, "behoefte", text="Sinds mei helpt Bo de leerling.")
    assert (done.item.state, done.item.blocks) == ("geblokkeerd", ("naam",))


async def test_the_applicant_whom_reviewers_may_call_does_not_block(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    text = "Bas Coster, 06-00000001, bas@duinzicht.example, begeleidt de leerling sinds september."
    assert (await mended(region, case_id, "behoefte", text=text)).item.state == "klaar"


async def test_a_mend_on_an_older_version_is_refused(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    wanted = await item(region, case_id, "behoefte")
    with pytest.raises(Stale):
        await mend(region.callers["jolijn"], case_id, wanted.id, Change("Anders."), Version(frozenset({"99"})))
    with pytest.raises(NotFound):
        await mend(region.callers["jolijn"], case_id, uuid4(), Change("Anders."), Version(frozenset({"1"})))


async def test_a_mend_is_one_change_that_its_item_takes(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    for change in ({}, {"text": "Een.", "seen": True}, {"left_out": True}):
        with pytest.raises(Invalid):
            await mended(region, case_id, "behoefte", **change)


@pytest.mark.requirement("R36-35")
async def test_a_number_that_may_be_a_bsn_waits_for_a_look_even_when_replaced(region: Partnership) -> None:
    bas = region.callers["bas"]
    marked = Draft(
        answers(behoefte=f"Zie dossier {BSN}.", toestemmingsformulier=None), [NotBsn(BSN, "Dit is een ordernummer.")]
    )
    async with scope(region.tenant_id, bas.person_id) as tx:
        case_id = await open_case(tx, bas, region.scheme_id, marked)
        await consents(tx, case_id)
    await with_pack(region, case_id)
    found = await item(region, case_id, "behoefte")
    assert (found.state, found.blocks) == ("geblokkeerd", ("nummer_vervangen",))
    assert BSN not in found.content.redacted
    assert (await mended(region, case_id, "behoefte", seen=True)).item.state == "klaar"
    await region.do("jolijn", case_id, "vrijgeven")


@pytest.mark.requirement("R36-35")
async def test_an_attachment_goes_as_a_clean_copy_under_a_generated_name(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "OPP Saar.pdf", uploads.pdf("De leerling komt op tijd", change=by_saar))
    await attach(region, case_id, "getekend.pdf", uploads.pdf("Mirjam Joosten tekent"), "toestemmingsformulier")
    await with_pack(region, case_id)
    found = await item(region, case_id, "bijlagen")
    assert (found.state, found.content.name) == ("klaar", "OPP Saar.pdf")
    assert ("auteur", "Saar J.") in [(each.name, each.value) for each in found.content.metadata]
    assert [each.kind for each in (await shown(region, case_id)).items].count("bijlage") == 1
    await region.do("jolijn", case_id, "vrijgeven")
    (sheet,) = await sheets(region, case_id, "swv_3006")
    (sent,) = sheet.attachments
    assert (sent.id, sent.name, sent.media_type) == (found.id, "bijlage-1.pdf", "application/pdf")
    pack = (await shown(region, case_id)).pack
    async with scope(region.tenant_id, None) as tx:
        clean = await content.attachment(tx, await open_pack_key(tx, pack.id, "swv_3006"), pack.id, sent.id)
    assert clean is not None
    assert len(clean) == sent.size
    assert b"Saar" not in clean


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    ("name", "bytes_", "code"),
    [
        (
            "scan.pdf",
            uploads.pdf("", change=lambda document: uploads.add_scan(document, uploads.jpeg())),
            "zonder_tekst",
        ),
        ("foto.png", uploads.png(), "zonder_tekst"),
        (
            "half.pdf",
            uploads.pdf("Voorblad", change=lambda document: uploads.add_scan(document, uploads.jpeg())),
            "afbeelding",
        ),
    ],
)
async def test_what_no_machine_can_judge_waits_until_a_person_looked(
    region: Partnership, name: str, bytes_: bytes, code: str
) -> None:
    case_id = await region.open()
    await attach(region, case_id, name, bytes_)
    await with_pack(region, case_id)
    found = await item(region, case_id, "bijlagen")
    assert (found.state, code in found.blocks) == ("geblokkeerd", True)
    assert (await mended(region, case_id, "bijlagen", seen=True)).item.state == "klaar"
    assert (await facts(region, case_id))["pakket_blokkades"] == 0
    await mended(region, case_id, "bijlagen", seen=False)
    assert (await facts(region, case_id))["pakket_blokkades"] == 1


async def test_making_a_pack_again_changes_nothing_and_keeps_mends(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    await mended(region, case_id, "behoefte", text="Iemand is nodig.")
    before = await shown(region, case_id)
    async with scope(region.tenant_id, None) as tx:
        await post(tx, PackWanted(case_id))
    assert await deliver(region.tenant_id) == 1
    after = await shown(region, case_id)
    assert (after.pack, after.items) == (before.pack, before.items)


async def test_a_new_round_takes_over_mends_of_texts_that_stayed_and_redacts_what_changed(region: Partnership) -> None:
    case_id = await under_review(region)
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Er kwam iets bij.")
    await region.do("bas", case_id, "aanvullen", behoefte="Saar mist haar vriendinnen.")
    await region.do("jolijn", case_id, "volledig_verklaren")
    with pytest.raises(Refused) as refused:
        await region.do("jolijn", case_id, "vrijgeven")
    assert [reason.code for reason in refused.value.reasons] == ["pakket_niet_klaar"]
    await deliver(region.tenant_id)
    found = await shown(region, case_id)
    assert (found.pack.round, found.pack.state) == (2, "klaar")
    texts = {each.path: each.content.redacted for each in found.items}
    assert texts["behoefte"] == "[leerling] mist haar vriendinnen."
    await region.do("jolijn", case_id, "vrijgeven")
    assert (await sheets(region, case_id, "de_meierij"))[0].texts["behoefte"] == "[leerling] mist haar vriendinnen."


async def test_mends_of_an_earlier_round_stay_where_the_school_changed_nothing(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    await mended(region, case_id, "motivatie_tweede", text="Te veel ineens.")
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Er kwam iets bij.")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    assert (await item(region, case_id, "motivatie_tweede")).content.redacted == "Te veel ineens."


@pytest.mark.requirement("R36-42")
async def test_an_answer_passes_the_same_anonymiser_and_release(region: Partnership) -> None:
    case_id = await under_review(region)
    await region.do("de_meierij", case_id, "vragen", vraag="Wie begeleidt nu?")
    await region.do("bas", case_id, "antwoorden", antwoord="Saar wordt begeleid door Wil Donkers.")
    with pytest.raises(Refused) as refused:
        await region.do("jolijn", case_id, "antwoord_vrijgeven")
    assert refused.value.reasons[0].code == "pakket_niet_klaar"
    assert await deliver(region.tenant_id) == 1
    await region.do("jolijn", case_id, "antwoord_vrijgeven")
    first, second = await sheets(region, case_id, "jongerenaanpak")
    assert first.texts["behoefte"].startswith("[leerling]")
    (answer,) = second.answers
    assert (answer.act, answer.text) == ("antwoorden", "[leerling] wordt begeleid door [persoon 1].")
    assert (second.fields, second.texts, second.tables) == ({}, {}, {})
    with pytest.raises(Refused) as twice:
        await region.do("jolijn", case_id, "antwoord_vrijgeven")
    assert [reason.code for reason in twice.value.reasons] == ["antwoord_nog_niet_vrijgegeven"]
    assert len(await sheets(region, case_id, "jongerenaanpak")) == 2


async def test_what_is_out_does_not_change_any_more(region: Partnership) -> None:
    case_id = await under_review(region)
    with pytest.raises(Conflict):
        await mended(region, case_id, "behoefte", text="Anders.")


@pytest.mark.requirement("ALL-04")
async def test_released_content_is_sealed_and_opens_for_its_seats_only(region: Partnership) -> None:
    case_id = await under_review(region)
    pack = (await shown(region, case_id)).pack
    async with scope(region.tenant_id, None) as tx:
        with pytest.raises(NotFound):
            await open_pack_key(tx, pack.id, "leerwerkloket")
        rows = await tx.fetch("SELECT sealed FROM pack_content UNION ALL SELECT sealed FROM pack_item")
        for row in rows:
            for word in (b"dag begint", b"Saar", b"Duinzicht", b"leerling"):
                assert word not in row["sealed"]
        what = await tx.fetch("SELECT details FROM audit_entry WHERE what = 'pakket.vrijgegeven'")
    assert [row["details"]["zetels"] for row in what] == [["de_meierij", "swv_3006", "jongerenaanpak"]]


@pytest.mark.requirement("ALL-04")
async def test_a_substitute_opens_the_pack_with_the_key_of_the_seat(region: Partnership) -> None:
    case_id = await under_review(region)
    before = await sheets(region, case_id, "de_meierij")
    async with scope(region.tenant_id, None) as tx:
        keys = await tx.fetch("SELECT seat, wrapped FROM pack_key ORDER BY seat")
    vera = await enlist(region, "vera", ["reviewer"], [Seat("de_meierij", True)])
    await region.do("jolijn", case_id, "vervangen", zetel="de_meierij", persoon=str(vera.membership_id))
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetch("SELECT seat, wrapped FROM pack_key ORDER BY seat") == keys
    assert await sheets(region, case_id, "de_meierij") == before


@pytest.mark.requirement("R36-37")
async def test_a_small_group_warns_and_offers_to_show_less(region: Partnership) -> None:
    found = (await shown(region, await with_pack(region, await region.open()))).risk
    assert (found.codes, found.threshold) == (("kleine_groep",), 10)
    assert found.counts[0] == Count((), 1, "zaken")
    await with_pack(region, await region.open())
    other = {"voornaam": "Noor", "achternaam": "Verhagen", "geboortedatum": "2009-03-14"}
    elsewhere = {"voornaam": "Lot", "achternaam": "Baks", "geboortedatum": "2009-03-14"}
    await with_pack(region, await region.open(leerling=elsewhere, woongemeente="Oss"))
    case_id = await with_pack(region, await region.open(leerling=other))
    now = await shown(region, case_id)
    assert now.offered == ["leeftijdsband", "schooltype", "zonder_gemeente"]
    counts = {each.coarsening: each.count for each in now.risk.counts}
    assert counts[()] == 2, "the same pupil twice is one"
    assert (counts["leeftijdsband",], counts["zonder_gemeente",]) == (2, 3)


@pytest.mark.requirement("R36-37")
async def test_counts_of_the_partnership_take_the_warning_away_and_say_of_which_day(region: Partnership) -> None:
    def counted(on: str, number: int) -> dict[str, object]:
        rows = [
            {"school": "Duinzicht College", "gemeente": "Meierijstad", "leeftijd": a, "aantal": number}
            for a in range(12, 23)
        ]
        return {"peildatum": on, "bron": "DUO", "aantallen": rows}

    case_id = await with_pack(region, await region.open())
    settings = {"bevolking": [counted("2020-10-01", 40), counted("2099-10-01", 1)]}
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(
            "UPDATE tenant_setting SET settings = settings || $2 WHERE tenant_id = $1", region.tenant_id, settings
        )
    risk = (await shown(region, case_id)).risk
    assert (risk.codes, risk.counts[0], risk.origin) == ((), Count((), 40, "bevolking"), "DUO")
    assert str(risk.on) == "2020-10-01"
    sector = next(each.count for each in risk.counts if each.coarsening == ("schooltype",))
    assert sector == 40, "the sector of a school stands with the organisations"


@pytest.mark.requirement("R36-37")
async def test_a_coarser_release_hides_age_and_school_in_fields_and_texts(region: Partnership) -> None:
    case_id = await region.open(behoefte="Saar gaat in Meierijstad naar het Duinzicht College en wil daar blijven.")
    await under_review(region, case_id, vergroving=["leeftijdsband", "schooltype", "zonder_gemeente"])
    (sheet,) = await sheets(region, case_id, "de_meierij")
    assert {"school", "woongemeente"}.isdisjoint(sheet.fields)
    assert "leerling.leeftijd" not in sheet.fields
    assert sheet.fields["leerling.leeftijdsband"].endswith(" jaar")
    assert sheet.fields["sector"] == "vo"
    assert sheet.texts["behoefte"] == "[leerling] gaat in [gemeente] naar het [school] en wil daar blijven."


@pytest.mark.requirement("R36-34")
async def test_a_table_goes_row_by_row_its_texts_redacted_and_its_amounts_as_they_are(region: Partnership) -> None:
    costs = [{"omschrijving": "Coach voor Saar", "bedrag": 5_000}, {"omschrijving": "Boeken", "bedrag": 700}]
    case_id = await under_review(region, await region.open(kosten=costs))
    (sheet,) = await sheets(region, case_id, "de_meierij")
    assert sheet.tables["kosten"] == [
        {"omschrijving": "Coach voor [leerling]", "bedrag": 5_000},
        {"omschrijving": "Boeken", "bedrag": 700},
    ]


async def test_a_pack_of_an_erased_case_is_not_made_and_its_content_is_gone(region: Partnership) -> None:
    case_id = await with_pack(region, await region.open())
    async with scope(region.tenant_id, None) as tx:
        await destroy_case_key(tx, case_id)
        await post(tx, PackWanted(case_id))
    assert await deliver(region.tenant_id) == 1


async def test_a_file_in_quarantine_keeps_the_pack_waiting(region: Partnership) -> None:
    case_id = await region.open()
    file_id = await attach(region, case_id, "opp.pdf", uploads.pdf())
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE file SET state = 'in_quarantaine' WHERE id = $1", file_id)
    await region.do("bas", case_id, "indienen")
    await region.do("jolijn", case_id, "volledig_verklaren")
    assert await deliver(region.tenant_id) == 0
    assert "pakket_klaar" not in await facts(region, case_id)
