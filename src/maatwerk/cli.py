"""`maatwerk`: the list of commands. Whatever is typed gets an answer or one Dutch line, never a traceback."""

import io
import os
import sys
from collections.abc import Sequence
from typing import Final

from maatwerk.commands import (
    anonymise,
    audit,
    check,
    demo,
    keys,
    load,
    migrate,
    openapi,
    outbox,
    person,
    scheme,
    tenants,
    term,
    up,
)
from maatwerk.commands.dutch import DutchParser, report
from maatwerk.rules.refusals import Refused

COMMANDS: Final = (
    up,
    demo,
    term,
    scheme,
    tenants,
    anonymise,
    openapi,
    migrate,
    load,
    check,
    keys,
    person,
    outbox,
    audit,
)
_INTERRUPTED: Final = 130
_NOBODY_READS: Final = 141


def parser() -> DutchParser:
    """The command line with every command on it."""
    top = DutchParser(
        prog="maatwerk",
        description="De dienst waarmee samenwerkingsverbanden hun ondersteuningsbudgetten uitvoeren.",
        epilog="Uitleg bij een opdracht: maatwerk OPDRACHT --help",
    )
    listed = top.add_subparsers(title="opdrachten", metavar="OPDRACHT", dest="opdracht")
    for command in COMMANDS:
        command.add(listed)
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
    top = parser()
    try:
        args = top.parse_args(typed)
    except SystemExit as stop:
        return int(stop.code or 0)
    if args.opdracht is None:
        top.print_help(sys.stderr)
        return 2
    try:
        return int(args.run(args))
    except Refused as refused:
        return report(f"maatwerk {args.opdracht}", refused)
