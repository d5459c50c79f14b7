"""Names as plain words: the same however they were typed, and never found inside other words."""

import pytest

from maatwerk.rules.names import full_name, may_mean, mentions, plain, texts_in, words


def test_a_name_is_the_same_in_any_spelling_of_its_signs() -> None:
    assert words("Renée  van-der Wíjst") == words("RENEE van der Wijst") == ("renee", "van", "der", "wijst")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gesproken met Wil Donkers.", True),
        ("WIL DONKERS, smw", True),
        ("Wil, Donkers", True),
        ("Zij wil donkerse dagen", False),
        ("Donkers wil", False),
        ("Wil Petra Donkers", False),
    ],
)
def test_a_full_name_is_found_as_whole_words_in_a_row(text: str, found: bool) -> None:
    assert mentions(plain(text), "Wil Donkers") is found


def test_a_single_word_is_no_full_name() -> None:
    assert not mentions(plain("Wil komt"), "Wil")


def test_persons_of_a_form_are_read_as_full_names() -> None:
    person = {"voornaam": "Wil", "tussenvoegsel": "van", "achternaam": "Donk", "functie": "smw"}
    assert full_name(person) == "Wil van Donk"
    found = list(texts_in({"wie": [person], "behoefte": "rust", "kosten": [{"bedrag": 5}], "sinds": None}))
    assert found == ["Wil van Donk", "Wil", "van", "Donk", "smw", "rust"]


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Karin Wouda", True),
        ("mevrouw Wouda", True),
        ("K. Wouda", True),
        ("Wouda, Karin", True),
        ("karin wauda", True),
        ("Karin", True),
        ("Karin Wouda-de Vries", True),
        ("Sjoerd Wouda", True),
        ("Karin de Wit", False),
        ("Pim Aldenhof", False),
        ("de heer", False),
        ("", False),
    ],
)
def test_a_name_that_is_remembered_may_mean_whoever_has_that_surname(written: str, means: bool) -> None:
    assert may_mean(written, "Karin Wouda") is means
    assert may_mean("Karin Wouda", written) is means


def test_ij_and_y_are_one_letter_in_a_name_that_is_remembered() -> None:
    assert may_mean("mevr. Meys", "Dorien Meijs")
