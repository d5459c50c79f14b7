"""Reading the books: envelopes with their room, entries in order."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maatwerk.rules.budgeting import rounded
from maatwerk.rules.refusals import NotFound
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Estimate:
    """What was expected of an envelope beforehand."""

    pupils: int
    average: int

    @property
    def total(self) -> int:
        return self.pupils * self.average


@dataclass(frozen=True)
class Told:
    """An estimate in the history of an envelope. The first one is the scheme's: it has no reason and nobody gave it."""

    estimate: Estimate
    reason: str = ""
    by: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True)
class Envelope:
    """A book, or a part of it, in one period; amounts in `unit` (eurocents for money). `free` is None when no ceiling is known.
    `counted` is the part of `committed` that is for `pupils`."""

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
    pupils: int
    counted: int
    estimated_pupils: int | None
    estimated_average: int | None
    corrected_pupils: int | None = None
    corrected_average: int | None = None

    @property
    def estimate(self) -> Estimate | None:
        """What is expected now."""
        if self.corrected_pupils is None or self.corrected_average is None:
            return self.first_estimate
        return Estimate(self.corrected_pupils, self.corrected_average)

    @property
    def first_estimate(self) -> Estimate | None:
        """What the scheme expected when the envelope was made."""
        if self.estimated_pupils is None or self.estimated_average is None:
            return None
        return Estimate(self.estimated_pupils, self.estimated_average)

    @property
    def average(self) -> int | None:
        """What is committed per pupil, rounded; None as long as there is none."""
        return rounded(self.counted, self.pupils) if self.pupils > 0 else None

    @property
    def uncounted(self) -> int:
        """What is committed in cases of which nobody knows for how many pupils it is."""
        return self.committed - self.counted

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
    pupils: int | None


READING = "boeken.lezen"
_LAST = """
    (SELECT c.{0} FROM estimate_correction c
     WHERE c.tenant_id = book_envelope.tenant_id AND c.envelope_id = book_envelope.id ORDER BY c.n DESC LIMIT 1)
    AS corrected_{0}
"""
COLUMNS = (
    "id, scheme_code, book, period, part, title, unit, ceiling, reserved, committed, paid, seq, told, pupils, counted,"
    f" estimated_pupils, estimated_average, {_LAST.format('pupils')}, {_LAST.format('average')}"
)
CORRECTIONS = """
    SELECT c.pupils, c.average, c.reason, coalesce(m.name, '') AS by, c.recorded_at FROM estimate_correction c
    LEFT JOIN membership m ON m.tenant_id = c.tenant_id AND m.id = c.corrected_by
    WHERE c.tenant_id = $1 AND c.envelope_id = $2 ORDER BY c.n
"""


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


async def estimates(tx: Tx, found: Envelope) -> list[Told]:
    """Every estimate that an envelope ever had, the first one first; none for one without."""
    if found.first_estimate is None:
        return []
    rows = await tx.fetch(CORRECTIONS, tx.tenant_id, found.id)
    told = [Told(Estimate(row["pupils"], row["average"]), row["reason"], row["by"], row["recorded_at"]) for row in rows]
    return [Told(found.first_estimate), *told]


async def entries(tx: Tx, envelope_id: UUID, after: tuple[datetime, UUID] | None, limit: int) -> list[Entry]:
    """Entries of an envelope in order of recording, after a place."""
    since, last = after or (None, None)
    rows = await tx.fetch(
        "SELECT e.id, e.case_id, c.number, e.kind, e.amount, e.over, e.on_day, e.recorded_at, e.pupils FROM book_entry e"
        " JOIN support_case c ON c.tenant_id = e.tenant_id AND c.id = e.case_id"
        " WHERE e.tenant_id = $1 AND e.envelope_id = $2 AND ($3::timestamptz IS NULL OR (e.recorded_at, e.id) > ($3, $4::uuid))"
        " ORDER BY e.recorded_at, e.id LIMIT $5",
        *(tx.tenant_id, envelope_id, since, last, limit),
    )
    return [Entry(**dict(row)) for row in rows]
