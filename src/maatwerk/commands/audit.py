"""`maatwerk audit verify`: reads each tenant's audit chain back and names the first broken row. The heads it prints are
worth keeping elsewhere: only they betray somebody who rewrites a whole chain."""

import argparse
import asyncio
from typing import TYPE_CHECKING

from maatwerk import audit, tenancy
from maatwerk.commands.opened import opened
from maatwerk.rules.refusals import NotFound

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `audit verify`."""
    parser = subparsers.add_parser("audit", description="Controleert het logboek.")
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    verify = verbs.add_parser("verify", help="lees de keten na en noem de eerste regel die niet klopt")
    verify.add_argument("--tenant", metavar="CODE", help="alleen dit samenwerkingsverband")
    verify.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers 0 when every chain holds, 1 when one does not."""
    return asyncio.run(_verify(args.tenant))


async def _verify(only: str | None) -> int:
    async with opened():
        tenants = await tenancy.tenant_ids()
        if only is not None and only not in tenants:
            raise NotFound.because("tenant", "Dit samenwerkingsverband bestaat niet.")
        chosen = {code: tenant for code, tenant in tenants.items() if only in (None, code)}
        verdicts = {code: await audit.verify(tenant) for code, tenant in chosen.items()}
    for code, verdict in verdicts.items():
        print(f"{code}: {_line(verdict)}")
    return 1 if any(verdict.fault for verdict in verdicts.values()) else 0


def _line(verdict: audit.Verdict) -> str:
    if verdict.fault:
        return f"regel {verdict.broken_seq} klopt niet: {verdict.fault} (goed gelezen daarvoor: {verdict.links})"
    head = verdict.head
    waiting = f", nog te ketenen: {verdict.pending}" if verdict.pending else ""
    return f"in orde, regels: {verdict.links}{waiting}, kop {head.epoch}/{head.position}/{head.hash.hex()[:16]}"
