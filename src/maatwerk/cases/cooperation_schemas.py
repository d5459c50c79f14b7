"""The public shapes of what partners share in a case: who is responsible for which need, on which level of a ladder it is, and what is
followed until it is done."""

from datetime import date

from msgspec import UNSET, UnsetType

from maatwerk.glossary import View


class NeedRowView(View):
    """A row of the responsibility matrix that was chosen."""

    code: str
    title: str
    payer: str
    porous: bool


class NeedsView(View):
    """What was chosen of a matrix; `talk` is "altijd" or "kan"."""

    id: str
    title: str
    talk: str
    payers: list[str]
    chosen_rows: list[NeedRowView]


class RungView(View):
    """Where the case is on a ladder: level `level` of `levels`, and what comes next unless it is the last."""

    id: str
    title: str
    level: int
    levels: int
    level_title: str
    step: str
    power: str
    members: list[str]
    is_open: bool
    next_level: str | UnsetType = UNSET
    due: date | UnsetType = UNSET


class PointTraitView(View):
    """What else a point says: a question of the scheme with the answer that was chosen."""

    title: str
    answer: str


class PointView(View):
    """A point that is followed; `matter`, `bearer` and `traits` are there for who reads the act that raised it."""

    point: int
    state: str
    on: date
    traits: list[PointTraitView]
    matter: str | UnsetType = UNSET
    bearer: str | UnsetType = UNSET
    due: date | UnsetType = UNSET
    settled_on: date | UnsetType = UNSET


class FollowUpView(View):
    """A list of points with how each stands."""

    id: str
    title: str
    points: list[PointView]
