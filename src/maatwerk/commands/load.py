"""`maatwerk load`: reads the tenants' folder into the database. Loading again adds what is new and takes nothing away."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from maatwerk.commands.opened import opened, understandable
from maatwerk.loading import load_all

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "load",
        description="Lees MAATWERK_TENANTS_DIR: samenwerkingsverbanden, organisaties en regelingen. Nog eens laden kan altijd.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers 0; a file with faults is Refused before anything of its tenant's schemes is written."""
    codes = asyncio.run(_load())
    print(f"Geladen: {', '.join(codes) or 'geen samenwerkingsverbanden gevonden'}.")
    return 0


async def _load() -> list[str]:
    with understandable():
        async with opened() as settings:
            return await load_all(settings.tenants, print)
