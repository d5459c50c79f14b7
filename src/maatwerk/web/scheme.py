"""One version of a scheme for its admins: where it stands, what it changes, and the deed that comes next: propose, publish by the
second, take back, withdraw.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Annotated, Any
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.http import Caller, FromPath, GivenCaller
from maatwerk.people.queries import member
from maatwerk.rules.comparing import Sentence, compare
from maatwerk.rules.refusals import Invalid, Refused
from maatwerk.schemes.actions.propose import propose, take_back
from maatwerk.schemes.actions.publish import publish
from maatwerk.schemes.actions.withdraw import withdraw
from maatwerk.schemes.dry_runs import runs_of
from maatwerk.schemes.queries import MANAGING, Stored, listing
from maatwerk.schemes.reading import Opened, compared, opened
from maatwerk.tenancy import Tx, scope
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, day, faults_of, seen_version
from maatwerk.web.rendering import render
from maatwerk.web.returning import see
from maatwerk.web.schemes import SCHEMES
from maatwerk.web.who import who

ONE = f"{SCHEMES}/{{scheme_version_id:uuid}}"
STATES = {
    "concept": "concept",
    "voorgesteld": "voorgesteld",
    "gepubliceerd": "gepubliceerd",
    "ingetrokken": "ingetrokken",
}
NO_DAY = Fault("geldigVan", "Kies de dag vanaf wanneer nieuwe zaken onder deze versie beginnen.")
Other = Annotated[UUID | None, QueryParameter(name="met")]


@page(ONE, permission=MANAGING)
async def show_scheme(caller: GivenCaller, scheme_version_id: FromPath[UUID], other: Other = None) -> Response[str]:
    return await _page(caller, await opened(caller, scheme_version_id), other)


@form(f"{ONE}/voorstel", permission=MANAGING)
async def propose_here(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    found = await opened(caller, scheme_version_id)
    try:
        async with scope(caller.tenant_id, caller.person_id) as tx:
            await propose(tx, caller, found, seen_version(data))
    except Refused as refusal:
        return await _page(caller, found, faults=faults_of(refusal))
    return see(f"{SCHEMES}/{scheme_version_id}")


@form(f"{ONE}/terugnemen", permission=MANAGING)
async def take_back_here(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await take_back(tx, caller, scheme_version_id, seen_version(data))
    return see(f"{SCHEMES}/{scheme_version_id}")


@form(f"{ONE}/publicatie", permission=MANAGING)
async def publish_here(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    found = await opened(caller, scheme_version_id)
    if (chosen := day(data, "geldigVan")) is None:
        return await _page(caller, found, faults=[NO_DAY])
    try:
        async with scope(caller.tenant_id, caller.person_id) as tx:
            await publish(tx, caller, scheme_version_id, seen_version(data), chosen)
    except Invalid as refusal:
        return await _page(caller, found, faults=faults_of(refusal), chosen=chosen)
    return see(f"{SCHEMES}/{scheme_version_id}")


@form(f"{ONE}/intrekking", permission=MANAGING)
async def withdraw_here(caller: GivenCaller, scheme_version_id: FromPath[UUID], data: Sent) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await withdraw(tx, caller, scheme_version_id, seen_version(data))
    return see(f"{SCHEMES}/{scheme_version_id}")


async def _page(
    caller: Caller,
    found: Opened,
    other: UUID | None = None,
    *,
    faults: Sequence[Fault] = (),
    chosen: date | None = None,
) -> Response[str]:
    version = found.stored
    try:
        old, new = await compared(caller, version.id, other)
        against, sentences = f"{old.title} {old.version}", compare(old, new)
    except Refused:
        against, sentences = "", ()
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        held = next((each for each in await schemes.current(tx) if each.id == version.id), None)
        others = [each for each in await listing(tx, None) if each.code == version.code and each.id != version.id]
        names = await _names(tx, version)
        runs = await runs_of(tx, version.id)
    title = f"{version.title} {version.version}"
    return render(
        "scheme.html",
        f"Fout: {title}" if faults else f"{title} ({STATES[version.state]})",
        await who(caller),
        status=422 if faults else 200,
        found=version,
        warnings=found.text.warnings,
        held=held,
        in_force=held is not None and held.holds_on(clock.today()),
        mine=version.proposed_by == caller.membership_id,
        names=names,
        against=against,
        groups=_groups(sentences),
        others=others,
        runs=runs,
        faults=faults,
        told={fault.field: fault.message for fault in faults if fault.field},
        chosen=chosen or max(clock.today(), version.valid_from),
        today=clock.today(),
    )


async def _names(tx: Tx, version: Stored) -> Mapping[UUID, str]:
    """Who made, proposed, published and withdrew it, by name."""
    ids = {version.made_by, version.proposed_by, version.published_by, version.withdrawn_by} - {None}
    found: dict[UUID, str] = {}
    for each in ids:
        known = await member(tx, each) if each is not None else None
        if known is not None:
            found[known.id] = known.name
    return found


def _groups(sentences: Sequence[Sentence]) -> list[tuple[str, list[Any]]]:
    return [(name, list(part)) for name, part in groupby(sentences, key=lambda each: each.group)]


SCREENS = [show_scheme, propose_here, take_back_here, publish_here, withdraw_here]
