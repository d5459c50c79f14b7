"""`maatwerk scheme diff`: what one scheme file changes against another, a sentence for each rule. No database, key or environment."""

import argparse
import json
from itertools import groupby
from typing import TYPE_CHECKING

from maatwerk.commands.dutch import report
from maatwerk.commands.scheme_files import scheme_at
from maatwerk.rules.comparing import Sentence, compare
from maatwerk.rules.refusals import Refused

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `scheme diff`."""
    parser = verbs.add_parser(
        "diff",
        help="vergelijk twee regelingen in gewone taal",
        description="Noemt elke regel die verschilt: hoe het was (OUD) en hoe het wordt (NIEUW).",
        epilog="voorbeeld: maatwerk scheme diff tenants/voorbeeld nieuw.toml",
    )
    parser.add_argument("old", metavar="OUD", help="een .toml-bestand of de map van een partnerschap")
    parser.add_argument("new", metavar="NIEUW", help="een .toml-bestand of de map van een partnerschap")
    parser.add_argument("--json", action="store_true", help="antwoord als JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the sentences; 0, or 2 after one Dutch line."""
    try:
        found = compare(scheme_at(args.old), scheme_at(args.new))
    except Refused as refused:
        return report("maatwerk scheme diff", refused)
    if args.json:
        plain = [{"groep": each.group, "sleutel": each.place, "uitleg": each.text} for each in found]
        print(json.dumps(plain, indent=2, ensure_ascii=False))
    else:
        print(_text(found) or "De regels zijn gelijk.")
    return 0


def _text(found: tuple[Sentence, ...]) -> str:
    groups = [(name, [each.text for each in part]) for name, part in groupby(found, key=lambda each: each.group)]
    return "\n\n".join("\n".join([name.upper(), *(f"  {text}" for text in texts)]) for name, texts in groups)
