"""A known name that is an ordinary word, in small letters: mei is er al, heeft iemand amber gezien. It is the name where the word's own
kind could not stand: before a verb of persons without an article, behind a verb where somebody must follow, behind "of" or "dat"."""

import re
from collections.abc import Iterator, Mapping

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading

_SOMEBODY = frozenset(
    (
        "iemand",
        "niemand",
        "dat",
        "of",
        "als",
        "want",
        "omdat",
        "waarom",
        "wanneer",
        "hoe",
        "toen",
        "met",
        "tegen",
        "voor",
    )
)
_FINITE = frozenset(
    ("is", "was", "heeft", "had", "kan", "kon", "moet", "moest", "zal", "zou", "mag", "gaat", "ging", "komt", "kwam", "zit", "zat", "blijft",
     "zegt", "zei", "vindt", "denkt", "belt", "belde", "staat", "stond", "doet", "deed", "wil", "weet", "krijgt", "loopt", "ligt", "slaapt")
)  # fmt: skip
_AFTER = frozenset(
    ("is", "was", "heeft", "had", "er", "niet", "weer", "ook", "al", "nog", "wel", "gezien", "gesproken", "gebeld", "vandaag", "morgen",
     "gisteren", "thuis", "ziek", "weg", "mee", "op", "naar", "maar", "en", "of", "dat", "net", "echt", "gewoon", "zelf", "even", "wil", "kan")
)  # fmt: skip
_OPENERS = frozenset(
    ("waarom", "wanneer", "hoe", "vandaag", "morgen", "gisteren", "nu", "dan", "toen", "ook", "daar", "straks", "vanmiddag", "vanochtend",
     "daarna", "daarom", "thuis", "soms", "misschien", "volgens", "en", "maar", "want")
)  # fmt: skip
_YOU = frozenset(("je", "jij", "u", "jullie", "uw", "jouw"))
_ASKED = frozenset(
    (
        "heb",
        "heeft",
        "ben",
        "bent",
        "kan",
        "kun",
        "kunt",
        "wil",
        "wilt",
        "ga",
        "gaat",
        "kom",
        "komt",
        "weet",
        "mag",
        "zie",
        "ziet",
    )
)
_BEFORE_TIMES = frozenset(
    ("in", "begin", "eind", "half", "per", "sinds", "vanaf", "tot", "van", "voor", "na", "om", "op", "deze", "vorige")
)
_MONTHS = frozenset(("mei", "april", "juni", "juli", "augustus", "mart", "maart"))
_LONE = re.compile(r" [A-Za-z] {1,2}[A-Za-z](?!\w)|[-.][A-Za-z][-.]")
_SPACED = re.compile(
    r"(?<!\w)(?:[A-Za-z] {1,2}){2,24}[A-Za-z](?!\w)|(?<![\w.-])(?:[A-Za-z]([-.])(?:[A-Za-z]\1){1,24}[A-Za-z])(?![\w-])"
)


def stands_as_name(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether an ordinary word in small letters can only be a name here."""
    gap = reading.gap(index - 1) if index else ""
    if not (careless(reading, index) or (not reading.words[index].capital and _pictured(gap))):
        return False
    low = reading.words[index].low
    before = reading.words[index - 1].low if index and reading.gap(index - 1) == " " else ""
    after = reading.words[index + 1].low if index + 1 < len(reading.words) and reading.gap(index) == " " else ""
    if before in lexicon.cues["determiner"] - {"als", "zo"} or (low in _MONTHS and before in _BEFORE_TIMES):
        return False
    verb = after in lexicon.cues["verb"]
    if not before:
        return verb or after in _FINITE or _called(reading, index)
    if before in _FINITE:
        opens = index < 2 or reading.gap(index - 2) != " " or reading.words[index - 2].low in _OPENERS
        return opens and (after in _AFTER or after in _FINITE)
    return before in _SOMEBODY and (verb or after in _AFTER)


def _pictured(gap: str) -> bool:
    """Whether a picture stands in the gap: with it a sentence of a message ends."""
    return len(gap) > 1 and any(sign > "\u2190" for sign in gap)


def _called(reading: Reading, index: int) -> bool:
    """Whether the writer speaks to whom he names: barend, je dochter; kerst heb jij."""
    following = [word.low for word in reading.words[index + 1 : index + 3]]
    if len(following) < 2:
        return False
    if reading.gap(index) == ", ":
        return following[0] in _YOU
    return reading.gap(index) == " " and following[0] in _ASKED and following[1] in _YOU


def spaced_names(reading: Reading, names: Mapping[str, str]) -> Iterator[Finding]:
    """J e l l e, J-e-l-l-e: a known name with a blank or mark between its letters; `names` are names and whose they are. One of three
    letters must be all that stands there."""
    for found in _SPACED.finditer(reading.plain) if _LONE.search(reading.plain) else ():
        letters = re.sub("[ .-]", "", found.group()).lower()
        who = next(
            (role for name, role in names.items() if name == letters or (len(name) > 3 and name in letters)), None
        )
        if who is not None:
            yield Finding(*found.span(), "persoon", 0.8, who)
