"""`maatwerk scheme dry-run`: a draft against the cases of a tenant, filed in a period. It reads with the service's own keys, writes
nothing, and tells of a case its number alone.
"""

import argparse
import asyncio
import json
from contextlib import aclosing
from datetime import date
from typing import Any

from maatwerk import tenancy
from maatwerk.commands.dutch import report
from maatwerk.commands.opened import opened
from maatwerk.commands.progress import Progress
from maatwerk.commands.scheme_files import a_day, scheme_text_at
from maatwerk.rules.refusals import Invalid, NotFound, Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.schemes.dry_running import Judged, Period, count, judged
from maatwerk.schemes.reading import as_kept

_PROG = "maatwerk scheme dry-run"


def run(args: argparse.Namespace) -> int:
    """Prints what would change; 0, or 2 after one Dutch line when it can't be done."""
    try:
        scheme = scheme_text_at(args.scheme)
        first, last = a_day(args.first, "--from"), a_day(args.last, "--until")
        if last < first:
            raise Invalid.because(
                "periode", "De laatste dag ligt voor de eerste.", mend="Wissel ze om.", field="--until"
            )
        found = asyncio.run(_run(args.tenant, scheme, first, last))
    except Refused as refused:
        return report(_PROG, refused)
    print(json.dumps(found, indent=2, ensure_ascii=False) if args.json else _text(found))
    return 0


async def _run(tenant: str, scheme: Scheme, first: date, last: date) -> dict[str, Any]:
    async with opened():
        known = await tenancy.tenant_ids()
        if tenant not in known:
            mend = f"Bekend zijn: {', '.join(known) or 'geen'}."
            raise NotFound.because("tenant", "Dit samenwerkingsverband bestaat niet.", mend=mend)
        async with tenancy.scope(known[tenant], None, read_only=True) as tx:
            scheme = as_kept(scheme, scheme.valid_from, await tenancy.tenant_settings(tx))
        period = Period(known[tenant], scheme.code, first, last)
        tally = _Tally(await count(period))
        bar = Progress(tally.total, "zaken")
        try:
            async with aclosing(judged(scheme, period)) as cases:
                async for each in cases:
                    tally.add(each)
                    bar.step()
        finally:
            bar.end()
    return tally.told(tenant, scheme, period)


class _Tally:
    """What was found so far: sentences with the numbers of cases, never a case itself."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.erased = total, 0, 0
        self.groups: dict[str, list[str]] = {}
        self.changes: list[dict[str, Any]] = []

    def add(self, each: Judged) -> None:
        self.done += 1
        self.erased += each.erased
        if (change := each.change) is not None:
            self.groups.setdefault(change.group, []).append(each.number)
            self.changes.append(
                {
                    "zaaknummer": each.number, "handeling": change.act, "titel": change.title, "volgnummer": change.seq,
                    "was": change.was, "wordt": change.becomes, "waaromGeweigerd": list(change.reasons),
                }
            )  # fmt: skip

    def told(self, tenant: str, scheme: Scheme, period: Period) -> dict[str, Any]:
        ordered = sorted(self.groups.items(), key=lambda group: (-len(group[1]), group[0]))
        return {
            "partnerschap": tenant,
            "regeling": {"code": scheme.code, "versie": scheme.version, "titel": scheme.title},
            "eersteDag": period.first.isoformat(),
            "laatsteDag": period.last.isoformat(),
            "totaal": self.done,
            "ongewijzigd": self.done - self.erased - len(self.changes),
            "gewijzigd": len(self.changes),
            "gewist": self.erased,
            "groepen": [{"uitleg": text, "aantal": len(numbers), "zaken": numbers} for text, numbers in ordered],
            "wijzigingen": self.changes,
        }


def _text(found: dict[str, Any]) -> str:
    scheme = found["regeling"]
    lines = [
        f"{scheme['titel']} {scheme['versie']} op de zaken van {found['partnerschap']}, ingediend van {found['eersteDag']} tot en met "
        f"{found['laatsteDag']}:",
        f"  {found['totaal']} {'zaak' if found['totaal'] == 1 else 'zaken'}: {found['ongewijzigd']} ongewijzigd, {found['gewijzigd']} gaan anders"
        + (f", {found['gewist']} gewist en dus niet na te gaan" if found["gewist"] else ""),
    ]
    for group in found["groepen"]:
        lines += ["", f"{group['uitleg']}", f"  {group['aantal']}: {', '.join(group['zaken'])}"]
    return "\n".join(lines)
