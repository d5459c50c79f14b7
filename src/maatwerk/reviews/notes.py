"""What reviewers wrote for each other in a case: talks with the school, questions, votes that may be seen. A colleague may have
written a name that he heard on the telephone, so every text is redacted before another reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.anonymisation.engine import Known, redact
from maatwerk.anonymisation.pieces import WRITTEN, reader_of
from maatwerk.cases.case import Case
from maatwerk.rules.acts import Act
from maatwerk.rules.disclosure import PLAIN, visible
from maatwerk.rules.history import History, fold


@dataclass(frozen=True)
class Note:
    """An act of a reviewer: `fields` by id, texts redacted, persons left out. `seat` says for whom he sits, never who he is; `vote` is his vote."""

    seq: int
    seat: str
    act: str
    on: date
    fields: Mapping[str, Any]
    vote: str = ""


def notes(case: Case, known: Known, seat: str) -> list[Note]:
    """What this seat may read of what reviewers did, votes left out, in order."""
    history = fold(case.scheme, case.acts)
    return [
        _note(case, act, known)
        for act in case.acts
        if act.by.role == reader_of(case.scheme)
        and not act.consequences.vote
        and visible(case.scheme, history, act, seat)
    ]


def votes(case: Case, known: Known, seat: str) -> list[Note]:
    """The votes that count in the present round and that this seat may see: his own, and after it the others' (R36-43)."""
    history = fold(case.scheme, case.acts)
    latest = {act.by.seat: act for act in history.counting if act.consequences.vote}
    return [
        _note(case, act, known)
        for act in latest.values()
        if _counts(history, act) and visible(case.scheme, history, act, seat)
    ]


def _counts(history: History, act: Act) -> bool:
    """A seat that was given to another lost its vote."""
    return act.by.seat in history.steps[act.step].votes


def _note(case: Case, act: Act, known: Known) -> Note:
    asked = case.scheme.acts[act.kind].fields
    fields = {
        name: redact(value, known).redacted if asked[name].kind in WRITTEN else value
        for name, value in act.fields.items()
        if name in asked and asked[name].kind in (*WRITTEN, *PLAIN)
    }
    vote = act.consequences.vote[1] if act.consequences.vote else ""
    return Note(act.seq, act.by.seat, act.kind, act.on, fields, vote)
