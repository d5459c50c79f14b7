"""`maatwerk term`: a due date with its derivation. It needs no database, key or environment."""

import argparse
import json
from typing import Any, Final, cast, get_args

from maatwerk.commands.dutch import report
from maatwerk.commands.term_typed import UNITS, read_day, read_length, read_school, read_suspension
from maatwerk.rules.backwards import BackKind, term_before
from maatwerk.rules.calendar import in_words
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.rules.school_calendar import Region
from maatwerk.rules.terms import Kind, Length, Term, term

_PROG: Final = "maatwerk term"
_EXAMPLE: Final = f"voorbeeld: {_PROG} --start 2025-02-21 --length P8W"


def add(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "term",
        description="Berekent de laatste dag van een termijn en legt uit hoe die tot stand komt.",
        epilog=_EXAMPLE,
    )
    parser.add_argument(
        "--start",
        required=True,
        metavar="DATUM",
        help="dag van ontvangst, of met --back de dag waarvoor het klaar moet zijn; telt zelf niet mee",
    )
    parser.add_argument(
        "--length", required=True, metavar="DUUR", help="P14D, P8W, P3M of P1Y; met --unit ook een getal, zoals 4"
    )
    parser.add_argument(
        "--kind",
        choices=get_args(Kind),
        metavar="SOORT",
        help="statutory (wettelijk, de standaard), target (streven; de standaard bij werkdagen, werkweken en "
        "schoolweken), cap (maximum), recurring (terugkerend) of counter (teller)",
    )
    _add_units(parser)
    parser.add_argument(
        "--back",
        action="store_true",
        help="tel terug: de laatste dag om op tijd te zijn voor --start; schuift nooit, zoals "
        "--start 2025-06-12 --length 10 --unit werkdag --back",
    )
    parser.add_argument(
        "--suspend",
        action="append",
        default=[],
        metavar="DATUM/DATUM",
        help="uitnodiging tot aanvullen en aanvulling; beide dagen lopen zelf door; mag vaker, zoals "
        "--suspend 2025-03-10/2025-03-20",
    )
    parser.add_argument(
        "--roll",
        choices=["working_day"],
        metavar="working_day",
        help="schuif ook een andere dan een wettelijke termijn door naar een gewone dag, zoals "
        "--kind target --roll working_day",
    )
    parser.add_argument(
        "--count", type=int, default=1, metavar="AANTAL", help="aantal keren, zoals --kind recurring --count 4"
    )
    parser.add_argument("--json", action="store_true", help="antwoord als JSON")
    parser.set_defaults(run=run)


def _add_units(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--unit",
        choices=UNITS,
        metavar="EENHEID",
        help="dag, week, maand, jaar, werkdag (geen weekend of feestdag), werkweek (vijf werkdagen) of schoolweek "
        "(een week met les), zoals --unit schoolweek --length 4 --region zuid",
    )
    parser.add_argument(
        "--region",
        choices=get_args(Region),
        metavar="REGIO",
        help="vakantieregio noord, midden of zuid; nodig bij schoolweken en bij --exclude",
    )
    parser.add_argument(
        "--exclude",
        choices=["schoolvakanties", "school_holidays"],
        metavar="schoolvakanties",
        help="tel dagen van schoolvakanties niet mee, zoals "
        "--unit werkdag --length 10 --exclude schoolvakanties --region noord",
    )


def run(args: argparse.Namespace) -> int:
    """Prints the derivation, or JSON; 0, or 2 after one Dutch line on stderr."""
    try:
        length = read_length(args.length, args.unit, outside_holidays=args.exclude is not None)
        kind: Kind = args.kind or ("statutory" if length.is_calendar else "target")
        found = _found(args, length, kind)
    except Refused as refused:
        return report(_PROG, refused)
    print(_as_json(found, kind) if args.json else _as_text(found))
    return 0


def _found(args: argparse.Namespace, length: Length, kind: Kind) -> Term:
    start, school = read_day("--start", args.start), read_school(args.region, length)
    suspensions = [read_suspension(text) for text in args.suspend]
    if not args.back:
        return term(start, length, kind, suspensions=suspensions, roll=args.roll, count=args.count, school=school)
    if suspensions or args.roll or args.count != 1:
        mend = "Laat --suspend, --roll en --count weg, of laat --back weg."
        raise Invalid.because(
            "back_is_plain", "Terugtellen schorst, schuift en herhaalt niet.", mend=mend, field="--back"
        )
    if kind not in get_args(BackKind):
        mend = "Kies --kind target of statutory."
        raise Invalid.because("kind_never_backwards", "Deze soort termijn telt niet terug.", mend=mend, field="--kind")
    return term_before(start, length, cast(BackKind, kind), school=school)


def _as_json(found: Term, kind: Kind) -> str:
    steps = [{"code": step.code, "date": step.date.isoformat(), "text": step.text} for step in found.steps]
    dues = {"dues": [due.isoformat() for due in found.dues]} if kind == "recurring" else {}
    return json.dumps({"due": found.due.isoformat(), **dues, "steps": steps}, indent=2)


def _as_text(found: Term) -> str:
    dues = "\n".join(f"{due.isoformat()}  {in_words(due)}" for due in found.dues)
    return "\n".join([dues, "", *(f"- {step.text}" for step in found.steps)])
