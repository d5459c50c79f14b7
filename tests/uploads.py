"""Small real files for tests, made by the libraries that schools' programs use or by hand where those refuse to misbehave."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

A4 = (595, 842)


def pdf(*pages: str, change: Callable[[Pdf], None] = lambda _: None, **saving: Any) -> bytes:
    """A PDF with one line of Helvetica per page, changed by `change` before it is saved."""
    document = Pdf.new()
    helvetica = document.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    for text in pages or ("Verslag van de school",):
        page = document.add_blank_page(page_size=A4)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=helvetica))
        shown = text.encode("cp1252").hex()
        page.obj.Contents = document.make_stream(f"BT /F1 12 Tf 72 720 Td <{shown}> Tj ET".encode() if text else b"")
    change(document)
    target = BytesIO()
    document.save(target, **saving)
    return target.getvalue()


def add_note(document: Pdf, subtype: str, **entries: Any) -> None:
    """Puts an annotation on the first page."""
    note = Dictionary(Type=Name.Annot, Subtype=Name(subtype), Rect=Array([100, 100, 200, 130]), **entries)
    page = document.pages[0].obj
    if "/Annots" not in page:
        page.Annots = Array([])
    page.Annots.append(document.make_indirect(note))


def add_scan(document: Pdf, picture: bytes) -> None:
    """A page that is one JPEG."""
    page = document.add_blank_page(page_size=A4)
    image = document.make_stream(b"")
    image.write(picture, filter=Name.DCTDecode)
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 24, 16
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    page.obj.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.obj.Contents = document.make_stream(b"q 500 0 0 700 40 40 cm /Im0 Do Q")


def word(change: Callable[[Document], None] = lambda _: None) -> bytes:
    """A Word document with two paragraphs, changed by `change` before it is saved."""
    document = docx.Document()
    document.add_heading("Verslag", 1)
    document.add_paragraph("De leerling komt niet meer op school.")
    change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def repacked(content: bytes, changes: Mapping[str, bytes | None], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The same zip with parts replaced or added; None removes one."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w", compression) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            if part is not None:
                new.writestr(name, part)
    return target.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def with_body(xml: str) -> bytes:
    """A Word document whose body is the given markup; the prefixes w, r, mc, wp, a, pic, v, o are bound."""
    return repacked(word(), {"word/document.xml": document_part(xml)})


def document_part(xml: str) -> bytes:
    """The main part alone."""
    return _DOCUMENT.format(body=xml).encode()


def with_external(kind: str) -> bytes:
    """A Word document that points outside as `rId99`."""
    relationships = part(word(), "word/_rels/document.xml.rels").decode()
    extra = (
        '<Relationship Id="rId99" TargetMode="External" Target="https://elders.example/Fleur" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
    )
    changed = relationships.replace("</Relationships>", extra)
    return repacked(word(), {"word/_rels/document.xml.rels": changed.encode()})


def jpeg(**saving: Any) -> bytes:
    target = BytesIO()
    Image.radial_gradient("L").resize((24, 16)).convert("RGB").save(target, "JPEG", **saving)
    return target.getvalue()


def photo() -> bytes:
    """A JPEG that tells who took it and where, lying on its side."""
    exif = Image.Exif()
    exif[Base.Artist] = "Jet Voorbeeld"
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (51.0, 41.0, 20.0)
    return jpeg(exif=exif, comment="Foto van Fleur", xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Fleur</x:xmpmeta>")


def png() -> bytes:
    """A PNG with a text chunk."""
    texts = PngInfo()
    texts.add_text("Author", "Jet Voorbeeld")
    texts.add_itxt("XML:com.adobe.xmp", "<x>Fleur</x>")
    target = BytesIO()
    Image.radial_gradient("L").resize((24, 16)).save(target, "PNG", pnginfo=texts)
    return target.getvalue()


_DOCUMENT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<w:body>{body}<w:sectPr/></w:body></w:document>"""
