"""Who had a part in a pupil's case, and so can't judge it (R36-40). Reasons are codes with a Dutch sentence; the first that
holds is told."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from maatwerk.cases.case import Case, read
from maatwerk.rules.names import mentions, plain, texts_in
from maatwerk.rules.permissions import COORDINATOR
from maatwerk.tenancy import Tx

REASONS: Mapping[str, str] = {
    "gemeld": "Is gemeld als betrokkene bij de leerling.",
    "handelde_in_zaak": "Heeft in een andere rol gehandeld in een zaak van deze leerling.",
    "opende_zaak": "Heeft een aanvraag voor deze leerling geopend.",
    "genoemd_in_aanvraag": "Wordt genoemd in een aanvraag voor deze leerling.",
}
OF_SUBJECT = """
    SELECT id FROM support_case
    WHERE tenant_id = $1 AND (id = $2 OR ($3::uuid IS NOT NULL AND subject_id = $3)) ORDER BY opened_at
"""


async def cases_of_pupil(tx: Tx, case: Case) -> list[UUID]:
    """This case and every other that a person linked to the same pupil."""
    return [row["id"] for row in await tx.fetch(OF_SUBJECT, tx.tenant_id, case.id, case.subject_id)]


async def told_of_pupil(tx: Tx, case: Case, case_ids: Iterable[UUID]) -> tuple[str, ...]:
    """What schools wrote of the pupil, as plain texts in which names are looked for; erased cases tell nothing."""
    cases = [case, *[await read(tx, case_id) for case_id in case_ids if case_id != case.id]]
    return tuple(plain(text) for each in cases for text in _texts(each))


def reason(row: Mapping[str, Any], name: str, told: Iterable[str]) -> str:
    """The code of why this member is involved, "" when nothing says so."""
    if row["declared"]:
        return "gemeld"
    if row["acted"]:
        return "handelde_in_zaak"
    if row["opened"]:
        return "opende_zaak"
    return "genoemd_in_aanvraag" if any(mentions(text, name) for text in told) else ""


def _texts(case: Case) -> Iterator[str]:
    """The answers of the form and what the school wrote afterwards; what reviewers write of themselves does not count."""
    yield from texts_in(case.answers)
    for act in case.acts:
        if act.by.role == COORDINATOR:
            yield from texts_in(act.fields)
