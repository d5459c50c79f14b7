"""Marks between original and redacted text hold through every edit."""

from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from maatwerk.anonymisation.engine import Known, redact
from maatwerk.anonymisation.marks import BY_HAND, DOUBT, Mark, marks_of, pointed_out
from maatwerk.anonymisation.rewriting import remark
from maatwerk.anonymisation.spotting import Spotter

KNOWN = Known.from_mapping({"leerling": {"voornaam": "Saar", "achternaam": "Joosten"}})
ORIGINAL = "Saar belt op 12 september 2024 met Saar Joosten, 06-12345678."


def rendered(original: str, redacted: str, marks: tuple[Mark, ...]) -> str:
    """The redacted text, made from the original and the marks."""
    pieces, last = [], 0
    for mark in marks:
        pieces += [original[last : mark.start], redacted[mark.redacted_start : mark.redacted_end]]
        last = mark.end
    return "".join((*pieces, original[last:]))


edits = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 20), st.text("ab []", max_size=8)), max_size=6)


@given(edits)
def test_after_any_edits_the_marks_still_lead_from_the_original_to_the_text(done: list[tuple[int, int, str]]) -> None:
    redaction = redact(ORIGINAL, KNOWN)
    text, marks = redaction.redacted, marks_of(redaction)
    for place, length, written in done:
        after = text[:place] + written + text[place + length :]
        marks, text = remark(ORIGINAL, text, after, marks), after
        assert rendered(ORIGINAL, text, marks) == text
        assert all(one.end <= two.start and one.redacted_end <= two.redacted_start for one, two in pairwise(marks))


def test_what_a_person_wrote_is_one_mark_and_the_others_stay() -> None:
    redaction = redact(ORIGINAL, KNOWN)
    before, marks = redaction.redacted, marks_of(redaction)
    assert before == "[leerling] belt op [datum: najaar 2024] met [leerling], [telefoon]."
    found = remark(ORIGINAL, before, before.replace("[datum: najaar 2024]", "een dag in september"), marks)
    assert [mark.kind for mark in found] == ["persoon", BY_HAND, "persoon", "telefoon"]
    assert ORIGINAL[found[1].start : found[1].end] == "12 september 2024"
    assert found[1].placeholder == "een dag in september"


def test_putting_the_original_back_takes_its_mark_away() -> None:
    redaction = redact(ORIGINAL, KNOWN)
    before, marks = redaction.redacted, marks_of(redaction)
    found = remark(ORIGINAL, before, before.replace("[datum: najaar 2024]", "12 september 2024"), marks)
    assert [mark.kind for mark in found] == ["persoon", "persoon", "telefoon"]


def test_the_same_text_changes_no_mark() -> None:
    redaction = redact(ORIGINAL, KNOWN)
    assert remark(ORIGINAL, redaction.redacted, redaction.redacted, marks_of(redaction)) == marks_of(redaction)


def test_a_name_that_a_person_points_out_is_found_over_the_end_of_a_line_too() -> None:
    text = "Zij spreekt met Tirza\nVoskuil, en later belt tirza  voskuil."
    found = pointed_out(text, text, (), Spotter(["Tirza Voskuil"]))
    assert [text[mark.start : mark.end] for mark in found] == ["Tirza\nVoskuil", "tirza  voskuil"]


def test_a_word_that_stands_often_in_a_long_text_is_pointed_out_in_a_moment() -> None:
    text = "met de " * 20_000
    first = pointed_out(text, text, (), Spotter(["de"]))
    begin = process_time()
    assert len(pointed_out(text, text, first, Spotter(["met"]))) == 40_000
    assert process_time() - begin < 2


def test_who_mends_the_first_word_and_the_last_decides_on_no_mark_between_them() -> None:
    text = "Gisteren zat Saar naast Zee in de klas. Observant: rustig en blij vandaag."
    before = text.replace("Saar", "[leerling]")
    at = {word: text.index(word) for word in ("Saar", "Zee", "Observant")}
    doubts = [Mark(at[w], at[w] + len(w), at[w] + 6, at[w] + 6 + len(w), DOUBT, 0.2, "") for w in ("Zee", "Observant")]
    marks = (Mark(at["Saar"], at["Saar"] + 4, at["Saar"], at["Saar"] + 10, "persoon", 0.97, "[leerling]"), *doubts)
    assert rendered(text, before, marks) == before
    after = before.replace("Gisteren", "Toen").replace("en blij vandaag", "deze week")
    found = remark(text, before, after, marks)
    assert [text[mark.start : mark.end] for mark in found if mark.is_open] == ["Zee", "Observant"]
    assert rendered(text, after, found) == after
    closer = after.replace("zat [leerling] naast Zee in", "zit [leerling] bij Zee op")
    again = remark(text, after, closer, found)
    assert [text[mark.start : mark.end] for mark in again if mark.is_open] == ["Zee", "Observant"]
    assert rendered(text, closer, again) == closer


@given(st.lists(st.sampled_from(["Saar", "Zee", "een", "dag", "zat", "naast", "de", "juf", "."]), max_size=12), edits)
def test_after_several_edits_at_once_the_marks_still_lead_from_the_original_to_the_text(
    words: list[str], done: list[tuple[int, int, str]]
) -> None:
    original = " ".join(words)
    redaction = redact(original, KNOWN)
    after = redaction.redacted
    for place, length, written in done:
        after = after[:place] + written + after[place + length :]
    marks = remark(original, redaction.redacted, after, marks_of(redaction))
    assert rendered(original, after, marks) == after
    assert all(one.end <= two.start and one.redacted_end <= two.redacted_start for one, two in pairwise(marks))
