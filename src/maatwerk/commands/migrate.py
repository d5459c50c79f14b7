"""`maatwerk migrate`: brings the database up to date, as maatwerk_migrate. The roles are made before, by db/roles.sql."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from maatwerk.commands.opened import settings, understandable
from maatwerk.db.migrate import migrate
from maatwerk.rules.refusals import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers the command."""
    about = "Brengt de database bij, als maatwerk_migrate (MAATWERK_MIGRATE_DATABASE_URL)."
    subparsers.add_parser("migrate", description=about).set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs what the database has not had, and says how many migrations that were."""
    url = settings().migrate_database_url
    if not url:
        raise Refused.because("migrate_url", "MAATWERK_MIGRATE_DATABASE_URL is niet gezet.")
    with understandable():
        count = asyncio.run(migrate(url))
    done = "1 migratie" if count == 1 else f"{count} migraties"
    print(f"{done} uitgevoerd; de database is bij." if count else "De database was al bij.")
    return 0
