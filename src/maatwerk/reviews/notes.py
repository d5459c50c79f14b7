"""What reviewers wrote for each other in a case: talks with the school, questions, votes that may be seen. A colleague may have
written a name that he heard on the telephone, so every text is redacted before another reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.anonymisation.coarsening import coarser
from maatwerk.anonymisation.engine import Known
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.meter import known_of_pupil
from maatwerk.anonymisation.pieces import reader_of
from maatwerk.anonymisation.sequel import Sequel
from maatwerk.cases.case import Case
from maatwerk.rules.acts import Act
from maatwerk.rules.disclosure import PLAIN, WRITTEN, visible
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


@dataclass(frozen=True)
class Told:
    """What the release told, by which notes go too: `coarse` is what it showed coarser, `items` those of the pack, whose placeholders hold
    here as well."""

    coarse: frozenset[str] = frozenset()
    items: Sequence[Item] = ()


def notes(case: Case, known: Known, seat: str, told: Told) -> tuple[list[Note], list[Note]]:
    """What this seat may read of what reviewers did, in order, and the votes that count in the present round and that it may see: his
    own, and after it the others' (R36-43).

    Every text is read in the order of the acts, also one that this seat may not see yet: who is person 4 is so for every reader."""
    history, reader = fold(case.scheme, case.acts), reader_of(case.scheme)
    theirs = [act for act in case.acts if act.by.role == reader]
    sequel = Sequel(known, told.items) if theirs else None
    written = [(act, _note(case, act, sequel, told.coarse, known.board)) for act in theirs if sequel]
    counting = {act.by.seat: act.seq for act in history.counting if act.consequences.vote and _counts(history, act)}
    seen = [(act, note) for act, note in written if visible(case.scheme, history, act, seat)]
    return (
        [note for act, note in seen if not act.consequences.vote],
        [note for act, note in seen if act.seq in counting.values()],
    )


def _counts(history: History, act: Act) -> bool:
    """A seat that was given to another lost its vote."""
    return act.by.seat in history.steps[act.step].votes


def _note(case: Case, act: Act, sequel: Sequel, coarse: frozenset[str], board: str) -> Note:
    asked, cell = case.scheme.acts[act.kind].fields, known_of_pupil(case, act.on)
    fields: dict[str, Any] = {}
    for name, value in act.fields.items():
        kind = asked[name].kind if name in asked else ""
        if kind in WRITTEN:
            fields[name] = coarser(sequel.redact(value), cell, coarse, board)
        elif kind in PLAIN:
            fields[name] = value
    vote = act.consequences.vote[1] if act.consequences.vote else ""
    return Note(act.seq, act.by.seat, act.kind, act.on, fields, vote)
