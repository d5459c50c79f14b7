"""What conditions may read of a case on a day. Each part is made when a condition first looks at it: most look at little. What
several ask of one case on one day (a gate, a funding, what is missing) is worked out here, once; so a history under it stays as it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from maatwerk.rules import clocks, conditions, consent, follow_ups, form, funding, matrix, rates
from maatwerk.rules.acts import Act, Facts
from maatwerk.rules.books import case_context
from maatwerk.rules.clocks import Clock
from maatwerk.rules.funding import Funding
from maatwerk.rules.history import History
from maatwerk.rules.rates import Rate
from maatwerk.rules.refusals import Reason
from maatwerk.rules.scheme import Scheme

ROOTS = ("aanvraag", "laatste", "alle", "stap", "zaak", "feit", "toestemming", "termijn", "vandaag", "lijst", "tarief",
         "bekostiging", "eerder", "matrix", "opvolging")  # fmt: skip


class Situation(Mapping[str, Any]):
    """`deze` is there when an act is being judged. Steps, books, consents and clocks of the scheme are always there; answers
    and acts only when given."""

    def __init__(self, scheme: Scheme, history: History, today: date, facts: Facts, act: Act | None = None) -> None:
        self.scheme, self.history, self.today, self.facts, self.act = scheme, history, today, facts, act
        self._made: dict[str, Any] = {}
        self._verdicts: dict[str, bool | None] = {}

    def __getitem__(self, root: str) -> Any:
        if root not in self._made:
            if root not in self:
                raise KeyError(root)
            self._made[root] = getattr(self, f"_{root}")()
        return self._made[root]

    def __contains__(self, root: object) -> bool:
        return root in ROOTS or (root == "deze" and self.act is not None)

    def __iter__(self) -> Iterator[str]:
        return iter((*ROOTS, "deze") if self.act else ROOTS)

    def __len__(self) -> int:
        return len(ROOTS) + (self.act is not None)

    def holds(self, condition: str) -> bool | None:
        """Whether a condition holds here; None when that can't be judged."""
        if condition not in self._verdicts:
            self._verdicts[condition] = conditions.holds(condition, self)
        return self._verdicts[condition]

    def missing(self, act: str) -> list[Reason]:
        """The questions of the form that must have an answer at an act and have none."""
        return form.lacking(self.scheme.form, self.history.answers, act, self.holds)

    @cached_property
    def rates(self) -> Mapping[str, Rate | None]:
        """Every tariff but those of a table, with the row that applies."""
        plain, seen = (name for name, rate in self.scheme.rates.items() if not rate.table), self._part(rates.ROOTS)
        return {name: rates.applicable(self.scheme, name, seen) for name in plain}

    @cached_property
    def fundings(self) -> tuple[Funding, ...]:
        seen = self._part(funding.ROOTS)
        return tuple(funding.fund(self.scheme, name, seen) for name in self.scheme.fundings)

    def _part(self, roots: Iterable[str]) -> dict[str, Any]:
        """No more than these: what is made of some roots never waits for one that is made of it."""
        return {root: self[root] for root in roots}

    @cached_property
    def clocks(self) -> Mapping[str, Clock]:
        return clocks.derive(self.scheme, self.history, self.today)

    def _aanvraag(self) -> dict[str, Any]:
        return self.history.answers

    def _deze(self) -> dict[str, Any]:
        return _seen(self.act) if self.act else {}

    def _laatste(self) -> dict[str, Any]:
        return {act.kind: _seen(act) for act in self.history.counting}

    def _alle(self) -> dict[str, list[Any]]:
        every: dict[str, list[Any]] = {name: [] for name in self.scheme.acts}
        for act in self.history.counting:
            every.setdefault(act.kind, []).append(_seen(act))
        return every

    def _stap(self) -> dict[str, dict[str, bool]]:
        steps = self.history.steps
        return {
            name: {outcome: steps[name].outcome == outcome for outcome in self.scheme.outcomes(name)} for name in steps
        }

    def _zaak(self) -> dict[str, Any]:
        case: dict[str, Any] = dict(case_context(self.history.books, self.scheme.books))
        if self.history.filed_on:
            case["ingediend_op"] = self.history.filed_on.isoformat()
        return case

    def _feit(self) -> dict[str, Any]:
        return dict(self.facts.values)

    def _toestemming(self) -> dict[str, str]:
        return consent.states(self.scheme, self.history.consents, self.history.answers, self.today)

    def _termijn(self) -> dict[str, dict[str, bool]]:
        return {name: {"verstreken": passed} for name, passed in clocks.passed(self.clocks, self.scheme).items()}

    def _vandaag(self) -> str:
        return self.today.isoformat()

    def _lijst(self) -> Mapping[str, list[str]]:
        return self.scheme.constants["lijst"]

    def _tarief(self) -> dict[str, int]:
        return {name: rate.row.amount for name, rate in self.rates.items() if rate is not None}

    def _bekostiging(self) -> dict[str, dict[str, int]]:
        return {each.id: each.sums for each in self.fundings if not each.unclear}

    def _matrix(self) -> dict[str, dict[str, Any]]:
        return matrix.context(self.scheme, self.history.answers)

    def _opvolging(self) -> dict[str, dict[str, int]]:
        return follow_ups.context(self.scheme, self.history)

    def _eerder(self) -> list[dict[str, Any]]:
        return [case.seen for case in self.facts.earlier]


def _seen(act: Act) -> dict[str, Any]:
    given = {name: value for name, value in act.fields.items() if value is not None}
    return {**given, "op": act.on.isoformat(), "rol": act.by.role, "volgnummer": act.seq}
