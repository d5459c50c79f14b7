"""What acts add to a case's row: the first its number, filing its pupil and the columns that lists and reports filter by."""

from collections.abc import Mapping
from typing import Any

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.crypto import index_value
from maatwerk.db import new_id
from maatwerk.organisations.queries import SCHOOL, organisation
from maatwerk.rules.places import places
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ActDef
from maatwerk.tenancy import Tx

FILED = """
    WITH known AS (
        INSERT INTO subject (tenant_id, id, person_index, made_at) SELECT $1, $3, $5, $6 WHERE $3::uuid IS NOT NULL)
    UPDATE support_case SET number = $7, subject_id = $3, sector = $4, draft = NULL WHERE tenant_id = $1 AND id = $2
"""
NUMBER = "UPDATE support_case SET number = $3 WHERE tenant_id = $1 AND id = $2"


async def refuse_other_school(tx: Tx, case: Case, definition: ActDef, role: str, answers: Mapping[str, Any]) -> None:
    """An act from elsewhere that is about a school must be about the school of the case: the answers may name no other one, and what
    is addressed to a school reaches one. Raises Refused."""
    where = places(case.scheme)
    if where[role] == "school" or "school" not in where.values() or not (answers or _for_school(definition, where)):
        return
    school = await organisation(tx, case.organisation_id)
    if school is None or school.kind != SCHOOL:
        raise Refused.because(
            "geen_school",
            "Deze zaak is van geen school.",
            mend="Begin opnieuw en noem met organisatieId de school waarover het gaat.",
            field="organisatieId",
        )
    named = next((str(answers[n]) for n, f in case.scheme.form.items() if f.kind == "school" and answers.get(n)), "")
    if named and named.casefold() != school.name.casefold():
        raise Refused.because(
            "andere_school",
            f"In het formulier staat een andere school dan {school.name}, waarvoor deze zaak is begonnen.",
            mend="Verbeter de school, of begin opnieuw met de andere school.",
            field="antwoorden",
        )


def _for_school(definition: ActDef, where: Mapping[str, str]) -> bool:
    return any(where.get(effect.audience) == "school" for effect in definition.effects)


async def give_number(tx: Tx, case: Case, number: str) -> None:
    """Writes the case's number, once something was done in it that does not file it."""
    await tx.execute(NUMBER, tx.tenant_id, case.id, number)


async def complete_filing(tx: Tx, case: Case, number: str, answers: Mapping[str, Any]) -> None:
    """Writes the number of a filed case, and knows it by its pupil. A group has no pupil to know it by; a list of one has."""
    subject, index, pupil = None, None, answers.get(case.scheme.subject.field)
    if isinstance(pupil, list) and len(pupil) == 1:
        (pupil,) = pupil
    if pupil and isinstance(pupil, Mapping):
        subject, index = new_id(), await person_index(tx, pupil)
    sector = str(answers.get("sector", ""))
    await tx.execute(FILED, tx.tenant_id, case.id, subject, sector, index, clock.now(), number)


async def person_index(tx: Tx, pupil: Mapping[str, Any]) -> bytes | None:
    """A keyed index of surname and birth date, the same for the same pupil within this tenant and nowhere else."""
    if not pupil.get("achternaam") or not pupil.get("geboortedatum"):
        return None
    text = f"{pupil['achternaam']}|{pupil['geboortedatum']}"
    return await index_value(tx, "subject", "person_index", text)
