"""`maatwerk outbox`: rows that failed eight times, and driving one again. It prints ids and codes, never contents."""

import argparse
import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from maatwerk import clock, outbox, tenancy
from maatwerk.commands.opened import opened
from maatwerk.rules.refusals import NotFound

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `outbox dead` and `outbox redrive`."""
    parser = subparsers.add_parser("outbox", description="Beheert vastgelopen taken.")
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    dead = verbs.add_parser("dead", help="toon de taken die acht keer zijn mislukt")
    dead.set_defaults(run=run_dead)
    again = verbs.add_parser("redrive", help="geef een vastgelopen taak acht nieuwe pogingen")
    again.add_argument("id", type=UUID, metavar="ID", help="het id dat `outbox dead` toont")
    again.set_defaults(run=run_redrive)


def run_dead(args: argparse.Namespace) -> int:
    """Prints a line per dead row of every tenant."""
    return asyncio.run(_dead())


async def _dead() -> int:
    total = 0
    async with opened():
        for code, tenant_id in (await tenancy.tenant_ids()).items():
            async with tenancy.scope(tenant_id, None, read_only=True) as tx:
                jobs = await outbox.dead_jobs(tx)
            total += len(jobs)
            for job in jobs:
                died = job.dead_at.astimezone(clock.AMSTERDAM).strftime("%d-%m-%Y %H:%M")
                print(f"{job.outbox_id}  {code}  {job.handler}  {job.failure}  {job.attempts} pogingen  {died}")
    print(
        "Er zijn geen vastgelopen taken." if not total else f"{total} vastgelopen. Opnieuw: maatwerk outbox redrive ID"
    )
    return 0


def run_redrive(args: argparse.Namespace) -> int:
    """Drives one row again, whichever tenant's it is."""
    return asyncio.run(_redrive(args.id))


async def _redrive(outbox_id: UUID) -> int:
    async with opened():
        for tenant_id in (await tenancy.tenant_ids()).values():
            async with tenancy.scope(tenant_id, None) as tx:
                if await outbox.redrive(tx, outbox_id):
                    print("De taak krijgt acht nieuwe pogingen.")
                    return 0
    raise NotFound.because("outbox_row", "Er is geen vastgelopen taak met dit id.", mend="Zie: maatwerk outbox dead")
