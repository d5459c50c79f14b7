"""What a tenant adds to what is known: its people, its schools and care providers, and the terms that must stay."""

from typing import Any

import pytest

from maatwerk.anonymisation.engine import Known, Story, redact
from tests.anonymisation.invented import CASE

PEOPLE = ["Jolijn Waterkamp", "drs. M.A. van den Heuvelink", "Mei Jansen-de Boer", "Wil de Boer", "Anne Marie Vonk"]


def cleaned(text: str, **more: Any) -> str:
    return redact(text, Known.from_mapping(CASE | more)).redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overlegd met Jolijn Waterkamp.", "Overlegd met [medewerker 1]."),
        ("Waterkamp, Jolijn belde; mevrouw Waterkamp komt terug.", "[medewerker 1] belde; mevrouw [medewerker 1] komt terug."),
        ("J. Waterkamp schreef dit, daarna Jolijn nog eens.", "[medewerker 1] schreef dit, daarna [medewerker 1] nog eens."),
        ("Volgens M. van den Heuvelink kan het.", "Volgens [medewerker 1] kan het."),
        ("Wil de Boer en Anne Marie Vonk waren erbij.", "[medewerker 1] en [medewerker 2] waren erbij."),
        ("Wij spraken met Mei Jansen-de Boer.", "Wij spraken met [medewerker 1]."),
        ("overleg gehad met jolijn waterkamp over de lessen van morgen", "overleg gehad met [medewerker 1] over de lessen van morgen"),
    ],
)  # fmt: skip
def test_people_of_the_partnership_are_persons_with_a_placeholder_of_their_own(text: str, expected: str) -> None:
    assert cleaned(text, medewerkers=PEOPLE) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Wil zij liever thuis blijven? Zij wil de boer niet zien.",
        "Mei was druk; in mei begon het verzuim.",
        "De vonk sprong over toen hij de boer hielp.",
        "ze wil de boer helpen en in mei weer naar school want daar is de vonk",
    ],
)
def test_a_name_that_is_an_ordinary_word_eats_no_ordinary_words(text: str) -> None:
    assert cleaned(text, medewerkers=PEOPLE) == cleaned(text)
    assert "medewerker" not in cleaned(text, medewerkers=PEOPLE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wil de Boer belde. Wil komt morgen terug.", "[medewerker 1] belde. [medewerker 1] komt morgen terug."),
        ("Daarna hielp juf Mei haar.", "Daarna hielp juf [medewerker 1] haar."),
    ],
)
def test_a_loose_first_name_counts_where_something_says_that_he_is_meant(text: str, expected: str) -> None:
    assert cleaned(text, medewerkers=PEOPLE) == expected


def test_a_colleague_who_bears_the_name_of_somebody_in_the_case_leaves_it_to_him() -> None:
    text = "Sylvana de Kok belde, en mevrouw De Kok kwam zelf."
    assert cleaned(text, medewerkers=["Sylvana de Kok", "Piet de Kok"]) == cleaned(text)


def test_the_same_colleague_is_the_same_in_all_texts_of_a_case() -> None:
    story = Story(Known.from_mapping(CASE | {"medewerkers": PEOPLE}))
    assert story.redact("Anne Marie Vonk schreef dit.").redacted == "[medewerker 1] schreef dit."
    assert story.redact("Wil de Boer las het, A. Vonk ook.").redacted == "[medewerker 2] las het, [medewerker 1] ook."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hij komt van het Kasteel College.", "Hij komt van het [school 2]."),
        ("Eerst het Vechtoever Lyceum, daarna Kasteel College.", "Eerst het [school 2], daarna [school 3]."),
        ("Vechtoever meldde dit.", "[school 2] meldde dit."),
        ("Hij bouwde een kasteel van zand.", "Hij bouwde een kasteel van zand."),
        ("Zij zit op De Regenboog en Regenboog bevalt.", "Zij zit op De Regenboog en Regenboog bevalt."),
        ("Het bestuur, Openbaar Onderwijs Waterland, betaalt.", "Het bestuur, Openbaar Onderwijs Waterland, betaalt."),
    ],
)
def test_other_schools_go_and_the_own_one_and_its_board_stay(text: str, expected: str) -> None:
    others = ["Kasteel College", "Vechtoever Lyceum"]
    assert cleaned(text, andere_scholen=others, bestuur="Stichting Openbaar Onderwijs Waterland") == expected


def test_the_abbreviation_of_the_own_school_stays() -> None:
    assert cleaned("Op het PCC gaat het goed.", school="Petrus Canisius College") == "Op het PCC gaat het goed."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Behandeling bij Kinderpraktijk Horizon; Horizon stopt.", "Behandeling bij [instelling 1]; [instelling 1] stopt."),
        ("De KPH meldt dat Horizon wacht.", "De [instelling 1] meldt dat [instelling 1] wacht."),
        ("Hij tuurt naar de horizon.", "Hij tuurt naar de horizon."),
        ("de kph en de praktijk bij horizon zijn gebeld door school", "de [instelling 1] en de praktijk bij [instelling 1] zijn gebeld door school"),
    ],
)  # fmt: skip
def test_a_care_provider_goes_under_all_its_names_as_one(text: str, expected: str) -> None:
    provider = {"naam": "Kinderpraktijk Horizon", "ook": ["Horizon", "KPH"]}
    assert cleaned(text, instellingen=[provider]) == expected


def test_what_the_scheme_protects_no_rule_touches() -> None:
    text = "Via juf Sterk in de Klas en het Praktijk Plus traject, met Rots en Water."
    assert cleaned(text) != text
    assert cleaned(text, beschermd=["Sterk in de Klas", "Praktijk Plus"]) == text


def test_a_protected_term_never_keeps_the_name_of_somebody_in_the_case() -> None:
    assert cleaned("Sylvana belde.", beschermd=["Sylvana"]) == "[ouder 1] belde."
