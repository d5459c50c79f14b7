"""What `scheme dry-run` and `scheme budget` are asked with. What they do is imported when one of them is typed: it takes the whole
service along, and trying or drawing shouldn't wait for that.
"""

import argparse
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers both."""
    _add_dry_run(verbs)
    _add_budget(verbs)


def _add_dry_run(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    parser = verbs.add_parser(
        "dry-run",
        help="draai een regeling proef op de zaken van een partnerschap",
        description="Beoordeelt de zaken die in een periode zijn ingediend opnieuw, met de regels van een bestand, en noemt per zaak "
        "het eerste dat anders gaat. Er wordt niets geschreven. Wat mensen daarna zouden doen, weet niemand; een handeling die "
        "toen werd geweigerd, staat er niet bij.",
        epilog="voorbeeld: maatwerk scheme dry-run de-regio nieuw.toml --from 2024-08-01 --until 2025-07-31",
    )
    parser.add_argument("tenant", metavar="PARTNERSCHAP", help="de code van een partnerschap")
    parser.add_argument("scheme", metavar="REGELING", help="een .toml-bestand of de map van een partnerschap")
    parser.add_argument("--from", dest="first", metavar="DATUM", required=True, help="de eerste dag van indiening")
    parser.add_argument("--until", dest="last", metavar="DATUM", required=True, help="de laatste dag van indiening")
    parser.add_argument("--json", action="store_true", help="antwoord als JSON")
    parser.set_defaults(run=_later("scheme_dry_run"))


def _add_budget(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    parser = verbs.add_parser(
        "budget",
        help="reken na hoeveel zaken in een budget passen",
        description="Rekent met een aantal en een gemiddelde, met bedragen, met wat een partnerschap vorig jaar toekende, of "
        "zonder dat alles met de raming van het boek. Geld in hele euro's, en anders in de eenheid van het boek.",
        epilog="voorbeeld: maatwerk scheme budget tenants/voorbeeld budget --cases 30 --average 5000 --group 40000",
    )
    parser.add_argument("scheme", metavar="REGELING", help="een .toml-bestand of de map van een partnerschap")
    parser.add_argument("book", metavar="BOEK", help="een boek van de regeling")
    parser.add_argument("--cases", type=int, metavar="AANTAL", help="zoveel zaken, met --average")
    parser.add_argument("--average", type=int, metavar="BEDRAG", help="wat een zaak gemiddeld kost")
    parser.add_argument("--amounts", metavar="BEDRAGEN", help="of: bedragen met komma's ertussen")
    parser.add_argument(
        "--tenant", metavar="PARTNERSCHAP", help="het tempo, en zonder andere bedragen de toekenningen, van vorig jaar"
    )
    parser.add_argument("--ceiling", type=int, metavar="BEDRAG", help="een ander plafond dan dat van het boek")
    parser.add_argument("--group", type=int, metavar="BEDRAG", help="het hoogste bedrag van een groep")
    parser.add_argument("--at", metavar="DATUM", help="een dag in het jaar waarvoor u rekent; anders vandaag")
    parser.add_argument("--json", action="store_true", help="antwoord als JSON")
    parser.set_defaults(run=_later("scheme_budget"))


def _later(module: str) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        return int(import_module(f"maatwerk.commands.{module}").run(args))

    return run
