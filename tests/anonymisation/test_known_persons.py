"""The persons of a case disappear in every spelling."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from maatwerk.anonymisation.engine import Known, Person, redact
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.reading import PLACEHOLDER, fold
from maatwerk.anonymisation.engine.variants import variants
from tests.anonymisation.invented import cleaned

letters = st.sampled_from("abcdefghijklmnoprstuvwyzéüşı")
names = st.text(letters, min_size=3, max_size=12).map(str.capitalize)
particles = st.sampled_from(["", "van", "van der", "de", "el"])


@pytest.mark.parametrize(
    "spelling",
    [
        "Quinty-Mae van der Zwaluwenberg",
        "QUINTY-MAE VAN DER ZWALUWENBERG",
        "quinty mae",
        "Quintymae",
        "Quinty",
        "Quinty-Mae's",
        "Quinty-Maes",
        "Q.M. van der Zwaluwenberg",
        "Zwaluwenberg, Q. van der",
        "Van der Zwaluwenberg",
        "vanderzwaluwenberg",
        "Quinti-Mae Zwaluwenbreg",
        "Quintie",
    ],
)
def test_the_pupil_disappears_in_this_spelling(spelling: str) -> None:
    assert cleaned(f"Wij zien dat {spelling} hulp nodig heeft.") in (
        "Wij zien dat [leerling] hulp nodig heeft.",
        "Wij zien dat [familienaam] hulp nodig heeft.",
    )


def test_parents_and_applicant_keep_their_role_and_a_shared_surname_has_its_own() -> None:
    text = "Sylvana de Kok en Gunther van der Zwaluwenberg spraken Marloes. Het gezin Van der Zwaluwenberg tekende."
    assert cleaned(text) == "[ouder 1] en [ouder 2] spraken [aanvrager]. Het gezin [familienaam] tekende."


def test_a_name_that_is_an_ordinary_word_goes_only_where_it_is_a_name() -> None:
    assert cleaned("Mevrouw Kok werkt als kok in een hotel.") == "Mevrouw [ouder 1] werkt als kok in een hotel."


def test_a_stranger_with_the_pupils_surname_is_another_person() -> None:
    assert cleaned("Huseyin van der Zwaluwenberg haalde haar op.") == "[persoon 1] haalde haar op."


def test_a_first_name_that_is_a_particle_or_month_goes_with_its_capital() -> None:
    known = Known.from_mapping({"leerling": {"voornaam": "Ben"}, "ouders": [{"voornaam": "April"}]})
    assert (
        cleaned("Ben belt. Ik ben er, zei April in april.", known)
        == "[leerling] belt. Ik ben er, zei [ouder 1] in april."
    )


def test_a_name_inside_a_file_name_or_user_name_disappears() -> None:
    assert cleaned("Zie verslag_quinty.pdf en quinty2010.") == "Zie verslag_[leerling].pdf en [link]."


def test_accents_set_apart_and_invisible_marks_hide_nothing() -> None:
    assert cleaned("Gu\u0308nther belde, en Quin\u00adty ook.") == "[ouder 2] belde, en [leerling] ook."


@given(names, particles, names, st.integers(0, 9))
@example("Kevin", "de", "Straat", 3)
def test_no_spelling_of_a_known_name_survives(first: str, particle: str, last: str, form: int) -> None:
    surname = f"{particle} {last}".strip()
    spelling = (
        f"{first} {surname}",
        first,
        surname.title(),
        first.upper(),
        f"{first}s",
        f"{first}'s",
        f"{last}, {first} {particle}".strip(),
        f"{first[0]}. {surname}",
        f"{first}_{last}".lower(),
        fold(f"{first} {surname}").title(),
    )[form]
    known = Known.from_mapping({"leerling": {"voornaam": first, "tussenvoegsel": particle, "achternaam": last}})
    redacted = redact(f"Gisteren kwam {spelling} te laat op school, zei de juf.", known).redacted
    left = set(re.findall(r"[^\W\d_]+", fold(PLACEHOLDER.sub(" ", redacted)))) - set(STORY)
    assert not {word for word in left if word in fold(f"{first} {last}").split()}


@given(
    names, particles, names, st.sampled_from((str.title, str.upper, str.capitalize)), st.sampled_from(" -_"), st.data()
)
def test_every_spelling_that_the_engine_makes_of_a_name_is_found(first, particle, last, written, between, data) -> None:  # type: ignore[no-untyped-def]
    """Order, initials, joined, genitive, short forms: the engine's own list, so that none of it is lost on the way to the text."""
    person = Person("leerling", first, particle, last)
    every = sorted(words for words in variants((person,), lexicon()) if not lexicon().cues["no-name"].issuperset(words))
    spelling = data.draw(st.sampled_from(every))
    text = f"Gisteren kwam {written(between.join(spelling))} te laat op school, zei de juf."
    left = fold(PLACEHOLDER.sub(" ", redact(text, Known(persons=(person,))).redacted))
    sought = {word for word in spelling if len(word) > 1} - set(STORY)
    assert not sought & set(re.findall(r"[^\W\d_]+", left))


STORY = fold("Gisteren kwam te laat op school zei de juf").split() + sorted(lexicon().cues["no-name"])


@pytest.mark.parametrize(
    "spelling",
    [
        "Annesofietje",
        "A-S.",
        "A.-S.",
        "Anne-Sophie BdV",
        "Anne S. de V.",
        "M. vander Laan",
        "mevrouw v.d. Laan",
        "mevrouw vd laan",
    ],
)
def test_a_double_name_and_a_shortened_particle_disappear(spelling: str) -> None:
    known = Known.from_mapping(
        {
            "leerling": {"voornaam": "Anne-Sophie", "achternaam": "Bakker-de Vries"},
            "aanvrager": {"voornaam": "Marloes", "tussenvoegsel": "van der", "achternaam": "Laan"},
        }
    )
    rest = re.sub(r"\[[a-z 0-9]+\]", "", redact(f"Wij zien dat {spelling} hulp nodig heeft.", known).redacted)
    assert rest.replace("mevrouw ", "") == "Wij zien dat  hulp nodig heeft."
