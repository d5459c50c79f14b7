"""An account made from outside the service, without an invitation: demo accounts, and the operator himself. Nobody can
come here over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from maatwerk.people import accounts, passwords
from maatwerk.people.actions.accept_invitation import join
from maatwerk.people.actions.invite import Invitee, refuse_roles
from maatwerk.people.scopes import identity_scope
from maatwerk.rules.refusals import Conflict
from maatwerk.tenancy import scope


@dataclass(frozen=True)
class NewAccount:
    """What somebody will log in with; `totp` is a base32 secret."""

    address: str
    password: str = field(repr=False)
    totp: str = field(repr=False)
    operator: bool = False


async def provision(account: NewAccount) -> UUID:
    """Makes the account and answers the person's id. Raises Conflict when the address has one, Invalid when weak."""
    passwords.refuse_weak(account.password, about=(account.address,))
    hashed = await passwords.hash_password(account.password)
    async with identity_scope() as tx:
        person_id = await accounts.create(
            tx, account.address, hashed=hashed, totp=account.totp, counter=0, operator=account.operator
        )
    if person_id is None:
        raise Conflict.because("account_bestaat", "Met dit adres is er al een account.")
    return person_id


async def provision_member(tenant_id: UUID, person_id: UUID, invitee: Invitee) -> UUID:
    """Makes a person a member of a tenant, as an accepted invitation would. Raises Conflict for a member, Invalid for roles and
    functions that do not go together."""
    offered = {
        "name": invitee.name,
        "email": accounts.address_of(invitee.email),
        "phone": invitee.phone,
        "organisation_id": invitee.organisation_id,
        "roles": sorted(set(invitee.roles)),
        "functions": sorted(set(invitee.functions)),
        "seats": _seats(invitee),
    }
    async with scope(tenant_id, None) as tx:
        await refuse_roles(tx, invitee.roles, invitee.functions, invitee.seats)
        return await join(tx, person_id, offered)


def _seats(invitee: Invitee) -> Sequence[tuple[str, bool]]:
    return [(seat.code, seat.substitute) for seat in invitee.seats]
