"""Words of which the engine is not sure, found with the engine as it is: which they are changes with its weights, that there are some
does not. What tests say of marks holds for any of them."""

from functools import cache
from typing import NamedTuple

from maatwerk.anonymisation.engine import Known, redact
from maatwerk.anonymisation.marks import DOUBT, Mark, marks_of

KNOWN = Known.from_mapping(
    {
        "leerling": {"voornaam": "Saar", "achternaam": "Joosten"},
        "aanvrager": {"voornaam": "Bas", "achternaam": "Coster"},
        "school": "Duinzicht College",
        "woongemeente": "Meierijstad",
    }
)
WORDS = [
    "Hoop",
    "Bloem",
    "Wijs",
    "Berg",
    "Steen",
    "Zand",
    "Klok",
    "Wind",
    "Snel",
    "Fier",
    "Stap",
    "Rol",
    "Kok",
    "Duif",
    "Mos",
    "Anamnese",
    "Offerte",
    "Medicatie",
    "Verwezen",
    "Bijzondere",
    "Angst",
    "Vriendjes",
    "Opening",
    "Aantal",
    "Zedenzaak",
    "Directeur",
    "Crisisdienst",
    "Jeugdreclassering",
    "Insta",
    "Remedial",
    "Stimulerende",
    "Bescherming",
    "Veiligheid",
    "Get",
    "Sindsdien",
    "Geachte",
    "Uw",
    "Farsi",
    "Amarant",
    "Beter",
    "Sterk",
    "Lief",
    "Rust",
    "Vrede",
    "Trouw",
    "Zorg",
    "Vos",
    "Haas",
    "Beer",
    "Wolf",
    "Leeuw",
    "Arend",
    "Valk",
    "Merel",
    "Spreeuw",
    "Roos",
    "Lelie",
]
DOUBTED = (
    "naast {} in de klas en dat gaat goed",
    "bij {} en dat helpt",
    "met {} in een groepje",
    "na {} naar huis",
    "over {} en meer",
)
REMOVED = ("{}: rustig.", "{} volgt later.", "{} weet dat.", "Dat zegt {} ook.", "{} komt mee.", "Ook {} is er.")


class Unsure(NamedTuple):
    """`doubt` stays in both texts and may be a name, `removed` goes out of the first and may be none; everything else is sure."""

    doubt: str
    removed: str
    need: str
    why: str


@cache
def unsure() -> Unsure:
    """Two texts about Saar with such words; in the second stands Storm too, who surely goes."""
    for frame in DOUBTED:
        for doubt in WORDS:
            why = f"Zij gaat met Storm mee en zit {frame.format(doubt)}."
            if _open(why) != [(doubt, True)] or "Storm" in redact(why, KNOWN).redacted:
                continue
            for other in REMOVED:
                for removed in WORDS:
                    need = f"Saar zit {frame.format(doubt)}. {other.format(removed)}"
                    if _open(need) == [(doubt, True), (removed, False)]:
                        return Unsure(doubt, removed, need, why)
    raise AssertionError("the engine is sure of every word of the pool; add words")


def _open(text: str) -> list[tuple[str, bool]]:
    """The open marks of a text: the word, and whether it stands there still."""
    marks: tuple[Mark, ...] = marks_of(redact(text, KNOWN))
    return [(text[mark.start : mark.end], mark.kind == DOUBT) for mark in marks if mark.is_open]
