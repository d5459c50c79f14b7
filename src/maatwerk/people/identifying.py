"""Finds the caller of a request. Roles, seats and the membership's end are read anew each time, so that a change works at
once; what does not live any more is nobody."""

from collections.abc import Iterable
from typing import Any

from maatwerk import clock
from maatwerk.http.caller import Caller, Credentials
from maatwerk.people.scopes import identity_scope
from maatwerk.people.secrets import digest, is_api_token
from maatwerk.people.sessions import TOUCH, limits
from maatwerk.rules.permissions import OPERATOR

SEATS = """
    ARRAY(SELECT s.seat FROM membership_seat s WHERE s.tenant_id = m.tenant_id AND s.membership_id = m.id) AS seats
"""
PLACE = """
    m.functions, (SELECT o.municipality FROM tenant_organisation o
        WHERE o.tenant_id = m.tenant_id AND o.organisation_id = m.organisation_id) AS municipality
"""
ACTIVE = "m.active_from <= $2 AND (m.active_to IS NULL OR m.active_to > $2)"
BY_SESSION = f"""
    SELECT s.id, s.person_id, s.chosen, s.seen_at, p.operator, m.id AS membership_id, m.roles, m.organisation_id, {PLACE}, {SEATS}
    FROM session s JOIN person p ON p.id = s.person_id AND p.disabled_at IS NULL
    LEFT JOIN membership m ON m.tenant_id = s.chosen AND m.person_id = s.person_id AND {ACTIVE}
    WHERE s.digest = $1 AND s.made_at > $3 AND s.seen_at > $4
"""  # noqa: S608 - only constants of ours
BY_TOKEN = f"""
    SELECT t.id, t.tenant_id, t.scopes, t.seen_at, m.person_id, m.id AS membership_id, m.roles, m.organisation_id, {PLACE}, {SEATS}
    FROM api_token t JOIN membership m ON m.tenant_id = t.tenant_id AND m.id = t.membership_id AND {ACTIVE}
    JOIN person p ON p.id = m.person_id AND p.disabled_at IS NULL
    WHERE t.digest = $1 AND t.revoked_at IS NULL AND t.expires_at > $3
"""  # noqa: S608 - only constants of ours


async def identify(credentials: Credentials) -> Caller | None:
    """The caller of a session's secret or an API token; None for one that is unknown, expired, ended or revoked."""
    if credentials.token:
        return await _by_token(credentials.token) if is_api_token(credentials.token) else None
    return await _by_session(credentials.session)


async def _by_session(secret: str) -> Caller | None:
    now = clock.now()
    async with identity_scope() as tx:
        row = await tx.fetchrow(BY_SESSION, digest(secret), clock.legal_day(now), *limits())
        if row is None or (row["chosen"] is not None and row["membership_id"] is None):
            return None
        if now - row["seen_at"] >= TOUCH:
            await tx.execute("UPDATE session SET seen_at = $2 WHERE id = $1", row["id"], now)
    as_operator = row["operator"] and row["chosen"] is None
    return _caller(row, row["chosen"], [OPERATOR] if as_operator else row["roles"], session_id=row["id"])


async def _by_token(token: str) -> Caller | None:
    now = clock.now()
    async with identity_scope() as tx:
        row = await tx.fetchrow(BY_TOKEN, digest(token), clock.legal_day(now), now)
        if row is None:
            return None
        if row["seen_at"] is None or now - row["seen_at"] >= TOUCH:
            await tx.execute(
                "UPDATE api_token SET seen_at = $3 WHERE tenant_id = $1 AND id = $2", row["tenant_id"], row["id"], now
            )
    return _caller(row, row["tenant_id"], row["roles"], token_id=row["id"], scopes=frozenset(row["scopes"]))


def _caller(row: Any, tenant: Any, roles: Iterable[str] | None, **rest: Any) -> Caller:
    return Caller(
        person_id=row["person_id"],
        tenant=tenant,
        membership_id=row["membership_id"],
        roles=frozenset(roles or ()),
        seats=frozenset(row["seats"]),
        organisation_id=row["organisation_id"],
        functions=frozenset(row["functions"] or ()),
        municipality=row["municipality"] or "",
        **rest,
    )
