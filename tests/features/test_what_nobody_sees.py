"""What a page writes or carries without anybody seeing it: it is read, so that names in it are found, or it is not in the clean copy;
and what can't be read waits for a person."""

import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

from maatwerk.files.inspection import clean, inspect
from maatwerk.files.kinds import Cleaned
from tests import uploads
from tests.released import still_told

PLAIN = "De leerling komt op tijd."


def drawn(content: bytes) -> Cleaned:
    """A page with a sentence, and then this."""

    def change(document: Pdf) -> None:
        page = document.pages[0].obj
        page.Contents.write(page.Contents.read_bytes() + b"\n" + content)

    return clean(inspect("a.pdf", uploads.pdf(PLAIN, change=change)))


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    "content",
    [
        b"BT 1 1 1 rg /F1 12 Tf 72 600 Td (Saar) Tj ET",
        b"BT /F1 0.01 Tf 72 600 Td (Saar) Tj ET",
        b"BT 3 Tr /F1 12 Tf 72 600 Td (Saar) Tj ET",
        b"BT 7 Tr /F1 12 Tf 72 600 Td (Saar) Tj ET",
        b"BT /F1 12 Tf -900 -900 Td (Saar) Tj ET",
        b"BT /F1 12 Tf 72 600 Td (Saar) Tj ET 0 0 1 rg 0 0 595 842 re f",
        b"/OC /Laag BDC BT /F1 12 Tf 72 600 Td (Saar) Tj ET EMC",
        b"0 0 0 0 re W n BT /F1 12 Tf 72 600 Td (Saar) Tj ET",
        b"BT /F1 12 Tf 72 600 Td [(S) -5 (a) 10 (ar)] TJ ET",
        b"BT /F1 12 Tf 0.7 0.7 -0.7 0.7 72 600 Tm (Saar) Tj ET",
        b"BT /F1 12 Tf 72 600 Td <53616172> Tj ET",
    ],
    ids=[
        "white",
        "tiny",
        "not-painted",
        "clipping",
        "outside",
        "covered",
        "layer",
        "clipped",
        "apart",
        "slanting",
        "hex",
    ],
)
def test_text_that_nobody_sees_is_read(content: bytes) -> None:
    assert "Saar" in drawn(content).text


def hidden(document: Pdf) -> None:
    """A name in everything that a page has beside it, or has and does not draw."""
    form = document.make_stream(b"BT /F1 12 Tf (Saar) Tj ET")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    page = document.pages[0].obj
    page.Resources.XObject = Dictionary(Ongebruikt=form)
    page.Resources.Eigen = Dictionary(Van=String("Saar"), Ook=Array([String("Saar"), Array([String("Saar")])]))
    page.Resources.Font.F1.Over = String("Saar")
    for subtype in ("/Text", "/Popup", "/Link", "/Ink"):
        uploads.add_note(document, subtype, Contents=String("Saar"), T=String("Saar"), NM=String("Saar"))
    document.Root.OCProperties = Dictionary(OCGs=Array([Dictionary(Type=Name.OCG, Name=String("Saar"))]))
    document.Root.Lang = String("Saar Joosten")
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String("Saar"))]))
    document.Root.Dests = Dictionary(Saar=Array([page, Name.Fit]))
    with document.open_outline() as outline:
        outline.root.append(OutlineItem("Saar", 0))


@pytest.mark.requirement("R36-35")
def test_what_a_page_does_not_draw_is_not_in_the_clean_copy() -> None:
    cleaned = clean(inspect("a.pdf", uploads.pdf(PLAIN, change=hidden)))
    assert (cleaned.text, cleaned.blocks, cleaned.remarks) == (PLAIN, (), ())
    assert still_told(cleaned.content, "Saar", "Joosten") == []


def composite(document: Pdf) -> None:
    """A font of numbered signs, as programs write them, that says nothing of which letter a sign is."""
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/A"), CIDSystemInfo=Dictionary(
        Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0))  # fmt: skip
    document.pages[0].obj.Resources.Font.F2 = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/A"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([document.make_indirect(below)]),
    )  # fmt: skip


def signs(document: Pdf) -> None:
    """A font of which the signs have names of their own."""
    document.pages[0].obj.Resources.Font.F2 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name("/A"),
        Encoding=Dictionary(Differences=Array([54, Name("/g54")])),
    )


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize("font", [composite, signs])
def test_text_of_which_nobody_can_say_the_letters_waits_for_a_look(font: object) -> None:
    def change(document: Pdf) -> None:
        font(document)  # type: ignore[operator]
        page = document.pages[0].obj
        page.Contents.write(page.Contents.read_bytes() + b" BT /F2 12 Tf 72 600 Td <0036004400440055> Tj ET")

    cleaned = clean(inspect("a.pdf", uploads.pdf(PLAIN * 20, change=change)))
    assert "6" not in cleaned.text
    assert cleaned.remarks == ("Geen of niet alle tekst leesbaar op bladzijde 1. Lees die zelf na.",)


@pytest.mark.requirement("R36-35")
def test_a_picture_in_the_page_itself_waits_for_a_look() -> None:
    cleaned = drawn(b"q 90 0 0 90 9 9 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x00\x01\x02\x03 EI Q")
    assert cleaned.text == f"{PLAIN}\n[afbeelding niet meegestuurd]"
    assert "afbeeldingen" in cleaned.remarks[0]


@pytest.mark.requirement("R36-35")
def test_letters_drawn_as_lines_wait_for_a_look() -> None:
    cleaned = drawn(b"9 9 m " + b"1 2 3 4 5 6 c " * 200 + b"f")
    assert cleaned.remarks == ("Het document bevat tekeningen. Tekst die getekend is wordt niet nagekeken.",)
    assert drawn(b"9 9 m " + b"1 2 3 4 5 6 c " * 20 + b"f").remarks == ()


def pattern(document: Pdf) -> None:
    tile = document.make_stream(b"BT /F1 12 Tf (Saar) Tj ET")
    tile.PatternType, tile.PaintType, tile.TilingType, tile.BBox = 1, 1, 1, Array([0, 0, 99, 99])
    tile.XStep, tile.YStep, tile.Resources = 99, 99, document.pages[0].obj.Resources
    page = document.pages[0].obj
    page.Resources.Pattern = Dictionary(P1=tile)
    page.Contents.write(page.Contents.read_bytes() + b" /Pattern cs /P1 scn 0 0 595 842 re f")


def test_a_pattern_that_writes_waits_for_a_look() -> None:
    cleaned = clean(inspect("a.pdf", uploads.pdf(PLAIN, change=pattern)))
    assert "tekeningen" in cleaned.remarks[0]


@pytest.mark.requirement("R36-35")
def test_a_word_that_was_cut_at_the_end_of_a_line_is_one_word() -> None:
    assert "Joosten" in drawn(b"BT /F1 12 Tf 12 TL 72 600 Td (Zij heet Joos-) Tj T* (ten en woont hier.) Tj ET").text


WORD = """<w:p><w:r><w:t>Plan</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Naam</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Adres</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>Een</w:t></w:r></w:p><w:p><w:r><w:t>Twee</w:t></w:r></w:p></w:tc>
<w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Straat</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Stad</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>
<w:p><w:moveFrom w:author="a"><w:r><w:t>Verplaatst</w:t></w:r></w:moveFrom><w:ins w:author="a"><w:r><w:t>Ingevoegd</w:t></w:r></w:ins>
<w:del w:author="a"><w:r><w:delText>Weg</w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t> en verborgen</w:t></w:r></w:p>"""
NOTES = """<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Een noot</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def test_a_document_is_read_row_by_row_with_its_notes_and_says_what_is_left_out() -> None:
    relationships = uploads.part(uploads.word(), "word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    row = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    changes = {
        "word/document.xml": uploads.document_part(WORD),
        "word/footnotes.xml": NOTES.encode(),
        "word/_rels/document.xml.rels": relationships.replace("</Relationships>", row).encode(),
    }
    cleaned = clean(inspect("a.docx", uploads.repacked(uploads.word(), changes)))
    assert cleaned.text.splitlines() == [
        "Plan [noot 2]", "Naam | Adres", "Een • Twee | Straat | Stad", "Ingevoegd en verborgen", "",
        "[noot 2]", "Een noot", "", "[verwijderde tekst niet meegestuurd]",
    ]  # fmt: skip
