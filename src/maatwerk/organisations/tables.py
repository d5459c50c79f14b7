"""Organisations: each tenant has its own, under its own id and name. What makes two of them the same is a public number."""

from piccolo.columns import UUID, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb

TENANT = "class=none; keep=tenant"


class Organisation(Table, tablename="organisation"):
    """What a number in a public register stands for, for all tenants: no name, nothing of who has it. A tenant sees those of its own
    organisations."""

    id = UUID(primary_key=True, default=None, help_text="class=none; keep=always")
    number_kind = Text(default=None, help_text="class=none; keep=always")
    number = Text(default=None, help_text="class=none; keep=always")
    created_at = Timestamptz(default=None, help_text="class=none; keep=always")


class TenantOrganisation(Table, tablename="tenant_organisation"):
    """An organisation of a tenant. `organisation_id` is the tenant's own; `same_as` is empty as long as no number is known, `sector` and
    `own_holidays` are for schools."""

    tenant_id = UUID(default=None, help_text=TENANT)
    organisation_id = UUID(primary_key=True, default=None, help_text=TENANT)
    same_as = UUID(null=True, default=None, help_text=TENANT)
    kind = Text(default=None, help_text=TENANT)
    name = Text(default=None, help_text=TENANT)
    sector = Text(null=True, default=None, help_text=TENANT)
    school_type = Text(null=True, default=None, help_text=TENANT)
    municipality = Text(null=True, default=None, help_text=TENANT)
    board = Text(default="", help_text=TENANT)
    own_holidays = Jsonb(default=[], help_text=TENANT)
    seq = Integer(default=1, help_text=TENANT)
    created_at = Timestamptz(default=None, help_text=TENANT)
