"""What may stay of an exact date: its season and year, so that the order of events can still be read."""

import re

_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_OTHER_SPELLINGS = {"mrt": "maa", "mar": "maa", "may": "mei", "oct": "okt"}
_SEASONS = (
    "winter",
    "winter",
    "voorjaar",
    "voorjaar",
    "voorjaar",
    "zomer",
    "zomer",
    "zomer",
    "najaar",
    "najaar",
    "najaar",
    "winter",
)
_SLIPS = re.compile(r"(?<=\d)[OlI]|[OlI](?=\d)")
_LETTERS = re.compile(r"[a-z]{3,}", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_DAY_MONTH = re.compile(r"^\D{0,14}\d{1,2}\s?[-./]\s?(\d{1,2})(?:\s?[-./]\s?'?(\d{2}))?(?!\d)")
_YEAR_MONTH = re.compile(r"^\d{4}[-./_](\d{1,2})")


def season(date: str) -> str:
    """[datum: voorjaar 2025]; without a year when none is given, and plain [datum] for a date before 2020, such as one of birth."""
    date = _SLIPS.sub(lambda found: "0" if found.group() == "O" else "1", date)
    year = _YEAR.search(date)
    short = _DAY_MONTH.match(date)
    written = year.group(1) if year else f"20{short.group(2)}" if short and short.group(2) else ""
    month = _month(date, short)
    if not month or (written and written < "2020") or re.search(r"(?<!\d)19\d{2}(?!\d)", date):
        return "[datum]"
    return f"[datum: {_SEASONS[month - 1]} {written}]" if written else f"[datum: {_SEASONS[month - 1]}]"


def _month(date: str, short: re.Match[str] | None) -> int:
    for word in _LETTERS.findall(date.lower().replace("rn", "m").replace("u1", "ul")):
        stem = _OTHER_SPELLINGS.get(word[:3], word[:3])
        if stem in _MONTHS and not word.startswith(("maand", "maond")):
            return _MONTHS.index(stem) + 1
    found = _YEAR_MONTH.match(date) or short
    number = int(found.group(1)) if found else 0
    return number if number < 13 else 0
