"""What a released PDF tells to who takes it apart: its bytes, what they unpack to, and the words on its pages."""

from io import BytesIO

import pikepdf
import pypdf


def told_by(pdf: bytes) -> bytes:
    """The bytes as they are and with every stream unpacked, and the words on the pages."""
    plain = BytesIO()
    with pikepdf.Pdf.open(BytesIO(pdf)) as document:
        streams = b"".join(each.read_bytes() for each in document.objects if isinstance(each, pikepdf.Stream))
        document.save(plain, qdf=True, static_id=True)
    words = "\n".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages)
    return pdf + streams + plain.getvalue() + words.encode()


def still_told(pdf: bytes, *words: str) -> list[str]:
    """Which of these words are in it, in any capitals, as text, in UTF-16 or in hexadecimal."""
    told = told_by(pdf).lower()
    return [word for word in words if any(form.lower() in told for form in _forms(word))]


def _forms(word: str) -> tuple[bytes, ...]:
    wide = word.encode("utf-16-be")
    return (word.encode(), wide, word.encode().hex().encode(), wide.hex().encode())
