"""Kept answers to creating requests."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0005_http"
VERSION = "1.38.0"
DESCRIPTION = "Idempotency keys"

KEYS = """
    CREATE TABLE idempotency_key (
        tenant_id uuid NOT NULL REFERENCES tenant, client uuid NOT NULL, key text NOT NULL,
        digest bytea NOT NULL, answer bytea NOT NULL, expires_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, client, key));
    CREATE INDEX idempotency_key_by_age ON idempotency_key (tenant_id, expires_at);
"""


async def forwards() -> MigrationManager:
    return statements(ID, DESCRIPTION, [KEYS, tenant_table("idempotency_key")])
