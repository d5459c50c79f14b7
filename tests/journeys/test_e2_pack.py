"""E2: Jolijn checks whether the application is complete, looks at the pack, and releases it."""

from io import BytesIO
from pathlib import Path

import pytest
from docx.document import Document
from pikepdf import Pdf

from maatwerk.local.demo_deeds import everything_open
from tests.journeys.journey import CONSENT, SAAR, VO, begins, declined
from tests.journeys.service import Service
from tests.released import still_told, told_by
from tests.unsure import unsure
from tests.uploads import jpeg, pdf, word

FILES = [("toestemmingsformulier", CONSENT), ("bijlagen", SAAR / "opp.pdf"), ("bijlagen", SAAR / "offerte.docx")]
MOTIVATION = (
    "Saar slaapt slecht. Haar broer Thijs ook; mevrouw Joosten werkt nachtdiensten. Zonder coaching valt Saar uit."
)


@pytest.fixture
def monday(service: Service) -> Service:
    service.goes_to("2024-09-02")
    return service


def of(pack: dict[str, list[dict[str, object]]], path: str) -> dict[str, object]:
    return next(item for item in pack["onderdelen"] if str(item["pad"]).startswith(path))


@pytest.mark.requirement("R36-32", "R36-33")
def test_what_is_missing_is_listed_sent_back_and_comes_back_in_the_same_queue(monday: Service) -> None:
    case = begins(monday, files=(), motivatie_tweede=None).is_filed()
    jolijn = monday.person("jolijn")
    missing = [each["plaats"] for each in jolijn.get(case.path)["ontbreekt"]]
    assert missing == ["motivatie_tweede", "toestemmingsformulier"]
    assert [act["handeling"] for act in case.standing()["mogelijk"] if act["stap"] == "beoordeling"] == []
    assert declined(case.reads, "dorien").status == 403
    case.does("jolijn", "terugsturen", ontbrekend="Het toestemmingsformulier en de tweede motivatie.")
    assert case.mails("bas.coster@")[-1] == f"Uw aanvraag {case.number} is nog niet volledig"
    assert "Aanvraag aanvullen" in case.tasks("bas")
    consent = monday.person("bas").upload(case.case_id, "toestemmingsformulier", CONSENT)["id"]
    case.does("bas", "aanvullen", motivatie_tweede="De overbelasting is groot.", toestemmingsformulier=[consent])
    assert case.tasks("bas") == []
    queue = [work["id"] for work in jolijn.listed("/werklijst", rol="ondersteuner")]
    assert case.case_id in queue
    assert case.phase == "controle volledigheid"
    assert case.does("jolijn", "volledig_verklaren")["uitkomsten"] == ["volledigheid: volledig"]


@pytest.mark.requirement("R36-34", "R36-35", "R36-36")
def test_the_preview_shows_the_four_facts_and_the_cleaned_text_and_tells_what_was_found(monday: Service) -> None:
    case = begins(monday, files=FILES, motivatie_coordinator=MOTIVATION).is_complete()
    pack = case.pack()
    shown = {each["pad"]: each["waarde"] for each in pack["gegevens"]}
    assert shown["leerling.leeftijd"] == 15
    assert (shown["school"], shown["woongemeente"]) == ("Duinzicht College", "Meierijstad")
    assert shown["aanvrager"]["email"] == "bas@duinzicht.example"
    assert {"leerling", "ouders", "leerling.geboortedatum", "overbelast", "geconsulteerd_wie"}.isdisjoint(shown)
    text = of(pack, "motivatie_coordinator")["tekst"]
    assert text["origineel"] == MOTIVATION
    assert not [name for name in ("Saar", "Thijs", "Joosten") if name in text["ontdaan"]]
    replaced = {MOTIVATION[each["begin"] : each["einde"]] for each in text["vervangingen"]}
    assert {"Saar", "Thijs"} <= replaced
    opp = next(item["bijlage"] for item in pack["onderdelen"] if item.get("bijlage", {}).get("naam") == "opp.pdf")
    assert {"naam": "auteur", "waarde": "Saar Joosten"} in opp["verborgenGegevens"]
    assert not [item for item in pack["onderdelen"] if str(item["pad"]).startswith("toestemmingsformulier")]


def by_saar(document: Pdf) -> None:
    document.docinfo["/Author"] = "Saar J."


def plan(document: Document) -> None:
    """A plan with names in its text, its table, its header, a comment and its properties."""
    document.core_properties.author = "Fatima Bouzidi"
    document.sections[0].header.paragraphs[0].text = "Handelingsplan Saar Joosten"
    document.add_paragraph("Saar praat met haar mentor Fatima Bouzidi, 06-12345678, over thuis.")
    cells = document.add_table(2, 2).rows
    cells[0].cells[0].text, cells[0].cells[1].text = "Moeder", "Mirjam Joosten"
    cells[1].cells[0].text, cells[1].cells[1].text = "Doel", "Op tijd op school"
    document.add_comment(document.paragraphs[0].runs, "Bel Mirjam", author="Fatima")
    document.add_picture(BytesIO(jpeg()))


@pytest.mark.requirement("R36-34", "R36-35")
def test_a_pdf_and_a_docx_that_name_people_go_as_text_without_them_and_nothing_of_them_is_in_the_bytes(
    monday: Service, tmp_path: Path
) -> None:
    (tmp_path / "OPP Saar Joosten.pdf").write_bytes(
        pdf("OPP van Saar Joosten.", "Zij vertrouwt Fatima, haar mentor.", change=by_saar)
    )
    (tmp_path / "plan.docx").write_bytes(word(plan))
    files = [*FILES[:2], *(("bijlagen", tmp_path / name) for name in ("OPP Saar Joosten.pdf", "plan.docx"))]
    said = "Saar praat alleen met haar mentor Fatima Bouzidi."
    case = begins(monday, files=files, motivatie_coordinator=said).is_complete()
    pack = case.pack()
    items = {item["bijlage"]["naam"]: item for item in pack["onderdelen"] if "bijlage" in item}
    assert {"naam": "auteur", "waarde": "Saar J."} in items["OPP Saar Joosten.pdf"]["bijlage"]["verborgenGegevens"]
    assert [items[name]["bijlage"]["alsTekst"] for name in ("opp.pdf", "OPP Saar Joosten.pdf", "plan.docx")] == [
        False, True, True,
    ]  # fmt: skip
    opp, form = items["OPP Saar Joosten.pdf"]["tekst"], of(pack, "motivatie_coordinator")["tekst"]["ontdaan"]
    assert opp["origineel"].splitlines()[1] == "OPP van Saar Joosten."
    assert "[mentor]" in form
    assert "Zij vertrouwt [mentor], haar mentor." in opp["ontdaan"], "she is the same person in every text of the case"
    assert "Moeder | [ouder 1]" in items["plan.docx"]["tekst"]["ontdaan"]
    case.mends(items["plan.docx"], ontdaan=items["plan.docx"]["tekst"]["ontdaan"].replace(", over thuis", ""))
    case.looks_over()
    case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)
    read = case.reads("dorien")
    assert [each["naam"] for each in read["bijlagen"]] == ["bijlage-1.pdf", "bijlage-2.pdf", "bijlage-3.pdf"]
    for each in read["bijlagen"]:
        sent = monday.person("dorien").fetch(f"{case.path}/beoordelingspakket/bijlagen/{each['id']}")
        gone = ("Saar", "Joosten", "Mirjam", "Fatima", "Bouzidi", "12345678", "over thuis")
        assert not still_told(sent, *gone), each["naam"]
    assert b"Op tijd op school" in told_by(sent)
    assert b"[afbeelding niet meegestuurd]" in told_by(sent)


@pytest.mark.requirement("R36-35")
def test_a_name_that_comes_back_in_the_text_of_an_attachment_holds_the_release_until_it_is_left_out(
    monday: Service, tmp_path: Path
) -> None:
    (tmp_path / "verslag.pdf").write_bytes(pdf("Verslag over Saar Joosten."))
    case = begins(monday, files=[*FILES[:2], ("bijlagen", tmp_path / "verslag.pdf")]).is_complete()
    report = next(item for item in case.pack()["onderdelen"] if item.get("bijlage", {}).get("naam") == "verslag.pdf")
    report = case.mends(report, ontdaan="Verslag over Saar.")
    assert report["status"] == "geblokkeerd"
    assert [block["code"] for block in report["belemmeringen"]] == ["naam"]
    assert not report["belemmeringen"][0]["teBevestigen"]
    assert "pakket_schoon" in declined(case.does, "jolijn", "vrijgeven").codes
    case.mends(report, weggelaten=True)
    case.looks_over()
    case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)
    assert [each["naam"] for each in case.reads("dorien")["bijlagen"]] == ["bijlage-1.pdf"]


@pytest.mark.requirement("R36-35")
def test_a_number_that_was_said_to_be_no_bsn_still_holds_the_release_until_somebody_looked(monday: Service) -> None:
    case = begins(monday)
    marked = [{"nummer": "111222333", "reden": "Dit is het dossiernummer van de coach."}]
    monday.person("bas").save(case.case_id, {"behoefte": "Zie dossier 111222333."}, marked)
    case.is_filed().does("jolijn", "volledig_verklaren")
    item = of(case.pack(), "behoefte")
    assert "111222333" not in item["tekst"]["ontdaan"]
    assert [block["code"] for block in item["belemmeringen"]] == ["nummer_vervangen"]
    assert "pakket_schoon" in declined(case.does, "jolijn", "vrijgeven").codes
    case.mends(item, gezien=True)
    assert case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)["uitkomsten"] == ["pakket: vrijgegeven"]


@pytest.mark.requirement("R36-35")
def test_a_file_with_a_bsn_is_refused_at_entry(monday: Service, tmp_path: Path) -> None:
    (tmp_path / "beschikking.pdf").write_bytes(pdf("BSN 111222333"))
    case = begins(monday)
    refusal = declined(monday.person("bas").upload, case.case_id, "bijlagen", tmp_path / "beschikking.pdf")
    assert refusal.status in (400, 422)
    assert "bsn" in refusal.codes


@pytest.mark.requirement("R36-37")
def test_a_small_group_warns_and_a_band_hides_the_age(monday: Service) -> None:
    case = begins(monday).is_complete()
    risk = case.pack()["risico"]
    assert risk["melding"] == "school + leeftijd + gemeente: kleine groep"
    assert [each["code"] for each in risk["vergrovingen"]] == ["leeftijdsband", "schooltype", "zonder_gemeente"]
    case.does("jolijn", "vrijgeven", vergroving=["leeftijdsband"], kleine_groep_gezien=True)
    shown = {each["pad"]: each["waarde"] for each in case.reads("sjoerd")["gegevens"]}
    assert shown["leerling.leeftijdsband"] == "15-17 jaar"
    assert "leerling.leeftijd" not in shown


@pytest.mark.requirement("R36-34", "ALL-04")
def test_release_encrypts_the_pack_for_three_seats_and_each_reading_is_logged(monday: Service) -> None:
    case = begins(monday, files=FILES).is_complete()
    case.looks_over()
    assert declined(case.reads, "dorien").status == 403
    case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)
    keys = monday.sql(
        "SELECT k.seat, k.wrapped, c.sealed FROM pack p JOIN pack_key k ON k.tenant_id = p.tenant_id AND k.pack_id = p.id"
        " JOIN pack_content c ON c.tenant_id = p.tenant_id AND c.pack_id = p.id AND c.n = 0 WHERE p.case_id = $1::uuid",
        case.case_id,
    )
    assert sorted(row["seat"] for row in keys) == ["de_meierij", "jongerenaanpak", "swv_3006"]
    assert len({row["wrapped"] for row in keys}) == 3
    assert not [row for row in keys if b"Duinzicht" in row["sealed"]]
    for who in VO:
        read = case.reads(who)
        assert not [name for name in ("Saar", "Joosten", "Mirjam", "2009-03-14") if name in str(read)]
    (first, *_) = case.reads("nadir")["bijlagen"]
    path = f"{case.path}/beoordelingspakket/bijlagen/{first['id']}"
    clean = monday.person("nadir").fetch(path)
    assert clean.startswith(b"%PDF")
    assert b"Joosten" not in clean
    log = list(monday.person("meryem").listed("/inzagelog", aanvraagId=case.case_id))
    assert [each["gedaan"] for each in log].count("pakket.gelezen") == 4 + 1  # and one that was refused
    assert [each["gedaan"] for each in log].count("bijlage.gelezen") == 1
    assert {each["grondslag"] for each in log if each["gedaan"] == "bijlage.gelezen"} != {""}


@pytest.mark.requirement("R36-35")
def test_a_word_that_may_be_a_name_holds_the_release_until_it_is_decided(monday: Service) -> None:
    doubt, _, _, text = unsure()
    case = begins(monday, motivatie_coordinator=text).is_complete()
    pack = case.pack()
    assert pack["nogTeBeslissen"] == 1
    assert [block["code"] for block in of(pack, "motivatie_coordinator")["belemmeringen"]] == ["onbeslist"]
    assert "pakket_schoon" in declined(case.does, "jolijn", "vrijgeven").codes
    (mark,) = everything_open(pack)
    assert case.decides([{**mark, "beslissing": "weg"}])["nogTeBeslissen"] == 0
    case.does("jolijn", "vrijgeven", kleine_groep_gezien=True)
    told = case.reads("dorien")
    assert doubt not in str(told)
    assert "[naam 1]" in str(told)
    assert doubt in str(case.pack()["legenda"])
    counted = monday.person("jolijn").get("/pakketcorrecties")
    assert ("twijfel", "weggehaald") in {(each["soort"], each["oordeel"]) for each in counted}
