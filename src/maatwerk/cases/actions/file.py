"""What filing adds to a case: its number, its pupil, the columns that lists and reports filter by."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.crypto import index_value
from maatwerk.db import new_id
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import Tx, next_number

SUBJECT = "INSERT INTO subject (tenant_id, id, person_index, made_at) VALUES ($1, $2, $3, $4)"
UPDATE = """
    UPDATE support_case SET number = $3, subject_id = $4, sector = $5, home_municipality = $6, draft = NULL
    WHERE tenant_id = $1 AND id = $2
"""
LIKELY = """
    SELECT c.id, c.number, c.organisation_id FROM support_case c
    JOIN subject s ON s.tenant_id = c.tenant_id AND s.id = c.subject_id
    WHERE c.tenant_id = $1 AND c.id <> $2 AND c.number IS NOT NULL AND s.person_index = (
        SELECT o.person_index FROM support_case oc JOIN subject o ON o.tenant_id = oc.tenant_id AND o.id = oc.subject_id
        WHERE oc.tenant_id = $1 AND oc.id = $2)
        AND c.subject_id <> (SELECT subject_id FROM support_case WHERE tenant_id = $1 AND id = $2)
    ORDER BY c.number LIMIT 20
"""


class Likely(msgspec.Struct):
    """A case that may be of the same pupil; a person decides."""

    id: UUID
    number: str
    organisation_id: UUID


async def complete_filing(tx: Tx, case: Case, answers: Mapping[str, Any], day: date) -> str:
    """The case's number, once it was filed."""
    subject = None
    if (pupil := answers.get(case.scheme.subject.field)) and isinstance(pupil, Mapping):
        subject = new_id()
        await tx.execute(SUBJECT, tx.tenant_id, subject, await person_index(tx, pupil), clock.now())
    number = await next_number(tx, "zaak", day.year)
    town = next((str(answers[n]) for n, f in case.scheme.form.items() if f.kind == "gemeente" and n in answers), "")
    await tx.execute(UPDATE, tx.tenant_id, case.id, number, subject, str(answers.get("sector", "")), town)
    return number


async def person_index(tx: Tx, pupil: Mapping[str, Any]) -> bytes | None:
    """A keyed index of surname and birth date, the same for the same pupil within this tenant and nowhere else."""
    if not pupil.get("achternaam") or not pupil.get("geboortedatum"):
        return None
    text = f"{pupil['achternaam']}|{pupil['geboortedatum']}"
    return await index_value(tx, "subject", "person_index", text)


async def likely(tx: Tx, case_id: UUID) -> list[Likely]:
    """Cases that may be of the same pupil and aren't linked."""
    rows = await tx.fetch(LIKELY, tx.tenant_id, case_id)
    return [Likely(**dict(row)) for row in rows]


async def link(tx: Tx, case_id: UUID, other_id: UUID) -> None:
    """Makes two cases of one pupil. Raises Refused unless they are a likely match that somebody saw."""
    if other_id not in {item.id for item in await likely(tx, case_id)}:
        raise Refused.because(
            "geen_dubbel", "Deze zaken horen niet zichtbaar bij dezelfde leerling.", field="aanvraagId"
        )
    await tx.execute(
        "UPDATE support_case SET subject_id = (SELECT subject_id FROM support_case WHERE tenant_id = $1 AND id = $3)"
        " WHERE tenant_id = $1 AND id = $2",
        *(tx.tenant_id, case_id, other_id),
    )
