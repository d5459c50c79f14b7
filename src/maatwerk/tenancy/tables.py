"""Tenants and their numbering. `tenant` is readable in every scope, so nothing that one tenant keeps from another
stands in it; that stands in `tenant_setting`."""

from piccolo.columns import UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb


class Tenant(Table, tablename="tenant"):
    """A partnership."""

    id = UUID(primary_key=True, default=None, help_text="class=none; keep=tenant")
    code = Text(default=None, help_text="class=none; keep=tenant")
    name = Text(default=None, help_text="class=none; keep=tenant")
    created_at = Timestamptz(default=None, help_text="class=none; keep=tenant")


class TenantSetting(Table, tablename="tenant_setting"):
    """What tenant.toml says beside code and name."""

    tenant_id = UUID(primary_key=True, default=None, help_text="class=none; keep=tenant")
    settings = Jsonb(help_text="class=staff; keep=tenant")


class TenantCounter(Table, tablename="tenant_counter"):
    """The last number given out, per kind and year."""

    tenant_id = UUID(primary_key=True, default=None, help_text="class=none; keep=tenant")
    kind = Text(default=None, help_text="class=none; keep=tenant")
    year = Integer(default=None, help_text="class=none; keep=tenant")
    last = Integer(default=None, help_text="class=none; keep=tenant")
