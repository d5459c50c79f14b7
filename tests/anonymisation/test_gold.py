"""The gold itself: a case that marks a span badly or forgets one makes every figure false."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.training.__main__ import HANDS
from tests.anonymisation.gold import FOLDER, KEEPS, LABELS, GoldCase, json_cases, marked_cases

MARKED = sorted((*FOLDER.glob("*.txt"), *HANDS.glob("*.txt")))
OTHER_HAND = sorted(FOLDER.glob("other_hand_*.jsonl"))
KEYS = {"id", "split", "template", "known", "text", "spans", "keep", "neutral", "keep_terms"}
KNOWN = {"leerling", "ouders", "aanvrager", "school", "woongemeente", "leeftijd"}
LEAST = {
    "other_hand_tune": 50, "other_hand_held_out": 50, "other_hand_hard_tune": 25, "other_hand_hard_held_out": 25,
}  # fmt: skip


@pytest.mark.parametrize("path", OTHER_HAND, ids=lambda path: path.stem)
def test_each_span_of_a_case_is_the_words_that_it_says(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row.keys() == KEYS
        assert row["known"].keys() == KNOWN
        marks = sorted((*row["spans"], *row["keep"], *row["neutral"]), key=lambda mark: mark["start"])
        assert [row["text"][m["start"] : m["end"]] for m in marks] == [m["text"] for m in marks], row["id"]
        assert all(one["end"] <= other["start"] for one, other in pairwise(marks)), row["id"]
        assert all(mark["text"].strip() == mark["text"] != "" for mark in marks), row["id"]
        assert row["keep_terms"] == sorted({mark["text"] for mark in row["keep"]})


@pytest.mark.parametrize("path", MARKED, ids=lambda path: path.stem)
def test_each_mark_in_a_marked_text_is_read_and_no_case_stands_twice(path: Path) -> None:
    cases = marked_cases(path)
    assert [case.id for case in cases if not case.gone + case.kept + case.neutral] == []
    assert [case.id for case in cases if "{" in case.text or "}" in case.text] == []
    assert len({case.id for case in cases}) == len(cases) > 0


@pytest.mark.parametrize("path", OTHER_HAND, ids=lambda path: path.stem)
def test_each_label_of_a_case_is_one_that_is_counted(path: Path) -> None:
    cases = json_cases(path)
    goes = {label for label, _ in LABELS.values()}
    persons = {who for label, who in LABELS.values() if label == "persoon"} | {"ouder_onbekend"}
    assert {span.label for case in cases for span in case.gone} <= goes
    assert {span.label for case in cases for span in case.kept} <= set(KEEPS.values())
    assert {span.who for case in cases for span in case.gone if span.label == "persoon"} <= persons
    assert {span.who for case in cases for span in case.gone if span.label != "persoon"} <= {""}


@pytest.mark.parametrize("path", OTHER_HAND, ids=lambda path: path.stem)
def test_no_first_name_of_a_pupil_stands_outside_the_gold(path: Path) -> None:
    assert [(case.id, found) for case in json_cases(path) for found in _pupil_unmarked(case)] == []


def test_each_file_has_its_number_of_cases_and_no_case_stands_twice() -> None:
    sizes = {path.stem: len(json_cases(path)) for path in OTHER_HAND}
    assert {stem: sizes[stem] for stem in sizes if sizes[stem] < LEAST[stem]} == {}
    cases = [case for path in OTHER_HAND for case in json_cases(path)]
    assert len({case.id for case in cases}) == len(cases)
    assert len({case.text for case in cases}) == len(cases)


def _pupil_unmarked(case: GoldCase) -> list[str]:
    """The pupil's first name, spelt with a capital as it is known, where no mark covers it. A surname may be a word."""
    pupil = case.known["leerling"]
    names = set(re.findall(r"\w{3,}", pupil["voornaam"])) if pupil else set()
    covered = (*case.gone, *case.neutral, *case.kept)
    return [
        word.group()
        for word in re.finditer(r"[^\W_]+", case.text)
        if word.group() in names and not any(s.start < word.end() and word.start() < s.end for s in covered)
    ]
