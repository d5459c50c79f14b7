"""What rules of disclosure open of a case to somebody who may see it as it is, in one role or more. Who reads anonymised gets
nothing here: for him there is the pack.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from maatwerk.rules.disclosure import value_at
from maatwerk.rules.scheme import DisclosureDef, Scheme

EVERYTHING = "*"


@dataclass(frozen=True)
class Opening:
    """`fields` and `files` are paths of the form ("*": all), `act_fields` are `<act>.<field>`."""

    fields: frozenset[str] = frozenset()
    act_fields: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()
    ground: str = ""

    @property
    def whole(self) -> bool:
        return EVERYTHING in self.fields

    @property
    def letters(self) -> bool:
        """Whether the documents that the partnership sends go along: they do with any file."""
        return bool(self.files)

    def has_file(self, field: str) -> bool:
        """Whether the attachments of a question are open."""
        return EVERYTHING in self.files or field in self.files

    def has_act_field(self, act: str, field: str) -> bool:
        return self.whole or f"{act}.{field}" in self.act_fields

    def answers(self, given: Mapping[str, Any], on: date) -> dict[str, Any]:
        """The answers that are open, by path; a part that was derived, such as an age, as it is on a day."""
        if self.whole:
            return dict(given)
        found = {path: value_at(given, path, on) for path in sorted(self.fields)}
        return {path: value for path, value in found.items() if value is not None}


CLOSED = Opening()


def opened(rules: Iterable[DisclosureDef]) -> Opening:
    """What these rules open together; those for who reads anonymised open nothing."""
    direct = [rule for rule in rules if rule.treatment == "geen"]
    return Opening(
        fields=frozenset(path for rule in direct for path in (*rule.fields, *rule.texts)),
        act_fields=frozenset(path for rule in direct for path in rule.act_texts),
        files=frozenset(path for rule in direct if rule.attachments for path in rule.fields),
        ground=next((rule.ground for rule in direct if rule.ground), ""),
    )


def tells_school(scheme: Scheme, opening: Opening) -> bool:
    """Whether it says of which school the pupil is."""
    asked = {name for name, field in scheme.form.items() if field.kind == "school"}
    return opening.whole or not asked.isdisjoint(opening.fields)


def is_open(opening: Opening) -> bool:
    """Whether there is anything to see."""
    return bool(opening.fields or opening.act_fields or opening.files)
