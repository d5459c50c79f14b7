"""Tenants: the scope through which their rows are reached, their numbers and their files."""

from maatwerk.tenancy.counters import next_number
from maatwerk.tenancy.loading import (
    TenantFile,
    load_tenant,
    load_tenants,
    read_tenants,
    tenant_ids,
    tenant_settings,
)
from maatwerk.tenancy.scope import Tx, named_scope, scope

__all__ = [
    "TenantFile",
    "Tx",
    "load_tenant",
    "load_tenants",
    "named_scope",
    "next_number",
    "read_tenants",
    "scope",
    "tenant_ids",
    "tenant_settings",
]
