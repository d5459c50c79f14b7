"""Voting: only the person on the chair; changeable until the rule of the step has decided."""

from collections.abc import Iterator
from dataclasses import replace

from maatwerk.rules.acts import Consequences
from maatwerk.rules.behaviours.behaviour import Behaviour, Deed
from maatwerk.rules.decoding import Fault
from maatwerk.rules.refusals import Forbidden
from maatwerk.rules.scheme import ActDef, Scheme
from maatwerk.rules.voting import ABSTAIN, AGAINST, FOR

VOTE = "stem"


def _faults(here: str, act: ActDef, scheme: Scheme) -> Iterator[Fault]:
    vote = act.fields.get(VOTE)
    if vote is None or vote.kind != "keuze" or {*vote.choices} - {ABSTAIN} != {FOR, AGAINST}:
        message = "stemmen heeft een keuzeveld 'stem' nodig met voor en tegen."
        yield Fault(f"{here}.velden", message, "voeg velden.stem toe.")
    if act.outcome or act.outcome_field:
        yield Fault(f"{here}.uitkomst", "bij stemmen bepaalt de regel van de stap de uitkomst.", "haal uitkomst weg.")
    if act.when != "stap":
        yield Fault(f"{here}.wanneer", "stemmen kan alleen binnen een stap.", "haal wanneer weg.")


def _apply(deed: Deed, result: Consequences) -> Consequences:
    by = deed.act.by
    chair = next((c for c in deed.state.chairs if c.slot == by.seat), None) if deed.state else None
    if chair is None or not by.person or chair.person != by.person:
        raise Forbidden.because("geen_zetel", "U zit niet op deze zetel in deze zaak.", field="zetel")
    return replace(result, vote=(chair.slot, str(deed.act.fields.get(VOTE, ""))))


VOTING = Behaviour(_faults, _apply, by_seat=True)
