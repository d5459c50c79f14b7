"""Letters: how they look to a program that reads them aloud, and that nothing in their texts is ever run."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Object, Pdf
from pypdf import PdfReader

from maatwerk.documents.glyphs import drawable
from maatwerk.documents.letters import Letter, Section, long_date, render_letter, render_letter_aside
from maatwerk.documents.typesetting import TypesettingFailed, render, render_aside

NOON = datetime(2026, 10, 7, 12, tzinfo=UTC)
HEAD = '#set document(title: "Proef", date: datetime(year: 2026, month: 10, day: 7))\n'
ENDLESS = HEAD + "#for a in range(100000) { for b in range(100000) { let x = a * b } }"
LETTER = Letter(
    sender=("Samenwerkingsverband Voorbeeld", "Postbus 1", "1234 AB Voorbeeldstad"),
    on=date(2026, 10, 7),
    reference="2026-0042",
    addressee=("Basisschool De Wilg", "t.a.v. mevrouw J. Voorbeeld", "Schoolstraat 12", "1234 CD Voorbeeldstad"),
    subject="Besluit op uw aanvraag",
    salutation="Geachte mevrouw Voorbeeld,",
    paragraphs=("Wij wijzen uw aanvraag toe.", "Hieronder leest u waarom."),
    signatory="A. Voorbeeld",
    role="Ondersteuner",
    sections=(Section("Wat u krijgt", ("Het bedrag komt binnen dertig dagen.",), (("Bedrag", "€ 4.500,00"),)),),
    contact=(("E-mail", "budget@voorbeeld.example"),),
    footnote="In deze brief staat geen naam van de leerling.",
)


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def tags(pdf: bytes) -> list[str]:
    """The tags of the document in reading order."""
    found: list[str] = []

    def walk(element: Object | None) -> None:
        if not isinstance(element, Dictionary):
            return
        if "/S" in element:
            found.append(str(element.S)[1:])
        children = element.get("/K")
        for child in children if isinstance(children, Array) else [children]:
            walk(child)

    with Pdf.open(BytesIO(pdf)) as document:
        walk(document.Root.StructTreeRoot)
    return found


def test_a_letter_says_everything_it_was_given_in_order() -> None:
    said = text(render_letter(LETTER))
    wanted = [
        *LETTER.sender[:1],
        *LETTER.addressee,
        "7 oktober 2026",
        "2026-0042",
        LETTER.subject,
        LETTER.salutation,
        *LETTER.paragraphs,
        "Wat u krijgt",
        "€ 4.500,00",
        "dertig dagen",
        "Met vriendelijke groet,",
        "A. Voorbeeld",
        "Ondersteuner",
        "budget@voorbeeld.example",
        LETTER.footnote,
    ]
    places = [said.index(words) for words in wanted]
    assert places == sorted(places)
    assert "Bladzijde 1 van 1" in said


def test_a_letter_declares_itself_accessible_and_lasting() -> None:
    with Pdf.open(BytesIO(render_letter(LETTER))) as document:
        with document.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"]) == ("2", "A")
            assert xmp["dc:title"] == LETTER.subject
        assert str(document.Root.Lang).lower().startswith("nl")
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_headings_lists_and_paragraphs_are_tagged_as_what_they_are() -> None:
    found = tags(render_letter(LETTER))
    assert {"H1", "P", "L", "LI", "Lbl", "LBody"} <= set(found)
    assert found.index("H1") < found.index("L")


def test_a_letter_uses_only_the_fonts_that_come_along() -> None:
    with Pdf.open(BytesIO(render_letter(LETTER))) as document:
        fonts = [each for each in document.objects if isinstance(each, Dictionary) and "/FontDescriptor" in each]
        assert fonts
        for font in fonts:
            assert "LibertinusSerif" in str(font.BaseFont)
            assert any(key in font.FontDescriptor for key in ("/FontFile2", "/FontFile3"))


def test_equal_letters_are_equal_to_the_byte() -> None:
    assert render_letter(LETTER) == render_letter(replace(LETTER))
    assert render_letter(LETTER) != render_letter(replace(LETTER, reference="2026-0043"))


def test_a_long_letter_goes_on_overleaf_with_its_reference() -> None:
    pages = PdfReader(BytesIO(render_letter(replace(LETTER, paragraphs=("Een lange alinea. " * 60,) * 8)))).pages
    assert len(pages) > 1
    assert all("2026-0042" in page.extract_text() for page in pages)


HOSTILE = (
    '#read("/etc/passwd")',
    "#{ while true {} }",
    "$ x^2 $ en $",
    "\\ \\u{41} \\#",
    "*vet* _schuin_ `code` <label> @verwijzing",
    "= Kop\n- streep\n+ nummer\n/ term: uitleg",
    "[inhoud] {blok} // geen opmerking /* ook niet */",
    '"; #import "@preview/x:1.0.0"',
    "'s-Hertogenbosch ~ -- --- ...",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_printed_as_it_stands_wherever_it_is_put(words: str) -> None:
    letter = Letter(
        sender=(words,),
        on=LETTER.on,
        reference=words,
        addressee=(words,),
        subject=words,
        salutation=words,
        paragraphs=(words,),
        signatory=words,
        role=words,
        sections=(Section(words, (words,), ((words, words),)),),
        closing=words,
        contact=((words, words),),
        footnote=words,
    )
    said = "".join(text(render_letter(letter)).split())
    assert said.count("".join(words.split())) >= 5
    assert "root:" not in said


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_makes_a_letter(first: str, second: str) -> None:
    part = Section(second, (first,), ((first, second), (second, "")))
    letter = Letter(
        (first,), LETTER.on, second, (), first, second, (first, second), first, second, (part,), footnote=first
    )
    assert render_letter(letter).startswith(b"%PDF-")


def test_every_letter_that_counts_as_drawable_is_drawn() -> None:
    signs = [chr(code) for code in range(0x20, 0xFFFF) if drawable(chr(code)) == chr(code)]
    assert len(signs) > 1_500
    words = tuple(" ".join("e" + sign for sign in signs[at : at + 100]) for at in range(0, len(signs), 100))
    assert render_letter(replace(LETTER, paragraphs=words)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("Özdemir-Łukasz Ångström", "Özdemir-Łukasz Ångström"),
        ("Zoe\u0308", "Zoë"),
        ("blij \N{GRINNING FACE}\N{VARIATION SELECTOR-16}", "blij \N{WHITE SQUARE}"),
        ("\u202eomgekeerd\x00\u200b", "omgekeerd"),
        ("tab\ten\u2028regel\neinde", "tab en regel\neinde"),
    ],
)
def test_signs_without_a_glyph_become_a_square_and_invisible_ones_go(given: str, drawn: str) -> None:
    assert drawable(given) == drawn


def test_a_source_can_read_no_file_even_where_its_root_is(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("geheim")
    source = tmp_path / "bron.typ"
    for target in ("/etc/hostname", "geheim.txt", str(tmp_path / "geheim.txt"), "../../../etc/hostname"):
        source.write_text(f'{HEAD}#read("{target}")')
        with pytest.raises(TypesettingFailed):
            render(source, {}, at=NOON)


def test_a_source_can_fetch_no_package() -> None:
    with pytest.raises(TypesettingFailed) as failed:
        render(HEAD + '#import "@preview/voorbeeld:0.1.0": *', {}, at=NOON)
    assert "preview" not in str(failed.value)


def test_a_source_without_end_is_stopped() -> None:
    began = time.monotonic()
    with pytest.raises(TypesettingFailed, match="te lang"):
        render(ENDLESS, {}, at=NOON, seconds=1)
    assert time.monotonic() - began < 5


def test_a_source_that_wants_all_memory_is_stopped() -> None:
    with pytest.raises(TypesettingFailed):
        render(HEAD + '#let w = "woord" * 100000000\n#let x = (w,) * 1000\n#x.join()', {}, at=NOON)


def test_a_failure_shows_no_data_in_its_message() -> None:
    with pytest.raises(TypesettingFailed) as failed:
        render(HEAD + "#panic(json(bytes(sys.inputs.data)).naam)", {"naam": "Fleur"}, at=NOON)
    assert "Fleur" not in str(failed.value) + repr(failed.value)
    assert "Fleur" in failed.value.diagnostic


async def test_the_event_loop_goes_on_while_a_letter_is_made() -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.001)
            ticks += 1

    ticking = asyncio.create_task(tick())
    made = await render_letter_aside(LETTER)
    ticking.cancel()
    assert made == render_letter(LETTER)
    assert ticks > 3


async def test_a_letter_that_takes_too_long_aside_is_stopped_too() -> None:
    with pytest.raises(TypesettingFailed, match="te lang"):
        await render_aside(ENDLESS, {}, at=NOON, seconds=0.5)


def test_a_date_is_written_in_full() -> None:
    assert [long_date(date(2026, month, 1)) for month in (1, 3, 12)] == [
        "1 januari 2026",
        "1 maart 2026",
        "1 december 2026",
    ]
