"""Organisations are shared by tenants and public knowledge; what a tenant says of one stands in its own link."""

from piccolo.columns import UUID, Integer, Text, Timestamptz
from piccolo.table import Table


class Organisation(Table, tablename="organisation"):
    """A school, municipality or other body. A tenant sees those that it is linked to."""

    id = UUID(primary_key=True, default=None, help_text="class=none; keep=always")
    kind = Text(default=None, help_text="class=none; keep=always")
    name = Text(default=None, help_text="class=none; keep=always")
    brin = Text(null=True, default=None, help_text="class=none; keep=always")
    created_at = Timestamptz(default=None, help_text="class=none; keep=always")


class TenantOrganisation(Table, tablename="tenant_organisation"):
    """An organisation in a tenant; `sector` is empty for what is no school."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    organisation_id = UUID(primary_key=True, default=None, help_text="class=none; keep=tenant")
    sector = Text(null=True, default=None, help_text="class=none; keep=tenant")
    school_type = Text(null=True, default=None, help_text="class=none; keep=tenant")
    municipality = Text(null=True, default=None, help_text="class=none; keep=tenant")
    seq = Integer(default=1, help_text="class=none; keep=tenant")
    created_at = Timestamptz(default=None, help_text="class=none; keep=tenant")
