"""Hostile PDFs and Word documents are refused in a clear sentence, or handled, within the seconds and the memory that one file may
cost; what a file does to the process that reads it, no other process notices."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from maatwerk.files.examiner import SECONDS, Answer, Examiner, Question
from maatwerk.files.examining import MEMORY
from tests import uploads
from tests.hostile_pdf import PDF_FAMILIES
from tests.hostile_word import WORD_FAMILIES

FAMILIES = {**PDF_FAMILIES, **WORD_FAMILIES}
COUNTS = {
    "pdf-loops": 30,
    "pdf-tables": 24,
    "pdf-lengths": 13,
    "pdf-nesting": 21,
    "pdf-filters": 19,
    "pdf-bombs": 14,
    "pdf-fonts": 15,
    "pdf-pictures": 17,
    "pdf-sizes": 10,
    "pdf-doing": 29,
    "pdf-others": 20,
    "docx-zips": 48,
    "docx-entities": 51,
    "docx-swollen": 13,
    "docx-loops": 7,
    "docx-doing": 35,
    "docx-pictures": 10,
    "docx-others": 19,
}
DOES = {"pdf_javascript", "pdf_opdracht", "pdf_ingesloten_bestand", "pdf_media", "pdf_xfa"}
DOES |= {"docx_macro", "docx_externe_verwijzing", "docx_ingesloten_bestand", "docx_geen_document"}
PASSES_CLEANED = ("docx-doing-field-", "docx-doing-a-chunk-without-a-pointer", "docx-entities-an-inclusion")


def test_there_are_more_than_two_hundred_of_them() -> None:
    assert COUNTS.keys() == FAMILIES.keys()
    assert sum(COUNTS.values()) > 350


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    examiner = Examiner()
    yield examiner
    examiner.stop()


@pytest.mark.parametrize("family", FAMILIES)
def test_each_is_refused_or_handled_within_five_seconds_and_a_gigabyte(examiner: Examiner, family: str) -> None:
    files = {f"{family}-{name}": content for name, content in FAMILIES[family]()}
    assert len(files) == COUNTS[family]
    for name, content in files.items():
        answer = asked(examiner, name, content)
        if answer.examined is None:
            assert answer.reasons, name
            assert all(each.message.endswith(".") and each.mend.endswith(".") for each in answer.reasons), name
        else:
            assert (answer.examined.clean is None) == bool(answer.examined.blocks), name
            assert b"elders" not in (answer.examined.clean or b""), name
        if family.endswith("-doing") and not name.startswith(PASSES_CLEANED):
            assert {each.code for each in answer.reasons} & DOES, name
        if family == "docx-entities" and not name.startswith(PASSES_CLEANED):
            assert {each.code for each in answer.reasons} <= {"bestand_beschadigd", "docx_te_groot_uitgepakt"}, name
            assert answer.reasons, name


def asked(examiner: Examiner, name: str, content: bytes) -> Answer:
    """The answer, given within what one file may cost. A process that ended at its limit cost no more than that."""
    examiner.ask(Question("a.pdf", uploads.pdf(), "bijlagen", []))
    pid = examiner.pid
    assert pid is not None
    before = seconds_of(pid)
    answer = examiner.ask(Question(f"a.{name.partition('-')[0]}", content, "bijlagen", []))
    if examiner.pid == pid:
        assert seconds_of(pid) - before < SECONDS + 0.5 < 5, name
        assert most_memory_of(pid) < MEMORY <= 1024**3, name
    else:
        assert [each.code for each in answer.reasons] == ["bestand_te_ingewikkeld"], name
    return answer


def seconds_of(pid: int) -> float:
    """The processor time that a process has used; waiting for a busy machine doesn't count."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def most_memory_of(pid: int) -> int:
    """The most that a process has held, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


def test_a_large_but_honest_file_is_still_examined(examiner: Examiner) -> None:
    pages = uploads.pdf(*(f"Bladzijde {number} van een lang verslag over school." for number in range(300)))
    answer = asked(examiner, "pdf-honest", pages)
    assert answer.examined is not None
    assert "[bladzijde 300]" in answer.examined.text
