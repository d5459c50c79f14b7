"""For how many pupils a case has something in an envelope: the entries tell, whatever order they come in."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.acts import Effect
from maatwerk.rules.estimates import Share, estimate_of, planned, pupils_of
from maatwerk.rules.scheme import BookDef, EstimateDef, SubjectDef
from tests.schemes import small

KINDS = ("reserveren", "vastleggen", "vrijgeven", "betalen", "vaststellen", "teruggeven", "terugdraaien")


def booked(*entries: tuple[str, int, int | None]) -> Share:
    share = Share()
    for kind, amount, pupils in entries:
        share = share.after(Effect(kind, "b", amount), pupils)
    return share


@pytest.mark.parametrize(
    ("entries", "pupils", "counted"),
    [
        ([("reserveren", 5, 6)], 0, 0),
        ([("reserveren", 5, 6), ("vastleggen", 5, 6)], 6, 5),
        ([("vastleggen", 5, 6), ("betalen", 5, 4)], 6, 5),
        ([("vastleggen", 5, 6), ("vrijgeven", 2, 4)], 6, 3),
        ([("vastleggen", 5, 6), ("vrijgeven", 5, 6)], 0, 0),
        ([("vastleggen", 5, 6), ("vastleggen", 2, 5)], 5, 7),
        ([("vastleggen", 5, 6), ("terugdraaien", 5, 6), ("vastleggen", 4, 7)], 7, 4),
        ([("vastleggen", 5, 6), ("vaststellen", 0, 6), ("teruggeven", 5, 6)], 0, 0),
        ([("vastleggen", 5, 6), ("teruggeven", 5, 6), ("teruggeven", -5, 6)], 6, 5),
        ([("vastleggen", 5, None)], None, 0),
        ([("vastleggen", 5, 6), ("vrijgeven", 1, None), ("vastleggen", 3, None)], 6, 7),
        ([("vastleggen", 5, None), ("vastleggen", 1, 3)], 3, 6),
        ([("vastleggen", 5, None), ("vrijgeven", 5, None)], 0, 0),
    ],
)
def test_a_case_counts_the_pupils_of_its_last_commitment_as_long_as_it_has_something_left(
    entries: list[tuple[str, int, int | None]], pupils: int | None, counted: int
) -> None:
    found = booked(*entries)
    assert (found.pupils, found.counted) == (pupils, counted)


amounts = st.integers(min_value=-9, max_value=9)
numbers = st.none() | st.integers(min_value=1, max_value=9)


@given(st.lists(st.tuples(st.sampled_from(KINDS), amounts, numbers), max_size=9))
def test_what_the_entries_say_adds_up_to_what_the_case_has(entries: list[tuple[str, int, int | None]]) -> None:
    share, stored, sums = Share(), Share(), [0, 0]
    for kind, amount, pupils in entries:
        effect = Effect(kind, "b", amount)
        after = share.after(effect, pupils)
        moved = share.moved(after)
        stored = stored.posted(effect, moved)
        sums = [sums[0] + (moved or 0), sums[1] + after.counted - share.counted]
        share = after
        assert (stored.balance, stored.pupils) == (share.balance, share.pupils)
        assert sums == [share.pupils or 0, share.counted]
        assert share.balance.committed > 0 or share.pupils == 0


@pytest.mark.parametrize(
    ("subject", "answers", "found"),
    [
        (SubjectDef(kind="individu", field="wie"), {}, 1),
        (SubjectDef(kind="groep", field="wie"), {"wie": [{}, {}]}, 2),
        (SubjectDef(kind="groep", field="wie"), {"wie": []}, None),
        (SubjectDef(kind="groep", field="wie"), {}, None),
        (SubjectDef(kind="geen"), {"wie": [{}]}, None),
    ],
)
def test_a_group_has_the_pupils_that_it_names_and_one_child_is_one(
    subject: SubjectDef, answers: dict[str, Any], found: int | None
) -> None:
    assert pupils_of(replace(small(), subject=subject), answers) == found


def test_a_part_has_its_own_estimate_or_that_of_every_part() -> None:
    book = BookDef(title="B", unit="traject", policy="nooit", estimate=EstimateDef(pupils=2, average=3))
    assert (planned(book), planned(replace(book, estimate=None))) == ([3, 3], [])
    parts = replace(book, parts={"Oss": 9, "Uden": 9}, part_estimates={"Oss": EstimateDef(pupils=1, average=8)})
    assert [estimate_of(parts, part) for part in ("Oss", "Uden")] == [parts.part_estimates["Oss"], parts.estimate]
    assert planned(parts) == [8, 3, 3]
