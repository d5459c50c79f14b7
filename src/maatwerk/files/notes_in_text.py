"""What stands in the text of a file where the file has something else: a page that begins, cells beside each other, what was
left out. Reviewers read these words, and a text of nothing but these says nothing."""

import re

BETWEEN_CELLS = " | "
BETWEEN_LINES = " • "
PICTURE = "[afbeelding niet meegestuurd]"
UNREADABLE = "[bladzijde zonder leesbare tekst niet meegestuurd]"
COMMENTS = "[opmerkingen niet meegestuurd]"
DELETED = "[verwijderde tekst niet meegestuurd]"
PAGE = re.compile(r"\[bladzijde (\d{1,4})\]")
_CONTROLS = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
_NOTE = re.compile(rf"{PAGE.pattern}|\[[^\[\]\n]{{1,60}} niet meegestuurd\]")


def page_begins(number: int) -> str:
    """The line above the text of a page."""
    return f"[bladzijde {number}]"


def only_notes(text: str) -> bool:
    """Whether a text says nothing of its own."""
    return not any(map(str.isalnum, _NOTE.sub("", text)))


def tidy(text: str) -> str:
    """The text without control characters: lines and tabs stay. A person may write the result back as it is."""
    return "\n".join(line.strip() for line in text.translate(_CONTROLS).split("\n")).strip("\n")
