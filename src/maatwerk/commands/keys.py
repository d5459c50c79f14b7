"""`maatwerk keys`: a new KEK, and wrapping every key anew with it. Running processes read the file again by themselves;
the older KEK may leave the file only after `rewrap` has told that it is done."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from maatwerk.commands.opened import opened, settings
from maatwerk.crypto import KekUnusable, Unreadable, add_kek
from maatwerk.crypto.rewrap import rewrap
from maatwerk.rules.refusals import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `keys new-kek` and `keys rewrap`."""
    parser = subparsers.add_parser("keys", description="Beheert de hoofdsleutel.")
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    new = verbs.add_parser("new-kek", help="voeg een nieuwe hoofdsleutel toe, die vanaf nu inpakt")
    new.set_defaults(run=run_new_kek)
    again = verbs.add_parser("rewrap", help="pak alle sleutels opnieuw in met de nieuwste hoofdsleutel")
    again.set_defaults(run=run_rewrap)


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
