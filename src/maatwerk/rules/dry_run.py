"""What another version would change in a case, in the words of the schemes: the first difference of `rejudge` and nothing after
it. A change names acts, gates, steps and amounts, never an answer or a person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maatwerk.rules.acts import Act
from maatwerk.rules.books import in_unit, title_of
from maatwerk.rules.catching_up import BY_ITSELF
from maatwerk.rules.rejudge import Difference, rejudge
from maatwerk.rules.scheme import Scheme

Key = tuple[str, ...]
_BOOKED = {"reserveren": "gereserveerd", "vastleggen": "vastgelegd", "vrijgeven": "vrijgegeven", "betalen": "betaald",
           "vaststellen": "vastgesteld", "teruggeven": "teruggegeven", "terugdraaien": "teruggedraaid"}  # fmt: skip
_ITSELF = "Vanzelf: een termijn of leeftijd"


@dataclass(frozen=True)
class Change:
    """The first act that goes otherwise. `group` is the same sentence for cases that change alike; `was` and `becomes` say
    what follows from the act in this case, or that it is refused."""

    seq: int
    act: str
    title: str
    group: str
    was: str
    becomes: str
    reasons: tuple[str, ...] = ()


def change_of(old: Scheme, new: Scheme, acts: Sequence[Act]) -> Change | None:
    """What `new` changes in a case that ran under `old`; None when every act goes as it went."""
    found = rejudge(new, acts)
    if found is None:
        return None
    title = _title(old, found.kind)
    if found.becomes is None:
        return _refused(found, title, _said(old, found.was))
    was, becomes = _phrases(old, found.was), _phrases(new, found.becomes)
    before = {key: phrase for key, phrase in was.items() if key not in becomes}
    after = {key: phrase for key, phrase in becomes.items() if key not in was}
    group = _group(title, before, after) or f"{title}: een ander bedrag"
    return Change(found.seq, found.kind, title, group, _joined(before), _joined(after))


def _group(title: str, before: Mapping[Key, str], after: Mapping[Key, str]) -> str:
    """The common sentence of cases that change alike, so without amounts; "" when only amounts differ."""
    was = {key: phrase for key, phrase in before.items() if key[0] != "boek"}
    becomes = {key: phrase for key, phrase in after.items() if key[0] != "boek"}
    return f"{title}: was “{_joined(was)}”, wordt “{_joined(becomes)}”" if was or becomes else ""


def _joined(phrases: Mapping[Key, str]) -> str:
    return "; ".join(phrases.values()) or "er volgt niets"


def _refused(found: Difference, title: str, said: str) -> Change:
    reasons = tuple(dict.fromkeys(reason.message for reason in found.reasons))
    return Change(
        found.seq, found.kind, title, f"{title}: wordt geweigerd. {' '.join(reasons)}", said, "geweigerd", reasons
    )


def _title(scheme: Scheme, kind: str) -> str:
    if kind == BY_ITSELF:
        return _ITSELF
    return scheme.acts[kind].title if kind in scheme.acts else kind


def _said(scheme: Scheme, act: Act) -> str:
    return "; ".join(_phrases(scheme, act).values()) or "gedaan"


def _phrases(scheme: Scheme, act: Act) -> dict[Key, str]:
    """What followed from an act; two acts differ in the keys that only one of them has."""
    result = act.consequences
    found: dict[Key, str] = {}
    if act.step:
        found["plaats", act.step] = f"in de stap {scheme.steps[act.step].title}"
    for end in result.ended:
        step, said = scheme.steps[end.step].title, outcome_title(scheme, end.step, end.outcome)
        found["einde", end.step, end.outcome] = f"{step}: {said}"
    for name in result.reopened:
        found["terug", name] = f"terug naar {scheme.steps[name].title}"
    for opened in result.opened:
        seats = [scheme.seats[c.slot].title if c.slot in scheme.seats else f"leerling {c.slot}" for c in opened.chairs]
        sits = f" met {', '.join(seats)}" if seats else ""
        found["begin", opened.step, *(c.slot for c in opened.chairs)] = (
            f"{scheme.steps[opened.step].title} begint{sits}"
        )
    for effect in result.effects:
        if effect.book:
            book = scheme.books[effect.book]
            booked = _BOOKED.get(effect.kind, effect.kind)
            found["boek", effect.kind, effect.book, effect.part, str(effect.amount)] = (
                f"{in_unit(book.unit, effect.amount)} {booked} op {title_of(book, effect.part)}"
            )
    if result.closed:
        found["slot", result.closed] = f"de zaak sluit: {result.closed.replace('_', ' ')}"
    return found


def outcome_title(scheme: Scheme, step: str, outcome: str) -> str:
    """An outcome as its choice is called, or else its own name as words."""
    for name in scheme.steps[step].acts:
        act = scheme.acts.get(name)
        if act and act.outcome_field in act.fields and outcome in act.fields[act.outcome_field].choices:
            return act.fields[act.outcome_field].choices[outcome]
    return outcome.replace("_", " ")
