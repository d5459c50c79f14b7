"""Laws of the engine beside the score: one placeholder per person in a case, what stays survives."""

from hypothesis import given
from hypothesis import strategies as st

from maatwerk.anonymisation.engine import Story, redact
from tests.anonymisation.gold import own_cases
from tests.anonymisation.invented import KNOWN

TERMS = (
    "groep 8", "mei 2025", "€ 68,50", "15 jaar", "ADHD", "Rots en Water", "WISC-V", "methylfenidaat 10 mg", "obs De Regenboog",
    "vmbo-t 4", "schooljaar 2024-2025", "Veilig Thuis", "20%", "week 12", "begrijpend lezen", "SWV De Meierij", "Concerta",
)  # fmt: skip


@given(st.lists(st.sampled_from(TERMS), min_size=1, max_size=6))
def test_what_reviewers_need_survives_between_names(terms: list[str]) -> None:
    text = ". ".join(f"Quinty heeft met juf Ank Bruin gesproken over {term}" for term in terms) + "."
    redacted = redact(text, KNOWN).redacted
    assert [term for term in terms if term not in redacted] == []
    assert "Quinty" not in redacted and "Bruin" not in redacted


def test_the_same_person_has_the_same_placeholder_in_all_texts_of_a_case() -> None:
    story = Story(KNOWN)
    first = story.redact("Mentor Ineke Kaya belde meneer Bruin.").redacted
    second = story.redact("Meneer Bruin vond dat Ineke gelijk had. Mevrouw De Haan niet.").redacted
    assert first == "Mentor [mentor] belde meneer [persoon 1]."
    assert second == "Meneer [persoon 1] vond dat [mentor] gelijk had. Mevrouw [persoon 2] niet."


def test_a_story_gives_the_same_every_time() -> None:
    texts = [case.text for case in own_cases("tuned")[:5]]
    one, other = Story(KNOWN), Story(KNOWN)
    assert [one.redact(text) for text in texts] == [other.redact(text) for text in texts]


def test_own_cases_are_fixed_points() -> None:
    for case in own_cases("tuned"):
        redacted = redact(case.text, KNOWN).redacted
        assert redact(redacted, KNOWN).spans == ()


def test_doubts_are_words_that_stayed() -> None:
    for case in own_cases("tuned")[:20]:
        redaction = redact(case.text, KNOWN)
        for doubt in redaction.doubts:
            assert 0 < doubt.confidence < 0.5
            assert not any(span.start < doubt.end and doubt.start < span.end for span in redaction.spans)
