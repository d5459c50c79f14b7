"""`maatwerk person`: the first administrator of a tenant, invited from outside because nobody inside can yet; and the app of somebody
for whom no administrator can do it."""

import argparse
import asyncio
import re
from typing import TYPE_CHECKING
from uuid import UUID

from maatwerk import tenancy
from maatwerk.commands.opened import opened, understandable
from maatwerk.glossary import ROLES, role_of
from maatwerk.http.fields import MAIL_ADDRESS
from maatwerk.people.actions.invite import Invitee, invite
from maatwerk.people.actions.reset_app import reset_as_operator
from maatwerk.rules.permissions import TENANT_ROLES
from maatwerk.rules.refusals import Invalid, NotFound

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers `person invite` and `person app`."""
    parser = subparsers.add_parser("person", description="Beheert personen.")
    verbs = parser.add_subparsers(required=True, metavar="ACTIE", dest="actie")
    asked = verbs.add_parser("invite", help="nodig iemand uit in een partnerschap; de uitnodiging gaat per mail")
    asked.add_argument("--tenant", required=True, metavar="CODE", help="de code van het partnerschap")
    asked.add_argument("--mail", required=True, metavar="ADRES", help="waar de uitnodiging heen gaat")
    asked.add_argument("--naam", required=True, metavar="NAAM", help="hoe de persoon heet")
    asked.add_argument(
        "--rol",
        default=ROLES["tenant_admin"],
        metavar="ROL",
        choices=sorted(ROLES[role] for role in TENANT_ROLES),
        help="de rol; standaard tenantbeheerder",
    )
    asked.set_defaults(run=run)
    lost = verbs.add_parser("app", help="maak de app van een account los; de code voor een nieuwe gaat per mail")
    lost.add_argument("--mail", required=True, metavar="ADRES", help="waarmee de persoon inlogt")
    lost.set_defaults(run=run_app)


def run(args: argparse.Namespace) -> int:
    """Makes the invitation; the mail leaves through the outbox."""
    if not re.fullmatch(MAIL_ADDRESS, args.mail) or not args.naam.strip():
        raise Invalid.because("mail", "Het mailadres of de naam heeft niet de juiste vorm.")
    return asyncio.run(_invite(args.tenant, Invitee(args.mail, args.naam.strip(), [role_of(args.rol)])))


async def _invite(code: str, invitee: Invitee) -> int:
    async with opened():
        with understandable():
            tenant_id = await _tenant(code)
            async with tenancy.scope(tenant_id, None) as tx:
                invitation = await invite(tx, invitee)
    print(f"De uitnodiging is gemaakt en gaat per mail uit; ze geldt tot {invitation.expires_at:%d-%m-%Y}.")
    return 0


def run_app(args: argparse.Namespace) -> int:
    """Takes away an account's app, whatever partnerships it is used in."""
    return asyncio.run(_take_app_away(args.mail))


async def _take_app_away(address: str) -> int:
    async with opened():
        with understandable():
            token = await reset_as_operator(address)
    if token:
        print(
            f"De app is los. Dit account hoort nergens bij, dus er gaat geen mail; de code voor /app-kwijt is:\n{token}"
        )
    else:
        print("De app is los; de code voor een nieuwe gaat per mail uit en geldt een dag.")
    return 0


async def _tenant(code: str) -> UUID:
    tenants = await tenancy.tenant_ids()
    if code not in tenants:
        raise NotFound.because("tenant", "Er is geen partnerschap met deze code.")
    return tenants[code]
