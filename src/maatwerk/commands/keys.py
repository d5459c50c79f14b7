"""`maatwerk keys`: a new KEK, wrapping every key anew with it, and another data key for a tenant. Running processes read the file
again by themselves; the older KEK may leave the file only after `rewrap` has told that it is done."""

import argparse
import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from maatwerk import startup, tenancy
from maatwerk.clock import AMSTERDAM
from maatwerk.commands.opened import opened, settings
from maatwerk.crypto import KekUnusable, Unreadable, add_kek
from maatwerk.crypto.rewrap import rewrap
from maatwerk.crypto.rotating import begin, finish, of_owner, reseal
from maatwerk.rules.refusals import NotFound, Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `keys new-kek`, `keys rewrap` and `keys rotate`."""
    parser = subparsers.add_parser("keys", description="Beheert de sleutels.")
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    new = verbs.add_parser("new-kek", help="voeg een nieuwe hoofdsleutel toe, die vanaf nu inpakt")
    new.set_defaults(run=run_new_kek)
    again = verbs.add_parser("rewrap", help="pak alle sleutels opnieuw in met de nieuwste hoofdsleutel")
    again.set_defaults(run=run_rewrap)
    other = verbs.add_parser("rotate", help="geef een partnerschap, of de personen, een nieuwe gegevenssleutel")
    whose = other.add_mutually_exclusive_group(required=True)
    whose.add_argument("tenant", nargs="?", metavar="CODE", help="de code van het partnerschap")
    whose.add_argument("--personen", action="store_true", help="de sleutel van de accounts van personen")
    other.set_defaults(run=run_rotate)


def run_new_kek(args: argparse.Namespace) -> int:
    """Adds a KEK to the file, or makes the file."""
    path = settings().kek_file
    try:
        name = add_kek(path)
    except KekUnusable as error:
        raise Refused.because("kek", str(error)) from error
    except OSError as error:
        raise Refused.because("kek", f"{path} is niet te schrijven.") from error
    print(f"Hoofdsleutel {name} staat in {path}. Draai nu: maatwerk keys rewrap")
    return 0


def run_rewrap(args: argparse.Namespace) -> int:
    """Rewraps everything that an older KEK wrapped, and says so per tenant."""
    return asyncio.run(_rewrap())


async def _rewrap() -> int:
    total = 0
    try:
        async with opened():
            async for done in rewrap():
                total += done.keys
                print(f"{done.owner or 'personen'}: {done.keys} opnieuw ingepakt", flush=True)
    except Unreadable as error:
        message = "Een sleutel gaat met geen van de hoofdsleutels open."
        raise Refused.because("kek", message, mend="Zet de oude terug in het bestand.") from error
    print(f"Klaar: {total} sleutels opnieuw ingepakt.")
    return 0


def run_rotate(args: argparse.Namespace) -> int:
    """Gives an owner another data key, or goes on with what was begun."""
    return asyncio.run(_rotate(args.tenant))


async def _rotate(code: str | None) -> int:
    try:
        async with opened():
            tenant_id = await _tenant(code)
            places = of_owner(tenant_id, startup.sealed_places())
            if not await begin(tenant_id):
                print("Er is nog geen sleutel, dus er is niets te vervangen.")
                return 0
            for place in places:
                print(f"{place.table}: {await reseal(tenant_id, place)} opnieuw verzegeld", flush=True)
            settled = await finish(tenant_id, places)
    except Unreadable as error:
        message = "Een gegeven gaat met zijn sleutel niet open; de oude sleutel blijft daarom bestaan."
        raise Refused.because(
            "sleutel", message, mend="Zoek uit welke regel beschadigd is, en draai dit opnieuw."
        ) from error
    if settled is None:
        print("Klaar: de oude sleutel is vernietigd.")
    else:
        moment = f"{settled.astimezone(AMSTERDAM):%H:%M}"
        print(
            f"De nieuwe sleutel geldt. De oude wordt binnen zes uur vernietigd; na {moment} kan het ook zo: draai dit opnieuw."
        )
    return 0


async def _tenant(code: str | None) -> UUID | None:
    """The tenant of a code; None for people's accounts."""
    if code is None:
        return None
    tenants = await tenancy.tenant_ids()
    if code not in tenants:
        raise NotFound.because("tenant", "Er is geen partnerschap met deze code.")
    return tenants[code]
