"""The letters that Typst's own fonts can draw. Others would stop the letter: an accessible PDF may not contain a sign that nobody can read."""

import unicodedata

MISSING = "\N{WHITE SQUARE}"
_DRAWN = (
    (0x20, 0x7E),
    (0xA0, 0x4FF),  # Latin, its accents, Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin with two accents
    (0x2010, 0x2027),
    (0x2030, 0x2040),
    (0x20A0, 0x20BF),
    (0x2190, 0x22FF),
    (0x25A0, 0x25FF),
    (0xFB00, 0xFB06),
)
_WITHOUT_SHAPE = ("Cc", "Cf", "Mn", "Me")


def drawable(text: str) -> str:
    """The text with every sign that cannot be drawn as an empty square; signs without a shape of their own are left out, lines stay."""
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))


def _sign(sign: str) -> str:
    if sign == "\n":
        return sign
    category = unicodedata.category(sign)
    drawn = any(first <= ord(sign) <= last for first, last in _DRAWN)
    if drawn and category not in ("Cc", "Cf", "Cn"):
        return sign
    if sign.isspace():
        return " "
    return "" if category in _WITHOUT_SHAPE else MISSING
