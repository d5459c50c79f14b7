"""What a released file still tells: its pages, and nothing of who made it."""

import zipfile
from io import BytesIO

import docx
import pikepdf
import pytest
from docx.document import Document
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from maatwerk.files.inspection import clean, found_metadata, inspect, text_of
from tests import uploads


def fields(name: str, content: bytes) -> dict[str, str]:
    return {field.name: field.value for field in found_metadata(inspect(name, content))}


def test_plain_hyperlinks_come_in_and_do_not_go_out() -> None:
    link = '<w:p><w:hyperlink r:id="rId99"><w:r><w:t>site</w:t></w:r></w:hyperlink></w:p>'
    content = uploads.repacked(
        uploads.with_external("hyperlink"),
        {"word/document.xml": uploads.document_part(link)},
    )
    cleaned = clean(inspect("a.docx", content))
    assert (cleaned.text, cleaned.blocks) == ("site", ())
    assert not any(b"elders" in part for part in parts(cleaned.content).values())
    assert fields("a.docx", content)["verwijzing"] == "https://elders.example/Fleur"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_photo_loses_its_place_and_maker_and_stands_upright() -> None:
    inspected = inspect("foto.jpg", uploads.photo() + b"Fleur achteraan")
    told = {field.name: field.value for field in found_metadata(inspected)}
    assert told["exif Artist"] == "Jet Voorbeeld"
    assert told["tekst comment"] == "Foto van Fleur"
    assert told["plaats GPSLatitude"].startswith("(51")
    cleaned = clean(inspected)
    assert not found_metadata(inspect("x.jpg", cleaned.content))
    assert not any(word in cleaned.content for word in (b"Fleur", b"Voorbeeld", b"Exif", b"http"))
    with Image.open(BytesIO(cleaned.content)) as picture:
        assert picture.size == (16, 24)
    assert cleaned.text == ""
    assert "Geen tekst leesbaar" in cleaned.remarks[0]


def test_a_png_loses_its_texts_and_keeps_its_pixels() -> None:
    cleaned = clean(inspect("a.png", uploads.png()))
    assert b"Fleur" not in cleaned.content
    with Image.open(BytesIO(uploads.png())) as before, Image.open(BytesIO(cleaned.content)) as after:
        assert before.tobytes() == after.tobytes()
        assert not {key for key in after.info if key != "gamma"}


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_cleaned(mode: str) -> None:
    target = BytesIO()
    Image.new(mode, (5, 4)).save(target, "PNG", **({"transparency": 0} if mode == "P" else {}))
    assert not clean(inspect("a.png", target.getvalue())).blocks


def described(document: Pdf) -> None:
    """Puts a name in every place of a PDF that is not its page."""
    document.docinfo["/Author"] = "Jet Voorbeeld"
    document.docinfo["/Kenmerk"] = "Fleur"
    with document.open_metadata() as xmp:
        xmp["dc:creator"] = ["Jet Voorbeeld"]
    uploads.add_note(document, "/Text", T=String("Jet Voorbeeld"), Contents=String("Fleur belde"))
    uploads.add_note(document, "/Link", A=Dictionary(S=Name.URI, URI=String("mailto:fleur@voorbeeld.example")))
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Over Fleur", 0))
    document.Root.StructTreeRoot = Dictionary(
        Type=Name.StructTreeRoot, K=Dictionary(S=Name.Figure, Alt=String("Foto van Fleur"))
    )
    page = document.pages[0].obj
    page.PieceInfo = Dictionary(Programma=Dictionary(Private=String("Fleur")))
    page.Contents.write(b"/Span <</ActualText (Fleur)>> BDC " + page.Contents.read_bytes() + b" EMC % Fleur")


def test_a_pdf_tells_nothing_but_its_pages() -> None:
    content = uploads.pdf("De leerling heeft hulp", change=described)
    told = fields("a.pdf", content)
    assert told["auteur"] == "Jet Voorbeeld"
    assert told["eigenschap Kenmerk"] == "Fleur"
    assert told["xmp creator"] == "Jet Voorbeeld"
    assert told["opmerking"] == "Fleur belde"
    assert told["verwijzing"] == "mailto:fleur@voorbeeld.example"
    assert told["bladwijzer"] == "Over Fleur"
    assert told["vervangende tekst"] == "Foto van Fleur"
    cleaned = clean(inspect("a.pdf", content))
    assert (cleaned.text, cleaned.blocks, cleaned.remarks) == ("De leerling heeft hulp", (), ())
    assert not found_metadata(inspect("a.pdf", cleaned.content))
    with Pdf.open(BytesIO(cleaned.content)) as document:
        plain = BytesIO()
        document.save(plain, qdf=True, static_id=True)
    assert b"Fleur" not in plain.getvalue()
    assert b"Voorbeeld" not in plain.getvalue()


def test_an_older_revision_of_a_pdf_does_not_come_along() -> None:
    first = uploads.pdf("Fleur Voorbeeld", compress_streams=False)
    with Pdf.open(BytesIO(first)) as document:
        document.pages[0].obj.Contents = document.make_stream(b"")
        later = BytesIO()
        document.save(later)
    appended = first + later.getvalue()
    assert b"Fleur" not in clean(inspect("a.pdf", appended)).content


def test_what_was_filled_in_on_a_form_becomes_print_with_its_text() -> None:
    def fill(document: Pdf) -> None:
        uploads.add_note(
            document, "/Widget", FT=Name.Tx, T=String("naam"), V=String("Groep zeven"), DA=String("/F1 12 Tf 0 g"), F=4
        )
        field = document.pages[0].obj.Annots[0]
        fonts = document.pages[0].obj.Resources.Font
        document.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True, DR=Dictionary(Font=fonts))

    cleaned = clean(inspect("a.pdf", uploads.pdf("Formulier", change=fill)))
    assert cleaned.text.split() == ["Formulier", "Groep", "zeven"]
    with Pdf.open(BytesIO(cleaned.content)) as document:
        assert "/AcroForm" not in document.Root


def test_a_scan_is_told_apart_from_text() -> None:
    def scan(document: Pdf) -> None:
        del document.pages[0]
        uploads.add_scan(document, uploads.photo())

    def mixed(document: Pdf) -> None:
        uploads.add_scan(document, uploads.photo())

    only_scan = clean(inspect("a.pdf", uploads.pdf(change=scan)))
    assert (only_scan.text, only_scan.blocks) == ("", ())
    assert only_scan.remarks == ("Geen tekst leesbaar: dit is een scan of een foto. Lees het zelf na.",)
    half = clean(inspect("a.pdf", uploads.pdf("Voorblad", change=mixed)))
    assert half.text == "[bladzijde 1]\nVoorblad\n\n[bladzijde 2]\n[afbeelding niet meegestuurd]"
    assert half.remarks[0] == "Geen of niet alle tekst leesbaar op bladzijde 2. Lees die zelf na."


def test_a_photo_inside_a_pdf_loses_its_place_and_keeps_its_pixels() -> None:
    def scan(document: Pdf) -> None:
        uploads.add_scan(document, uploads.photo() + b"Fleur achteraan")

    cleaned = clean(inspect("a.pdf", uploads.pdf(change=scan)))
    assert b"Fleur" not in cleaned.content
    assert b"Voorbeeld" not in cleaned.content
    with Pdf.open(BytesIO(cleaned.content)) as document:
        inside = document.pages[1].obj.Resources.XObject.Im0.read_raw_bytes()
    with Image.open(BytesIO(inside)) as after, Image.open(BytesIO(uploads.photo())) as before:
        assert before.tobytes() == after.tobytes()


def test_a_picture_in_a_pdf_that_cannot_be_read_blocks_the_release() -> None:
    def scan(document: Pdf) -> None:
        uploads.add_scan(document, b"geen plaatje")

    cleaned = clean(inspect("a.pdf", uploads.pdf(change=scan)))
    assert cleaned.content == b""
    assert "afbeelding" in cleaned.blocks[0]


COMMENTS = b"""<?xml version="1.0"?><w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:comment w:id="0" w:author="Ad Ministratie" w:initials="AM"><w:p><w:r><w:t>Vraag Fleur</w:t></w:r></w:p></w:comment></w:comments>"""
TRACKED = """<w:p w:rsidR="00A1"><w:bookmarkStart w:id="1" w:name="Fleur"/><w:r><w:t>De leerling </w:t></w:r>
<w:del w:id="2" w:author="Jet Voorbeeld" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>Fleur </w:delText></w:r></w:del>
<w:ins w:id="3" w:author="Jet Voorbeeld"><w:r><w:rPr><w:rPrChange w:id="4" w:author="Jet Voorbeeld"><w:rPr/></w:rPrChange></w:rPr>
<w:t>komt </w:t></w:r></w:ins><w:commentRangeStart w:id="0"/><w:smartTag w:element="PersonName"><w:r><w:t>niet</w:t></w:r></w:smartTag></w:p>
<w:tbl><w:tr><w:trPr><w:del w:id="5" w:author="Jet Voorbeeld"/></w:trPr><w:tc><w:p><w:r><w:t>Fleur</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Cel</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"""


def described_word() -> bytes:
    """A Word document with a name in every place that is not its text."""

    def describe(document: Document) -> None:
        document.core_properties.author = "Jet Voorbeeld"
        document.core_properties.last_modified_by = "Ad Ministratie"
        document.core_properties.title = "Over Fleur"

    extra = {"word/document.xml": uploads.document_part(TRACKED), "word/comments.xml": COMMENTS}
    return uploads.repacked(uploads.word(describe), extra)


def test_a_word_document_tells_nothing_but_its_text() -> None:
    inspected = inspect("a.docx", described_word())
    told = {(field.name, field.value) for field in found_metadata(inspected)}
    assert told >= {
        ("auteur", "Jet Voorbeeld"),
        ("laatst bewerkt door", "Ad Ministratie"),
        ("titel", "Over Fleur"),
        ("opmerking", "Vraag Fleur"),
        ("auteur van een opmerking of wijziging", "Jet Voorbeeld"),
        ("verwijderde tekst", "Fleur"),
    }
    cleaned = clean(inspected)
    assert not cleaned.blocks
    assert cleaned.text == "De leerling komt niet\nCel\n\n[verwijderde tekst niet meegestuurd]"
    assert not found_metadata(inspect("a.docx", cleaned.content))
    for name, part in parts(cleaned.content).items():
        assert not any(word in part for word in (b"Fleur", b"Voorbeeld", b"Ministratie", b"rsid")), name
        assert not name.startswith(("docProps", "customXml", "word/comments"))


def test_a_cleaned_word_document_opens_with_its_paragraphs_headers_and_pictures() -> None:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Kop van de school"
        document.sections[0].footer.paragraphs[0].text = "Voet"
        document.add_table(1, 2).rows[0].cells[1].text = "Tweede cel"
        document.add_picture(BytesIO(uploads.photo()))

    cleaned = clean(inspect("a.docx", uploads.word(fill)))
    assert not cleaned.blocks
    assert cleaned.text.startswith("Kop van de school")
    assert cleaned.text.endswith("Voet")
    assert "Verslag\nDe leerling komt niet meer op school.\n" in cleaned.text
    assert cleaned.remarks == ("Het document bevat afbeeldingen. Tekst in een afbeelding wordt niet nagekeken.",)
    again = docx.Document(BytesIO(cleaned.content))
    assert [paragraph.text for paragraph in again.paragraphs][:2] == [
        "Verslag",
        "De leerling komt niet meer op school.",
    ]
    style = again.paragraphs[0].style
    assert style is not None
    assert style.name == "Heading 1"
    assert len(again.inline_shapes) == 1
    assert not any(b"Voorbeeld" in part or b"Exif" in part for part in parts(cleaned.content).values())


def test_text_in_boxes_word_art_notes_and_fields_is_read_once() -> None:
    body = """<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic><a:graphicData>
<wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>In een kader</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>
</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><w:p><w:r><w:t>In een kader</w:t></w:r></w:p>
</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>Na het kader</w:t></w:r></w:p>
<w:p><w:r><w:pict><v:shape alt="Fleur" o:title="Fleur"><v:textpath string="Sierletters"/></v:shape></w:pict></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "mailto:fleur@voorbeeld.example"</w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>mail ons</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Fleur"/><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox>
</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>
<w:r><w:t xml:space="preserve"> akkoord</w:t></w:r></w:p>
<w:sdt><w:sdtPr><w:alias w:val="Fleur"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Ingevuld</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
    cleaned = clean(inspect("a.docx", uploads.with_body(body)))
    assert not cleaned.blocks
    assert [line for line in cleaned.text.splitlines() if line] == [
        "In een kader",
        "Na het kader",
        "Sierletters",
        "mail ons",
        "\N{BALLOT BOX WITH X} akkoord",
        "Ingevuld",
    ]
    assert not any(b"leur" in part for part in parts(cleaned.content).values())


def test_a_page_number_stays_a_page_number() -> None:
    body = """<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE \\* MERGEFORMAT </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>"""
    document = parts(clean(inspect("a.docx", uploads.with_body(body))).content)["word/document.xml"]
    assert b"<w:instrText> PAGE </w:instrText>" in document


def test_a_picture_in_an_unknown_form_blocks_the_release_but_its_text_is_still_read() -> None:
    relationships = uploads.part(uploads.word(), "word/_rels/document.xml.rels").decode()
    pointer = (
        '<Relationship Id="rId99" Target="media/image1.emf" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    body = '<w:p><w:r><w:t>Tekst</w:t><w:pict><v:imagedata r:id="rId99"/></w:pict></w:r></w:p>'
    changes = {
        "word/media/image1.emf": b"\x01\x00\x00\x00Fleur",
        "word/_rels/document.xml.rels": relationships.replace("</Relationships>", pointer).encode(),
        "word/document.xml": uploads.document_part(body),
    }
    cleaned = clean(inspect("a.docx", uploads.repacked(uploads.word(), changes)))
    assert cleaned.content == b""
    assert cleaned.text == "Tekst [afbeelding niet meegestuurd]"
    assert "geen JPG of PNG" in cleaned.blocks[0]


def test_a_pointer_to_an_unknown_part_blocks_the_release() -> None:
    cleaned = clean(
        inspect("a.docx", uploads.with_body('<w:p><w:r><w:pict><v:imagedata r:id="rId77"/></w:pict></w:r></w:p>'))
    )
    assert "onderdeel" in cleaned.blocks[0]


def test_the_text_of_a_file_is_that_of_its_cleaned_form() -> None:
    inspected = inspect("a.docx", described_word())
    assert text_of(inspected) == clean(inspected).text


def test_words_that_no_program_shows_do_not_stay_in_a_word_document() -> None:
    body = '<w:p>Fleur<w:r>Fleur<w:t>Tekst</w:t></w:r>Fleur<x:y xmlns:x="urn:eigen" naam="Fleur">Fleur</x:y></w:p>'
    cleaned = clean(inspect("a.docx", uploads.with_body(body)))
    assert cleaned.text == "Tekst"
    assert b"Fleur" not in parts(cleaned.content)["word/document.xml"]
