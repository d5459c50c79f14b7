"""A case that becomes another school's or town's, because an act says so: from then on that one meets it and has its open tasks, and the
one before no more. Its chairs are a consequence of the act (rules/moving.py)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maatwerk import audit
from maatwerk.cases.case import Case
from maatwerk.organisations.queries import SCHOOL, named
from maatwerk.rules.belonging import municipality_id
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import ActDef
from maatwerk.tasks.actions.pass_on import pass_on
from maatwerk.tenancy import Tx

UPDATE = "UPDATE support_case SET organisation_id = $3 WHERE tenant_id = $1 AND id = $2"


async def hand_over(tx: Tx, case: Case, definition: ActDef, fields: Mapping[str, Any]) -> Case:
    """The case with its new school; as it was when the act hands nothing over, or leaves out the school (the rules refuse that).

    Raises Refused for a school that is none of the partnership's, or more than one.
    """
    wanted = next((effect.school for effect in definition.effects if effect.kind == "overdracht"), "")
    if not wanted or not isinstance(fields.get(wanted), str):
        return case
    found = await named(tx, SCHOOL, fields[wanted])
    if len(found) != 1:
        raise Refused.because(
            "school_onbekend",
            "Deze school is niet bekend in dit partnerschap.",
            mend="Schrijf haar naam voluit, of laat de beheerder haar toevoegen.",
            field=wanted,
        )
    (school,) = found
    await tx.execute(UPDATE, tx.tenant_id, case.id, school.id)
    await audit.record(
        tx, "zaak.overgedragen", "zaak", case.id, details={"van": case.organisation_id, "naar": school.id}
    )
    return replace(case, organisation_id=school.id)


async def pass_on_tasks(tx: Tx, before: Case, now: Case) -> None:
    """Gives the open tasks of the school and of the home municipality that had the case to those that have it now."""
    if now.organisation_id != before.organisation_id:
        await pass_on(tx, now.id, before.organisation_id, now.organisation_id)
    town, other = municipality_id(before.home_municipality), municipality_id(now.home_municipality)
    if town and other and town != other:
        await pass_on(tx, now.id, town, other)
