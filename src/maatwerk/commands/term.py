"""`maatwerk term`: a due date with its derivation. It needs no database, key or environment."""

import argparse
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeVar, get_args

from maatwerk.commands.dutch import brief, report
from maatwerk.rules.calendar import in_words
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.rules.terms import Kind, Length, Suspension, Term, term

_PROG: Final = "maatwerk term"
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EXAMPLE: Final = f"voorbeeld: {_PROG} --start 2025-02-21 --length P8W"

Read = TypeVar("Read")


def add(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "term",
        description="Berekent de laatste dag van een termijn en legt uit hoe die tot stand komt.",
        epilog=_EXAMPLE,
    )
    parser.add_argument("--start", required=True, metavar="DATUM", help="dag van ontvangst; telt zelf niet mee")
    parser.add_argument("--length", required=True, metavar="DUUR", help="P14D, P8W, P3M of P1Y")
    parser.add_argument(
        "--kind",
        default="statutory",
        choices=get_args(Kind),
        metavar="SOORT",
        help="statutory (wettelijk, de standaard), target (streven), cap (maximum), recurring (terugkerend) "
        "of counter (teller)",
    )
    parser.add_argument(
        "--suspend",
        action="append",
        default=[],
        metavar="DATUM/DATUM",
        help="uitnodiging tot aanvullen en aanvulling; beide dagen lopen zelf door; mag vaker",
    )
    parser.add_argument(
        "--roll",
        choices=["working_day"],
        metavar="working_day",
        help="schuif ook een andere dan een wettelijke termijn door naar een gewone dag",
    )
    parser.add_argument("--count", type=int, default=1, metavar="AANTAL", help="aantal keren (alleen recurring)")
    parser.add_argument("--json", action="store_true", help="antwoord als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the derivation, or JSON; 0, or 2 after one Dutch line on stderr."""
    try:
        found = term(
            _read("--start", _day, args.start),
            _read("--length", Length.parse, args.length),
            args.kind,
            suspensions=[_read("--suspend", _suspension, text) for text in args.suspend],
            roll=args.roll,
            count=args.count,
        )
    except Refused as refused:
        return report(_PROG, refused)
    print(_as_json(found, args.kind) if args.json else _as_text(found))
    return 0


def _read(option: str, parse: Callable[[str], Read], text: str) -> Read:
    try:
        return parse(text)
    except Refused as refused:
        raise Invalid(tuple(replace(reason, field=f"{option} {brief(text)}") for reason in refused.reasons)) from None


def _day(text: str) -> date:
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Invalid.because("date_unreadable", "Dit is geen datum.", mend="Schrijf jaar-maand-dag, zoals 2025-02-21.")


def _suspension(text: str) -> Suspension:
    invited, slash, completed = text.partition("/")
    if not slash:
        raise Invalid.because(
            "suspension_unreadable",
            "Een opschorting heeft twee datums.",
            mend="Schrijf UITNODIGING/AANVULLING, zoals 2025-03-10/2025-03-20.",
        )
    return Suspension(_day(invited), _day(completed))


def _as_json(found: Term, kind: Kind) -> str:
    steps = [{"code": step.code, "date": step.date.isoformat(), "text": step.text} for step in found.steps]
    dues = {"dues": [due.isoformat() for due in found.dues]} if kind == "recurring" else {}
    return json.dumps({"due": found.due.isoformat(), **dues, "steps": steps}, indent=2)


def _as_text(found: Term) -> str:
    dues = "\n".join(f"{due.isoformat()}  {in_words(due)}" for due in found.dues)
    return "\n".join([dues, "", *(f"- {step.text}" for step in found.steps)])
