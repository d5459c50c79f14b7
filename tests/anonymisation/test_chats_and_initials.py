"""Who writes in a chat or signs it, initials of all kinds, and names that no blank sets apart."""

import pytest

from maatwerk.anonymisation.engine import Known, redact

KNOWN = Known.from_mapping(
    {
        "leerling": {"voornaam": "Amber", "tussenvoegsel": "van den", "achternaam": "Bosch"},
        "ouders": [{"voornaam": "Gift", "achternaam": "Slager"}],
        "aanvrager": {"voornaam": "Bas", "tussenvoegsel": "de", "achternaam": "Vries"},
    }
)


def cleaned(text: str) -> str:
    return redact(text, KNOWN).redacted


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("08:03 juf: waar ben je\n08:05 amber: bij de poort", "08:03 juf: waar ben je\n08:05 [leerling]: bij de poort"),
        ("[08:14] Gift: ik kom wat later", "[08:14] [ouder 1]: ik kom wat later"),
        ("dank voor alles, bless gift", "dank voor alles, bless [ouder 1]"),
        ("dat is goed, tot morgen dan. gift", "dat is goed, tot morgen dan. [ouder 1]"),
        (
            "we zoeken nog even verder 😄 bas is vandaag ziek",
            "we zoeken nog even verder 😄 [aanvrager] is vandaag ziek",
        ),
        ("gift, je zoon staat bij het hek te wachten", "[ouder 1], je zoon staat bij het hek te wachten"),
        ("gift heb jij de tas gezien op het plein?", "[ouder 1] heb jij de tas gezien op het plein?"),
    ],
)
def test_an_ordinary_word_that_sends_signs_or_is_spoken_to_is_the_person(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "08:30 rekenen: sommen af\n08:50 juf: pauze, buiten spelen",
        "ze kreeg van oma een gift",
        "Zij zocht een amber kleur uit.",
        "11.15 mdr: zij belt terug",
    ],
)
def test_what_only_stands_in_such_a_place_stays(text: str) -> None:
    assert cleaned(text) == text


def test_a_stranger_behind_a_time_is_a_person() -> None:
    assert cleaned("08:05 Jurrien: kom je nog\n08:06 juf: nee") == "08:05 [persoon 1]: kom je nog\n08:06 juf: nee"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Verslag door BdV van gisteren.", "Verslag door [aanvrager] van gisteren."),
        ("Toen greep iemand in. A.B. liep weg.", "Toen greep iemand in. [leerling] liep weg."),
        ("Getekend: G.S. op een kopie.", "Getekend: [ouder 1] op een kopie."),
        ("Dat ziet mw. Q. ook zo.", "Dat ziet mw. [persoon 1] ook zo."),
        ("De ouders van N. waren er ook.", "De ouders van [persoon 1] waren er ook."),
        ("Ook familie D. was er.", "Ook familie [persoon 1] was er."),
    ],
)
def test_initials_disappear(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    "text", ["Hij heeft ADHD en PDD-NOS. Zie bijlage B. van het plan.", "Groep A. en groep B. samen."]
)
def test_letters_that_are_no_initials_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Wij spraken metAmber over rekenen.", "Wij spraken met[leerling] over rekenen."),
        ("Zie AmbervdBosch_verslag.docx daarover.", "Zie [leerling]_verslag.docx daarover."),
        ("Toen zei moederSlager dat het goed was.", "Toen zei moeder[ouder 1] dat het goed was."),
        ("Toen zei meneerHofman dat het goed was.", "Toen zei meneer[persoon 1] dat het goed was."),
        ("Toen slagerhad de hik zei hij.", "Toen [ouder 1]had de hik zei hij."),
    ],
)
def test_a_name_that_no_blank_sets_apart_disappears(text: str, clean: str) -> None:
    assert cleaned(text) == clean


def test_a_word_that_only_contains_a_name_stays() -> None:
    text = "De basisschool gaf een giftige brochure; het slagersmes bleef weg."
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("A's moeder belde over het rooster.", "[leerling]'s moeder belde over het rooster."),
        ("A.'s moeder belde over het rooster.", "[leerling]'s moeder belde over het rooster."),
        ("Leerling A heeft moeite met rekenen.", "Leerling [leerling] heeft moeite met rekenen."),
        ("Amber v.d. B. was boos op de juf.", "[leerling] was boos op de juf."),
        ("Amber vdB was boos op de juf.", "[leerling] was boos op de juf."),
        ("we zagen de fiets van a. in de gang staan", "we zagen de fiets van [leerling] in de gang staan"),
    ],
)
def test_one_letter_of_the_pupil_or_of_a_surname_disappears(text: str, clean: str) -> None:
    assert cleaned(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Groep A heeft vitamine A. nodig.",
        "Zij heeft een A gehaald en een B voor taal.",
        "ze wil a. rekenen en b. lezen",
        "Er is een a's en een b's.",
    ],
)
def test_a_letter_that_is_nobody_stays(text: str) -> None:
    assert cleaned(text) == text
