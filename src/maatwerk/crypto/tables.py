"""Wrapped keys, one kind per table. A destroyed key keeps its row and loses `wrapped`: that is the erasure, so these
tables stay out of long-term backups."""

from piccolo.columns import UUID, Bytea, Text, Timestamptz
from piccolo.table import Table

from maatwerk.crypto.packs import for_seat_of
from maatwerk.crypto.sealed import Sealed


class TenantKey(Table, tablename="tenant_key"):
    """A tenant's keys by purpose (`data` or `index`), wrapped by the KEK; the identity scope's have the nil UUID. The active one
    of a purpose is not retired; a retired one opens what names it until it is destroyed."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=tenant")
    purpose = Text(default=None, help_text="class=none; keep=tenant")
    kek_id = Text(default=None, help_text="class=none; keep=tenant")
    wrapped = Bytea(null=True, default=None, help_text="class=secret; keep=tenant")
    created_at = Timestamptz(default=None, help_text="class=none; keep=tenant")
    retired_at = Timestamptz(null=True, default=None, help_text="class=none; keep=tenant")
    destroyed_at = Timestamptz(null=True, default=None, help_text="class=none; keep=tenant")


class CaseKey(Table, tablename="case_key"):
    """The key of one case, wrapped by the tenant's data key."""

    tenant_id = UUID(default=None, help_text="class=none; keep=case")
    case_id = UUID(default=None, help_text="class=none; keep=case")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=case")
    tenant_key_id = UUID(default=None, help_text="class=none; keep=case")
    wrapped = Bytea(null=True, default=None, help_text="class=secret; keep=case")
    created_at = Timestamptz(default=None, help_text="class=none; keep=case")
    destroyed_at = Timestamptz(null=True, default=None, help_text="class=none; keep=case")


class PackKey(Table, tablename="pack_key"):
    """The key of a pack, wrapped once for each seat."""

    tenant_id = UUID(default=None, help_text="class=none; keep=pack")
    pack_id = UUID(default=None, help_text="class=none; keep=pack")
    seat = Text(default=None, help_text="class=none; keep=pack")
    case_id = UUID(default=None, help_text="class=none; keep=pack")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=pack")
    tenant_key_id = UUID(default=None, help_text="class=none; keep=pack")
    wrapped = Bytea(null=True, default=None, help_text="class=secret; keep=pack")
    created_at = Timestamptz(default=None, help_text="class=none; keep=pack")
    destroyed_at = Timestamptz(null=True, default=None, help_text="class=none; keep=pack")


SEALED_BY_TENANT = (
    Sealed("case_key", ("wrapped",), ("case_id",), key_column="tenant_key_id"),
    Sealed("pack_key", ("wrapped",), ("pack_id", "seat"), key_column="tenant_key_id", derive=for_seat_of),
)
