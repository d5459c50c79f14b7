"""The ledger. An entry names a case, never a child."""

from piccolo.columns import UUID, BigInt, Date, Integer, Text, Timestamptz
from piccolo.table import Table

TENANT = "class=none; keep=tenant"
STAFF = "class=staff; keep=tenant"
LEDGER = "class=none; keep=seven years after the book year (AWR 52)"


class BookEnvelope(Table, tablename="book_envelope"):
    """A book of a scheme, or a part of it, in one period, with its totals in the book's unit; no ceiling means none is known.
    `told` is the highest threshold, in percents, of which people heard. `counted` is what is committed for `pupils`: of the rest nobody
    knows for how many it is. The estimate is that of the scheme under which the envelope was made: corrections stand beside it."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=TENANT)
    scheme_code = Text(default=None, help_text=TENANT)
    book = Text(default=None, help_text=TENANT)
    period = Text(default=None, help_text=TENANT)
    part = Text(default="", help_text=TENANT)
    title = Text(default=None, help_text=TENANT)
    unit = Text(default=None, help_text=TENANT)
    ceiling = BigInt(default=None, null=True, help_text=TENANT)
    reserved = BigInt(default=0, help_text=TENANT)
    committed = BigInt(default=0, help_text=TENANT)
    paid = BigInt(default=0, help_text=TENANT)
    seq = Integer(default=1, help_text=TENANT)
    told = Integer(default=0, help_text=TENANT)
    pupils = Integer(default=0, help_text=TENANT)
    counted = BigInt(default=0, help_text=TENANT)
    estimated_pupils = Integer(default=None, null=True, help_text=TENANT)
    estimated_average = BigInt(default=None, null=True, help_text=TENANT)


class EstimateCorrection(Table, tablename="estimate_correction"):
    """Another estimate of an envelope, the `n`th, and why; the last one holds. Rows are final."""

    tenant_id = UUID(default=None, help_text=TENANT)
    envelope_id = UUID(primary_key=True, default=None, help_text=TENANT)
    n = Integer(default=None, help_text=TENANT)
    pupils = Integer(default=None, help_text=TENANT)
    average = BigInt(default=None, help_text=TENANT)
    reason = Text(default=None, help_text=STAFF)
    corrected_by = UUID(default=None, null=True, help_text=STAFF)
    recorded_at = Timestamptz(default=None, help_text=TENANT)


class BookEntry(Table, tablename="book_entry"):
    """One entry, made by effect `position` of act `seq` of a case; that place makes it unique. `pupils` is by how many it changed the
    number of its envelope: none when that is not known."""

    tenant_id = UUID(default=None, help_text=LEDGER)
    id = UUID(primary_key=True, default=None, help_text=LEDGER)
    envelope_id = UUID(default=None, help_text=LEDGER)
    case_id = UUID(default=None, help_text=LEDGER)
    seq = Integer(default=None, help_text=LEDGER)
    position = Integer(default=None, help_text=LEDGER)
    kind = Text(default=None, help_text=LEDGER)
    amount = BigInt(default=None, help_text=LEDGER)
    over = BigInt(default=None, help_text=LEDGER)
    on_day = Date(default=None, help_text=LEDGER)
    pupils = Integer(default=None, null=True, help_text=LEDGER)
    recorded_at = Timestamptz(default=None, help_text=LEDGER)
