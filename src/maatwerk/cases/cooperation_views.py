"""Matrix, ladder and what is followed, as the API shows them. Of a point everybody who follows the case sees that it is there; what it
says is for who reads the act that raised it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import UNSET

from maatwerk.cases import cooperation_schemas as schemas
from maatwerk.cases.case import Case
from maatwerk.rules.follow_ups import Point, content
from maatwerk.rules.ladder import Rung
from maatwerk.rules.matrix import Chosen
from maatwerk.rules.opening import Opening
from maatwerk.rules.scheme import FollowUpDef, Scheme


def needs_view(found: Chosen) -> schemas.NeedsView:
    rows = [schemas.NeedRowView(row.code, row.title, row.payer, row.porous) for row in found.rows]
    return schemas.NeedsView(found.id, found.title, found.talk, list(found.payers), rows)


def rung_view(scheme: Scheme, rung: Rung) -> schemas.RungView:
    return schemas.RungView(
        id=rung.id,
        title=rung.title,
        level=rung.number,
        levels=rung.count,
        level_title=rung.level.title,
        step=rung.level.step,
        power=rung.level.power,
        members=[scheme.roles[role].title for role in rung.level.members],
        is_open=rung.is_open,
        next_level=rung.next.title if rung.next else UNSET,
        due=rung.clock.due if rung.clock else UNSET,
    )


def follow_up_views(
    case: Case, points: Mapping[str, tuple[Point, ...]], opening: Opening, today: date
) -> list[schemas.FollowUpView]:
    """The lists that have a point."""
    lists = case.scheme.follow_ups
    return [
        schemas.FollowUpView(
            name, lists[name].title, [_point_view(case, lists[name], each, opening, today) for each in listed]
        )
        for name, listed in points.items()
        if listed
    ]


def _point_view(case: Case, definition: FollowUpDef, point: Point, opening: Opening, today: date) -> schemas.PointView:
    act = next(each for each in case.acts if each.seq == point.seq)
    fields = case.scheme.acts[act.kind].fields
    columns = fields[definition.table].columns if definition.table else fields
    said = content(definition, point, act)

    def words(field_id: str) -> Any:
        if field_id not in said or not opening.has_act_field(act.kind, definition.table or field_id):
            return UNSET
        return columns[field_id].choices.get(str(said[field_id]), str(said[field_id]))

    return schemas.PointView(
        point=point.number,
        state=point.state(today),
        on=point.raised_on,
        traits=[
            schemas.PointTraitView(columns[name].title, answer)
            for name in definition.show
            if (answer := words(name)) is not UNSET
        ],
        matter=words(definition.what),
        bearer=words(definition.who),
        due=point.due or UNSET,
        settled_on=point.settled_on or UNSET,
    )
