"""Reading the books: envelopes with their room, entries in order."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Envelope:
    """A book, or a part of it, in one period; amounts in `unit` (eurocents for money). `free` is None when no ceiling is known."""

    id: UUID
    scheme_code: str
    book: str
    period: str
    part: str
    title: str
    unit: str
    ceiling: int | None
    reserved: int
    committed: int
    paid: int
    seq: int
    told: int

    @property
    def free(self) -> int | None:
        return None if self.ceiling is None else self.ceiling - self.reserved - self.committed


@dataclass(frozen=True)
class Entry:
    id: UUID
    case_id: UUID
    number: str | None
    kind: str
    amount: int
    over: int
    on_day: date
    recorded_at: datetime


COLUMNS = "id, scheme_code, book, period, part, title, unit, ceiling, reserved, committed, paid, seq, told"


async def envelopes(tx: Tx) -> list[Envelope]:
    """Every envelope of the tenant, by scheme, book, period and part."""
    rows = await tx.fetch(
        f"SELECT {COLUMNS} FROM book_envelope WHERE tenant_id = $1 ORDER BY scheme_code, book, period, part",  # noqa: S608
        tx.tenant_id,
    )
    return [Envelope(**dict(row)) for row in rows]


async def envelope(tx: Tx, envelope_id: UUID, *, lock: bool = False) -> Envelope:
    """One envelope. Raises NotFound."""
    row = await tx.fetchrow(
        f"SELECT {COLUMNS} FROM book_envelope WHERE tenant_id = $1 AND id = $2"  # noqa: S608
        + (" FOR UPDATE" if lock else ""),
        *(tx.tenant_id, envelope_id),
    )
    if row is None:
        raise NotFound.because("boek_onbekend", "Dit boek bestaat niet.")
    return Envelope(**dict(row))


async def entries(tx: Tx, envelope_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Entry]:
    """Entries of an envelope in order of recording, after a place."""
    since, last = after or (None, None)
    rows = await tx.fetch(
        "SELECT e.id, e.case_id, c.number, e.kind, e.amount, e.over, e.on_day, e.recorded_at FROM book_entry e"
        " JOIN support_case c ON c.tenant_id = e.tenant_id AND c.id = e.case_id"
        " WHERE e.tenant_id = $1 AND e.envelope_id = $2 AND ($3::timestamptz IS NULL OR (e.recorded_at, e.id) > ($3, $4::uuid))"
        " ORDER BY e.recorded_at, e.id LIMIT $5",
        *(tx.tenant_id, envelope_id, since, last, limit),
    )
    return [Entry(**dict(row)) for row in rows]
