"""`maatwerk outline import`: a file of cases for the outline of a scheme, as somebody of the office: first what it would do, with
--apply for good. Who that is says his token, which comes from a file, because what is typed stays in the history of a shell.
"""

import argparse
import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.commands.dutch import brief, report
from maatwerk.commands.opened import opened, understandable
from maatwerk.http.caller import Caller, Credentials
from maatwerk.outlines.actions.take_in import take_in
from maatwerk.outlines.planning import plan
from maatwerk.outlines.views import import_view
from maatwerk.people import identify
from maatwerk.rules.decoding import FileRefused
from maatwerk.rules.refusals import Forbidden, Invalid, NotFound, Refused
from maatwerk.tenancy import Tx, scope

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction
    from uuid import UUID

_PROG: Final = "maatwerk outline import"
_RIGHT: Final = "aanvragen.behandelen"


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `outline import`."""
    parser = subparsers.add_parser(
        "outline", description="Leest zaken van een indeling, zoals de acties van een programma."
    )
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    reading = verbs.add_parser(
        "import",
        help="lees een CSV-bestand met zaken in",
        description="Toont wat een bestand doet: welke zaken nieuw zijn en welke anders. Met --apply gebeurt het, alles of niets. "
        "Uitgang 0 als het kan, 1 met fouten in het bestand, 2 als het niet te lezen is of niet mag.",
        epilog="voorbeeld: maatwerk outline import programma acties.csv --token-file token.txt --apply",
    )
    reading.add_argument("scheme", metavar="REGELING", help="de code van een regeling met een indeling")
    reading.add_argument("file", metavar="BESTAND", help="een CSV-bestand in UTF-8")
    reading.add_argument(
        "--token-file", required=True, metavar="PAD", help="een bestand met het token van wie dit doet"
    )
    reading.add_argument("--apply", action="store_true", help="doe het; anders wordt er niets bewaard")
    reading.add_argument("--json", action="store_true", help="antwoord als JSON")
    reading.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what the file does, or its faults."""
    try:
        content, token = _read(args.file), _read(args.token_file).decode("utf-8", "replace").strip()
        found = asyncio.run(_import(args.scheme, content, token, for_good=args.apply))
    except FileRefused as refused:
        print(_faults(args.file, refused))
        return 1
    except Refused as refused:
        return report(_PROG, refused)
    print(json.dumps(found, indent=2, ensure_ascii=False) if args.json else _text(found, for_good=args.apply))
    return 0


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError):
        raise Invalid.because("onleesbaar", "Dit bestand is niet te lezen.", field=brief(path)) from None


async def _import(code: str, content: bytes, token: str, *, for_good: bool) -> Any:
    async with opened() as settings:
        with understandable():
            caller = await identify(Credentials(token=token))
            if caller is None or not caller.may(_RIGHT):
                raise Forbidden.because("token", "Dit token geldt niet, of geeft geen recht om zaken te behandelen.")
            async with scope(caller.tenant_id, caller.person_id, read_only=not for_good) as tx:
                version = await _version(tx, caller, code)
                done = await (
                    take_in(tx, caller, version, content, settings) if for_good else plan(tx, caller, version, content)
                )
                return msgspec.to_builtins(import_view(done))


async def _version(tx: Tx, caller: Caller, code: str) -> "UUID":
    today = clock.today()
    held = [each for each in await schemes.current(tx) if each.holds_on(today)]
    found = next((each.id for each in held if each.scheme.code == code), None)
    if found is None:
        known = ", ".join(each.scheme.code for each in held if each.scheme.outline)
        raise NotFound.because("regeling", "Deze regeling geldt nu niet.", mend=f"Kies uit: {known or 'geen'}.")
    return found


def _faults(path: str, refused: FileRefused) -> str:
    lines = []
    for fault in refused.faults:
        lines += [f"{path}:{fault.line}: {fault.key or '(regel)'}: {fault.message}", f"    Herstel: {fault.mend}"]
    count = len(refused.faults)
    return "\n".join([*lines, f"{count} {'fout' if count == 1 else 'fouten'}; er is niets ingelezen."])


def _text(found: Any, *, for_good: bool) -> str:
    lines = []
    for row in found["regels"]:
        if row["gevolg"] != "ongewijzigd":
            lines.append(f"regel {row['regel']}, {row['indelingsnummer']} {row['gevolg']}: {row['naam']}")
            lines += [f"    {each['titel']}: was {each['was']}, wordt {each['wordt']}" for each in row["verschillen"]]
    lines += [f"niet meer in het bestand: {each['indelingsnummer']} {each['naam']}" for each in found["verdwenen"]]
    counts = f"{found['toegevoegd']} nieuw, {found['gewijzigd']} gewijzigd, {found['ongewijzigd']} ongewijzigd"
    return "\n".join([*lines, f"{counts}. {'Ingelezen.' if for_good else 'Er is niets bewaard; doe het met --apply.'}"])
