"""What rules of disclosure open of a case to somebody who may see it as it is, in one role or more. Who reads anonymised gets
nothing here: for him there is the pack. All fields are all of the form; for a family that is not yet what others wrote in acts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.rules.belonging import Place
from maatwerk.rules.disclosure import value_at
from maatwerk.rules.places import places
from maatwerk.rules.scheme import DisclosureDef, Scheme

EVERYTHING = "*"


@dataclass(frozen=True)
class Opening:
    """`fields` and `files` are paths of the form ("*": all), `act_fields` are `<act>.<field>` ("*": all of every act)."""

    fields: frozenset[str] = frozenset()
    act_fields: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    ground: str = ""

    @property
    def whole(self) -> bool:
        """Whether the whole form is open."""
        return EVERYTHING in self.fields

    def has_file(self, field: str) -> bool:
        """Whether the attachments of a question are open."""
        return EVERYTHING in self.files or field in self.files

    def has_act_field(self, act: str, field: str) -> bool:
        return EVERYTHING in self.act_fields or f"{act}.{field}" in self.act_fields

    def answers(self, given: Mapping[str, Any], on: date) -> dict[str, Any]:
        """The answers that are open, by path; a part that was derived, such as an age, as it is on a day."""
        if self.whole:
            return dict(given)
        found = {path: value_at(given, path, on) for path in sorted(self.fields)}
        return {path: value for path, value in found.items() if value is not None}


CLOSED = Opening()


def opened(scheme: Scheme, rules: Iterable[DisclosureDef]) -> Opening:
    """What these rules open together; those for who reads anonymised open nothing."""
    where = places(scheme)
    direct = [rule for rule in rules if rule.treatment == "geen"]
    return Opening(
        fields=frozenset(path for rule in direct for path in (*rule.fields, *rule.texts)),
        act_fields=frozenset(path for rule in direct for path in _act_fields(rule, where.get(rule.audience))),
        files=frozenset(path for rule in direct if rule.attachments for path in rule.fields),
        ground=next((rule.ground for rule in direct if rule.ground), ""),
    )


def _act_fields(rule: DisclosureDef, place: Place | None) -> tuple[str, ...]:
    """The fields of acts that a rule opens. Who works on a case reads with all answers also what was done; in a family one has no
    right to the words of another, so there each field is named."""
    return (*rule.act_texts, EVERYTHING) if EVERYTHING in rule.fields and place != "gezin" else rule.act_texts


def tells_school(scheme: Scheme, opening: Opening) -> bool:
    """Whether it says of which school the pupil is."""
    asked = {name for name, field in scheme.form.items() if field.kind == "school"}
    return opening.whole or not asked.isdisjoint(opening.fields)


def is_open(opening: Opening) -> bool:
    """Whether there is anything to see."""
    return bool(opening.fields or opening.act_fields or opening.files)
