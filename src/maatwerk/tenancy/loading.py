"""Tenants from files: each folder with a tenant.toml is one. Loading again updates name and settings; a tenant keeps
its id, and one whose folder is gone stays, because its cases do."""

import tomllib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.rules.refusals import Invalid
from maatwerk.tenancy.scope import Tx, named_scope, scope

UPSERT = """
    INSERT INTO tenant (id, code, name, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name RETURNING id
"""
SETTINGS = """
    INSERT INTO tenant_setting (tenant_id, settings) VALUES ($1, $2)
    ON CONFLICT (tenant_id) DO UPDATE SET settings = excluded.settings
"""


@dataclass(frozen=True)
class TenantFile:
    """One tenant.toml: `code` and `naam`, and everything else as settings."""

    folder: Path
    code: str
    name: str
    settings: Mapping[str, Any]


Changed = Callable[[Tx, Mapping[str, Any]], Awaitable[None]]


def read_tenants(folder: Path) -> list[TenantFile]:
    """Every tenant.toml below `folder`, by code. Raises Invalid, in Dutch, for a file that is no tenant."""
    return sorted((_read(path) for path in folder.glob("*/tenant.toml")), key=lambda tenant: tenant.code)


def _read(path: Path) -> TenantFile:
    place = f"{path.parent.name}/tenant.toml"
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise Invalid.because("tenant_file", f"{place} is niet te lezen als TOML.") from error
    code, name = content.pop("code", None), content.pop("naam", None)
    if not isinstance(code, str) or not code.strip() or not isinstance(name, str) or not name.strip():
        raise Invalid.because("tenant_file", f"{place} mist een code of een naam.", mend="Vul beide als tekst in.")
    return TenantFile(path.parent, code, name, content)


async def load_tenants(folder: Path) -> list[str]:
    """Writes every tenant of `folder` to the database and answers their codes."""
    files = read_tenants(folder)
    for tenant in files:
        await load_tenant(tenant)
    return [tenant.code for tenant in files]


async def load_tenant(tenant: TenantFile, changed: Changed | None = None) -> UUID:
    """Writes one tenant and answers its id. `changed` gets the settings as they were, in the transaction that writes the new ones:
    what has to follow from a change happens with it or not at all."""
    async with named_scope("identity") as tx:
        tenant_id: UUID = await tx.fetchval(UPSERT, new_id(), tenant.code, tenant.name, clock.now())
    async with scope(tenant_id, None) as tx:
        before = await tenant_settings(tx)
        await tx.execute(SETTINGS, tenant_id, dict(tenant.settings))
        if changed is not None:
            await changed(tx, before)
    return tenant_id


async def tenant_settings(tx: Tx) -> dict[str, Any]:
    """What tenant.toml says of this scope's tenant beside code and name; empty when nothing was loaded."""
    return await tx.fetchval("SELECT settings FROM tenant_setting WHERE tenant_id = $1", tx.tenant_id) or {}


async def tenant_ids() -> dict[str, UUID]:
    """Every tenant's id by its code."""
    async with named_scope("identity") as tx:
        return {row["code"]: row["id"] for row in await tx.fetch("SELECT code, id FROM tenant ORDER BY code")}
