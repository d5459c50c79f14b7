"""Several data keys per tenant, one of them active, so that a new one can take the place of an older one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0043_key_rotation"
VERSION = "1.38.0"
DESCRIPTION = "Rotation of a tenant's data key"

KEYS = """
    ALTER TABLE tenant_key ADD COLUMN retired_at timestamptz, ADD COLUMN destroyed_at timestamptz,
        ADD CHECK (destroyed_at IS NULL OR (wrapped IS NULL AND retired_at IS NOT NULL)),
        DROP CONSTRAINT tenant_key_tenant_id_purpose_key;
    CREATE UNIQUE INDEX tenant_key_active ON tenant_key (tenant_id, purpose) WHERE retired_at IS NULL;
    GRANT UPDATE (retired_at, destroyed_at) ON tenant_key TO maatwerk_app;
    GRANT UPDATE (tenant_key_id) ON case_key, pack_key TO maatwerk_app;
    GRANT UPDATE (recipient, content) ON mail TO maatwerk_app;
"""


async def forwards() -> MigrationManager:
    """Tells the active key from older ones, and lets what they sealed be sealed anew."""
    return statements(ID, DESCRIPTION, [KEYS])
