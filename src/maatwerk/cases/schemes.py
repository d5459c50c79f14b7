"""Schemes in the database: loaded from files, parsed once per process. A row never changes, so its parsed form may stay; rows
of one text, which tenants may share, have one parsed form."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.rules.loading import load
from maatwerk.rules.refusals import NotFound, Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.tenant_calendar import needs_calendar, read_calendar, with_calendar
from maatwerk.tenancy import Tx, tenant_settings

INSERT = """
    INSERT INTO scheme_version
        (tenant_id, id, code, version, digest, title, valid_from, valid_until, source, loaded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (tenant_id, code, version, digest) DO NOTHING
"""
CURRENT = """
    SELECT DISTINCT ON (code, version) id, code, version, title, valid_from, valid_until, source
    FROM scheme_version WHERE tenant_id = $1 ORDER BY code, version, loaded_at DESC, id DESC
"""
_PARSED: dict[tuple[UUID, UUID], Scheme] = {}
_MOST = 500
_parsed = lru_cache(_MOST)(load)


@dataclass(frozen=True)
class Version:
    """A loaded version of a scheme."""

    id: UUID
    scheme: Scheme

    def holds_on(self, day: date) -> bool:
        """Whether new cases may begin under it on a day."""
        return self.scheme.valid_from <= day and (self.scheme.valid_until is None or day <= self.scheme.valid_until)


async def keep_source(tx: Tx, source: str) -> Scheme:
    """Writes the text of a scheme file, if it is new or changed. Raises SchemeRefused with every fault."""
    scheme = _parsed(source)
    digest = hashlib.sha256(source.encode()).hexdigest()
    await tx.execute(
        INSERT,
        *(tx.tenant_id, new_id(), scheme.code, scheme.version, digest, scheme.title),
        *(scheme.valid_from, scheme.valid_until, source, clock.now()),
    )
    return scheme


async def version(tx: Tx, version_id: UUID) -> Scheme:
    """The parsed scheme of a row. Raises NotFound."""
    known = _PARSED.get((tx.tenant_id, version_id))
    if known is not None:
        return await _with_holidays(tx, known)
    source = await tx.fetchval(
        "SELECT source FROM scheme_version WHERE tenant_id = $1 AND id = $2", tx.tenant_id, version_id
    )
    if source is None:
        raise NotFound.because("regeling_onbekend", "Deze regeling bestaat niet.", field="regelingId")
    return await _with_holidays(tx, _remember(tx, version_id, source))


async def current(tx: Tx) -> list[Version]:
    """The latest loaded row of every version of every scheme of the tenant."""
    rows = await tx.fetch(CURRENT, tx.tenant_id)
    parsed = [_PARSED.get((tx.tenant_id, row["id"])) or _remember(tx, row["id"], row["source"]) for row in rows]
    return [Version(row["id"], await _with_holidays(tx, scheme)) for row, scheme in zip(rows, parsed, strict=True)]


async def usable(tx: Tx, version_id: UUID, day: date) -> Scheme:
    """A version under which a case may begin on a day.

    Raises NotFound for an unknown one and Refused for one that does not hold or was replaced.
    """
    found = next((item for item in await current(tx) if item.id == version_id), None)
    if found is None:
        raise NotFound.because("regeling_onbekend", "Deze regeling bestaat niet.", field="regelingId")
    if not found.holds_on(day):
        raise Refused.because(
            "regeling_geldt_niet",
            "Deze regeling geldt vandaag niet voor nieuwe aanvragen; lopende zaken houden haar regels.",
            mend="Kies een regeling die nu geldt.",
            field="regelingId",
        )
    return found.scheme


async def _with_holidays(tx: Tx, scheme: Scheme) -> Scheme:
    """A scheme that counts by school holidays, with those that the tenant keeps now; others cost no query."""
    if not needs_calendar(scheme):
        return scheme
    return with_calendar(scheme, read_calendar(await tenant_settings(tx))[0])


def _remember(tx: Tx, version_id: UUID, source: str) -> Scheme:
    if len(_PARSED) >= _MOST:
        _PARSED.clear()
    scheme = _PARSED[tx.tenant_id, version_id] = _parsed(source)
    return scheme
