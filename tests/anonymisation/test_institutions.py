"""Institutions: of the list, and those that nobody listed but of which the sentence tells that they give care."""

import pytest

from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De behandeling bij De Vlinder helpt haar.", "De behandeling bij [instelling 1] helpt haar."),
        (
            "Hij is aangemeld bij Kompas, met een wachtlijst.",
            "Hij is aangemeld bij [instelling 1], met een wachtlijst.",
        ),
        ("Via de huisarts verwezen naar Het Baken.", "Via de huisarts verwezen naar [instelling 1]."),
        ("Zij logeert om het weekend bij De Blauwe Schuit.", "Zij logeert om het weekend bij [instelling 1]."),
        ("De intake bij Zonnehof is dinsdag.", "De intake bij [instelling 1] is dinsdag."),
        ("Instelling: Nieuw Begin", "Instelling: [instelling 1]"),
        ("Hij wil naar De Kade.", "Hij wil naar [instelling 1]."),
        ("De ambulant begeleider van Kentalis belt.", "De ambulant begeleider van [instelling 1] belt."),
        ("Hij wil niet naar Lijn5.", "Hij wil niet naar [instelling 1]."),
        ("zij is aangemeld bij de vlinder, daarna zien we", "zij is aangemeld bij [instelling 1], daarna zien we"),
        ("hij staat op de wachtlijst bij kompas en wacht", "hij staat op de wachtlijst bij [instelling 1] en wacht"),
        ("iemand van de kleine prins komt kijken", "iemand van [instelling 1] komt kijken"),
        ("dat kunnen we vragen van hoeve de kans", "dat kunnen we vragen van [instelling 1]"),
        ("Zij woont op leefgroep De Vuurtoren.", "Zij woont op [instelling 1]."),
        ("De beschikking is van DUWO-Zorg.", "De beschikking is van [instelling 1]."),
        ("De voogd is van JBRN.", "De voogd is van [instelling 1]."),
        ("kun je rivierduinen vragen hoe het zit", "kun je [instelling 1] vragen hoe het zit"),
    ],
)
def test_an_institution_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "er is een intake bij de nieuwe school",
        "traject bij het wijkteam stopt",
        "hij is verwezen naar de kinderarts voor onderzoek",
        "iemand van de gemeente belt terug",
        "begeleiding bij het plannen van huiswerk",
        "verwijzing naar speciaal onderwijs",
        "Hij is bekend bij leerplicht.",
        "Zij is opgenomen in het ziekenhuis.",
        "Er is Maatschappelijke Zorg en GGZ nodig.",
        "Zij gaat met het gezin naar zee en neemt haar karakter mee.",
    ],
)
def test_what_is_no_institution_stays(text: str) -> None:
    assert cleaned(text) == text
