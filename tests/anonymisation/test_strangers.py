"""Persons, places and institutions that nobody listed."""

import pytest

from maatwerk.anonymisation.engine import Known
from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Meneer Bruin belt.", "Meneer [persoon 1] belt."),
        ("De mentor (Ton de Wit) en juf Ank helpen.", "De mentor ([mentor]) en juf [leerkracht] helpen."),
        ("Volgens kinderarts Balk is rust nodig.", "Volgens kinderarts [arts] is rust nodig."),
        ("Dhr. v.d. Heuvel kwam.", "Dhr. [persoon 1] kwam."),
        ("Een brief van J.M. ter Braak lag klaar.", "Een brief van [persoon 1] lag klaar."),
        ("Zij speelt graag met Anouschka.", "Zij speelt graag met [persoon 1]."),
        ("Fatima, Ronald en Thijmen wonen er.", "[persoon 1], [persoon 2] en [persoon 3] wonen er."),
        ("ze speelt vaak met djamila haar zusje en leest", "ze speelt vaak met [persoon 1] haar zusje en leest"),
    ],
)
def test_a_stranger_is_found(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_the_same_stranger_keeps_the_same_placeholder() -> None:
    text = "Ineke Kaya belde. Later mailde Ineke nog. Mevrouw Kaya was tevreden, meneer Bruin niet."
    expected = (
        "[persoon 1] belde. Later mailde [persoon 1] nog. Mevrouw [persoon 1] was tevreden, meneer [persoon 2] niet."
    )
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zij komt uit Haarlem.", "Zij komt uit [plaats]."),
        ("Het gezin woont in Broek op Langedijk.", "Het gezin woont in [plaats]."),
        ("Adres: Anjelierpad 12 b, 1234 AB Oosterwolde.", "Adres: [adres], [postcode] [plaats]."),
        ("Zij woont aan de Prins Hendrikkade 97a.", "Zij woont aan de [adres]."),
        ("Contact met Praktijk Zonnewijzer loopt.", "Contact met [instelling 1] loopt."),
        ("Onderzoek in het Noordwest Ziekenhuis.", "Onderzoek in het [instelling 1]."),
    ],
)
def test_places_streets_and_institutions_are_found(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_an_institution_of_the_tenants_own_list_is_found() -> None:
    from_list = {"instellingen": ["De Nieuwe Kans"]}
    assert (
        cleaned_with(from_list, "Er is een wachtlijst bij De Nieuwe Kans.")
        == "Er is een wachtlijst bij [instelling 1]."
    )


def cleaned_with(mapping: object, text: str) -> str:
    return cleaned(text, Known.from_mapping(mapping))
