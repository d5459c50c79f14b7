"""`maatwerk scheme budget`: how many cases fit in a book. Only with `--tenant`, for the grants of last year, does it need a database."""

import argparse
import asyncio
import json
from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Any

from maatwerk import clock, tenancy
from maatwerk.commands.dutch import report
from maatwerk.commands.opened import opened
from maatwerk.commands.scheme_files import a_day, scheme_at
from maatwerk.rules.books import in_unit
from maatwerk.rules.budgeting import MOST_CASES, Budget, simulate
from maatwerk.rules.calendar import in_words
from maatwerk.rules.estimates import planned
from maatwerk.rules.refusals import Invalid, NotFound, Refused
from maatwerk.rules.scheme import BookDef, Scheme
from maatwerk.schemes.grants import Grant, ceiling_on, grants_of_last_year

_PROG = "maatwerk scheme budget"


def run(args: argparse.Namespace) -> int:
    """Prints the simulation; 0, or 2 after one Dutch line when it can't be made."""
    try:
        scheme = scheme_at(args.scheme)
        if args.book not in scheme.books:
            mend = f"Kies uit: {', '.join(scheme.books) or 'geen'}."
            raise Invalid.because("boek_onbekend", "Deze regeling kent dat boek niet.", mend=mend, field=args.book)
        book = scheme.books[args.book]
        factor = 100 if book.unit == "eurocent" else 1
        day = clock.today() if args.at is None else a_day(args.at, "--at")
        grants, ceiling = (
            asyncio.run(_known(args.tenant, scheme, args.book, day)) if args.tenant else ([], book.ceiling)
        )
        ceiling = ceiling if args.ceiling is None else args.ceiling * factor
        if ceiling is None or ceiling < 0:
            raise Invalid.because("geen_plafond", "Voor dit boek is geen plafond bekend.", mend="Geef --ceiling.")
        group = None if args.group is None else args.group * factor
        found = simulate(ceiling, _amounts(args, grants, planned(book), factor), [grant.on for grant in grants], group)
    except Refused as refused:
        return report(_PROG, refused)
    print(json.dumps(_data(found), indent=2, ensure_ascii=False) if args.json else _text(book, found, bool(grants)))
    return 0


async def _known(tenant: str, scheme: Scheme, book: str, day: date) -> tuple[list[Grant], int | None]:
    async with opened():
        known = await tenancy.tenant_ids()
        if tenant not in known:
            raise NotFound.because("tenant", "Dit samenwerkingsverband bestaat niet.", field="--tenant")
        async with tenancy.scope(known[tenant], None, read_only=True) as tx:
            return await grants_of_last_year(tx, scheme, book, day), await ceiling_on(tx, scheme, book, day)


def _amounts(args: argparse.Namespace, grants: list[Grant], expected: list[int], factor: int) -> list[int]:
    if args.amounts is not None:
        parts = [part.strip() for part in args.amounts.split(",")]
        if not all(part.isdecimal() and len(part) < 12 for part in parts):
            raise Invalid.because(
                "bedragen", "Dit zijn geen hele bedragen.", mend="Schrijf 5000,8000.", field="--amounts"
            )
        return [int(part) * factor for part in parts]
    if args.cases is not None and args.average is not None:
        if not 1 <= args.cases <= MOST_CASES or args.average < 0:
            raise Invalid.because("aantal", f"Reken met 1 tot en met {MOST_CASES} zaken.", field="--cases")
        return [args.average * factor] * args.cases
    if not args.tenant:
        if expected and args.cases is None and args.average is None:
            return expected
        raise Invalid.because("bedragen", "Geef --cases en --average, of --amounts, of --tenant.")
    return [grant.amount for grant in grants]


def _data(found: Budget) -> dict[str, Any]:
    reached = [
        {"deel": each.share, "zaak": each.case, "op": each.on.isoformat() if each.on else None}
        for each in found.reached
    ]
    names = {"ceiling": "plafond", "cases": "aantal", "total": "som", "average": "gemiddelde", "fits": "passend", "left": "rest",
             "group_share": "groepsDeel", "groups": "passendeGroepen"}  # fmt: skip
    return {names[name]: value for name, value in asdict(found).items() if name in names} | {"bereikt": reached}


def _text(book: BookDef, found: Budget, paced: bool) -> str:
    said = partial(in_unit, book.unit)
    rest = f"houdt {said(found.left)} over" if found.left >= 0 else f"komt {said(-found.left)} te kort"
    lines = [
        f"{book.title}: plafond {said(found.ceiling)}",
        f"  {found.cases} {'zaak' if found.cases == 1 else 'zaken'} van gemiddeld {said(found.average)} is {said(found.total)}; dat {rest}.",
        f"  Er {'past 1 zaak' if found.fits == 1 else f'passen {found.fits} zaken'} in.",
    ]
    for each in found.reached:
        when = f" op {in_words(each.on)}" if each.on else ", in dit tempo niet binnen het jaar" if paced else ""
        lines.append(f"  {each.share} % is gebruikt bij zaak {each.case}{when}")
    if found.group_share is not None:
        lines.append(
            f"  Een groep van het maximum neemt {found.group_share} %; er passen {found.groups} van zulke groepen in."
        )
    return "\n".join(lines)
