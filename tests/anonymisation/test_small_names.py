"""The pupil's name that is an ordinary word, in small letters, is the name where the word could not stand, and the word elsewhere."""

import pytest

from maatwerk.anonymisation.engine import Known
from tests.anonymisation.invented import cleaned


def cleaned_of(name: str, text: str) -> str:
    return cleaned(text, Known.from_mapping({"leerling": {"voornaam": name, "achternaam": "Zhang"}}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mei", "is {} er al"),
        ("Amber", "heeft iemand {} gezien"),
        ("Wil", "{} zegt dat ie morgen komt"),
        ("Storm", "{} is weer niet op school"),
        ("Rein", "ik weet niet of {} ook mee mag"),
        ("Linde", "zit {} er ook bij"),
        ("Jelle", "J e l l e, {} dus, komt niet"),
    ],
)
def test_the_name_disappears(name: str, text: str) -> None:
    expected = text.replace("J e l l e", "[leerling]").format("[leerling]")
    assert cleaned_of(name, text.format(name.lower())) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Mei", "in mei hebben we toets, begin mei komt ze, eind mei niet"),
        ("Wil", "ik wil naar huis en dat wil hij niet"),
        ("Storm", "de storm is voorbij"),
        ("Bloem", "morgen een bloem planten"),
        ("Hoop", "ik hoop dat het lukt en er is hoop"),
        ("Lief", "ze is lief en was lief voor hem"),
        ("Vrij", "hij is vrij op vrijdag"),
        ("Wit", "Het papier is wit en was wit."),
    ],
)
def test_the_word_stays(name: str, text: str) -> None:
    assert cleaned_of(name, text) == text
