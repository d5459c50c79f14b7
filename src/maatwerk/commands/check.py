"""`maatwerk check`: says why this installation may not start, a Dutch line per reason. Every process asks the same."""

import argparse
import asyncio
import sys
from typing import TYPE_CHECKING

from maatwerk import fitness, startup
from maatwerk.commands.opened import settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers the command."""
    about = "Controleert rollen, versleuteling, hoofdsleutel en database; elke reden om niet te starten is een regel."
    subparsers.add_parser("check", description=about).set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers 0 when the service may start, 1 when not."""
    found = asyncio.run(fitness.faults(settings(), startup.declared_tables()))
    for line in found:
        sys.stderr.write(f"maatwerk check: {line}\n")
    if not found:
        print("De dienst mag starten.")
    return 1 if found else 0
