"""Figures that a scanner or a hurried hand took for letters: o6-12, 20B17, 1Z34. The reading knows O, l and I beside a figure; this is the
rest, and it needs three figures in the word, so that a class (3b) or a house (12b) keeps its letter. Nothing changes place."""

import re

from maatwerk.anonymisation.engine.reading import Reading

Figures = tuple[tuple[int, int], ...]
_MIXED = re.compile(r"(?<![A-Za-z\d@_.])[\doOlISsBZz]{4,14}(?![A-Za-z\d@_])")
_MOBILE = re.compile(r"(?<![A-Za-z\d])[oO]6(?=[ .\-]{0,3}\d{2})")
_DATE = re.compile(r"(?<![\w])(?=.?\d|[OolI])[\doOlIzZsSB]{1,2}([-./])[\doOlIzZsSB]{1,2}\1[\doOlIzZsSB]{2,4}(?!\w)")
_AS_FIGURES = str.maketrans("oOliISsBZz", "0011155822")
_NEAR = re.compile(r"\d(?:[-./]?[oOlISsBZz]|(?<=[oOlISsBZz]\d)|(?<=[oOlISsBZz][-./]\d))")
# Rows of figures apart: o6 ll 9O 73 52. Of a group without a figure only O, l and I are read as ones, and only in such a row.
_ROW = re.compile(r"(?<![A-Za-z\d@_])[\doOliISsBZz]{1,14}(?:[ .\-/=\n]{1,3}[\doOliISsBZz]{1,14}){1,14}(?![A-Za-z\d@])")
_NEAR_ROW = re.compile(r"\d(?:[ .\-/=]{0,3}[oOlISsBZz](?![A-Za-z]{2})|(?<=[oOlIsSBZz]\d)|(?<=[lIO][-/]\d))")
_DAY_AND_MONTH = re.compile(
    r"(?<![\w/.,\-])(?=[^\s\d]{0,3}\d)[\dOlI]{1,2}[-/][ ]?[\dOlI]{1,2}(?:(?<=l)[ ][lO\d])?(?![\w/\-])"
)
_DAY = re.compile(r"(?<!\w)(?:[lIO]\d|\d[lIO])(?=(?:e|de|en|den|ste)\b)")
_GROUP = re.compile(r"[^ .\-/=\n]+")
_ONES = re.compile("[OlI]{1,4}")
_DAY_OF = re.compile(
    r"(?<!\w)\d[SBZ](?=[ ]{1,2}(?:jan|feb|m(?:rn)?aa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)|/\d{1,2}(?!\w))",
    re.IGNORECASE,
)
_RUN = re.compile(r"\d+")


def figures_of(reading: Reading) -> tuple[str, Figures]:
    """The text with figures for such letters, and where its figures stand."""
    if reading.scanned is None:
        text = reading.digits
        changed = _DATE.sub(_date, _MIXED.sub(_figures, _MOBILE.sub("06", text))) if _NEAR.search(text) else text
        if _NEAR_ROW.search(text):
            changed = _ROW.sub(_row, changed)
            changed = _DAY_OF.sub(_translated, changed)
            changed = _DAY.sub(_translated, _DAY_AND_MONTH.sub(_translated, changed))
        same = changed == text
        reading.scanned = changed, reading.figures if same else tuple(run.span() for run in _RUN.finditer(changed))
    return reading.scanned


def _figures(found: re.Match[str]) -> str:
    word = found.group()
    count = sum(sign.isdigit() for sign in word)
    fewer = len(word) <= count + 2 and not word[-1].isupper()
    return word.translate(_AS_FIGURES) if 2 < count < len(word) and (fewer or 7 < len(word) <= count + 3) else word


def _date(found: re.Match[str]) -> str:
    word = found.group()
    return word.translate(_AS_FIGURES) if sum(sign.isdigit() for sign in word) > 2 else word


def _translated(found: re.Match[str]) -> str:
    return found.group().translate(_AS_FIGURES)


def _row(found: re.Match[str]) -> str:
    """A row in which figures are at least half of the signs and three or more."""
    row = found.group()
    figures = sum(map(str.isdigit, row))
    letters = sum(map(str.isalpha, row))
    if not letters or figures < 3 or letters > figures:
        return row
    return _GROUP.sub(lambda group: _group(group.group(), long=figures > 5), row)


def _group(group: str, *, long: bool) -> str:
    figures = sum(map(str.isdigit, group))
    if (not figures and not _ONES.fullmatch(group)) or group[:2].lower() in ("zo", "is", "so"):
        return group
    last = not long and group[-1] in "sSBbzZ" and figures == len(group) - 1  # 12b is a house
    return group[:-1].translate(_AS_FIGURES) + group[-1] if last else group.translate(_AS_FIGURES)
