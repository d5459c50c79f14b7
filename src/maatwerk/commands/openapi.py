"""`maatwerk openapi`: the description of the API as JSON. It needs no database, key or environment."""

import argparse
import sys
from typing import TYPE_CHECKING

import msgspec

from maatwerk import asgi
from maatwerk.settings import Settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "openapi",
        description="Schrijft de beschrijving van de API als JSON naar de standaarduitvoer.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the document of the application with its settings' defaults, the same on every machine."""
    document = asgi.build(Settings.from_environment({}), start=False).state.openapi
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")
    return 0
