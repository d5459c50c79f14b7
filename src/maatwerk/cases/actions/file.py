"""What filing adds to a case: its number, its pupil, the columns that lists and reports filter by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.crypto import index_value
from maatwerk.db import new_id
from maatwerk.tenancy import Tx, next_number

SUBJECT = "INSERT INTO subject (tenant_id, id, person_index, made_at) VALUES ($1, $2, $3, $4)"
UPDATE = """
    UPDATE support_case SET number = $3, subject_id = $4, sector = $5, home_municipality = $6, draft = NULL
    WHERE tenant_id = $1 AND id = $2
"""


async def complete_filing(tx: Tx, case: Case, answers: Mapping[str, Any], day: date) -> str:
    """The case's number, once it was filed. A group has no pupil to know it by; a list of one has."""
    subject, pupil = None, answers.get(case.scheme.subject.field)
    if isinstance(pupil, list) and len(pupil) == 1:
        (pupil,) = pupil
    if pupil and isinstance(pupil, Mapping):
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
