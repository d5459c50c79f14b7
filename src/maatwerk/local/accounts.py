"""Demo accounts: the invented people of tenants/*/demo.toml, with random secrets that stand in one file of mode 0600."""

import asyncio
import secrets
import tomllib
from collections.abc import Sequence
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

    Raises LocalFault when an account exists whose secret was lost; nothing has been changed then.
    """
    path, wanted = settings.data / FILE, wanted_accounts(settings.tenants)
    known, codes = read_accounts(path), await tenant_ids()
    persons = await _persons([each.address for each in wanted])
    if not persons.keys() <= known.keys():
        raise LocalFault(
            f"Van een demo-account is het geheim kwijt: {path} is weg of onvolledig.",
            "Zet het bestand terug, of verwijder de map met gegevens om met een lege demo te beginnen.",
        )
    new = [_noted(known, each) for each in wanted]
    if any(new):
        _write(path, known)
    persons |= await _made([known[each.address] for each in wanted if each.address not in persons])
    for each in wanted:
        await _join(codes[each.tenant], persons[each.address], each)
    return len(known)


def _noted(known: dict[str, DemoAccount], wanted: Wanted) -> bool:
    """Whether the account is new among those known, or new to this tenant; it isn't any more."""
    new = wanted.address not in known
    account = known.setdefault(wanted.address, _new(wanted))
    joins = wanted.tenant not in account.tenants and "operator" not in account.roles
    if joins:
        account.tenants.append(wanted.tenant)
    return new or joins


def read_accounts(path: Path) -> dict[str, DemoAccount]:
    """The accounts of the file by address; none when it is not there."""
    if not path.exists():
        return {}
    return {account.address: account for account in msgspec.json.decode(path.read_bytes(), type=list[DemoAccount])}


def _write(path: Path, known: dict[str, DemoAccount]) -> None:
    """Written before any account is made: a secret that stands in the file may still be used, a lost one never."""
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


async def _persons(addresses: Sequence[str]) -> dict[str, UUID]:
    """Who has an account already. They are looked up first: hashing passwords only to hear that they exist takes seconds."""
    written = {address_of(address): address for address in addresses}
    async with identity_scope() as tx:
        rows = await tx.fetch("SELECT id, address FROM person WHERE address = ANY($1)", list(written))
    return {written[row["address"]]: row["id"] for row in rows}


async def _made(accounts: Sequence[DemoAccount]) -> dict[str, UUID]:
    """The accounts made, as many at once as passwords are hashed at once."""
    once = {account.address: account for account in accounts}
    new = [NewAccount(each.address, each.password, each.totp, "operator" in each.roles) for each in once.values()]
    return dict(zip(once, await asyncio.gather(*map(provision, new)), strict=True))


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
