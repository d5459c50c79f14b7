"""Cases of the partnerships' own schemes: deeds in a row, done as the rules allow, and the standing they lead to."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from maatwerk.rules.acts import Act, Actor, Candidate, Earlier, Facts
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load
from maatwerk.rules.parts import left
from maatwerk.rules.rooms import Pot
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import Offer, Standing, standing

TENANTS = Path(__file__).parents[2] / "tenants"
INVENTED = sorted(Path(__file__).parent.glob("*.toml"))
FILES = sorted(path for path in TENANTS.glob("*/*.toml") if path.name not in ("tenant.toml", "demo.toml")) + INVENTED


@cache
def scheme(folder: str, name: str = "scheme") -> Scheme:
    return load((TENANTS / folder / f"{name}.toml").read_text(encoding="utf-8"))


class Case:
    """A case of one scheme. Every seat is held by somebody with the seat's name; `facts` and `room` say the outside: what a
    book has left under its ceiling, or lacks to its floor."""

    def __init__(
        self,
        of: Scheme,
        facts: Mapping[str, Any] | None = None,
        room: Mapping[str, int | None] | None = None,
        earlier: tuple[Earlier, ...] = (),
    ) -> None:
        self.scheme = of
        seated = {seat: (Candidate(seat),) for seat in of.seats}
        known = {Pot(book): left(of, Pot(book), amount) for book, amount in (room or {}).items()}
        self.facts = Facts(facts or {}, seated, known, earlier)
        self.acts: list[Act] = []

    def do(
        self, kind: str, on: str, fields: Mapping[str, Any] | None = None, *, role: str = "", seat: str = ""
    ) -> "Case":
        """One act more, by the first role that may; a refusal is raised."""
        by = Actor(role or self.scheme.acts[kind].by[0], seat or "iemand", seat)
        self.acts = [
            *self.acts,
            judge(self.scheme, self.acts, Act(kind, date.fromisoformat(on), by, fields or {}), self.facts),
        ]
        return self

    def at(self, on: str) -> Standing:
        return standing(self.scheme, self.acts, date.fromisoformat(on), self.facts)

    def due(self, clock: str, on: str) -> date:
        return next(c.due for c in self.at(on).clocks if c.id == clock)

    def status(self, clock: str, on: str) -> str:
        return next(c.status for c in self.at(on).clocks if c.id == clock)

    def offer(self, act: str, on: str) -> Offer | None:
        return next((offer for offer in self.at(on).offers if offer.act == act), None)

    def open_acts(self, on: str) -> set[str]:
        return {offer.act for offer in self.at(on).offers}
