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
     "zegt", "zei", "vindt", "denkt", "belt", "belde")
)  # fmt: skip
_AFTER = frozenset(
    ("is", "was", "heeft", "had", "er", "niet", "weer", "ook", "al", "nog", "wel", "gezien", "gesproken", "gebeld", "vandaag", "morgen",
     "gisteren", "thuis", "ziek", "weg", "mee", "op", "naar", "maar", "en", "of", "dat", "net", "echt", "gewoon", "zelf", "even", "wil", "kan")
)  # fmt: skip
_OPENERS = frozenset(
    ("waarom", "wanneer", "hoe", "vandaag", "morgen", "gisteren", "nu", "dan", "toen", "ook", "daar", "straks", "vanmiddag", "vanochtend",
     "daarna", "daarom", "thuis", "soms", "misschien", "volgens", "en", "maar", "want")
)  # fmt: skip
_BEFORE_TIMES = frozenset(
    ("in", "begin", "eind", "half", "per", "sinds", "vanaf", "tot", "van", "voor", "na", "om", "op", "deze", "vorige")
)
_MONTHS = frozenset(("mei", "april", "juni", "juli", "augustus", "mart", "maart"))
_LONE = re.compile(r" [A-Za-z] {1,2}[A-Za-z](?!\w)")
_SPACED = re.compile(r"(?<!\w)(?:[A-Za-z] {1,2}){2,24}[A-Za-z](?!\w)")


def stands_as_name(reading: Reading, index: int, lexicon: Lexicon) -> bool:
    """Whether an ordinary word in small letters can only be a name here."""
    if not careless(reading, index):
        return False
    low = reading.words[index].low
    before = reading.words[index - 1].low if index and reading.gap(index - 1) == " " else ""
    after = reading.words[index + 1].low if index + 1 < len(reading.words) and reading.gap(index) == " " else ""
    if before in lexicon.cues["determiner"] - {"als", "zo"} or (low in _MONTHS and before in _BEFORE_TIMES):
        return False
    verb = after in lexicon.cues["verb"]
    if not before:
        return verb
    if before in _FINITE:
        opens = index < 2 or reading.gap(index - 2) != " " or reading.words[index - 2].low in _OPENERS
        return opens and (after in _AFTER or after in _FINITE)
    return before in _SOMEBODY and (verb or after in _AFTER)


def spaced_names(reading: Reading, names: Mapping[str, str]) -> Iterator[Finding]:
    """J e l l e: a known name with a blank between its letters; `names` are names and whose they are."""
    for found in _SPACED.finditer(reading.plain) if _LONE.search(reading.plain) else ():
        letters = found.group().replace(" ", "").lower()
        who = next((role for name, role in names.items() if name in letters), None)
        if who is not None:
            yield Finding(*found.span(), "persoon", 0.8, who)
