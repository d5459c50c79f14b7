"""Funding: which part of what is asked can be granted, line by line and with the reason of each cut. Whole cents only.

The order is fixed: the amount of a line, VAT on it, limits per line, limits of lines together (in the order of the scheme),
fixed amount, own contribution, share, maximum. What can't be determined makes the whole unclear, and then nothing is granted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from maatwerk.rules.conditions import holds, whole
from maatwerk.rules.entitlements import FundingDef, LimitDef
from maatwerk.rules.money import rounded_share
from maatwerk.rules.rates import ROOTS as OF_A_RATE
from maatwerk.rules.rates import Rate, of_line
from maatwerk.rules.scheme import Scheme

LINE: Final = "regel.bedrag"
ROOTS: Final = (*OF_A_RATE, "tarief")
SUMS: Final = ("gevraagd", "in_aanmerking", "eigen_bijdrage", "medefinanciering", "toekenbaar", "geweigerd")


@dataclass(frozen=True)
class Cut:
    """By how much a limit lowered an amount, and why."""

    amount: int
    message: str
    source: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the table, from 1: what it asks (VAT included, of which `vat`) and what of it can be granted. `unclear` names
    what could not be determined, `rates` are the tariffs that it was read with."""

    number: int
    asked: int
    grantable: int
    vat: int = 0
    cuts: tuple[Cut, ...] = ()
    unclear: str = ""
    rates: tuple[Rate, ...] = ()

    @property
    def is_refused(self) -> bool:
        return self.grantable == 0 < self.asked


@dataclass(frozen=True)
class Funding:
    """`asked` = `total` + `refused` + `own` + `cofunded`. `eligible` is what remains of lines and fixed amount under the limits.
    Not `applies`: this funding is not for this case, and all amounts are nought. `unclear`: no amount may be relied on."""

    id: str
    applies: bool = False
    unclear: str = ""
    lines: tuple[Line, ...] = ()
    fixed: int = 0
    asked: int = 0
    eligible: int = 0
    own: int = 0
    percent: int = 100
    cofunded: int = 0
    total: int = 0
    refused: int = 0
    cuts: tuple[Cut, ...] = ()

    @property
    def sums(self) -> dict[str, int]:
        """`bekostiging.<id>` for conditions."""
        return dict(
            zip(SUMS, (self.asked, self.eligible, self.own, self.cofunded, self.total, self.refused), strict=True)
        )


def texts_of(definition: FundingDef) -> tuple[str, ...]:
    """Every expression by which a funding reckons."""
    limits = (text for limit in definition.limits for text in (limit.condition, limit.maximum))
    own = (definition.line, definition.vat, definition.fixed, definition.own, definition.share, definition.maximum)
    return (*own, *limits)


def fund(scheme: Scheme, name: str, situation: Mapping[str, Any]) -> Funding:
    """What this funding gives in a case. `situation` has the ROOTS."""
    definition = scheme.fundings[name]
    applies = holds(definition.condition, situation)
    if not applies:
        return Funding(name, unclear="als" if applies is None else "")
    return _Reckoning(scheme, definition, situation).result(name)


@dataclass(frozen=True)
class _Reckoning:
    scheme: Scheme
    definition: FundingDef
    situation: Mapping[str, Any]

    def result(self, name: str) -> Funding:
        definition = self.definition
        lines, unclear = self.lines()
        terms = {
            "vast": self.amount(definition.fixed, 0),
            "eigen_bijdrage": self.amount(definition.own, 0),
            "aandeel": self.amount(definition.share, 100, 100),
            "maximum": self.amount(definition.maximum, None),
        }
        unclear = unclear or next((key for key, value in terms.items() if value == -1), "")
        if unclear:
            return Funding(name, True, unclear, lines)
        fixed, own, percent = terms["vast"] or 0, terms["eigen_bijdrage"] or 0, terms["aandeel"] or 0
        asked = fixed + sum(line.asked for line in lines)
        eligible = fixed + sum(line.grantable for line in lines)
        own = min(own, eligible)
        share = rounded_share(eligible - own, percent)
        maximum = terms["maximum"]
        total = share if maximum is None else min(share, maximum)
        cuts = (Cut(share - total, definition.message, definition.source),) if total < share else ()
        cofunded = eligible - own - share
        refused = asked - total - own - cofunded
        return Funding(name, True, "", lines, fixed, asked, eligible, own, percent, cofunded, total, refused, cuts)

    def amount(self, text: str, default: int | None, most: int | None = None) -> int | None:
        """The amount of an expression, `default` when there is none, -1 when it can't be determined."""
        if not text:
            return default
        found = whole(text, self.situation)
        return -1 if found is None or found < 0 or (most is not None and found > most) else found

    def lines(self) -> tuple[tuple[Line, ...], str]:
        """The lines under every limit, and what is unclear about them ("" when nothing is)."""
        table, answers = self.definition.table, self.situation["aanvraag"]
        if not table:
            return (), ""
        if table not in answers:
            return (), "" if self.definition.fixed else f"aanvraag.{table}"
        case = {root: self.situation[root] for root in ROOTS}
        rates = [of_line(self.scheme, table, {**case, "regel": row}) for row in answers[table]]
        seen = [
            {**case, "regel": row, "tarief": {**case["tarief"], **{rate.id: rate.row.amount for rate in own}}}
            for row, own in zip(answers[table], rates, strict=True)
        ]
        lines = [replace(self.line(number, row), rates=rates[number - 1]) for number, row in enumerate(seen, 1)]
        unclear = next((f"{table}.{line.number - 1}: {line.unclear}" for line in lines if line.unclear), "")
        for index, limit in enumerate(self.definition.limits):
            if limit.over == "samen" and not unclear:
                lines, is_clear = self.together(limit, lines, seen)
                unclear = "" if is_clear else f"grenzen.{index}"
        return tuple(lines), unclear

    def line(self, number: int, row: Mapping[str, Any]) -> Line:
        definition = self.definition
        amount = whole(definition.line or LINE, row)
        percent = whole(definition.vat, row) if definition.vat else 0
        if amount is None or amount < 0:
            return Line(number, 0, 0, unclear="regel")
        if percent is None or not 0 <= percent <= 100:
            return Line(number, amount, 0, unclear="btw")
        vat = rounded_share(amount, percent)
        line = Line(number, amount + vat, amount + vat, vat)
        for index, limit in enumerate(definition.limits):
            if limit.over == "samen":
                continue
            reached, most = holds(limit.condition, row), whole(limit.maximum, row)
            if reached is None or (reached and (most is None or most < 0)):
                return replace(line, grantable=0, unclear=f"grenzen.{index}")
            line = _cut(line, most, limit) if reached and most is not None else line
        return line

    def together(
        self, limit: LimitDef, lines: Sequence[Line], seen: Sequence[Mapping[str, Any]]
    ) -> tuple[list[Line], bool]:
        reached = [holds(limit.condition, row) for row in seen]
        if not any(touched is not False for touched in reached):
            return list(lines), True
        most = self.amount(limit.maximum, None)
        if None in reached or most is None or most < 0:
            return list(lines), False
        parts = [line.grantable if touched else 0 for line, touched in zip(lines, reached, strict=True)]
        rows = [repr(sorted(row["regel"].items())) for row in seen]
        shares = divided(min(most, sum(parts)), parts, rows)
        cut = [_cut(line, share, limit) if part else line
               for line, part, share in zip(lines, parts, shares, strict=True)]  # fmt: skip
        return cut, True


def divided(total: int, parts: Sequence[int], names: Sequence[str]) -> list[int]:
    """A total in proportion to the parts, to the cent. The cents that are left go to the largest remainders; `names` decide
    between equal ones, so that the order of the lines decides nothing."""
    whole_sum = sum(parts)
    if total >= whole_sum:
        return list(parts)
    shares = [total * part // whole_sum for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-(total * parts[i] % whole_sum), -parts[i], names[i]))
    for index in order[: total - sum(shares)]:
        shares[index] += 1
    return shares


def _cut(line: Line, most: int, limit: LimitDef) -> Line:
    if line.grantable <= most:
        return line
    cut = Cut(line.grantable - most, limit.message, limit.source)
    return replace(line, grantable=most, cuts=(*line.cuts, cut))
