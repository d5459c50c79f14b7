"""The shapes of an exact date, in small letters. Every repetition is bounded, so the patterns are linear in the text. A month and its year are none."""

import re

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_OTHER_WEEKDAYS = (
    "maondig", "maondag", "dinsdig", "goonsdig", "vriedig", "zaoterdig", "zundig", "moandei", "tiisdei", "woansdei", "tongersdei", "freed",
    "sneon", "snein", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_OTHER_MONTHS = (
    "january", "february", "march", "june", "july", "october", "jannewaris", "febrewaris", "juny", "septimber", "novimber", "desimber",
    "januar", "februar", "marz", "juin", "juillet", "aout", "octobre", "novembre", "decembre", "janvier", "fevrier", "avril",
    "miert", "meert", "maaie", "mai", "apriel", "fibberwari", "jannewari", "rnaart", "rnei", "rnrt", "[0o]kt[0o]ber",
)  # fmt: skip
_SHORT_MONTHS = (
    "janu", "jan", "febr", "feb", "mrt", "maa", "mar", "apr", "may", "jun", "jul", "aug", "sept", "sep", "[0o]kt", "oct", "n[0o]v", "dec",
)  # fmt: skip
_SHORT_WEEKDAYS = (
    "ma", "di", "wo", "do", "vr", "za", "zo", "woe", "dond", "dins", "woens", "vrij", "zat", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
)  # fmt: skip
MONTH_BEGINS = frozenset(
    [
        "jan",
        "feb",
        "mrt",
        "maa",
        "mar",
        "apr",
        "mei",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "okt",
        "oct",
        "nov",
        "dec",
        "rna",
        "rne",
        "rnr",
        "mie",
        "aou",
        "avr",
        "fev",
        "des",
        "kt",
        "kto",
    ]
)
_MONTH = rf"(?:(?:{'|'.join((*MONTHS, *_OTHER_MONTHS))})(?![a-z])|(?:{'|'.join(_SHORT_MONTHS)})(?![a-z])\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:e|ste|de)?"
WEEKDAY = rf"(?:(?:{'|'.join((*WEEKDAYS, *_OTHER_WEEKDAYS))}|(?:{'|'.join(_SHORT_WEEKDAYS)})\b\.?),?[ ]{{1,2}})"
_YEAR = r"(?:(?:19|20)\d{2}|'\d{2})(?![\da-z])"
_SHORT_YEAR = r"(?:[-/.]|\s)[12]\d(?=\s{0,2}(?:$|[,;!?)\]\n]|[.:](?!\d)))"
_AFTER = rf"(?:[\s.,\-/]{{0,4}}{_YEAR}|{_SHORT_YEAR})?(?:\s{{1,2}}(?:jl|a\.s|jongstleden|aanstaande)\b\.?)?"
_JOIN = r"\s?(?:,|en|t/m|tm|tot en met|tot|op|naar|-|/|\+|&|of)\s?"
_TO = rf"(?:\s?(?:t/m|tm|tot en met|-)\s?{_DAY}(?![\w:/\-]|[.,]\d))?"
_UNITS = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_SPOKEN = (
    rf"(?:(?:{_UNITS})[ -]?en[ -]?twintig|een[ -]?en[ -]?dertig|dertig|twintig|tien|elf|twaalf|dertien|veertien|vijftien|zestien"
    rf"|zeventien|achttien|negentien|{_UNITS}|eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde"
    r"|twaalfde|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende|twintigste|dertigste"
    rf"|(?:{_UNITS})entwintigste|eenendertigste)"
)
_SPOKEN_YEAR = (
    rf"(?:\s(?:tweeduizend|negentienhonderd)\s?\w{{0,20}}|\s(?:(?:{_UNITS})entwintig|twintig (?:{_UNITS})entwintig)"
    r"(?=\s{0,2}(?:$|[.,;:!?)\n]|(?:om|bij|met|is|was|en|in|op|heeft|had|dan|komt|kwam)\b)))?"
)
WRITTEN = re.compile(
    rf"(?=[\dd])(?:(?<=\s)de\s)?(?:{_DAY}{_TH}{_JOIN}{WEEKDAY}?){{0,3}}(?<!\d){_DAY}{_TH}[\s\-/.]{{0,3}}(?:van\s)?{_MONTH}{_AFTER}{_TO}"
)
IN_WORDS = re.compile(rf"\b(?:de\s)?{_SPOKEN}\s(?:van\s)?{_MONTH}{_AFTER}{_SPOKEN_YEAR}")
MONTH_FIRST = re.compile(
    rf"\b{_MONTH}(?:\s{{1,2}}{_DAY}(?:st|nd|rd|th|,)\s{{0,2}}{_YEAR}|\s(?:de\s{_DAY}(?:e|ste|de)|{_DAY})"
    r"(?=\s{0,2}(?:$|[;!?)\n]|[.,:](?!\d)|(?:om|bij|met|is|was|komt|kwam)\b)))"
)
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_BEFORE = r"(?<![\w.,/€\-])"
_BEHIND = r"(?![\d/\-]|[.,]\d)"
_FULL_YEAR = r"(?:19|20)\d{2}"
IN_FIGURES = re.compile(r"\d{8}|\d{1,4}[\s./|_\\:-]{1,4}'?\d")  # what each of those below begins with
NUMERIC = (
    re.compile(rf"{_BEFORE}{_DAY}\s?([-./])\s?{_MONTH_NUMBER}\s?\1\s?(?:{_FULL_YEAR}|'?\d{{2}}){_BEHIND}"),
    re.compile(rf"(?<![a-zA-Z\d.,/\-]){_FULL_YEAR}([-./_]){_MONTH_NUMBER}\1{_DAY}{_BEHIND}"),
    re.compile(
        rf"(?<![\w.,\-/])(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_FULL_YEAR}|{_FULL_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?![\w\-/])"
    ),
    re.compile(rf"{_BEFORE}{_DAY}\s?[-./|_\\:]{{1,2}}\s?{_MONTH_NUMBER}\s?(?:[-./|_\\:]{{1,2}}\s?|\s'?){_FULL_YEAR}{_BEHIND}"),
    re.compile(rf"{_BEFORE}(?<!\d ){_DAY} (?:0[1-9]|1[0-2]) {_FULL_YEAR}(?! \d){_BEHIND}"),
    re.compile(rf"{_BEFORE}(?<!\d ){_FULL_YEAR} (?:0[1-9]|1[0-2]) (?:0[1-9]|[12]\d|3[01])(?! \d){_BEHIND}"),
    re.compile(rf"(?<=[A-Za-z][-_.]){_DAY}([-._]){_MONTH_NUMBER}\1{_FULL_YEAR}(?!\d)"),
    re.compile(rf"(?<=[A-Za-z][-_.]){_FULL_YEAR}([-._]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])(?!\d)"),
    re.compile(rf"(?<=[A-Za-z][-_.])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2]){_FULL_YEAR}(?!\d)"),
    re.compile(rf"(?:(?<=geb )|(?<=geb\. )|(?<=geboren )|(?<=datum )|(?<=datum: )){_DAY}[ .]{_MONTH_NUMBER}[ .](?:{_FULL_YEAR}|\d\d)(?!\d)"),
)  # fmt: skip
DAY_AND_MONTH = re.compile(
    rf"(?<![\w/.,:€\-])(?P<day>{_DAY})(?P<sign>\s?[-/]\s?)(?P<month>{_MONTH_NUMBER})(?![\w€]|[/\-.,:]\d|\s?(?:uur|dagen|weken|keer|x|maal|%|deel|jaar|maanden|punten)\b)"
)
MISSPELT = re.compile(rf"\b{_DAY}\s([a-z]{{4,12}})\b(?P<year>\s{_YEAR})?")
