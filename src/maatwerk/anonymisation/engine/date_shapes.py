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
    "miert", "meert", "maaie", "mai", "apriel", "fibberwari", "jannewari", "rnaart", "rnei", "rnrt", "[0o]kt[0o]ber", "ju1i", "apri1",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre", "dezember",
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada", "grudnia",
    "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik",
)  # fmt: skip
_SHORT_MONTHS = (
    "janu", "jan", "febr", "feb", "mrt", "maa", "mar", "apr", "may", "jun", "jul", "aug", "sept", "sep", "[0o]kt", "[0o]ct", "n[0o]v", "dec",
)  # fmt: skip
_SHORT_WEEKDAYS = (
    "ma", "di", "w[o0]", "d[o0]", "vr", "za", "z[o0]", "woe", "dond", "dins", "woens", "vrij", "zat", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
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
        "mee",
        "mai",
        "aou",
        "avr",
        "fev",
        "des",
        "kt",
        "kto",
        "ct",
        "fib",
        "ene",
        "abr",
        "ago",
        "dic",
        "dez",
        "sty",
        "lut",
        "kwi",
        "maj",
        "cze",
        "lip",
        "sie",
        "wrz",
        "paz",
        "lis",
        "gru",
        "oca",
        "sub",
        "nis",
        "haz",
        "tem",
        "agu",
        "eyl",
        "eki",
        "kas",
        "ara",
    ]
)
LONG_MONTHS = frozenset(month for month in MONTHS if len(month) > 3)
_MONTH = rf"(?:(?:{'|'.join((*MONTHS, *_OTHER_MONTHS))})(?![a-z])|(?:{'|'.join(_SHORT_MONTHS)})(?![a-z])\.?)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_TH = r"(?:e|ste|de|en|den)?"
WEEKDAY = rf"(?:(?:{'|'.join((*WEEKDAYS, *_OTHER_WEEKDAYS))}|(?:{'|'.join(_SHORT_WEEKDAYS)})\b\.?)(?:[ ]?(?:ochtend|morgen|middag|avond|nacht))?,?[ ]{{1,2}})"
GLUED_WEEKDAY = rf"(?:{'|'.join((*WEEKDAYS, *_SHORT_WEEKDAYS[:7]))})"
_YEAR = r"(?:(?:19|20)\d{2}|20(?:[ ]\d{2}|\d[ ]\d)(?!\s?(?:uur|u|min)\b)|'\d{2})(?![\da-z])"
_SHORT_YEAR = r"(?:[-/.]|\s)[12]\d(?=\s{0,2}(?:$|[,;!?)\]\n]|[.:](?!\d)))"
_AFTER = rf"(?:[\s.,\-/]{{0,4}}(?:a\.?d\.?\s|anno\s)?{_YEAR}|{_SHORT_YEAR})?(?:\s{{1,2}}(?:jl|a\.s|jongstleden|aanstaande)\b\.?)?"
_JOIN = r"\s?(?:,|en|t/m|tm|tot en met|tot|op|naar|-|/|\+|&|of)\s?"
_TO = rf"(?:\s?(?:t/m|tm|tot en met|-)\s?{_DAY}(?![\w:/\-]|[.,]\d|\s?{_MONTH}))?"
_UNITS = "een|twee|drie|vier|vijf|zes|zeven|acht|negen"
_SPOKEN = (
    rf"(?:(?:{_UNITS})[ -]?en[ -]?twintig|een[ -]?en[ -]?dertig|dertig|twintig|tien|elf|twaalf|dertien|veertien|vijftien|zestien"
    rf"|zeventien|achttien|negentien|{_UNITS}|eerste|tweede|derde|vierde|vijfde|zesde|zevende|achtste|negende|tiende|elfde"
    r"|twaalfde|dertiende|veertiende|vijftiende|zestiende|zeventiende|achttiende|negentiende|twintigste|dertigste"
    rf"|(?:{_UNITS})entwintigste|eenendertigste)n?"
)
_SPOKEN_YEAR = (
    rf"(?:\s(?:tweeduizend|negentienhonderd)\s?\w{{0,20}}|\s(?:(?:{_UNITS})entwintig|twintig (?:(?:{_UNITS})entwintig|tien|elf|twaalf|dertien|veertien|(?:vijf|zes|zeven|acht|negen)tien))"
    r"(?=\s{0,2}(?:$|[.,;:!?)\n]|(?:om|bij|met|is|was|en|in|op|heeft|had|dan|komt|kwam)\b)))?"
)
WRITTEN = re.compile(
    rf"(?=[\dd])(?:(?<=\s)den?\s)?(?:{_DAY}{_TH}{_JOIN}{WEEKDAY}?){{0,3}}(?<!\d){_DAY}{_TH}[\s\-/.]{{0,3}}(?:van\s|de\s)?{_MONTH}{_AFTER}{_TO}"
)
IN_WORDS = re.compile(
    rf"\b(?:den?\s)?(?:{_SPOKEN}\s(?:(?:tot en met|t/m|op)\s{WEEKDAY}?|(?:en|of|tot)\s{WEEKDAY}))?{_SPOKEN}\s(?:van\s)?{_MONTH}{_AFTER}{_SPOKEN_YEAR}"
)
MONTH_FIRST = re.compile(
    rf"\b{_MONTH}(?:\s{{1,2}}{_DAY}(?:st|nd|rd|th|,)\s{{0,2}}{_YEAR}|\s(?:de\s{_DAY}(?:e|ste|de)|{_DAY})"
    r"(?=\s{0,2}(?:$|[;!?)\n]|[.,:](?!\d)|(?:om|bij|met|is|was|komt|kwam)\b)))"
)
_MONTH_NUMBER = r"(?:0?[1-9]|1[0-2])"
_BEFORE = r"(?:(?<![\w.,/€\-])|(?<=\b(?:ma|di|wo|do|vr|za|zo)))"
_BEHIND = r"(?![\d/\-]|[.,]\d)"
_FULL_YEAR = r"(?:19|20)\d{2}"
IN_FIGURES = re.compile(r"\d{8}|\d{1,4}[\s./|_\\:-]{1,4}'?(?:\d|[ivxl]{1,4}\b)")  # what each of those below begins with
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
    re.compile(rf"{_BEFORE}{_DAY}\s?([-./])\s?(?:[01][ ]?)?\d\s?\1\s?(?:1[ ]?9|2[ ]?0)[ ]?\d[ ]?\d{_BEHIND}"),
    re.compile(rf"{_BEFORE}{_DAY}/{_MONTH_NUMBER}\s?-\s?{_DAY}/{_MONTH_NUMBER}(?![\w/\-]|[.,]\d)"),
    re.compile(rf"{_BEFORE}{_DAY}\s?([-./])\s?(?:x[il]{{0,2}}|[il]x|[il]v|v?[il]{{1,3}}|v)\s?\1\s?'?(?:{_FULL_YEAR}|\d\d){_BEHIND}"),
    re.compile(rf"{_BEFORE}{_DAY}[-./](?:x[il]{{1,2}}|[il]x|v[il]{{1,3}})(?![\w\-/])"),
    re.compile(rf"(?:(?<=\bop )|(?<=\bdd )|(?<=geb )|(?<=geb\. )|(?<=geboren )|(?<=datum )|(?<=datum: )){_DAY}[ .]{_MONTH_NUMBER}[ .](?:{_FULL_YEAR}|\d\d)(?!\d)"),
)  # fmt: skip
DAY_AND_MONTH = re.compile(
    rf"(?:(?<![\w/.,:€\-])|(?<=\b(?:ma|di|wo|do|vr|za|zo)))(?P<day>{_DAY})(?P<sign>\s?[-/]\s?)(?P<month>{_MONTH_NUMBER})(?![\w€]|[/\-.,:]\d|\s?(?:uur|dagen|weken|keer|x|maal|%|deel|u|jaar|jr|mnd|maanden|punten|min|minuten|lessen|leerlingen|kinderen|competenties|vragen|items|goed)\b)"
)
WITH_DOT = re.compile(
    rf"(?<![\w.,/€\-]){_DAY}\.(?P<month>0?[1-9]|1[0-2])(?![\w%€]|[.,:]\d|\s?(?:uur|u|%|euro|punten)\b)"
)
DAYS_BEFORE = re.compile(rf"(?<![\w/.,€:\-])(?:{_DAY}\s?(?:,|en|&|\+|t/m|of)\s?){{1,3}}$")
CUT_MONTH = re.compile(
    rf"\b{_DAY}(?:\s?(?:e|ste|de)\b)?\s{{1,2}}(?P<one>[jfmasond0][a-z01]{{0,8}})(?:\s(?P<two>[a-z01]{{1,9}}))?(?:\s(?P<three>[a-z01]{{1,9}}))?(?![a-z\d])"
)
YEAR_BEHIND = re.compile(rf"[\s.,]{{1,3}}{_YEAR}")
SCANNED_DAY = re.compile(rf"(?<!\w)(?:[\dlI][\dlIOSBZ]|[lI])(?:\s?(?:e|de|ste))?\s{{1,2}}{_MONTH}{_AFTER}")
MISSPELT = re.compile(rf"\b{_DAY}(?:{_TH}\s|)([a-z]{{3,12}})\b(?P<year>\s{_YEAR})?")
