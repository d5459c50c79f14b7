"""`maatwerk scheme reference`: every key that a scheme file can have, for a reader or for an editor. No database, key or environment."""

import argparse
import json
from typing import TYPE_CHECKING

from maatwerk.rules.json_schema import json_schema
from maatwerk.rules.reference import reference

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(verbs: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `scheme reference`."""
    parser = verbs.add_parser(
        "reference",
        help="toon elke sleutel van een regeling",
        description="Toont elke sleutel die een regeling kan hebben, als Markdown of als JSON Schema voor een editor.",
        epilog="voorbeeld: maatwerk scheme reference --json-schema > regeling.schema.json",
    )
    parser.add_argument("--json-schema", action="store_true", help="als JSON Schema")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the reference; always 0."""
    print(json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n" if args.json_schema else reference(), end="")
    return 0
