"""What the `[[inzage]]` of a scheme's file promises a role, read from the TOML itself: no rule of the service is asked. A case is known
here by what happened in it, in order."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.isolation.region import Laid

BY_NAME = {"coordinator": "school", "ondersteuner": "bureau", "beoordelaar": "zetel"}


@dataclass(frozen=True)
class Promise:
    """`fields`, `act_fields` and `files` may be "*": all. `heard` are the steps whose outcome was told; `acts` the numbers of the acts
    that may be known; `reads_pack` that it reads anonymised; `acts_now` that it may do something."""

    fields: frozenset[str]
    act_fields: frozenset[str]
    files: frozenset[str]
    heard: frozenset[str]
    acts: frozenset[int]
    reads_pack: bool
    any_rule: bool
    acts_now: bool

    @property
    def whole(self) -> bool:
        return "*" in self.fields

    @property
    def content(self) -> bool:
        return bool(self.fields or self.act_fields or self.files)

    def opens_act_field(self, kind: str, name: str) -> bool:
        return "*" in self.act_fields or f"{kind}.{name}" in self.act_fields


def read_scheme(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def promise(scheme: dict[str, Any], role: str, case: Laid) -> Promise:
    """What a role is promised of a case as it was laid."""
    last = case.acts[-1].seq
    mine = [rule for rule in scheme.get("inzage", []) if rule["wie"] == role]
    holding = [rule for rule in mine if _holds(scheme, rule, case, 0)]
    direct = [rule for rule in holding if rule.get("bewerking", "geen") == "geen"]
    heard = frozenset(
        step
        for step, number in case.ended
        for rule in mine
        if _holds(scheme, rule, case, number) and {"*", step} & set(rule.get("uitkomsten", ()))
    )
    deaf_from = min((number for step, number in case.ended if step not in heard), default=last + 1)
    return Promise(
        fields=frozenset(path for rule in direct for path in (*rule.get("velden", ()), *rule.get("teksten", ()))),
        act_fields=frozenset(path for rule in direct for path in _act_fields(rule, place_of(scheme, role))),
        files=frozenset(path for rule in direct if rule.get("bijlagen") for path in rule.get("velden", ())),
        heard=heard,
        acts=frozenset(act.seq for act in case.acts if act.seq < deaf_from or act.by.role == role),
        reads_pack=any(rule.get("bewerking") == "anoniem" for rule in holding),
        any_rule=bool(holding),
        acts_now=_acts_now(scheme, role, case),
    )


def _act_fields(rule: dict[str, Any], place: str) -> Iterator[str]:
    """All fields of the form bring all fields of acts along, except to a family."""
    yield from rule.get("handelingsteksten", ())
    if "*" in rule.get("velden", ()) and place != "gezin":
        yield "*"


def school_fields(scheme: dict[str, Any]) -> set[str]:
    return {name for name, asked in scheme.get("formulier", {}).items() if asked["soort"] == "school"}


def place_of(scheme: dict[str, Any], role: str) -> str:
    return BY_NAME.get(role) or str(scheme["rol"][role]["plaats"])


def _holds(scheme: dict[str, Any], rule: dict[str, Any], case: Laid, since: int) -> bool:
    """Whether a rule of disclosure holds: one of its steps began, or one of its moments came with act `since` or later."""
    begun = set(_begun(scheme, case.acts))
    return bool(begun & set(rule.get("stappen", ()))) or any(
        moment in rule.get("vanaf", ()) and number >= since for moment, number in _moments(case.acts)
    )


def _begun(scheme: dict[str, Any], acts: Sequence[Any]) -> Iterator[str]:
    yield from (name for name, step in scheme["stap"].items() if "begin" in step["na"])
    yield from (opened.step for act in acts for opened in act.consequences.opened)


def _moments(acts: Sequence[Any]) -> Iterator[tuple[str, int]]:
    for act in acts:
        yield f"handeling.{act.kind}", act.seq
        yield from ((f"stap.{one.step}.{one.outcome}", act.seq) for one in act.consequences.ended)
        yield from ((f"stap.{one.step}.geopend", act.seq) for one in act.consequences.opened)


def _acts_now(scheme: dict[str, Any], role: str, case: Laid) -> bool:
    over = {step for step, _ in case.ended}
    now = {act for step in _begun(scheme, case.acts) if step not in over for act in scheme["stap"][step]["handelingen"]}
    return any(
        role in act["door"] and (name in now or act.get("wanneer", "stap") != "stap")
        for name, act in scheme["handeling"].items()
    )
