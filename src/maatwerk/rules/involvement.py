"""Words for having a part in a pupil's case (R36-40), each a code with its Dutch sentence. They stand in plain rows, so they say
of the part no more than that it is there: a text of one's own would tell of the child."""

from collections.abc import Mapping
from typing import Literal

Part = Literal["begeleiding", "bekende", "aanvraag", "aanbieder", "anders"]
Cleared = Literal["naamgenoot", "beroepshalve", "vergissing"]

PARTS: Mapping[Part, str] = {
    "begeleiding": "Begeleidt de leerling, of deed dat eerder.",
    "bekende": "Is familie of een bekende van de leerling of de ouders.",
    "aanvraag": "Werkte mee aan deze aanvraag of aan een eerdere.",
    "aanbieder": "Werkt voor wie de ondersteuning zou geven.",
    "anders": "Is op een andere manier betrokken.",
}

REASONS: Mapping[str, str] = {
    "gemeld": "Is gemeld als betrokkene bij de leerling.",
    "handelde_in_zaak": "Heeft in een andere rol gehandeld in een zaak van deze leerling.",
    "opende_zaak": "Heeft een aanvraag voor deze leerling geopend.",
    "genoemd_in_aanvraag": "Wordt genoemd in een aanvraag voor deze leerling.",
    "vermoeden": "De school vermoedt betrokkenheid; dat wacht op het oordeel van de ondersteuner.",
}

CLEARED: Mapping[Cleared, str] = {
    "naamgenoot": "Het gaat om een ander die ook zo heet.",
    "beroepshalve": "Het gaat om het werk als beoordelaar of contactpersoon, niet om de leerling.",
    "vergissing": "Het berust op een vergissing.",
}
