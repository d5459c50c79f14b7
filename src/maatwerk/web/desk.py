"""The act that a guest has before him: which questions it asks, what stands there already as far as it is open to him, and its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk.cases.case import Case
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.telling import as_met
from maatwerk.files import queries as files
from maatwerk.files.queries import StoredFile
from maatwerk.http import Caller
from maatwerk.organisations.queries import organisation
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.links import asked_of
from maatwerk.rules.refusals import Conflict, NotFound
from maatwerk.rules.scheme import FieldDef
from maatwerk.tenancy import Tx
from maatwerk.web.asking import asked
from maatwerk.web.own_case import can_do, own_case


@dataclass(frozen=True)
class Desk:
    """The act that a guest has before him, in his case as it is now."""

    guest: str
    case: Case
    meeting: Meeting
    role: str
    kind: str
    fields: Mapping[str, FieldDef]
    answers: Mapping[str, Any]
    files: Mapping[UUID, StoredFile]

    @property
    def drafting(self) -> bool:
        return PALETTE[self.case.scheme.acts[self.kind].behaviour].files and self.case.unfiled

    @property
    def on_form(self) -> bool:
        return PALETTE[self.case.scheme.acts[self.kind].behaviour].uses_form

    @property
    def version(self) -> str:
        return as_met(self.case, self.meeting).version


async def desk_of(tx: Tx, caller: Caller, kind: str) -> Desk:
    """Raises NotFound for an act that there is not, Conflict for one that can't be done now."""
    case, meeting, facts = await own_case(tx, caller)
    definition = case.scheme.acts.get(kind)
    role = next((role for role in definition.by if role in meeting.roles), "") if definition else ""
    if definition is None or not role:
        raise NotFound.because("handeling_onbekend", "Dit kunt u in deze aanvraag niet doen.")
    if not can_do(as_met(case, meeting), meeting, facts, kind):
        raise Conflict.because("niet_aan_de_orde", f"{definition.title}: dat kan nu niet (meer).")
    fields, answers, kept, told = asked_of(case.scheme, role, kind), {}, {}, as_met(case, meeting).answers
    if PALETTE[definition.behaviour].uses_form:
        answers = {
            name: value for name, value in told.items() if meeting.opening.whole or name in meeting.opening.fields
        }
        answers = {**await _school(tx, case, fields), **answers}
        if case.key is not None and meeting.opening.files:
            kept = {item.id: item for item in await files.listing(tx, case.id)}
    known, about = case.scheme.constants, None if PALETTE[definition.behaviour].uses_form else told
    whole = case.scheme.form if about is None else definition.fields
    return Desk(caller.acts_as, case, meeting, role, kind, asked(fields, whole, answers, about, known), answers, kept)


async def _school(tx: Tx, case: Case, fields: Mapping[str, FieldDef]) -> dict[str, str]:
    """The school for which the case was begun: it can be no other."""
    found = await organisation(tx, case.organisation_id)
    return {name: found.name for name, field in fields.items() if field.kind == "school" and found}
