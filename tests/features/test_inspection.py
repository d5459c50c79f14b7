"""What may be uploaded, and that no bytes whatever make the gate stumble."""

import zlib
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from PIL import Image

from maatwerk.files.inspection import MAX_BYTES, clean, found_metadata, inspect
from maatwerk.files.kinds import Kind
from maatwerk.files.naming import content_disposition, safe_name
from maatwerk.rules.refusals import Refused
from tests import uploads

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def codes(name: str, content: bytes) -> set[str]:
    with pytest.raises(Refused) as refused:
        inspect(name, content)
    assert all(reason.message and reason.mend and reason.field == "bestand" for reason in refused.value.reasons)
    return {reason.code for reason in refused.value.reasons}


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("verslag.pdf", uploads.pdf(), Kind.PDF),
        ("Verslag.DOCX", uploads.word(), Kind.DOCX),
        ("foto.jpg", uploads.jpeg(), Kind.JPEG),
        ("foto.JPEG", uploads.photo(), Kind.JPEG),
        ("plaatje.png", uploads.png(), Kind.PNG),
    ],
)
def test_the_four_kinds_of_file_come_in_and_can_be_released(name: str, content: bytes, kind: Kind) -> None:
    inspected = inspect(name, content)
    cleaned = clean(inspected)
    assert (inspected.kind, cleaned.kind, cleaned.blocks) == (kind, kind, ())
    assert inspect(f"opnieuw.{kind.value}", cleaned.content).kind is kind
    assert clean(inspected) == cleaned, "equal input gives equal bytes"


def test_neither_a_repr_nor_a_refusal_shows_the_name_or_the_content() -> None:
    inspected = inspect("Fleur Voorbeeld.pdf", uploads.pdf("Fleur"))
    assert "Fleur" not in repr(inspected) + repr(clean(inspected)) + repr(found_metadata(inspected))
    with pytest.raises(Refused) as refused:
        inspect("Fleur Voorbeeld.exe", b"Fleur")
    assert "Fleur" not in str(refused.value) + repr(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "bestand_leeg"),
        ("a.pdf", b"%PDF-1.7" + bytes(MAX_BYTES), "bestand_te_groot"),
        ("", uploads.pdf(), "bestandsnaam_ongeldig"),
        ("a" * 300 + ".pdf", uploads.pdf(), "bestandsnaam_ongeldig"),
        ("a.exe\x00.pdf", uploads.pdf(), "bestandsnaam_ongeldig"),
        ("a.pdf.exe", uploads.pdf(), "bestandssoort_niet_toegestaan"),
        ("pdf", uploads.pdf(), "bestandssoort_niet_toegestaan"),
        (".pdf", uploads.pdf(), "bestandssoort_niet_toegestaan"),
        ("a.doc", uploads.word(), "bestandssoort_niet_toegestaan"),
        ("a.pdf", uploads.png(), "bestandssoort_wijkt_af"),
        ("a.png", uploads.jpeg(), "bestandssoort_wijkt_af"),
        ("a.docx", b"gewone tekst", "bestandssoort_wijkt_af"),
        ("a.jpg", uploads.jpeg()[:-40], "bestand_beschadigd"),
        ("a.png", uploads.png()[:60], "bestand_beschadigd"),
        ("a.pdf", b"%PDF-1.7\nhallo", "bestand_beschadigd"),
        ("a.pdf", b"\n" + uploads.pdf(), "bestandssoort_wijkt_af"),
        ("a.docx", uploads.word()[:-200], "bestand_beschadigd"),
    ],
)
def test_size_name_magic_and_parser_each_have_their_own_refusal(name: str, content: bytes, code: str) -> None:
    assert codes(name, content) == {code}


def open_action(document: Pdf) -> None:
    document.Root.OpenAction = SCRIPT


def named_script(document: Pdf) -> None:
    document.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))


def script_on_page(document: Pdf) -> None:
    document.pages[0].obj.AA = Dictionary(O=SCRIPT)


def chained_script(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([0]), Next=Array([SCRIPT]))


def launch(document: Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def submit(document: Pdf) -> None:
    uploads.add_note(document, "/Link", A=Dictionary(S=Name.SubmitForm, F=String("https://elders.example")))


def attach(document: Pdf) -> None:
    document.attachments["geheim.txt"] = b"inhoud"


def xfa(document: Pdf) -> None:
    document.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))


def film(document: Pdf) -> None:
    uploads.add_note(document, "/RichMedia")


def elsewhere(document: Pdf) -> None:
    document.Root.Extra = document.make_stream(b"x", F=String("/etc/hostname"))


def endless(document: Pdf) -> None:
    document.Root.Extra = document.make_stream(b"x", Subtype=Name.Image, Width=60_000, Height=60_000)


def swollen(document: Pdf) -> None:
    for page in document.pages:
        page.obj.Contents = document.make_stream(b"")
        page.obj.Contents.write(zlib.compress(bytes(60_000_000), 9), filter=Name.FlateDecode)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (uploads.pdf(change=open_action), "pdf_javascript"),
        (uploads.pdf(change=named_script), "pdf_javascript"),
        (uploads.pdf(change=script_on_page), "pdf_javascript"),
        (uploads.pdf(change=chained_script), "pdf_javascript"),
        (uploads.pdf(change=launch), "pdf_opdracht"),
        (uploads.pdf(change=submit), "pdf_opdracht"),
        (uploads.pdf(change=attach), "pdf_ingesloten_bestand"),
        (uploads.pdf(change=xfa), "pdf_xfa"),
        (uploads.pdf(change=film), "pdf_media"),
        (uploads.pdf(change=elsewhere), "pdf_externe_verwijzing"),
        (uploads.pdf(change=endless), "afbeelding_te_groot"),
        (uploads.pdf() + uploads.word(), "bestand_beschadigd"),
        (uploads.pdf("", "", change=swollen), "pdf_te_groot_uitgepakt"),
        (uploads.pdf(encryption=Encryption(owner="o", user="u")), "pdf_versleuteld"),
        (uploads.pdf(encryption=Encryption(owner="o", user="")), "pdf_versleuteld"),
    ],
)
def test_a_pdf_that_does_more_than_show_pages_is_refused(content: bytes, code: str) -> None:
    assert codes("a.pdf", content) == {code}


def test_one_stream_that_unpacks_to_more_than_the_limit_is_refused_without_unpacking_it() -> None:
    def bomb(document: Pdf) -> None:
        document.pages[0].obj.Contents = document.make_stream(b"")
        document.pages[0].obj.Contents.write(zlib.compress(bytes(300_000_000), 9), filter=Name.FlateDecode)

    assert codes("a.pdf", uploads.pdf(change=bomb)) == {"bestand_beschadigd"}


def test_an_open_action_that_turns_to_a_page_is_let_in() -> None:
    def turn(document: Pdf) -> None:
        document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])

    assert inspect("a.pdf", uploads.pdf(change=turn)).kind is Kind.PDF


def test_all_grounds_against_a_pdf_are_told_at_once() -> None:
    def both(document: Pdf) -> None:
        open_action(document)
        attach(document)

    assert codes("a.pdf", uploads.pdf(change=both)) == {"pdf_javascript", "pdf_ingesloten_bestand"}


def with_document(xml: bytes) -> bytes:
    return uploads.repacked(uploads.word(), {"word/document.xml": xml})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOMB = uploads.repacked(uploads.word(), {"word/x.bin": bytes(50_000_000)})


def lying_about_sizes() -> bytes:
    """The same zip, of which the directory says that its large part is small."""
    return BOMB.replace((50_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))


MACRO_TYPES = uploads.part(uploads.word(), "[Content_Types].xml").replace(
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
)
LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w>&b;</w>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>"""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (uploads.repacked(uploads.word(), {"word/vbaProject.bin": b"x"}), "docx_macro"),
        (uploads.with_external("attachedTemplate"), "docx_externe_verwijzing"),
        (uploads.with_external("image"), "docx_externe_verwijzing"),
        (uploads.with_external("oleObject"), "docx_externe_verwijzing"),
        (uploads.repacked(uploads.word(), {"word/media/a.png": OLE}), "docx_ingesloten_bestand"),
        (uploads.repacked(uploads.word(), {"word/media/a.png": uploads.word()}), "docx_ingesloten_bestand"),
        (uploads.word() + b"geheim", "bestand_beschadigd"),
        (uploads.word() + uploads.word(), "bestand_beschadigd"),
        (BOMB, "docx_te_groot_uitgepakt"),
        (lying_about_sizes(), "bestand_beschadigd"),
        (uploads.repacked(uploads.word(), {f"x/{n}": b"" for n in range(1_000)}), "docx_te_groot_uitgepakt"),
        (with_document(LAUGHS), "bestand_beschadigd"),
        (with_document(OUTSIDE), "bestand_beschadigd"),
        (with_document(b"<w>" * 5_000 + b"</w>" * 5_000), "bestand_beschadigd"),
        (with_document(b"<w/>"), "docx_geen_document"),
        (uploads.repacked(uploads.word(), {"[Content_Types].xml": None}), "bestand_beschadigd"),
        (uploads.repacked(uploads.word(), {"../x.xml": b"<x/>"}), "bestand_beschadigd"),
        (uploads.repacked(uploads.word(), {"word/media/a.png": uploads.png()[:50]}), "bestand_beschadigd"),
    ],
)
def test_a_word_document_that_does_more_than_show_text_is_refused(content: bytes, code: str) -> None:
    assert codes("a.docx", content) == {code}


def test_a_macro_document_under_another_name_is_refused() -> None:
    assert "docx_macro" in codes("a.docx", uploads.repacked(uploads.word(), {"[Content_Types].xml": MACRO_TYPES}))


def huge(width: int, height: int) -> bytes:
    """A PNG header that claims more than it has."""
    head = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\r" + head + zlib.crc32(head).to_bytes(4) + uploads.png()[33:]


def test_a_picture_that_claims_too_many_pixels_is_refused_before_it_is_decoded() -> None:
    assert codes("a.png", huge(60_000, 60_000)) == {"afbeelding_te_groot"}
    assert codes("a.docx", uploads.repacked(uploads.word(), {"word/media/a.png": huge(60_000, 60_000)})) == {
        "afbeelding_te_groot"
    }


def test_an_animated_picture_is_refused() -> None:
    target = BytesIO()
    Image.new("L", (8, 8)).save(target, "PNG", save_all=True, append_images=[Image.new("L", (8, 8), 255)])
    assert codes("a.png", target.getvalue()) == {"afbeelding_beweegt"}


PARTS = ["word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", "_rels/.rels", "word/styles.xml"]
SEEDS = {
    "a.pdf": uploads.pdf("Verslag over de leerling", "", compress_streams=False),
    "b.pdf": uploads.pdf(change=open_action),
    "a.docx": uploads.word(),
    "a.jpg": uploads.photo(),
    "a.png": uploads.png(),
}


@st.composite
def damaged_files(draw: st.DrawFn) -> tuple[str, bytes]:
    """One of the seeds with bytes changed, cut out, doubled or swapped; in a Word document those of one part."""
    name = draw(st.sampled_from(sorted(SEEDS)))
    part = draw(st.sampled_from(PARTS)) if name.endswith("docx") else ""
    content = bytearray(uploads.part(SEEDS[name], part) if part else SEEDS[name])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(1, 64))
        bits = draw(st.binary(max_size=8) | st.sampled_from(WORDS))
        deed = draw(st.sampled_from(["write", "cut", "double", "end"]))
        if deed == "write":
            content[at : at + len(bits)] = bits
        elif deed == "cut":
            del content[at : at + length]
        elif deed == "double":
            content[at:at] = content[at : at + length]
        else:
            del content[at:]
    return name, uploads.repacked(SEEDS[name], {part: bytes(content)}) if part else bytes(content)


WORDS = [
    b"endobj",
    b"stream",
    b"<<",
    b">>",
    b"1 0 R",
    b"/Kids",
    b"-1",
    b"999999999999",
    b"<w:p>",
    b"</w:body>",
    b"\xff\xd8",
    b"\x00",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged_files())
def test_damaged_files_are_refused_or_cleaned_and_nothing_else(file: tuple[str, bytes]) -> None:
    try:
        inspected = inspect(*file)
    except Refused:
        return
    cleaned = clean(inspected)
    assert bool(cleaned.content) is not bool(cleaned.blocks)
    found_metadata(inspected)


@given(st.text(), st.binary(max_size=200))
def test_any_name_with_any_bytes_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refused):
        inspect(name, content)


def test_files_are_served_under_names_of_our_own() -> None:
    assert safe_name(Kind.JPEG, 3) == "bijlage-3.jpg"
    assert content_disposition("bijlage-3.jpg") == (
        "attachment; filename=\"bijlage-3.jpg\"; filename*=UTF-8''bijlage-3.jpg"
    )


@given(st.text())
def test_no_name_breaks_out_of_the_header(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert header.encode().startswith(b"attachment; filename=")
