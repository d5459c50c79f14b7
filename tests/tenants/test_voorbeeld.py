"""The example to learn from works as it says."""

import pytest

from maatwerk.rules.refusals import Refused
from tests.tenants.cases import Case, scheme

SCHEME = scheme("voorbeeld")
ASKED = {
    "leerling": {"voornaam": "Pim", "achternaam": "Lont", "geboortedatum": "2015-04-01"},
    "school": "Beekdal College", "vraag": "Een coach.", "bedrag": 200_000,
}  # fmt: skip


def test_a_request_is_filed_and_decided() -> None:
    case = Case(SCHEME).do("indienen", "2025-03-03", ASKED).do("besluiten", "2025-03-10", {"besluit": "akkoord"})
    found = case.at("2025-03-10")
    assert (found.closed, found.books["budget"].committed) == ("akkoord", 200_000)


def test_too_much_is_refused() -> None:
    with pytest.raises(Refused):
        Case(SCHEME).do("indienen", "2025-03-03", {**ASKED, "bedrag": 250_001})
