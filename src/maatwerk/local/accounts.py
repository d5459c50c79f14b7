"""Demo accounts: the invented people of tenants/*/demo.toml, with random secrets that stand in one file of mode 0600."""

import secrets
import tomllib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pyotp

from maatwerk.local.faults import LocalFault
from maatwerk.local.secret_file import write_private
from maatwerk.organisations.queries import by_name
from maatwerk.people import identity_scope
from maatwerk.people.accounts import address_of
from maatwerk.people.actions.invite import Invitee
from maatwerk.people.actions.provision import NewAccount, provision, provision_member
from maatwerk.people.queries import Seat
from maatwerk.rules.refusals import Conflict
from maatwerk.settings import Settings
from maatwerk.tenancy import scope, tenant_ids

FILE = "demo-accounts.json"


class DemoAccount(msgspec.Struct, rename={"name": "naam", "address": "adres", "password": "wachtwoord", "totp": "totpGeheim",
                                          "tenants": "partnerschappen", "roles": "rollen", "functions": "functies", "seats": "zetels"}):  # fmt: skip
    """What a person needs to log in; `totp` goes into an authenticator app."""

    name: str
    address: str
    password: str
    totp: str
    tenants: list[str]
    roles: list[str]
    seats: list[str]
    functions: list[str] = []


@dataclass(frozen=True)
class Wanted:
    """One [[account]] of a demo.toml."""

    tenant: str
    entry: dict[str, Any]

    @property
    def address(self) -> str:
        return str(self.entry["mail"])

    @property
    def seats(self) -> list[Seat]:
        own = [Seat(code, False) for code in self.entry.get("zetels", ())]
        return own + [Seat(code, True) for code in self.entry.get("vervangt", ())]


def wanted_accounts(folder: Path) -> list[Wanted]:
    """Every account of every tenant's demo.toml, in order."""
    found = []
    for path in sorted(folder.glob("*/demo.toml")):
        code = tomllib.loads((path.parent / "tenant.toml").read_text(encoding="utf-8"))["code"]
        entries = tomllib.loads(path.read_text(encoding="utf-8")).get("account", [])
        found += [Wanted(code, entry) for entry in entries]
    return found


async def ensure_demo_accounts(settings: Settings) -> int:
    """Makes the accounts that aren't there yet and keeps their secrets in `demo-accounts.json`; answers how many there are.

    Raises LocalFault when an account exists whose secret was lost.
    """
    path = settings.data / FILE
    known = read_accounts(path)
    codes = await tenant_ids()
    for wanted in wanted_accounts(settings.tenants):
        new = wanted.address not in known
        account = known.setdefault(wanted.address, _new(wanted))
        joins = wanted.tenant not in account.tenants and "operator" not in account.roles
        if joins:
            account.tenants.append(wanted.tenant)
        if new or joins:
            _write(path, known)
        person = await _person(account, path, new=new)
        await _join(codes[wanted.tenant], person, wanted)
    return len(known)


def read_accounts(path: Path) -> dict[str, DemoAccount]:
    """The accounts of the file by address; none when it is not there."""
    if not path.exists():
        return {}
    return {account.address: account for account in msgspec.json.decode(path.read_bytes(), type=list[DemoAccount])}


def _write(path: Path, known: dict[str, DemoAccount]) -> None:
    """Written before the account is made: a secret that stands in the file may still be used, a lost one never."""
    write_private(path, msgspec.json.format(msgspec.json.encode(list(known.values())), indent=2))


def _new(wanted: Wanted) -> DemoAccount:
    entry = wanted.entry
    return DemoAccount(
        name=entry["naam"],
        address=wanted.address,
        password=secrets.token_urlsafe(18),
        totp=pyotp.random_base32(),
        tenants=[],
        roles=list(entry["rollen"]),
        seats=[seat.code for seat in wanted.seats],
        functions=list(entry.get("functies", ())),
    )


async def _person(account: DemoAccount, path: Path, *, new: bool) -> UUID:
    """Whose account it is. It is looked up first: hashing sixteen passwords only to hear that they exist takes a second."""
    person = await _known(account.address)
    if person is not None and new:
        raise LocalFault(
            f"Van een demo-account is het geheim kwijt: {path} is weg of onvolledig.",
            "Zet het bestand terug, of verwijder de map met gegevens om met een lege demo te beginnen.",
        )
    return person or await provision(
        NewAccount(account.address, account.password, account.totp, operator="operator" in account.roles)
    )


async def _known(address: str) -> UUID | None:
    async with identity_scope() as tx:
        person: UUID | None = await tx.fetchval("SELECT id FROM person WHERE address = $1", address_of(address))
        return person


async def _join(tenant_id: UUID, person: UUID, wanted: Wanted) -> None:
    """Makes the person a member with the roles of demo.toml, unless he is one already."""
    entry = wanted.entry
    if "operator" in entry["rollen"]:
        return
    async with scope(tenant_id, None) as tx:
        organisation = await by_name(tx, entry["organisatie"]) if "organisatie" in entry else None
    invitee = Invitee(
        email=wanted.address,
        name=entry["naam"],
        roles=entry["rollen"],
        seats=wanted.seats,
        phone=entry.get("telefoon"),
        organisation_id=organisation.id if organisation else None,
        functions=entry.get("functies", ()),
    )
    with suppress(Conflict):
        await provision_member(tenant_id, person, invitee)
