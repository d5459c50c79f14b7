"""What reviewers need stays: taking it is an error too."""

from dataclasses import replace

import pytest

from maatwerk.anonymisation.engine import Known, redact
from tests.anonymisation.gold import DEVELOPMENT, json_cases
from tests.anonymisation.invented import CASE, KNOWN, cleaned


@pytest.mark.parametrize(
    "text",
    [
        "Zij is 15 jaar, zit in groep 8 van obs De Regenboog en komt uit Bergen.",
        "Sinds mei 2025 en in schooljaar 2024-2025: 34 dagen verzuim, week 12 het meest.",
        "Kosten: 40 uur à € 68,50 is € 2.740,-; eigen bijdrage 20%.",
        "Diagnose ADHD en vermoeden van ASS; methylfenidaat 10 mg. TIQ 78 op de WISC-V.",
        "Gedaan: Rots en Water, SOVA-training, Kwink-lessen en Levelwerk.",
        "Nederlands en wiskunde voldoende, Frans zwak. Zij spreekt Pools en is in Turkije geboren.",
        "Het SWV De Meierij en Veilig Thuis zijn betrokken. Het Sociaal Wijkteam ook.",
        "Begrijpend lezen IV, havo 3, vmbo-t 4. Van 08:30-12:00 op dinsdag.",
        "Elf jaar oud is hij, en drie weken ziek. Hij krijgt 5OO mg, tot O3.OO uur, voor € 4.3OO,-.",
        "De klas 1HV2 en de klas 2TH doen NT2 en de WIG5.",
        "Moeder werkt als bakker; vader is visser. Op de Dag van de Leraar was het feest.",
    ],
)
def test_this_stays_as_it_is(text: str) -> None:
    assert cleaned(text) == text


def test_the_home_municipality_stays_even_if_the_pupil_is_called_so() -> None:
    known = Known.from_mapping({"leerling": {"voornaam": "Joris", "achternaam": "Bergen"}, "woongemeente": "Bergen"})
    assert cleaned("Joris Bergen woont in Bergen.", known) == "[leerling] woont in Bergen."


def test_own_school_stays_even_if_it_bears_a_known_name() -> None:
    known = Known.from_mapping({"leerling": {"voornaam": "Jan"}, "school": "Jan Arentsz"})
    assert cleaned("Jan zit op Jan Arentsz.", known) == "[leerling] zit op Jan Arentsz."


def test_a_word_that_a_partnership_leaves_stays_unless_somebody_of_the_case_is_called_so() -> None:
    listed = replace(KNOWN, protected=("Zilverlinde", "Tuinstra"))
    assert cleaned("Mevrouw Zilverlinde belt.", listed) == "Mevrouw Zilverlinde belt."
    assert cleaned("Mevrouw Zilverlinde belt.") != "Mevrouw Zilverlinde belt."
    assert "Tuinstra" not in cleaned("Mevrouw Tuinstra belt.", listed)


def test_what_has_to_stay_is_no_doubt() -> None:
    """Which word is a doubt is for the weights to say, so the text with one is sought."""
    texts = (case.text for case in json_cases(DEVELOPMENT))
    text, doubt = next((text, redaction.doubts[0]) for text in texts if (redaction := redact(text, KNOWN)).doubts)
    listed = replace(KNOWN, protected=(text[doubt.start : doubt.end],))
    assert doubt not in redact(text, listed).doubts


def test_an_institution_that_is_an_ordinary_word_goes_where_it_has_a_capital() -> None:
    listed = Known.from_mapping({**CASE, "instellingen": ["Karakter"]})
    assert cleaned("Zijn karakter is zacht. Zij gaan naar Karakter.", listed) == (
        "Zijn karakter is zacht. Zij gaan naar [instelling 1]."
    )
