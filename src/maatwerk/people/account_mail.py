"""Mails about an account: asked for here by a row of people's own scope, so that asking takes as long for an address that nobody has.
The ticker makes mails of them (actions/mail_accounts.py)."""

from typing import Literal
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto import Context, opening_key, seal, tenant_key, unseal
from maatwerk.crypto.keys import IDENTITY
from maatwerk.db import new_id
from maatwerk.people.accounts import address_of
from maatwerk.tenancy import Tx

Kind = Literal["wachtwoord_vergeten", "app_opnieuw", "wachtwoord_gewijzigd", "app_gewijzigd", "herstelcodes_gemaakt"]
INSERT = """
    INSERT INTO account_mail (id, kind, address, sealed_token, made_at, next_at, attempts)
    VALUES ($1, $2, $3, $4, $5, $5, 0)
"""


async def ask(tx: Tx, kind: Kind, address: str, token: str = "") -> UUID:
    """Asks for a mail to an address; `token` is what it has to carry, if that is known already."""
    mail_id = new_id()
    sealed = await sealed_value(tx, mail_id, "sealed_token", token) if token else None
    await tx.execute(
        INSERT, mail_id, kind, await sealed_value(tx, mail_id, "address", address_of(address)), sealed, clock.now()
    )
    return mail_id


async def sealed_value(tx: Tx, mail_id: UUID, column: str, text: str) -> bytes:
    """A column of account_mail as it is stored."""
    return seal(await tenant_key(tx), Context(IDENTITY, "account_mail", column, mail_id), text.encode())


async def opened_value(tx: Tx, mail_id: UUID, column: str, sealed: bytes) -> str:
    """What stands in a column of account_mail."""
    return unseal(await opening_key(tx, sealed), Context(IDENTITY, "account_mail", column, mail_id), sealed).decode()
