"""What reviewers get of an attachment: a clean copy when nothing in it points at anybody, else its text without that, typeset anew."""

import zlib
from io import BytesIO
from typing import Any
from uuid import UUID

import pikepdf
import pypdf
import pytest
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerk.anonymisation import content
from maatwerk.anonymisation.actions.mend import Change, Mended, mend
from maatwerk.anonymisation.actions.renew import renew_waiting
from maatwerk.anonymisation.actions.show_pack import show_pack
from maatwerk.anonymisation.content import Attachment, Sheet
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.typeset import as_sent
from maatwerk.crypto import open_pack_key
from maatwerk.documents.plain_texts import PlainText, render_plain_text
from maatwerk.http.etag import Version
from maatwerk.reviews.actions.open_pack import fetch_attachment, open_pack
from maatwerk.rules.refusals import Invalid
from maatwerk.tenancy import scope
from tests import uploads
from tests.databases import Database
from tests.packs import attach, deliver, with_pack
from tests.partnership import Partnership, regio_36
from tests.released import still_told, told_by


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def attachments(region: Partnership, case_id: UUID) -> list[Item]:
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        return [item for item in (await show_pack(tx, jolijn, case_id)).items if item.kind == "bijlage"]


async def mended(region: Partnership, case_id: UUID, item: Item, **change: Any) -> Mended:
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        pack = (await show_pack(tx, jolijn, case_id)).pack
    return await mend(jolijn, case_id, item.id, Change(**change), Version(frozenset({str(pack.seq)})))


async def sheet(region: Partnership, case_id: UUID) -> Sheet:
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        pack = (await show_pack(tx, jolijn, case_id)).pack
        (found,) = await content.sheets(tx, await open_pack_key(tx, pack.id, "de_meierij"), pack.id)
    return found


async def sent(region: Partnership, case_id: UUID, about: Attachment) -> bytes:
    """What a reviewer fetches."""
    return (await fetch_attachment(region.callers["de_meierij"], case_id, about.id))[1]


def by_saar(document: pikepdf.Pdf) -> None:
    document.docinfo["/Author"] = "Saar Joosten"


def report(document: Document) -> None:
    """A report with a name in every corner."""
    document.core_properties.author = "Fatima Bouzidi"
    document.sections[0].header.paragraphs[0].text = "Verslag over Saar Joosten"
    document.add_paragraph("Saar praat met haar mentor Fatima Bouzidi, 06-12345678.")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "Moeder"
    table.rows[0].cells[1].text = "Mirjam Joosten"
    document.add_comment(document.paragraphs[0].runs, "Bel Mirjam", author="Fatima")
    document.add_picture(BytesIO(uploads.jpeg()))


@pytest.mark.requirement("R36-35")
async def test_of_a_report_that_names_people_the_text_goes_along_and_none_of_them(region: Partnership) -> None:
    case_id = await region.open(behoefte="Saar vertrouwt alleen Fatima Bouzidi.")
    await attach(region, case_id, "Saar.pdf", uploads.pdf("Saar Joosten is ziek", "Zij belt Fatima", change=by_saar))
    await attach(region, case_id, "Saar.docx", uploads.word(report))
    await with_pack(region, case_id)
    first, second = await attachments(region, case_id)
    assert (first.state, second.state) == ("klaar", "klaar")
    assert first.content.redacted == "[bladzijde 1]\n[leerling] is ziek\n\n[bladzijde 2]\nZij belt [persoon 1]"
    assert second.content.redacted.splitlines() == [
        "Verslag over [leerling]", "", "Verslag", "De leerling komt niet meer op school.",
        "[leerling] praat met haar mentor [persoon 1], [telefoon].", "Moeder | [ouder 1]", "[afbeelding niet meegestuurd]",
        "", "[opmerkingen niet meegestuurd]",
    ]  # fmt: skip
    assert ("opmerking", "Bel Mirjam") in [(each.name, each.value) for each in second.content.metadata]
    await region.do("jolijn", case_id, "vrijgeven")
    released = (await sheet(region, case_id)).attachments
    assert [(each.name, each.media_type) for each in released] == [
        ("bijlage-1.pdf", "application/pdf"), ("bijlage-2.pdf", "application/pdf"),
    ]  # fmt: skip
    for about in released:
        pdf = await sent(region, case_id, about)
        assert not still_told(pdf, "Saar", "Joosten", "Mirjam", "Fatima", "Bouzidi", "12345678")
        assert "ontdaan van directe identificatie" in " ".join(
            pypdf.PdfReader(BytesIO(pdf)).pages[0].extract_text().split()
        )
        assert pdf == await sent(region, case_id, about), "equal text gives equal bytes"


@pytest.mark.requirement("R36-35", "R36-42")
async def test_who_has_a_number_in_an_attachment_is_nobody_else_in_what_came_later(region: Partnership) -> None:
    case_id = await region.open(behoefte="Het gaat niet goed.")
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Het verslag is van Wouter Brandsma."))
    await with_pack(region, case_id)
    await region.do("jolijn", case_id, "vrijgeven")
    said = "Gebeld met Kees Vermaat over school."
    await region.do("de_meierij", case_id, "contact_vastleggen", met="school", inhoud=said)
    reviewer = region.callers["swv_3006"]
    async with scope(region.tenant_id, reviewer.person_id) as tx:
        (note,) = (await open_pack(tx, reviewer, case_id)).notes
    (item,) = await attachments(region, case_id)
    numbered = {mark.placeholder for mark in item.content.marks}
    assert numbered
    assert not [placeholder for placeholder in numbered if placeholder in note.fields["inhoud"]]
    assert "Vermaat" not in note.fields["inhoud"]


@pytest.mark.requirement("R36-35")
async def test_an_attachment_of_which_every_word_stays_goes_as_a_copy_once_its_pictures_were_seen(
    region: Partnership,
) -> None:
    def scan(document: pikepdf.Pdf) -> None:
        uploads.add_scan(document, uploads.jpeg())

    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Het gesprek was op 12 september 2024.", change=scan))
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    assert (item.content.goes_as_text, "afbeelding" in item.blocks) == (True, False)
    done = await mended(region, case_id, item, text=item.content.original)
    assert (done.item.content.goes_as_text, "afbeelding" in done.item.blocks) == (False, True)
    done = await mended(region, case_id, item, seen=True)
    assert done.item.state == "klaar"
    done = await mended(region, case_id, item, text="Het gesprek was in september.")
    assert (done.item.content.goes_as_text, done.item.blocks) == (True, ())


@pytest.mark.requirement("R36-35")
async def test_a_mark_leads_from_the_text_of_an_attachment_to_what_is_read(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Verslag over Saar Joosten"))
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    (mark,) = item.content.marks
    assert item.content.original[mark.start : mark.end] == "Saar Joosten"
    assert item.content.redacted[mark.redacted_start : mark.redacted_end] == "[leerling]" == mark.placeholder


@pytest.mark.requirement("R36-35")
async def test_what_the_ondersteuner_takes_out_of_an_attachment_is_not_in_its_bytes(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("De zwemkampioen van Den Dungen is ziek", change=by_saar))
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    done = await mended(region, case_id, item, text="Saar is ziek")
    assert (done.item.state, done.item.blocks) == ("geblokkeerd", ("naam",))
    done = await mended(region, case_id, item, text="De leerling is ziek")
    assert (done.item.state, done.item.blocks) == ("klaar", ())
    await region.do("jolijn", case_id, "vrijgeven")
    (about,) = (await sheet(region, case_id)).attachments
    told = told_by(await sent(region, case_id, about))
    assert b"De leerling is ziek" in told
    assert b"zwemkampioen" not in told
    assert b"Joosten" not in told


async def test_a_mended_attachment_stays_mended_when_the_pack_is_made_again(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Verslag over Saar Joosten"))
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    await mended(region, case_id, item, text="Verslag")
    await region.do("jolijn", case_id, "opnieuw_beoordelen", reden="Er kwam iets bij.")
    await region.do("jolijn", case_id, "volledig_verklaren")
    await deliver(region.tenant_id)
    (item,) = await attachments(region, case_id)
    assert (item.content.redacted, item.content.goes_as_text) == ("Verslag", True)


@pytest.mark.requirement("R36-35")
async def test_a_scan_has_no_text_to_mend_and_waits_for_a_look(region: Partnership) -> None:
    case_id = await region.open()
    scan = uploads.pdf("", change=lambda document: uploads.add_scan(document, uploads.jpeg()))
    await attach(region, case_id, "scan.pdf", scan)
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    assert (item.state, item.blocks, item.content.goes_as_text) == ("geblokkeerd", ("zonder_tekst",), False)
    with pytest.raises(Invalid):
        await mended(region, case_id, item, text="Niets.")


@pytest.mark.requirement("R36-37")
async def test_a_coarser_release_hides_the_school_in_attachments_too(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Het Duinzicht College schrijft: 15 jaar is jong."))
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    assert not item.content.goes_as_text
    await region.do("jolijn", case_id, "vrijgeven", vergroving=["schooltype"])
    (about,) = (await sheet(region, case_id)).attachments
    assert b"Duinzicht" not in told_by(await sent(region, case_id, about))


async def test_a_document_of_which_no_clean_copy_can_be_made_still_gives_its_text(region: Partnership) -> None:
    case_id = await region.open()
    await attach(region, case_id, "plan.docx", with_an_unknown_picture())
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    assert (item.state, item.content.goes_as_text) == ("klaar", True)
    await region.do("jolijn", case_id, "vrijgeven")
    (about,) = (await sheet(region, case_id)).attachments
    assert b"Plan van aanpak" in told_by(await sent(region, case_id, about))


def with_an_unknown_picture() -> bytes:
    relationships = uploads.part(uploads.word(), "word/_rels/document.xml.rels").decode()
    pointer = (
        '<Relationship Id="rId99" Target="media/image1.emf" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    body = '<w:p><w:r><w:t>Plan van aanpak</w:t><w:pict><v:imagedata r:id="rId99"/></w:pict></w:r></w:p>'
    changes = {
        "word/media/image1.emf": b"\x01\x00\x00\x00",
        "word/_rels/document.xml.rels": relationships.replace("</Relationships>", pointer).encode(),
        "word/document.xml": uploads.document_part(body),
    }
    return uploads.repacked(uploads.word(), changes)


@settings(max_examples=6, deadline=None)
@given(st.text(max_size=2_000))
def test_any_text_can_be_typeset(text: str) -> None:
    assert render_plain_text(PlainText("Bijlage 1", "Ontdaan.", text, " | ")).startswith(b"%PDF-")


async def test_a_clean_copy_is_sent_as_it_was_kept() -> None:
    about = Attachment(UUID(int=1), "bijlage-1.pdf", "application/pdf", 3)
    assert await as_sent(about, zlib.compress(b"x")) == zlib.compress(b"x")


async def test_a_released_case_with_an_attachment_that_was_left_out_is_not_made_again_for_a_list(
    region: Partnership,
) -> None:
    case_id = await region.open(behoefte="Rustig.")
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Verslag over Saar Joosten"))
    await with_pack(region, case_id)
    (item,) = await attachments(region, case_id)
    await mended(region, case_id, item, left_out=True)
    async with scope(region.tenant_id, None) as tx:
        assert await renew_waiting(tx) == 1
    await deliver(region.tenant_id)
    await region.do("jolijn", case_id, "vrijgeven")
    async with scope(region.tenant_id, None) as tx:
        assert await renew_waiting(tx) == 0
