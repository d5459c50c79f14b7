"""Whether a font of a PDF says which letters its signs are. One that doesn't shows a name of which a program reads other letters:
its text may not count as read."""

from typing import Any

from pypdf._codecs import adobe_glyphs

SYMBOLIC = 4


def tells_letters(font: Any) -> bool:
    """`font` is pypdf's dictionary of a font, or None for text in no font. A map that lies is not seen through."""
    if font is None:
        return False
    if "/ToUnicode" in font:
        return True
    kind, encoding = font.get("/Subtype"), _plain(font.get("/Encoding"))
    if kind == "/Type0":
        return False
    if isinstance(encoding, dict):
        signs = [str(sign) for sign in _plain(encoding.get("/Differences")) or () if str(sign).startswith("/")]
        named = all(sign in adobe_glyphs or sign == "/.notdef" for sign in signs)
        return named and (bool(signs) or kind != "/Type3")
    return kind != "/Type3" and (encoding is not None or not _own_signs(font))


def _own_signs(font: Any) -> bool:
    """Whether the font comes with signs of its own that no encoding names."""
    about = _plain(font.get("/FontDescriptor"))
    flags = _plain(about.get("/Flags", 0)) if isinstance(about, dict) else 0
    return isinstance(flags, int) and bool(flags & SYMBOLIC)


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value
