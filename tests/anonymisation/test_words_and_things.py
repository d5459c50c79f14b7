"""What the engine takes a word for when no list of persons says so: a verb, a slip, a word of a chat, a brand."""

import pytest

from maatwerk.anonymisation.engine import Known, redact
from maatwerk.anonymisation.engine.kinds import kind, unknown
from maatwerk.anonymisation.engine.word_class import word_class
from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("vindt", "V"), ("belde", "V"), ("kwam", "V"), ("gezien", "I"), ("lopen", "I"), ("tafel", "N"), ("koning", "N"), ("snel", "A"),
        ("wit", "A"), ("hoop", "N"), ("zxqv", ""), ("s", ""), ("ing", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_word_list_tells_what_a_word_can_be(word: str, expected: str) -> None:
    assert set(expected) <= set(word_class(word)) if expected else word_class(word) == ""


@pytest.mark.parametrize(
    ("word", "expected"),
    [("verzok", "x"), ("schoool", "x"), ("heirover", "x"), ("bereikb", "y"), ("toegev", "y"), ("tesfay", "u")],
)
def test_a_word_of_no_list_is_a_slip_the_beginning_of_a_word_or_neither(word: str, expected: str) -> None:
    assert unknown(word) == expected


@pytest.mark.parametrize(("word", "code"), [("chromebook", "m"), ("idd", "oi"), ("because", "oe"), ("roos", "b")])
def test_brands_and_words_of_chats_and_of_other_languages_have_a_kind(word: str, code: str) -> None:
    assert code in kind(word)


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    "text",
    [
        "Hij werkt op zijn Chromebook met Snappet en speelt thuis Roblox.",
        "Zij slikt Medikinet en Circadin en leest Harry Potter en Warrior Cats.",
        "Verzekerd bij Zilveren Kruis; boodschappen bij de Albert Heijn.",
        "idd mss kan t morgen ook wel, ff wachten dus",
    ],
)
def test_things_with_a_name_and_words_of_chats_stay(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zij zit naast Fabienne Stroop in de klas.", "Stroop"),
        ("Hij speelt met Ot in de pauze en met Bo na school.", "Ot"),
        ("Het gezin krijgt hulp van Wijkteam Noord sinds mei.", "Noord"),
        ("Zijn broertje gaat naar KDV Pippeloentje op maandag.", "Pippeloentje"),
        ("Meneer Best belde en juf Vrij komt morgen.", "Best"),
    ],
)
def test_a_name_beside_or_like_a_term_goes(text: str, name: str) -> None:
    assert name not in cleaned(text)


def person(first: str, last: str, particle: str = "") -> dict[str, str]:
    return {"voornaam": first, "tussenvoegsel": particle, "achternaam": last}


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(
    ("text", "known", "name"),
    [
        ("Zij speelt veel met Linda in de pauze.", {"school": "De Linde"}, "Linda"),
        ("Karin Rutten belde. Rutten is boos.", {"woongemeente": "Putten"}, "Rutten"),
        ("Pleegmoeder van Tilborg komt.", {"woongemeente": "Tilburg"}, "Tilborg"),
        ("Moeder gebeld. Groot komt morgen.", {"leerling": person("Jan", "Groot")}, "Groot"),
        ("Groot, moeder, is boos.", {"leerling": person("Jan", "Groot")}, "Groot"),
        ("de vos belt elke dag en zij is boos op ons", {"ouders": [person("Els", "Vos", "de")]}, "vos"),
        ("In de pauze sloeg Bart Smit haar.", {}, "Smit"),
        ("Tom en Jerry zitten in haar klas.", {}, "Jerry"),
    ],
)
def test_what_stays_shields_nobody_who_is_called_so(text: str, known: dict[str, object], name: str) -> None:
    assert name not in redact(text, Known.from_mapping(known)).redacted


def test_what_is_made_of_names_stays_behind_a_word_that_says_what_it_is() -> None:
    assert cleaned("Zij leest Harry Potter en kijkt Tom en Jerry.") == "Zij leest Harry Potter en kijkt Tom en Jerry."


def test_a_slip_in_the_own_school_stays_and_is_asked() -> None:
    text = "Op de Regenbog gaat het goed."
    redaction = redact(text, Known.from_mapping({"school": "De Regenboog"}))
    assert redaction.redacted == text
    assert [text[doubt.start : doubt.end] for doubt in redaction.doubts] == ["Regenbog"]


def test_another_child_whose_name_holds_the_pupils_is_another() -> None:
    known = Known.from_mapping({"leerling": person("Anna", "Smit")})
    assert "[leerling]" not in redact("Haar vriendin Susanna is ziek en Johanna ook.", known).redacted
