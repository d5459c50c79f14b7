"""Matrix and ladder, as the API shows them."""

from msgspec import UNSET

from maatwerk.cases import cooperation_schemas as schemas
from maatwerk.rules.ladder import Rung
from maatwerk.rules.matrix import Chosen
from maatwerk.rules.scheme import Scheme


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
