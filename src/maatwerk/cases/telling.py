"""A case as somebody in a role may know it. Every page, list, mail and answer that is not the service's own looks through this:
what was not told yet can't be read from what it returns."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from maatwerk.cases.case import Case
from maatwerk.cases.meeting import Meeting
from maatwerk.files.queries import StoredFile
from maatwerk.rules.acts import Act
from maatwerk.rules.catching_up import Alarm, alarms
from maatwerk.rules.history import fold
from maatwerk.rules.judge import phase
from maatwerk.rules.telling import told


def acts_told(case: Case, roles: Collection[str]) -> Sequence[Act]:
    """The acts that somebody in these roles of the scheme may know of, as they are."""
    known = [frozenset(act.seq for act in told(case.scheme, case.acts, role)) for role in roles]
    return [act for act in case.acts if any(act.seq in each for each in known)]


def acts_met(case: Case, meeting: Meeting) -> Sequence[Act]:
    """The same for somebody as he meets the case. The privacy officer sees that everything was done, and nothing of what was
    filled in."""
    return case.acts if meeting.oversees else acts_told(case, meeting.roles)


def open_files(files: Iterable[StoredFile], case: Case, meeting: Meeting) -> list[StoredFile]:
    """Those of the attachments and letters of a case, as it is, that are open to somebody who meets it so. A letter is for the role
    that it went to and for who reads the whole form, once he may know of the act that sent it."""
    known = {act.seq for act in acts_met(case, meeting)}
    return [file for file in files if _is_open(file, meeting, known)]


def _is_open(file: StoredFile, meeting: Meeting, known: Collection[int]) -> bool:
    if file.purpose == "bijlage":
        return meeting.opening.has_file(file.field)
    told = file.act_seq is None or file.act_seq in known
    return told and (meeting.opening.whole or file.audience in meeting.roles)


def alarms_told(case: Case, today: date) -> list[Alarm]:
    """What became due up to today and may be told to whom it is for: of a term that only an untold outcome started or stopped a
    role hears later."""
    known = {role: alarms(case.scheme, acts_told(case, [role]), date.min, today) for role in case.scheme.roles}
    due = alarms(case.scheme, case.acts, date.min, today)
    return [alarm for alarm in due if not alarm.follow.role or alarm in known[alarm.follow.role]]


def as_told(case: Case, role: str) -> Case:
    """The case with only the acts that a role may know of."""
    return _with_acts(case, acts_told(case, [role]))


def as_met(case: Case, meeting: Meeting) -> Case:
    """The case with only those that somebody may know of who meets it so."""
    return _with_acts(case, acts_met(case, meeting))


def _with_acts(case: Case, known: Sequence[Act]) -> Case:
    """Numbered anew: a gap would tell how much is left out."""
    if len(known) == len(case.acts):
        return case
    acts = tuple(replace(act, seq=number) for number, act in enumerate(known, start=1))
    history = fold(case.scheme, acts)
    return replace(case, acts=acts, seq=len(acts), phase=phase(case.scheme, history), closed=history.closed)
