"""`maatwerk scheme try` and `scheme draw`: a scheme at work on an example, and as a picture. No database, key or environment."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maatwerk import clock
from maatwerk.commands import scheme_arguments, scheme_diff, scheme_reference
from maatwerk.commands.application_file import read_application
from maatwerk.commands.dutch import report
from maatwerk.commands.scheme_files import a_day, scheme_at
from maatwerk.commands.trial_text import as_text
from maatwerk.rules.graph import mermaid
from maatwerk.rules.refusals import Refused
from maatwerk.rules.trial import run_trial
from maatwerk.rules.trial_data import as_data

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_EXAMPLE: Final = "voorbeeld: maatwerk scheme try tenants/voorbeeld aanvraag.json --at 2025-03-03"


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `scheme try`, `scheme draw` and the verbs that have a module of their own."""
    about = "Probeert een regeling uit voordat zij telt: op een voorbeeld, op zaken, op een budget; vergelijkt en tekent haar."
    parser = subparsers.add_parser("scheme", description=about)
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    trying = verbs.add_parser(
        "try",
        help="laat zien waar een aanvraag onder een regeling staat, en waarom",
        description="Doet de aanvraag en de handelingen uit een voorbeeld na en toont de stand, met elke reden. "
        "Zonder handelingen wordt op de dag van --at ingediend. Een geweigerde handeling is een antwoord: uitgang 0.",
        epilog=_EXAMPLE,
    )
    trying.add_argument("scheme", metavar="REGELING", help="een .toml-bestand of de map van een partnerschap")
    trying.add_argument("application", metavar="AANVRAAG", help="een .json-bestand met antwoorden en handelingen")
    trying.add_argument("--at", metavar="DATUM", help="de dag waarop u kijkt; anders vandaag")
    trying.add_argument("--json", action="store_true", help="antwoord als JSON")
    trying.set_defaults(run=run_try)
    drawing = verbs.add_parser(
        "draw", help="teken de stappen als Mermaid", description="Tekent de stappen als Mermaid."
    )
    drawing.add_argument("scheme", metavar="REGELING", help="een .toml-bestand of de map van een partnerschap")
    drawing.set_defaults(run=run_draw)
    scheme_diff.add(verbs)
    scheme_reference.add(verbs)
    scheme_arguments.add(verbs)


def run_try(args: argparse.Namespace) -> int:
    """Prints the standing; 0, or 2 after one Dutch line when something can't be read."""
    try:
        at = clock.today() if args.at is None else a_day(args.at, "--at")
        scheme = scheme_at(args.scheme)
        application = read_application(Path(args.application), scheme)
    except Refused as refused:
        return report("maatwerk scheme try", refused)
    data = as_data(scheme, run_trial(scheme, application, at))
    print(json.dumps(data, indent=2, ensure_ascii=False) if args.json else as_text(data))
    return 0


def run_draw(args: argparse.Namespace) -> int:
    """Prints the flowchart; 0, or 2 after one Dutch line."""
    try:
        print(mermaid(scheme_at(args.scheme)))
    except Refused as refused:
        return report("maatwerk scheme draw", refused)
    return 0
