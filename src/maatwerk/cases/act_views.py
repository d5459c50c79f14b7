"""Acts of a case as the API shows them: what somebody may not read of what another filled in is left out here."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec import UNSET

from maatwerk.cases import schemas
from maatwerk.cases.case import Case
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.telling import acts_met
from maatwerk.http.caller import Caller
from maatwerk.rules import disclosure
from maatwerk.rules.acts import Act, Actor
from maatwerk.rules.behaviours.palette import behaviour_of
from maatwerk.rules.history import History, fold
from maatwerk.rules.links import NOT_DIGID, WAYS
from maatwerk.rules.marks import mentions
from maatwerk.rules.opening import EVERYTHING, is_open
from maatwerk.rules.scheme import Scheme

BY_ITSELF = "Vanzelf: een termijn of leeftijd"


def act_view(case: Case, act: Act, place: int) -> schemas.ActView:
    """An act at its place among those that the reader knows of. Its number would tell how many came before it: it is told when he
    knows them all."""
    result = act.consequences
    return schemas.ActView(
        seq=act.seq if act.seq == place else UNSET,
        act=act.kind,
        title=case.scheme.acts[act.kind].title if act.kind in case.scheme.acts else BY_ITSELF,
        on=act.on,
        recorded_at=act.at,  # type: ignore[arg-type]  # a stored act has its instant
        role=act.by.role,
        seat=act.by.seat or UNSET,
        outcomes=[f"{ended.step}: {ended.outcome}" for ended in result.ended],
        fields=dict(act.fields),
        not_bsn=marks_view(act.not_bsn, act.fields),
        number=case.number or UNSET,
        identification=_identification(act.by) or UNSET,
        mandate=_mandate(case.scheme, result.mandate) or UNSET,
    )


def _mandate(scheme: Scheme, name: str) -> schemas.MandateView | None:
    found = scheme.mandates.get(name)
    return schemas.MandateView(name, found.title, found.giver, found.source) if found else None


def _identification(by: Actor) -> schemas.IdentificationView | None:
    if by.known is None:
        return None
    told = f"{NOT_DIGID}; binnengekomen {WAYS[by.known.by]}"
    return schemas.IdentificationView(by.known.by, False, by.known.at, told, by.role)


def identifications(case: Case, meeting: Meeting) -> list[schemas.IdentificationView]:
    """How those without an account were identified who did an act that the reader reads, each time anew."""
    history = fold(case.scheme, case.acts)
    read = [act for act in case.acts if may_read(case.scheme, history, act, meeting)]
    found = {(act.by.person, act.by.known.at): _identification(act.by) for act in read if act.by.known}
    return [view for view in found.values() if view]


def marks_view(marks: Mapping[str, str], fields: Mapping[str, Any]) -> list[schemas.NotBsnView]:
    """The marks, each with the fields in which its number stands; none when it stands in an attachment."""
    places = mentions(fields) if marks else {}
    return [schemas.NotBsnView(digits, reason, places.get(digits, [])) for digits, reason in marks.items()]


def acts_for(case: Case, caller: Caller, meeting: Meeting) -> list[schemas.ActView]:
    """The acts that the caller may read. Who reads anonymised gets those of his own role only, and votes when they are no longer
    hidden; what another wrote, on his own chair too, stands in the pack, where it is redacted first. The privacy officer sees that
    acts were done, not what was filled in. Only the office sees votes before their time, and who was given a chair."""
    known = list(enumerate(acts_met(case, meeting), start=1))
    history = fold(case.scheme, [act for _, act in known])
    if meeting.oversees:
        return [act_view(case, replace(act, fields={}, not_bsn={}), place) for place, act in known]
    person = caller.acts_as
    if meeting.pack and not is_open(meeting.opening):
        return [
            act_view(case, act if act.by.person == person else _without_texts(case.scheme, act), place)
            for place, act in known
            if may_read(case.scheme, history, act, meeting)
        ]
    return [
        act_view(case, shown(case.scheme, act, meeting, person), place)
        for place, act in known
        if may_read(case.scheme, history, act, meeting)
    ]


def may_read(scheme: Scheme, history: History, act: Act, meeting: Meeting) -> bool:
    """Whether somebody who meets a case so reads that an act was done in it which he may know of."""
    if meeting.oversees or meeting.handles:
        return True
    if meeting.pack and not is_open(meeting.opening):
        return act.by.role in meeting.roles and disclosure.visible(scheme, history, act, meeting.seat)
    return act.consequences.seated is None and disclosure.visible(scheme, history, act, meeting.seat)


def shown(scheme: Scheme, act: Act, meeting: Meeting, person: str) -> Act:
    """The act with what is open to this person: of one that answers the form the fields that are, of another also what he filled in
    himself."""
    behaviour = behaviour_of(scheme, act.kind)
    if behaviour is not None and behaviour.uses_form:
        if meeting.opening.whole:
            return act
        kept = {name: value for name, value in act.fields.items() if name in meeting.opening.fields}
        return replace(act, fields=kept, not_bsn={})
    if act.by.person == person or EVERYTHING in meeting.opening.act_fields:
        return act
    kept = {name: value for name, value in act.fields.items() if meeting.opening.has_act_field(act.kind, name)}
    return replace(act, fields=kept, not_bsn={})


def _without_texts(scheme: Scheme, act: Act) -> Act:
    """The act without what somebody wrote himself: names and places are texts too."""
    asked = scheme.acts[act.kind].fields
    kept = {name: value for name, value in act.fields.items() if name in asked and asked[name].kind in disclosure.PLAIN}
    return replace(act, fields=kept, not_bsn={})
