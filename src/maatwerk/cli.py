"""`maatwerk`: the list of commands. Whatever is typed gets an answer or one Dutch line, never a traceback. Only the command
that was typed is imported: a calculation of a term shouldn't wait for a web framework."""

import io
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any, Final

from maatwerk.commands.dutch import DutchParser, report
from maatwerk.rules.refusals import Refused

COMMANDS: Final[Mapping[str, str]] = {
    "up": "draai de hele dienst op deze machine, als demo",
    "demo": "speel de hoofdtaak na, zonder mens",
    "term": "bereken de laatste dag van een termijn, met uitleg",
    "scheme": "probeer, vergelijk en teken een regeling",
    "tenants": "kijk regelingen na",
    "outline": "lees een bestand met zaken in, zoals de acties van een programma",
    "anonymise": "ontdoe teksten van directe identificatie",
    "openapi": "toon de beschrijving van de API (OpenAPI 3.1)",
    "migrate": "breng de database bij",
    "load": "laad samenwerkingsverbanden en regelingen in de database",
    "check": "controleer of de dienst mag starten",
    "keys": "beheer de sleutels",
    "person": "nodig iemand uit, of maak iemands app los",
    "outbox": "bekijk vastgelopen taken",
    "audit": "controleer het logboek",
}
_INTERRUPTED: Final = 130
_NOBODY_READS: Final = 141


def command(name: str) -> Any:
    """The module of a command; `add` puts it on the command line."""
    return import_module(f"maatwerk.commands.{name}")


def parser(typed: Sequence[str]) -> DutchParser:
    """The command line with every command on it by name, and in full the one that was typed."""
    wanted = next((word for word in typed if word != "--"), "")
    top = DutchParser(
        prog="maatwerk",
        description="De dienst waarmee samenwerkingsverbanden hun ondersteuningsbudgetten uitvoeren.",
        epilog="Uitleg bij een opdracht: maatwerk OPDRACHT --help",
    )
    listed = top.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="opdracht")
    for name, about in COMMANDS.items():
        if name == wanted:
            command(name).add(listed)
        else:
            listed.add_parser(name, help=about)
    return top


def main(typed: Sequence[str] | None = None) -> int:
    """Runs one command (`typed` defaults to the process's arguments) and answers its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        code = _run(typed)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _NOBODY_READS
    return code


def _run(typed: Sequence[str] | None) -> int:
    words = sys.argv[1:] if typed is None else typed
    top = parser(words)
    try:
        args = top.parse_args(words)
    except SystemExit as stop:
        return int(stop.code or 0)
    if args.opdracht is None:
        top.print_help(sys.stderr)
        return 2
    try:
        return int(args.run(args))
    except Refused as refused:
        return report(f"maatwerk {args.opdracht}", refused)
