"""API tokens: made by a member for his own software, never with more rights than he has, shown once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from maatwerk import audit, clock
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.people.queries import Token
from maatwerk.people.secrets import digest, new_api_token
from maatwerk.rules.permissions import rights_of
from maatwerk.rules.refusals import Forbidden, Invalid, Reason
from maatwerk.tenancy import Tx

LONGEST = timedelta(days=366)
INSERT = """
    INSERT INTO api_token (tenant_id, id, membership_id, name, digest, last_characters, scopes, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def create_token(
    tx: Tx, caller: Caller, name: str, scopes: Iterable[str], expires_at: datetime
) -> tuple[Token, str]:
    """The token and its secret text, which is not stored.

    Raises Invalid for a term of no time or over a year, Forbidden for rights that the caller has not.
    """
    now, wanted = clock.now(), tuple(sorted(set(scopes)))
    if not now < expires_at <= now + LONGEST:
        raise Invalid((Reason("geldig_tot", "Kies een tijdstip binnen een jaar van nu.", field="geldigTot"),))
    missing = sorted(set(wanted) - rights_of(caller.roles))
    if missing:
        message = "Uw rollen geven dit recht niet."
        raise Forbidden(tuple(Reason("recht_ontbreekt", message, field="rechten") for _ in missing))
    code = await tx.fetchval("SELECT code FROM tenant WHERE id = $1", tx.tenant_id)
    token_id, secret = new_id(), new_api_token(code)
    await tx.execute(
        INSERT,
        *(
            tx.tenant_id,
            token_id,
            caller.membership_id,
            name,
            digest(secret),
            secret[-4:],
            list(wanted),
            now,
            expires_at,
        ),
    )
    await audit.record(tx, "token.created", "api_token", token_id, details={"scopes": list(wanted)})
    return Token(token_id, name, secret[-4:], wanted, now, expires_at, None), secret
