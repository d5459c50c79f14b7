"""`maatwerk tenants check`: every fault and warning of every scheme file and tenant.toml below a path. No database, key or
environment."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maatwerk.commands.dutch import report
from maatwerk.commands.scheme_files import read_text, schemes_in
from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import is_fatal, parse
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.tenant_calendar import needs_calendar
from maatwerk.rules.tenant_file import tenant_faults

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_PROG: Final = "maatwerk tenants check"


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `tenants check`."""
    about = "Kijkt de bestanden van partnerschappen na."
    parser = subparsers.add_parser("tenants", description=about)
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    checking = verbs.add_parser(
        "check",
        help="toon elke fout in regelingen, met regel en herstel",
        description="Toont elke fout in de regelingen onder een pad: bestand, regel, sleutel, reden en herstel. "
        "Een waarschuwing houdt niets tegen. Uitgang 0 zonder fouten, 1 met fouten, 2 als er niets te lezen is.",
        epilog="voorbeeld: maatwerk tenants check tenants",
    )
    checking.add_argument("path", metavar="PAD", help="een map met partnerschappen, een partnerschap of een bestand")
    checking.add_argument("--json", action="store_true", help="antwoord als JSON")
    checking.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints faults and warnings; 0 without faults, 1 with, 2 after one Dutch line when the path can't be used."""
    try:
        found = _all_faults(Path(args.path))
    except Refused as refused:
        return report(_PROG, refused)
    if args.json:
        print(
            json.dumps(
                [_as_data(path, fault) for path, faults in found for fault in faults], indent=2, ensure_ascii=False
            )
        )
    else:
        print(_as_text(found))
    return 1 if any(is_fatal(fault) for _, faults in found for fault in faults) else 0


def _all_faults(path: Path) -> list[tuple[Path, tuple[Fault, ...]]]:
    """(file, its faults) of every file. Raises Invalid when there is nothing to read."""
    found: list[tuple[Path, tuple[Fault, ...]]] = []
    schemes = [] if path.name == "tenant.toml" else schemes_in(path)
    read: dict[Path, list[Scheme | None]] = {}
    for file in schemes:
        scheme, faults = parse(read_text(file))
        found.append((file, faults))
        read.setdefault(file.parent, []).append(scheme)
    tenants = (
        {path} if path.name == "tenant.toml" else {file.parent / "tenant.toml" for file in schemes if file != path}
    )
    for file in sorted(tenants):
        if file.is_file() or file == path:
            beside = [scheme for scheme in read.get(file.parent, []) if scheme]
            complete = len(beside) == len(read.get(file.parent, []))
            needs_region = any(needs_calendar(scheme) for scheme in beside)
            faults = tenant_faults(read_text(file), beside if complete else (), needs_region=needs_region)
            found.append((file, faults))
    return sorted(found)


def _as_text(found: list[tuple[Path, tuple[Fault, ...]]]) -> str:
    lines = []
    for path, faults in found:
        for fault in faults:
            warned = "" if is_fatal(fault) else "waarschuwing: "
            lines.append(f"{path}:{fault.line}: {fault.key or '(bestand)'}: {warned}{fault.message}")
            lines.append(f"    Herstel: {fault.mend}")
    every = [is_fatal(fault) for _, faults in found for fault in faults]
    told = _counted(every.count(True), "fout", "fouten")
    if warnings := every.count(False):
        told += f", {_counted(warnings, 'waarschuwing', 'waarschuwingen')}"
    return "\n".join([*lines, f"{_counted(len(found), 'bestand', 'bestanden')} nagekeken: {told}."])


def _counted(count: int, one: str, more: str) -> str:
    return f"{count or 'geen'} {one if count == 1 else more}"


def _as_data(path: Path, fault: Fault) -> dict[str, object]:
    return {
        "bestand": str(path),
        "regel": fault.line,
        "sleutel": fault.key,
        "melding": fault.message,
        "herstel": fault.mend,
        "ernst": fault.severity,
    }
