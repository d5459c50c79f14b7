"""Accounts: a person with a password and an authenticator app. Only the identity scope sees them, and what this module
finds is for checking, never for showing: nobody learns here whether an address exists."""

from dataclasses import dataclass, field
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto import Context, opening_key, seal, tenant_key, unseal
from maatwerk.crypto.keys import IDENTITY
from maatwerk.db import new_id
from maatwerk.tenancy import Tx

FIND = """
    SELECT p.id, p.address, w.id AS password_id, w.secret AS password, t.id AS totp_id, t.secret AS totp
    FROM person p
    JOIN credential w ON w.person_id = p.id AND w.kind = 'password'
    LEFT JOIN credential t ON t.person_id = p.id AND t.kind = 'totp'
    WHERE p.disabled_at IS NULL AND {}
"""
PUT = """
    INSERT INTO credential (person_id, id, kind, secret, last_counter, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (person_id, kind) DO UPDATE
        SET id = excluded.id, secret = excluded.secret, last_counter = excluded.last_counter, changed_at = excluded.changed_at
"""


@dataclass(frozen=True)
class Account:
    """What a login is checked against; `totp` is empty for somebody whose app was taken away."""

    person_id: UUID
    address: str = field(repr=False)
    hashed: str = field(repr=False)
    totp: str = field(repr=False)


def address_of(text: str) -> str:
    """One spelling of a mail address."""
    return text.strip().lower()


async def find(tx: Tx, address: str, *, without_app: bool = False) -> Account | None:
    """The account of an address, if it can log in; `without_app` finds one that can't because it has no app too."""
    return await _found(tx, "p.address = $1", address_of(address), without_app)


async def of_person(tx: Tx, person_id: UUID, *, without_app: bool = False) -> Account | None:
    """The same of a person."""
    return await _found(tx, "p.id = $1", person_id, without_app)


async def _found(tx: Tx, condition: str, value: object, without_app: bool) -> Account | None:
    with_app = "" if without_app else " AND t.id IS NOT NULL"
    row = await tx.fetchrow(FIND.format(condition) + with_app, value)
    await tenant_key(tx)  # so that an unknown address costs what a known one does
    if row is None:
        return None
    hashed = await _opened(tx, row["password_id"], row["password"])
    totp = await _opened(tx, row["totp_id"], row["totp"]) if row["totp"] else ""
    return Account(row["id"], row["address"], hashed, totp)


async def create(tx: Tx, address: str, *, hashed: str, totp: str, counter: int, operator: bool = False) -> UUID | None:
    """A new person with both credentials; None, and nothing done, when the address has one already."""
    person_id = new_id()
    made = await tx.execute(
        "INSERT INTO person (id, address, operator, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (address) DO NOTHING",
        *(person_id, address_of(address), operator, clock.now()),
    )
    if not made:
        return None
    await put_credential(tx, person_id, "password", hashed)
    await put_credential(tx, person_id, "totp", totp, counter)
    return person_id


async def put_credential(tx: Tx, person_id: UUID, kind: str, secret: str, counter: int = 0) -> None:
    """Stores a credential, sealed, in the place of an older one of its kind; `counter` is the last TOTP step used."""
    credential_id = new_id()
    sealed = seal(await tenant_key(tx), _place(credential_id), secret.encode())
    await tx.execute(PUT, person_id, credential_id, kind, sealed, counter, clock.now())


async def drop_credential(tx: Tx, person_id: UUID, kind: str) -> None:
    """Removes a credential, if there is one."""
    await tx.execute("DELETE FROM credential WHERE person_id = $1 AND kind = $2", person_id, kind)


async def credential(tx: Tx, person_id: UUID, kind: str) -> str | None:
    """The secret of one credential."""
    row = await tx.fetchrow("SELECT id, secret FROM credential WHERE person_id = $1 AND kind = $2", person_id, kind)
    return row and await _opened(tx, row["id"], row["secret"])


async def use_counter(tx: Tx, person_id: UUID, counter: int) -> bool:
    """Marks a TOTP step as used; False when it, or a later one, was used before."""
    return bool(
        await tx.execute(
            "UPDATE credential SET last_counter = $2 WHERE person_id = $1 AND kind = 'totp' AND last_counter < $2",
            *(person_id, counter),
        )
    )


async def _opened(tx: Tx, credential_id: UUID, sealed: bytes) -> str:
    return unseal(await opening_key(tx, sealed), _place(credential_id), sealed).decode()


def _place(credential_id: UUID) -> Context:
    return Context(IDENTITY, "credential", "secret", credential_id)
