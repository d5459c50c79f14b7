"""Earlier cases of the same pupil: what of a case is told to a later one, and which rules ask for it. Only codes are told, and
never to the applicant: it may be the case of another school.
"""

from functools import lru_cache

from maatwerk.rules.acts import Earlier
from maatwerk.rules.conditions import reads
from maatwerk.rules.history import History
from maatwerk.rules.scheme import Scheme

ROOT = "eerder"


def earlier_of(scheme: Scheme, history: History) -> Earlier | None:
    """A case as a later one sees it; None before it was filed."""
    if history.filed_on is None:
        return None
    ended = {
        f"stap.{name}.{state.outcome}": state for name, state in history.steps.items() if state.status == "beëindigd"
    }
    last = next((ended[moment.name] for moment in reversed(history.moments) if moment.name in ended), None)
    return Earlier(
        scheme=scheme.code,
        product=history.product,
        running=not history.closed,
        outcome=last.outcome if last else "",
        outcomes=tuple(moment.removeprefix("stap.") for moment in ended),
        closed=history.closed,
        filed_on=history.filed_on,
        granted=sum(held.committed for book, held in history.books.items() if scheme.books[book].unit == "eurocent"),
    )


@lru_cache(maxsize=256)
def looks_back(scheme: Scheme) -> frozenset[str]:
    """The gates that read earlier cases."""
    return frozenset(name for name, gate in scheme.gates.items() if reads(gate.condition, ROOT))


@lru_cache(maxsize=256)
def needs_earlier(scheme: Scheme) -> bool:
    """Whether anything of the scheme reads earlier cases, so that they are looked up at all."""
    effects = [effect for act in scheme.acts.values() for effect in act.effects]
    effects += [effect for step in scheme.steps.values() for on in step.on.values() for effect in on.effects]
    read = (text for each in effects for text in (each.condition, each.amount))
    return bool(looks_back(scheme)) or any(reads(text, ROOT) for text in read)
