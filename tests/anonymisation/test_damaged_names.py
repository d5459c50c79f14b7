"""A known person disappears as well where a scanner, a line end or a wrong character set damaged the name."""

import pytest

from maatwerk.anonymisation.engine import Known, redact
from maatwerk.anonymisation.engine.reading import Reading

KNOWN = Known.from_mapping(
    {
        "leerling": {"voornaam": "Joëlle", "tussenvoegsel": "de", "achternaam": "Kuipers"},
        "ouders": [{"voornaam": "Miek", "achternaam": "Steenbeek"}, {"voornaam": "Ömer", "achternaam": "Şahin"}],
        "aanvrager": {"voornaam": "Ruth", "achternaam": "Postma"},
    }
)


def cleaned(text: str) -> str:
    return redact(text, KNOWN).redacted


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("Gesprek met Jo el le over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met Joel-\nle over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met Joe1le over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met J0elle d e Kui pers gevoerd.", "Gesprek met [leerling] gevoerd."),
        ("Aan de heer Steen beek gevraagd.", "Aan de heer [ouder 1] gevraagd."),
        ("Toen appte rniek na half drie.", "Toen appte [ouder 1] na half drie."),
        ("Verslag van R uth  Po5tma over rekenen.", "Verslag van [aanvrager] over rekenen."),
        ("Verslag van R. Po5tma over rekenen.", "Verslag van [aanvrager] over rekenen."),
    ],
)
def test_a_name_that_a_scanner_broke_disappears(damaged: str, clean: str) -> None:
    assert cleaned(damaged) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Wij bouwden een steen, een beek en een bos.",
        "De kast staat op het rustplein.",
        "Ze kreeg 10 e-mails van de school.",
    ],
)
def test_words_that_happen_to_spell_a_name_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("coded", "clean"),
    [
        ("Vader &Ouml;mer belde.", "Vader [ouder 2] belde."),
        ("Vader &#214;mer &#350;ahin belde.", "Vader [ouder 2] belde."),
        ("Vader &#xD6;mer&nbsp;&#x15e;ahin belde.", "Vader [ouder 2] belde."),
        ("Leerling Jo&euml;l&shy;le rekent goed.", "Leerling [leerling] rekent goed."),
        ("Leerling JoÃ«lle rekent goed.", "Leerling [leerling] rekent goed."),
        ("Leerling Jo=C3=ABlle rekent goed.", "Leerling [leerling] rekent goed."),
        ("Leerling Jo=EBlle rekent goed.", "Leerling [leerling] rekent goed."),
        ("Leerling Jo\\u00eblle rekent goed.", "Leerling [leerling] rekent goed."),
        ("Leerling <b>J</b>oelle rekent goed.", "Leerling <b>[leerling] rekent goed."),
    ],
)
def test_a_name_written_in_codes_disappears_with_its_codes(coded: str, clean: str) -> None:
    assert cleaned(coded) == clean


@pytest.mark.parametrize("text", ["a = b &c; &lt 3 &#0; &#99999999; =2 =ZZ Â \\u12 \\ud83d", "x=20 en 5 < 6 & 7 > 3"])
def test_what_is_no_code_is_read_as_it_stands(text: str) -> None:
    assert len(Reading(text).raw) == len(text)


def test_a_word_after_codes_is_found_at_its_own_place() -> None:
    text = "&euml;&shy;&nbsp;Ruth &amp; JoÃ«lle"
    words = Reading(text).words
    assert [text[slice(*Reading(text).original(word.start, word.end))] for word in words[1:]] == ["Ruth", "JoÃ«lle"]


@pytest.mark.parametrize(
    ("hidden", "clean"),
    [
        ("Gesprek met Jo*lle over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met J****e over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met Jo?lle over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met Jo\ufffdlle over rekenen.", "Gesprek met [leerling] over rekenen."),
        ("Gesprek met R-u-t-h over rekenen.", "Gesprek met [aanvrager] over rekenen."),
        ("Gesprek met oJelle over rekenen.", "Gesprek met [leerling] over rekenen."),
    ],
)
def test_a_name_with_letters_hidden_or_set_apart_disappears(hidden: str, clean: str) -> None:
    assert cleaned(hidden) == clean


def test_stars_and_question_marks_beside_words_say_nothing() -> None:
    text = "Is dit goed?ja **heel** goed, 3*4 en f***ing niet."
    assert cleaned(text) == text
