"""A case was linked to others of its pupil: who sits on its panel may have had a part in one of those, and is involved from then
on. He keeps his chair in name only, so the ondersteuner is asked to look at each such chair."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.cases.case import Case, read
from maatwerk.reviews.queries import Seated, seated
from maatwerk.rules.history import fold
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx

TITLE = "Een beoordelaar is betrokken bij een gekoppelde zaak: kijk of er een vervanger op de zetel moet"
ASKED = "SELECT EXISTS (SELECT FROM task WHERE tenant_id = $1 AND case_id = $2 AND done_at IS NULL AND starts_with(source_key, $3))"


async def ask_for_substitutes(tx: Tx, payload: dict[str, Any]) -> None:
    """Inner handler of `reviews.ask_for_substitutes`. Who was declared involved in this very case has his task already."""
    case = await read(tx, UUID(payload["case_id"]), lock=True)
    if case.key is None:
        return
    for each in _in_name_only(case, await seated(tx, case)):
        key = f"betrokken:{case.id}:{each.seat}:{each.candidate.person}:"
        if not await tx.fetchval(ASKED, tx.tenant_id, case.id, key):
            await create(
                tx, case_id=case.id, title=TITLE, role=ONDERSTEUNER, source_key=f"{key}{clock.now().timestamp():.6f}"
            )


def _in_name_only(case: Case, people: list[Seated]) -> Iterator[Seated]:
    """Who sits on a chair of an open panel and may no longer."""
    for state in fold(case.scheme, case.acts).steps.values():
        chairs = {(chair.slot, chair.person) for chair in state.chairs if state.status == "open"}
        for each in people:
            taken = (each.seat, each.candidate.person) in chairs
            if taken and each.candidate.involved and case.scheme.seats[each.seat].involved_blocks:
                yield each
