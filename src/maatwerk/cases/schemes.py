"""Published schemes, parsed once per process: what was published never changes, so its parsed form may stay; rows of one text,
which tenants may share, have one parsed form. Concepts, and how they come to be published, are the matter of schemes/: no case
ever sees one.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.organisations.queries import own_holidays
from maatwerk.people.functions import offer
from maatwerk.rules.decoding import Fault, SchemeRefused
from maatwerk.rules.loading import is_fatal, parse
from maatwerk.rules.places import places
from maatwerk.rules.refusals import NotFound, Reason, Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.tenant_calendar import needs_calendar
from maatwerk.rules.tenant_data import as_kept, needs_tenant
from maatwerk.tenancy import Tx, tenant_settings

INSERT = """
    INSERT INTO scheme_version
        (tenant_id, id, code, version, digest, title, valid_from, valid_until, source, loaded_at, changed_at, state,
         published_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)
    ON CONFLICT (tenant_id, code, version, digest) WHERE published_at IS NOT NULL DO NOTHING
"""
KNOWN = """
    SELECT EXISTS (SELECT FROM scheme_version WHERE tenant_id = $1 AND code = $2 AND version = $3 AND digest = $4
            AND (made_by IS NULL OR published_at IS NOT NULL)) AS same,
        EXISTS (SELECT FROM scheme_version WHERE tenant_id = $1 AND code = $2
            AND (published_by IS NOT NULL OR (withdrawn_by IS NOT NULL AND published_at IS NOT NULL))) AS taken_over
"""
ONE = """
    SELECT source, valid_from FROM scheme_version WHERE tenant_id = $1 AND id = $2 AND published_at IS NOT NULL
"""
PUBLISHED = """
    SELECT DISTINCT ON (code, version) id, code, valid_from, valid_until, published_at, withdrawn_at, source
    FROM scheme_version WHERE tenant_id = $1 AND published_at IS NOT NULL
    ORDER BY code, version, published_at DESC, id DESC
"""
_PARSED: dict[tuple[UUID, UUID], Scheme] = {}
_MOST = 500


@dataclass(frozen=True)
class Version:
    """A published version; `until` is the last day on which cases may begin under it: before that of the next, if any."""

    id: UUID
    scheme: Scheme
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether new cases may begin under it on a day."""
        return self.scheme.valid_from <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Kept:
    """What became of a scheme file: `waits` when it is a concept, because this partnership publishes that scheme itself."""

    scheme: Scheme
    waits: bool = False


@lru_cache(maxsize=_MOST)
def read_text(source: str) -> tuple[Scheme, tuple[Fault, ...]]:
    """(scheme, warnings) of a text. Raises SchemeRefused with every fault."""
    scheme, faults = parse(source)
    if scheme is None:
        raise SchemeRefused(tuple(fault for fault in faults if is_fatal(fault)))
    return scheme, faults


async def keep_source(tx: Tx, source: str) -> Kept:
    """Writes the text of an operator's scheme file, if it is new or changed. Raises SchemeRefused with every fault.

    It is published, unless an admin of the tenant ever published or withdrew a version of that scheme: then it waits as a
    concept for two of them (docs/decisions/0012).
    """
    scheme, now, digest = read_text(source)[0], clock.now(), digest_of(source)
    known = await tx.fetchrow(KNOWN, tx.tenant_id, scheme.code, scheme.version, digest)
    assert known is not None
    waits: bool = known["taken_over"] and not known["same"]
    if not waits:
        await offer_functions(tx, scheme)
    if known["same"]:
        return Kept(scheme)
    await tx.execute(
        INSERT,
        *(tx.tenant_id, new_id(), scheme.code, scheme.version, digest, scheme.title),
        *(scheme.valid_from, scheme.valid_until, source, now, "concept" if waits else "gepubliceerd"),
        None if waits else now,
    )
    return Kept(scheme, waits)


async def offer_functions(tx: Tx, scheme: Scheme) -> None:
    """Says what members can be in a scheme under which cases may begin."""
    found = [(role, scheme.roles[role].title, place) for role, place in places(scheme).items()]
    await offer(tx, scheme.code, sorted(found))


def digest_of(source: str) -> str:
    """What tells two texts apart."""
    return hashlib.sha256(source.encode()).hexdigest()


async def version(tx: Tx, version_id: UUID, school_id: UUID | None = None) -> Scheme:
    """The parsed scheme of a version that was published, also when it was withdrawn since; as it is for a school, when its days off
    matter. Raises NotFound."""
    known = _PARSED.get((tx.tenant_id, version_id))
    if known is None:
        row = await tx.fetchrow(ONE, tx.tenant_id, version_id)
        if row is None:
            raise unknown()
        known = _remember(tx, version_id, row)
    return await as_kept_by(tx, known, school_id)


async def current(tx: Tx) -> list[Version]:
    """The latest published row of every version of every scheme of the tenant, without those that were withdrawn."""
    rows = await tx.fetch(PUBLISHED, tx.tenant_id)
    found = []
    for row, until in _with_last_days(rows):
        if row["withdrawn_at"] is None:
            scheme = _PARSED.get((tx.tenant_id, row["id"])) or _remember(tx, row["id"], row)
            found.append(Version(row["id"], await as_kept_by(tx, scheme), until))
    return found


async def usable(tx: Tx, version_id: UUID, day: date) -> Scheme:
    """A version under which a case may begin on a day.

    Raises NotFound for an unknown one and Refused for one that does not hold or was replaced.
    """
    found = next((item for item in await current(tx) if item.id == version_id), None)
    if found is None:
        raise unknown()
    if not found.holds_on(day):
        raise Refused.because(
            "regeling_geldt_niet",
            "Deze regeling geldt vandaag niet voor nieuwe aanvragen; lopende zaken houden haar regels.",
            mend="Kies een regeling die nu geldt.",
            field="regelingId",
        )
    return found.scheme


def unknown() -> NotFound:
    """The refusal for a version that this tenant does not have."""
    return NotFound((Reason("regeling_onbekend", "Deze regeling bestaat niet.", field="regelingId"),))


async def as_kept_by(tx: Tx, scheme: Scheme, school_id: UUID | None = None) -> Scheme:
    """A scheme that counts by school holidays or waits for meetings, with those that the tenant, or one school of it, keeps now;
    others cost no query."""
    if not needs_tenant(scheme):
        return scheme
    of_school = await own_holidays(tx, school_id) if school_id and needs_calendar(scheme) else ()
    return as_kept(scheme, await tenant_settings(tx), of_school)


def valid_from(scheme: Scheme, day: date) -> Scheme:
    """The scheme from the day that was chosen when it was published, whatever its text says."""
    return scheme if scheme.valid_from == day else replace(scheme, valid_from=day)


def _with_last_days(rows: Iterable[Any]) -> Iterator[tuple[Any, date | None]]:
    """Each row with the last day for new cases. Of one scheme the version that began last holds, and none other comes back when
    it ends or is withdrawn; one that was withdrawn before it began never was."""
    for _, versions in groupby(sorted(rows, key=lambda row: row["code"]), key=lambda row: row["code"]):
        begun = [row for row in versions if not _never_began(row)]
        begun.sort(key=lambda row: (row["valid_from"], row["published_at"], row["id"]))
        ends = [row["valid_from"] - timedelta(days=1) for row in begun[1:]]
        for row, end in zip(begun, [*ends, None], strict=True):
            yield row, min((day for day in (row["valid_until"], end) if day is not None), default=None)


def _never_began(row: Any) -> bool:
    withdrawn = row["withdrawn_at"]
    return withdrawn is not None and clock.legal_day(withdrawn) < row["valid_from"]


def _remember(tx: Tx, version_id: UUID, row: Any) -> Scheme:
    if len(_PARSED) >= _MOST:
        _PARSED.clear()
    scheme = _PARSED[tx.tenant_id, version_id] = valid_from(read_text(row["source"])[0], row["valid_from"])
    return scheme
