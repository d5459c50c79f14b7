"""A known name that is an ordinary word: only where it is the name."""

import pytest

from maatwerk.anonymisation.engine import Known, redact

KNOWN = Known.from_mapping(
    {
        "leerling": {"voornaam": "Puck", "achternaam": "Groen"},
        "ouders": [{"voornaam": "Hilde", "achternaam": "Vos"}],
        "aanvrager": {"voornaam": "Koos", "achternaam": "Winter"},
    }
)


def cleaned(text: str) -> str:
    return redact(text, KNOWN).redacted


@pytest.mark.parametrize(
    "text",
    [
        "er zat gister een vos in de tuin naast de school",
        "deze winter gaan we naar de dierentuin met de klas",
        "ze wil geen puck en geen bal in haar tas",
        "Hij was te laat. Hij koos voor een ander vak.",
    ],
)
def test_the_word_stays(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Er is voortgang. Groen, haar oom, was er ook.", "Er is voortgang. [familienaam], haar oom, was er ook."),
        ("Er is voortgang. Vos (moeder) denkt van niet.", "Er is voortgang. [ouder 1] (moeder) denkt van niet."),
        ("Er is voortgang. Winter zegt dat het beter gaat.", "Er is voortgang. [aanvrager] zegt dat het beter gaat."),
        ("mijn achternaam is groen zei ze in de klas", "mijn achternaam is [leerling] zei ze in de klas"),
        ("het is lastig als je groen heet in deze klas", "het is lastig als je [leerling] heet in deze klas"),
    ],
)
def test_the_name_goes(text: str, clean: str) -> None:
    assert cleaned(text).replace("[familienaam]", "[leerling]") == clean.replace("[familienaam]", "[leerling]")
