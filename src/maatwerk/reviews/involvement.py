"""Who had a part in a pupil's case, and so can't judge it (R36-40): what is on record, and names that schools wrote or suspect.
Each finding is a code of rules/involvement; the first is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.cases.case import Case, read
from maatwerk.reviews.suspicions import suspicions
from maatwerk.rules.history import fold
from maatwerk.rules.names import may_mean, mentions, plain, texts_in
from maatwerk.rules.places import places
from maatwerk.tenancy import Tx

OF_SUBJECT = """
    SELECT id FROM support_case
    WHERE tenant_id = $1 AND (id = $2 OR ($3::uuid IS NOT NULL AND subject_id = $3)) ORDER BY opened_at
"""
DECLARED = """
    SELECT case_id, membership_id, what, declared_at FROM involvement
    WHERE tenant_id = $1 AND case_id = ANY($2) AND withdrawn_at IS NULL ORDER BY declared_at, membership_id
"""


RECORDED = (("gemeld", "declared"), ("handelde_in_zaak", "acted"), ("opende_zaak", "opened"))


@dataclass(frozen=True)
class Told:
    """What schools told of a pupil in his cases: `texts` made plain, and the names under suspicion."""

    cases: Sequence[Case]
    texts: Sequence[str]
    suspected: Sequence[str]

    def names(self, member: str, seen: Mapping[str, int] | None) -> bool:
        """Whether a text names a member; one that was there when the ondersteuner looked (`seen`: case to seq) counts no more."""
        known = {plain(text) for case in self.cases for text in _texts(case, seen.get(str(case.id), 0))} if seen else ()
        return any(mentions(text, member) for text in self.texts if text not in known)


async def cases_of_pupil(tx: Tx, case: Case) -> list[UUID]:
    """This case and every other that a person linked to the same pupil."""
    return [row["id"] for row in await tx.fetch(OF_SUBJECT, tx.tenant_id, case.id, case.subject_id)]


async def told_of_pupil(tx: Tx, case: Case, case_ids: Iterable[UUID]) -> Told:
    """What the schools of these cases told; erased cases tell nothing."""
    cases = [case, *[await read(tx, case_id) for case_id in case_ids if case_id != case.id]]
    texts = [plain(text) for each in cases for text in _texts(each)]
    return Told(cases, texts, [each.name for each in await suspicions(tx, cases) if not each.verdict])


async def declared(tx: Tx, case: Case) -> Sequence[Any]:
    """Who was declared to be involved in a case of this pupil: case_id, membership_id, what, declared_at."""
    found: Sequence[Any] = await tx.fetch(DECLARED, tx.tenant_id, await cases_of_pupil(tx, case))
    return found


def findings(row: Mapping[str, Any], told: Told) -> tuple[str, ...]:
    """The codes of all that makes this member involved."""
    found = [code for code, column in RECORDED if row[column]]
    if told.names(row["name"], row["seen"]):
        found.append("genoemd_in_aanvraag")
    if any(may_mean(name, row["name"]) for name in told.suspected):
        found.append("vermoeden")
    return tuple(found)


def _texts(case: Case, until: int | None = None) -> Iterator[str]:
    """The answers of the form and what the school wrote afterwards, up to an act when asked; what reviewers write of themselves
    does not count."""
    acts = [act for act in case.acts if until is None or act.seq <= until]
    yield from texts_in(case.answers if until is None else fold(case.scheme, acts).answers)
    for act in acts:
        if places(case.scheme).get(act.by.role) not in ("bureau", "zetel", None):
            yield from texts_in(act.fields)
