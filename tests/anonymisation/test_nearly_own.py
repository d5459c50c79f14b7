"""The own school and municipality stay with a slip of the pen or broken by a scan, and nothing near them hides behind that."""

import pytest

from maatwerk.anonymisation.engine import Known, redact


def cleaned(text: str, school: str, town: str, **more: object) -> str:
    known = {"leerling": {"voornaam": "Wessel", "achternaam": "Hamming"}, "school": school, "woongemeente": town}
    return redact(text, Known.from_mapping({**known, **more})).redacted


@pytest.mark.parametrize(
    ("text", "school", "town"),
    [
        ("Hij zit op de Regenbog en woont in Wijhcen.", "obs De Regenboog", "Wijchen"),
        ("Hij zit op Zad kine te Ridder kerk.", "Zadkine", "Ridderkerk"),
        ("Hij zit op de prins bernhardschoo1 in Amers-\nfoort.", "Prins Bernhardschool", "Amersfoort"),
        ("Hij zit op het stedelyk Gymnasuim in R'dam.", "Stedelijk Gymnasium", "Rotterdam"),
        ("HIJ ZIT OP DE FONTIJN TE NYMEGEN EN HIJ VINDT HET LEUK.", "De Fontein", "Nijmegen"),
        ("Hij zit op CVO in Veenendaal.", "CVO", "Veenendaal"),
        ("Hij zit op sws Opstap in Venendaal.", "SWS De Opstap", "Veenendaal"),
    ],
)
def test_a_damaged_own_school_or_municipality_stays(text: str, school: str, town: str) -> None:
    assert cleaned(text, school, town) == text


def test_a_known_person_goes_before_what_is_nearly_the_own_school() -> None:
    assert (
        cleaned("Daarna zagen wij dat Wesel lachte.", "De Wissel", "Hulst") == "Daarna zagen wij dat [leerling] lachte."
    )


def test_a_teacher_who_is_called_nearly_so_goes() -> None:
    text = "Daarna sprak juf Fonteyn met Van Wassenaer over rekenen."
    assert "onteyn" not in cleaned(text, "De Fontein", "Wassenaar")
    assert "assenaer" not in cleaned(text, "De Fontein", "Wassenaar")


def test_a_name_beside_what_is_nearly_the_own_town_goes() -> None:
    text = "Daarna belde Ridderkrk Gijsbert Terlouw over rekenen."
    assert cleaned(text, "Zadkine", "Ridderkerk") == "Daarna belde Ridderkrk [persoon 1] over rekenen."
