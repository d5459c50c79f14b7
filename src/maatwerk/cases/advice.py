"""Advice: a school or partner asks before, or instead of, an application (R36-25), and the role that the scheme names answers. No
pupil is named in it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases import schemes
from maatwerk.crypto import Context, opening_key, seal, tenant_key, unseal
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.rules import form
from maatwerk.rules.belonging import CARRIERS, EVERYBODY
from maatwerk.rules.places import adviser
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, NotFound, Refused
from maatwerk.tasks.actions.create import create
from maatwerk.tasks.actions.finish import finish_source
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO advice_question (tenant_id, id, scheme_version_id, organisation_id, role, asked_by, asked_at, question)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
COLUMNS = (
    "id, scheme_version_id, organisation_id, role, asked_by, asked_at, question, answer, answered_at, case_id, seq"
)


@dataclass(frozen=True)
class Advice:
    """A question and, once it was given, the answer."""

    id: UUID
    scheme_version_id: UUID
    organisation_id: UUID
    role: str
    asked_by: UUID
    asked_at: datetime
    question: str
    answer: str | None
    answered_at: datetime | None
    case_id: UUID | None
    seq: int


async def ask(tx: Tx, caller: Caller, version_id: UUID, question: str) -> Advice:
    """Puts the question and gives who answers it a task. Raises Invalid for a text with what may be a BSN, Refused by a scheme that
    has no such route."""
    if caller.organisation_id is None or caller.membership_id is None:
        raise Forbidden.because("geen_school", "Alleen wie bij een school of andere organisatie hoort, vraagt advies.")
    role = adviser(await schemes.version(tx, version_id))
    if not role:
        raise Refused.because("geen_adviesvraag", "Deze regeling kent geen adviesvraag.", field="regelingId")
    _refuse_bsn(question, "vraag")
    advice_id = new_id()
    sealed = seal(await tenant_key(tx), _place(tx, advice_id, "question"), question.encode())
    await tx.execute(
        INSERT,
        *(tx.tenant_id, advice_id, version_id, caller.organisation_id, role, caller.membership_id, clock.now(), sealed),
    )
    await create(
        tx,
        case_id=None,
        title="Adviesvraag van een school beantwoorden",
        role=role,
        owner_id=EVERYBODY,
        done_by_act="adviesvraag_beantwoorden",
        source_key=f"advies:{advice_id}",
    )
    await audit.record(tx, "advies.gevraagd", "adviesvraag", advice_id)
    return await advice(tx, caller, advice_id)


async def answer(tx: Tx, caller: Caller, advice_id: UUID, text: str) -> Advice:
    """Answers, once. Raises Conflict when it was answered, Forbidden for who is not asked."""
    _refuse_bsn(text, "antwoord")
    found = await advice(tx, caller, advice_id)
    if found.role not in _advises_as(caller):
        raise Forbidden.because("geen_toegang", "Deze adviesvraag is aan een ander gericht.")
    if found.answer is not None:
        raise Conflict.because("al_beantwoord", "Deze vraag is al beantwoord.")
    sealed = seal(await tenant_key(tx), _place(tx, advice_id, "answer"), text.encode())
    await tx.execute(
        "UPDATE advice_question SET answer = $3, answered_by = $4, answered_at = $5, seq = seq + 1"
        " WHERE tenant_id = $1 AND id = $2 AND answer IS NULL",
        *(tx.tenant_id, advice_id, sealed, caller.membership_id, clock.now()),
    )
    await finish_source(tx, f"advies:{advice_id}", caller.membership_id)
    await audit.record(tx, "advies.gegeven", "adviesvraag", advice_id)
    return await advice(tx, caller, advice_id)


async def advice(tx: Tx, caller: Caller, advice_id: UUID) -> Advice:
    """One question. Raises NotFound, Forbidden for another school's."""
    row = await tx.fetchrow(
        f"SELECT {COLUMNS} FROM advice_question WHERE tenant_id = $1 AND id = $2 FOR UPDATE",  # noqa: S608
        *(tx.tenant_id, advice_id),
    )
    if row is None:
        raise NotFound.because("adviesvraag_onbekend", "Deze adviesvraag bestaat niet.")
    if row["role"] not in _advises_as(caller) and row["organisation_id"] != caller.organisation_id:
        raise Forbidden.because("geen_toegang", "Deze adviesvraag is van een andere organisatie.")
    return await _opened(tx, row)


async def advice_list(tx: Tx, caller: Caller, after: UUID | None, limit: int) -> list[Advice]:
    """The questions of the caller's organisation, and those that are his to answer, in order of asking."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM advice_question WHERE tenant_id = $1 AND (organisation_id = $2 OR role = ANY($5))"  # noqa: S608
        " AND ($3::uuid IS NULL OR id > $3) ORDER BY id LIMIT $4",
        *(tx.tenant_id, caller.organisation_id, after, limit, _advises_as(caller)),
    )
    return [await _opened(tx, row) for row in rows]


def _advises_as(caller: Caller) -> list[str]:
    """In which roles the caller answers questions: they are the office's."""
    return sorted(caller.works_as) if caller.roles & CARRIERS["bureau"] else []


async def _opened(tx: Tx, row: Any) -> Advice:
    texts = {name: await _text(tx, row["id"], name, row[name]) for name in ("question", "answer") if row[name]}
    return Advice(**{**dict(row), **texts})


async def _text(tx: Tx, advice_id: UUID, column: str, sealed: bytes) -> str:
    return unseal(await opening_key(tx, sealed), _place(tx, advice_id, column), sealed).decode()


def _place(tx: Tx, advice_id: UUID, column: str) -> Context:
    return Context(tx.tenant_id, "advice_question", column, advice_id)


def _refuse_bsn(text: str, place: str) -> None:
    if reasons := form.bsn_reasons(text, place):
        raise Invalid(tuple(reasons))
