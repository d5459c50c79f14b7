"""Everything that stands in the tenants' folder to the database: tenants, their organisations, their schemes.

A composition root: it knows the features that keep each part. Loading again adds what is new and takes nothing away.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from maatwerk.anonymisation.actions.renew import renew_waiting
from maatwerk.cases.schemes import keep_source
from maatwerk.organisations.actions.identify import same_for_all
from maatwerk.organisations.actions.keep_details import keep_details
from maatwerk.organisations.actions.register import NewOrganisation, refuse_sectorless, register_from_file
from maatwerk.organisations.numbers import number_in
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.tenant_calendar import MEND, needs_calendar, read_calendar, read_own
from maatwerk.tenancy import TenantFile, Tx, load_tenant, read_tenants, scope, tenant_settings
from maatwerk.timers import look_again


async def load_all(folder: Path, tell: Callable[[str], None] = lambda line: None) -> list[str]:
    """The codes of the tenants that were loaded; `tell` gets a line for each scheme that a tenant publishes itself.

    Raises Invalid or SchemeRefused for a file with faults.
    """
    files = read_tenants(folder)
    for tenant in files:
        await load_one(tenant, tell)
    return [tenant.code for tenant in files]


async def load_one(tenant: TenantFile, tell: Callable[[str], None] = lambda line: None) -> UUID:
    """The same of one tenant; answers its id."""
    tenant_id = await load_tenant(tenant, _follow)
    for entry in tenant.settings.get("organisatie", ()):
        await load_organisation(tenant_id, tenant, entry)
    for scheme in await load_schemes(tenant_id, tenant):
        tell(
            f"{tenant.code}: {scheme.title} {scheme.version} staat klaar als concept; dit partnerschap publiceert zelf."
        )
    return tenant_id


async def _follow(tx: Tx, before: Mapping[str, Any]) -> None:
    """What changed settings ask for: packs that were searched for other care providers, terms that counted by other holidays."""
    now = await tenant_settings(tx)
    if before.get("instellingen") != now.get("instellingen"):
        await renew_waiting(tx)
    if any(before.get(name) != now.get(name) for name in ("vakantieregio", "eigen_vakantie")):
        await look_again(tx)


async def load_schemes(tenant_id: UUID, tenant: TenantFile) -> list[Scheme]:
    """Every scheme file of a tenant's folder: whatever TOML names a code and a version. Answers those that wait for its admins.

    Raises Invalid for one that counts by school holidays when tenant.toml doesn't say whose.
    """
    calendar, faults = read_calendar(tenant.settings)
    if faults:
        place = f"{tenant.code}: {faults[0].key}"
        raise Invalid.because("tenant_file", f"{place}: {faults[0].message}", mend=faults[0].mend)
    waiting = []
    for path in scheme_files(tenant.folder):
        source = path.read_text(encoding="utf-8")
        async with scope(tenant_id, None) as tx:
            kept = await keep_source(tx, source)
            if calendar is None and needs_calendar(kept.scheme):
                message = (
                    f"{tenant.code}: {path.name} telt met schoolvakanties, en tenant.toml noemt geen vakantieregio."
                )
                raise Invalid.because("vakantieregio", message, mend=MEND)
        if kept.waits:
            waiting.append(kept.scheme)
    return waiting


def scheme_files(folder: Path) -> list[Path]:
    """The scheme files of a tenant: every .toml but tenant.toml and demo.toml."""
    return sorted(path for path in folder.glob("*.toml") if path.name not in ("tenant.toml", "demo.toml"))


async def load_organisation(tenant_id: UUID, tenant: TenantFile, entry: Mapping[str, Any]) -> UUID:
    """One organisation of tenant.toml, made when the tenant had none of that number or name. Raises Invalid."""
    try:
        kind, name = str(entry["soort"]), str(entry["naam"])
    except KeyError as error:
        raise Invalid.because(
            "organisatie", f"{tenant.code}: een organisatie mist soort of naam.", mend="Vul beide in."
        ) from error
    new = NewOrganisation(
        kind=kind, name=name, number=number_in(entry), sector=entry.get("sector"),
        school_type=entry.get("schooltype"), municipality=entry.get("gemeente"), board=str(entry.get("bestuur", "")),
    )  # fmt: skip
    refuse_sectorless(new)
    own, faults = read_own(entry.get("eigen_vakantie", []), f"{tenant.code}: {name}: eigen_vakantie")
    if faults:
        raise Invalid.because("tenant_file", f"{faults[0].key}: {faults[0].message}", mend=faults[0].mend)
    same_as = await same_for_all(new.number)
    async with scope(tenant_id, None) as tx:
        found = await register_from_file(tx, new, same_as)
        if await keep_details(tx, found, new.board, own):
            await look_again(tx)
        return found.id
