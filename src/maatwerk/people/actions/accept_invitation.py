"""Accepting an invitation. Who is logged in accepts at once. Who is not chooses a password, gets the secret for an app,
and accepts with a code of it; whether the address has an account already shows in none of the steps, only in that the
last one fails, with the words of a wrong code."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.crypto import opening_key, seal, tenant_key, unseal
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.people import accounts, passwords, totp
from maatwerk.people.actions.invite import place
from maatwerk.people.recovery_codes import renew_codes
from maatwerk.people.scopes import identity_scope
from maatwerk.people.seating import seat_member
from maatwerk.people.secrets import digest
from maatwerk.rules.refusals import Conflict, NotFound, Refused
from maatwerk.tenancy import Tx, scope

FIND = """
    SELECT tenant_id, id, email FROM invitation
    WHERE digest = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2
"""
CLAIM = """
    UPDATE invitation SET accepted_at = $3, pending_password = NULL, pending_totp = NULL, sealed_token = NULL
    WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3
    RETURNING id, name, email, phone, organisation_id, roles, functions, seats
"""
JOIN = """
    INSERT INTO membership AS m
        (tenant_id, id, person_id, name, email, phone, organisation_id, roles, functions, active_from, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (tenant_id, person_id) DO UPDATE SET
        name = excluded.name, email = excluded.email, phone = excluded.phone, roles = excluded.roles,
        functions = excluded.functions, organisation_id = excluded.organisation_id, active_from = excluded.active_from, active_to = NULL, seq = m.seq + 1
        WHERE m.active_to <= excluded.active_from
    RETURNING id
"""


@dataclass(frozen=True)
class _Open:
    tenant_id: UUID
    id: UUID
    email: str = field(repr=False)


async def accept_as(caller: Caller, token: str) -> UUID:
    """The membership of somebody who is logged in. Raises NotFound for a token that is not valid (any more)."""
    invitation = await _find(token)
    return await _join(invitation, caller.person_id)


async def begin_acceptance(token: str, password: str) -> str:
    """Notes a password, sealed with the invitation, and answers the otpauth URL for an app. May be done again.

    Raises NotFound, and Invalid for a weak password.
    """
    invitation = await _find(token)
    passwords.refuse_weak(password, about=(invitation.email,))
    hashed, secret = await passwords.hash_password(password), totp.new_totp_secret()
    async with scope(invitation.tenant_id, None) as tx:
        key = await tenant_key(tx)
        await tx.execute(
            "UPDATE invitation SET pending_password = $3, pending_totp = $4 WHERE tenant_id = $1 AND id = $2",
            *(tx.tenant_id, invitation.id),
            seal(key, place(tx, invitation.id, "pending_password"), hashed.encode()),
            seal(key, place(tx, invitation.id, "pending_totp"), secret.encode()),
        )
    return totp.enrolment_url(secret, invitation.email)


async def finish_acceptance(token: str, password: str, code: str) -> list[str]:
    """Makes the account and the membership, and answers recovery codes, to be shown once. Raises NotFound, and Refused in one
    wording for all that does not fit.

    Two transactions, because an account belongs to no tenant: after a crash in between, logging in and accepting works.
    """
    invitation = await _find(token)
    async with scope(invitation.tenant_id, None) as tx:
        hashed, secret = await _pending(tx, invitation.id)
    right = await passwords.matches(hashed or passwords.NOBODY, password)
    counter = totp.matching_counter(secret or totp.NOBODY, code, clock.now())
    if hashed is None or secret is None or not right or counter is None:
        raise _refused()
    async with identity_scope() as tx:
        person_id = await accounts.create(tx, invitation.email, hashed=hashed, totp=secret, counter=counter)
        codes = await renew_codes(tx, person_id) if person_id else []
    if person_id is None:
        raise _refused()
    await _join(invitation, person_id)
    return codes


async def _find(token: str) -> _Open:
    """The open invitation of a token; its tenant is not known yet, so this looks in the identity scope."""
    async with identity_scope() as tx:
        row = await tx.fetchrow(FIND, digest(token), clock.now())
    if row is None:
        raise _unknown()
    return _Open(row["tenant_id"], row["id"], row["email"])


async def _pending(tx: Tx, invitation_id: UUID) -> tuple[str | None, str | None]:
    row = await tx.fetchrow(
        "SELECT pending_password, pending_totp FROM invitation WHERE tenant_id = $1 AND id = $2",
        *(tx.tenant_id, invitation_id),
    )
    if row is None or row["pending_password"] is None:
        return None, None
    hashed, secret = [
        unseal(await opening_key(tx, row[column]), place(tx, invitation_id, column), row[column]).decode()
        for column in ("pending_password", "pending_totp")
    ]
    return hashed, secret


async def _join(invitation: _Open, person_id: UUID) -> UUID:
    async with scope(invitation.tenant_id, person_id) as tx:
        row = await tx.fetchrow(CLAIM, tx.tenant_id, invitation.id, clock.now())
        if row is None:
            raise _unknown()
        return await join(tx, person_id, row)


async def join(tx: Tx, person_id: UUID, offered: Any) -> UUID:
    """Makes the membership that an invitation offered, or renews one that had ended. Raises Conflict for a member."""
    membership_id: UUID | None = await tx.fetchval(
        JOIN,
        *(tx.tenant_id, new_id(), person_id, offered["name"], offered["email"], offered["phone"]),
        *(offered["organisation_id"], offered["roles"], offered["functions"], clock.today(), clock.now()),
    )
    if membership_id is None:
        raise Conflict.because("al_lid", "U bent al lid van dit partnerschap.")
    await seat_member(tx, membership_id, offered["seats"])
    details = {"roles": offered["roles"], "functions": offered["functions"]}
    await audit.record(tx, "membership.begun", "membership", membership_id, details=details)
    return membership_id


def _unknown() -> Refused:
    return NotFound.because(
        "uitnodiging", "Deze uitnodiging is niet (meer) geldig.", mend="Vraag een nieuwe uitnodiging aan."
    )


def _refused() -> Refused:
    return Refused.because(
        "aanvaarden_mislukt",
        "Het wachtwoord of de code klopt niet, of er is al een account met dit adres.",
        mend="Probeer een nieuwe code. Hebt u al een account, log dan in en aanvaard de uitnodiging daar.",
    )
