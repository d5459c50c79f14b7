"""Who had a part in a pupil's case, and so can't judge it (R36-40): what is on record, and names that schools wrote or suspect.
The reason is a code of rules/involvement; the first that holds is told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.cases.case import Case, read
from maatwerk.reviews.suspicions import suspicions
from maatwerk.rules.names import may_mean, mentions, plain, texts_in
from maatwerk.rules.permissions import COORDINATOR
from maatwerk.tenancy import Tx

OF_SUBJECT = """
    SELECT id FROM support_case
    WHERE tenant_id = $1 AND (id = $2 OR ($3::uuid IS NOT NULL AND subject_id = $3)) ORDER BY opened_at
"""
DECLARED = """
    SELECT case_id, membership_id, what, declared_at FROM involvement
    WHERE tenant_id = $1 AND case_id = ANY($2) ORDER BY declared_at, membership_id
"""


@dataclass(frozen=True)
class Told:
    """What schools told of a pupil: `texts` made plain, and the names under suspicion."""

    texts: Sequence[str]
    suspected: Sequence[str]


async def cases_of_pupil(tx: Tx, case: Case) -> list[UUID]:
    """This case and every other that a person linked to the same pupil."""
    return [row["id"] for row in await tx.fetch(OF_SUBJECT, tx.tenant_id, case.id, case.subject_id)]


async def told_of_pupil(tx: Tx, case: Case, case_ids: Iterable[UUID]) -> Told:
    """What the schools of these cases told; erased cases tell nothing."""
    cases = [case, *[await read(tx, case_id) for case_id in case_ids if case_id != case.id]]
    texts = [plain(text) for each in cases for text in _texts(each)]
    return Told(texts, [each.name for each in await suspicions(tx, cases) if not each.verdict])


async def declared(tx: Tx, case: Case) -> Sequence[Any]:
    """Who was declared to be involved in a case of this pupil: case_id, membership_id, what, declared_at."""
    found: Sequence[Any] = await tx.fetch(DECLARED, tx.tenant_id, await cases_of_pupil(tx, case))
    return found


def reason(row: Mapping[str, Any], told: Told) -> str:
    """The code of why this member is involved, "" when nothing says so."""
    for code, column in (("gemeld", "declared"), ("handelde_in_zaak", "acted"), ("opende_zaak", "opened")):
        if row[column]:
            return code
    if any(mentions(text, row["name"]) for text in told.texts):
        return "genoemd_in_aanvraag"
    return "vermoeden" if any(may_mean(name, row["name"]) for name in told.suspected) else ""


def _texts(case: Case) -> Iterator[str]:
    """The answers of the form and what the school wrote afterwards; what reviewers write of themselves does not count."""
    yield from texts_in(case.answers)
    for act in case.acts:
        if act.by.role == COORDINATOR:
            yield from texts_in(act.fields)
