"""Links as they are kept: made, mailed, found by what was brought, and why one lets nobody in any more. The secret stands in the mail
alone, behind the # of the address, which no server gets to see.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.crypto import Context, Erased, case_key, seal, unseal
from maatwerk.db import new_id
from maatwerk.people.scopes import identity_scope
from maatwerk.people.secrets import digest
from maatwerk.rules.refusals import NotFound, Refused
from maatwerk.tenancy import Tx

VALID = timedelta(days=7)
MOST_ATTEMPTS = 5
PAGE = "/toegang"

END_OTHERS = "UPDATE access_link SET ended = 'vervangen' WHERE tenant_id = $1 AND guest_id = $2 AND ended IS NULL"
INSERT = """
    INSERT INTO access_link (tenant_id, id, guest_id, digest, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
"""
WHOSE = "SELECT tenant_id, id FROM access_link WHERE digest = $1"
LINK = """
    SELECT l.id, l.guest_id, l.made_at, l.expires_at, l.ended, l.code, l.code_made_at, l.codes, l.attempts,
        g.case_id, g.role, g.withdrawn_at
    FROM access_link l JOIN guest g ON g.tenant_id = l.tenant_id AND g.id = l.guest_id
    WHERE l.tenant_id = $1 AND l.id = $2 FOR UPDATE OF l
"""


class ContactOf(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a guest is reached."""

    address: str
    phone: str = ""

    def __repr__(self) -> str:
        return "ContactOf(...)"


@dataclass(frozen=True)
class Link:
    """A link with the guest whom it lets in."""

    id: UUID
    guest_id: UUID
    made_at: datetime
    expires_at: datetime
    ended: str | None
    code: bytes | None = field(repr=False)
    code_made_at: datetime | None
    codes: int
    attempts: int
    case_id: UUID
    role: str
    withdrawn_at: datetime | None

    @property
    def locked(self) -> bool:
        return self.attempts >= MOST_ATTEMPTS and self.ended is None

    def refuse_dead(self) -> None:
        """Raises Refused, with what helps, for a link that lets nobody in (any more)."""
        again = "Vraag hieronder een nieuwe link. Die komt op hetzelfde mailadres."
        if self.withdrawn_at or self.ended == "ingetrokken":
            raise Refused.because(
                "link_ingetrokken",
                "Deze link is ingetrokken. U kunt hier niet meer naar binnen.",
                mend="Bel of mail wie u de link stuurde als u denkt dat dit niet klopt.",
                field="link",
            )
        if self.ended == "vervangen":
            raise Refused.because(
                "link_vervangen",
                "Er is daarna een nieuwere link gestuurd. Deze werkt niet meer.",
                mend="Open de link in uw nieuwste mail, of vraag hieronder een nieuwe.",
                field="link",
            )
        if self.ended == "gebruikt":
            raise Refused.because(
                "link_gebruikt", "Deze link is al gebruikt. Een link werkt één keer.", mend=again, field="link"
            )
        if self.locked:
            raise locked()
        if self.expires_at <= clock.now():
            raise Refused.because(
                "link_verlopen", "Deze link is verlopen. Een link werkt zeven dagen.", mend=again, field="link"
            )


def locked() -> Refused:
    """Too many wrong codes: only who let the guest in undoes that, by sending a new link."""
    return Refused.because(
        "link_op_slot",
        f"Er is {MOST_ATTEMPTS} keer een verkeerde code ingevuld. Deze link is daarom op slot.",
        mend="Vraag de school of het team dat u de link stuurde om een nieuwe.",
        field="link",
    )


def unknown() -> Refused:
    return NotFound.because(
        "link_onbekend",
        "Deze link kennen wij niet.",
        mend="Open de link nog eens vanuit de mail, of kopieer haar helemaal.",
        field="link",
    )


async def keep_link(tx: Tx, guest_id: UUID, secret: str) -> None:
    """Stores a new link of a guest; the older ones are worth nothing from here on, so a lock is lifted too."""
    now = clock.now()
    await tx.execute(END_OTHERS, tx.tenant_id, guest_id)
    await tx.execute(INSERT, tx.tenant_id, new_id(), guest_id, digest(secret), now, now + VALID)


async def whose(secret: str) -> tuple[UUID, UUID]:
    """(tenant, link) of a secret. Raises NotFound; opens and closes its own scope."""
    async with identity_scope() as tx:
        row = await tx.fetchrow(WHOSE, digest(secret))
    if row is None:
        raise unknown()
    return row["tenant_id"], row["id"]


async def read_link(tx: Tx, link_id: UUID) -> Link:
    """A link of this tenant, locked until the end of the transaction."""
    row = await tx.fetchrow(LINK, tx.tenant_id, link_id)
    if row is None:
        raise unknown()
    return Link(**dict(row))


def address_of_link(public_url: str, secret: str) -> str:
    """What stands in the mail."""
    return f"{public_url}{PAGE}#{secret}"


def seal_contact(tx: Tx, case: Case, guest_id: UUID, contact: ContactOf) -> bytes:
    """A guest's contact as it is stored. Raises Erased."""
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    return seal(case.key, _place(tx, guest_id), msgspec.json.encode(contact))


async def contact_of(tx: Tx, case_id: UUID, guest_id: UUID, sealed: bytes) -> ContactOf:
    """Where a guest is reached. Raises Erased."""
    key = await case_key(tx, case_id)
    return msgspec.json.decode(unseal(key, _place(tx, guest_id), sealed), type=ContactOf)


def _place(tx: Tx, guest_id: UUID) -> Context:
    return Context(tx.tenant_id, "guest", "contact", guest_id)
