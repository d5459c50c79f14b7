"""The public shapes of what partners share in a case: who is responsible for which need, and on which level of a ladder it is."""

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
