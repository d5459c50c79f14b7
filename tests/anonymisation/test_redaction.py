"""The promises of the one function, for any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.anonymisation.engine import Known, redact
from maatwerk.rules.refusals import Invalid
from tests.anonymisation.invented import KNOWN

PIECES = (
    "Quinty", "quinty", "van der", "Zwaluwenberg", "Sylvana", "Kok", "Ineke Kaya", "juf", "mevrouw", "de", "in", "Bergen",
    "Haarlem", "Praktijk", "Zon", "06-00001234", "123 456 782", "3 mei", "2025", "1234 AB", "Dorpsstraat 4", "S.", ",", ". ",
    "\n", "(", ")", "[leerling]", "[persoon 7]", "[ouder 1", "€ 12,50", "15 jaar", "@x.y", "é", "\u0301", "\u200b", "ﬁ", "İ",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=25).map(" ".join)


@given(texts)
def test_the_result_is_a_fixed_point(text: str) -> None:
    redacted = redact(text, KNOWN).redacted
    again = redact(redacted, KNOWN)
    assert (again.redacted, again.spans) == (redacted, ())


@given(texts)
def test_nothing_outside_the_spans_changes(text: str) -> None:
    redaction = redact(text, KNOWN)
    rebuilt, end = "", 0
    for span in redaction.spans:
        assert end <= span.start < span.end <= len(text)
        assert 0 < span.confidence <= 1
        rebuilt += text[end : span.start] + span.placeholder
        end = span.end
    assert rebuilt + text[end:] == redaction.redacted


@given(texts)
def test_the_same_text_always_gives_the_same_result(text: str) -> None:
    assert redact(text, KNOWN) == redact(text, KNOWN)


def test_numbers_continue_after_placeholders_that_were_there() -> None:
    assert redact("[persoon 4] belde met meneer Bruin.", KNOWN).redacted == "[persoon 4] belde met meneer [persoon 5]."


@pytest.mark.parametrize(
    ("mapping", "place"),
    [
        ([], "known"),
        ({"leerling": "Quinty"}, "known.leerling"),
        ({"leerling": {"voornaam": 12}}, "known.leerling.voornaam"),
        ({"ouders": {"voornaam": "x"}}, "known.ouders"),
        ({"ouders": ["x"]}, "known.ouders[0]"),
        ({"instellingen": [1]}, "known.instellingen"),
        ({"school": {}}, "known.school"),
    ],
)
def test_a_part_of_the_wrong_shape_is_refused_with_its_place(mapping: object, place: str) -> None:
    with pytest.raises(Invalid) as refused:
        Known.from_mapping(mapping)
    assert refused.value.reasons[0].field == place


@pytest.mark.parametrize(
    "mapping", [None, {}, {"leerling": None, "ouders": [], "aanvrager": {}, "leeftijd": "15", "x": 1}]
)
def test_every_part_may_be_missing(mapping: object) -> None:
    assert redact("Er is niets bekend.", Known.from_mapping(mapping)).spans == ()
