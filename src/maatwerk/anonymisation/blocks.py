"""What may stand between an item and its release, by code: the Dutch sentence, what helps, and whether a person who looked may
let it pass. Rows hold codes only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maatwerk.rules.refusals import Reason


@dataclass(frozen=True)
class Block:
    """`mend_file` is for an attachment, which can also be left out; `confirmable`: "gezien" is enough."""

    message: str
    mend: str
    mend_file: str
    confirmable: bool = False


UNDECIDED, STORY, UNREAD = "onbeslist", "verhaal", "afbeelding"
DECIDE = "Beslis bij elk gemarkeerd woord of het weggaat of blijft."
LEAVE_OUT = "Laat deze bijlage weg, of vraag de school om een versie zonder."
REWRITE = "Haal het weg uit de tekst."
REWRITE_FILE = "Haal het weg uit de tekst van de bijlage, of laat haar weg."
LOOK = "Bekijk het en bevestig dat u het gezien hebt, of laat de bijlage weg."
LOOK_AGAIN = "Bevestig dat u het gezien hebt en dat het mag blijven, of haal het weg uit de tekst."

BLOCKS: Mapping[str, Block] = {
    UNDECIDED: Block(
        "Hier staan woorden die misschien iemand aanwijzen en waarover nog niet is beslist.", DECIDE, DECIDE
    ),
    "naam": Block(
        "Hier staat een naam van de leerling, een ouder of een andere genoemde persoon.", REWRITE, REWRITE_FILE
    ),
    "bsn": Block("Hier staat een nummer dat een burgerservicenummer kan zijn.", REWRITE, REWRITE_FILE),
    "nummer": Block("Hier staat een nummer of adres dat bij de leerling of een ouder hoort.", REWRITE, REWRITE_FILE),
    "geboortedatum": Block("Hier staat de geboortedatum van de leerling.", REWRITE, REWRITE_FILE),
    "contactgegevens": Block("Hier staan contactgegevens, een adres of een nummer van iemand.", REWRITE, REWRITE_FILE),
    "onleesbaar": Block("Dit bestand kan niet van verborgen gegevens worden ontdaan.", LEAVE_OUT, LEAVE_OUT),
    "te_lang": Block("Dit bestand is te lang om na te kijken.", LEAVE_OUT, LEAVE_OUT),
    "nummer_vervangen": Block(
        "Hier stond een nummer dat een burgerservicenummer kan zijn; het is vervangen.",
        LOOK_AGAIN,
        LOOK,
        confirmable=True,
    ),
    "nakijken": Block("Hier staat iets dat iemand kan aanwijzen.", LOOK_AGAIN, LOOK, confirmable=True),
    STORY: Block(
        "Hier vertelt het verhaal iets dat een leerling kan aanwijzen zonder naam.",
        "Schrijf het algemener, of bevestig dat u het gezien hebt en dat het mag blijven.",
        LOOK,
        confirmable=True,
    ),
    "zonder_tekst": Block(
        "Hier is geen tekst in te lezen: het is een scan of een afbeelding.", LOOK, LOOK, confirmable=True
    ),
    UNREAD: Block("Hier staat een afbeelding of bladzijde in die niet is nagekeken.", LOOK, LOOK, confirmable=True),
}


def holding_back(codes: Iterable[str], *, seen: bool) -> bool:
    """Whether any block still holds an item back."""
    return any(not (seen and BLOCKS[code].confirmable) for code in codes)


def reasons(codes: Iterable[str], kind: str, path: str) -> list[Reason]:
    """The blocks of an item as grounds of a refusal."""
    return [
        Reason(code, BLOCKS[code].message, BLOCKS[code].mend_file if kind == "bijlage" else BLOCKS[code].mend, path)
        for code in codes
    ]
