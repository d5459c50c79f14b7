"""Whom a school thinks involved: a name, sealed, and what the ondersteuner made of it."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0051_suspicion"
VERSION = "1.38.0"
DESCRIPTION = "Suspected involvement"

SUSPICION = """
    CREATE TABLE suspicion (
        tenant_id uuid NOT NULL, id uuid NOT NULL, case_id uuid NOT NULL, name bytea NOT NULL,
        what text NOT NULL CHECK (what IN ('begeleiding', 'bekende', 'aanvraag', 'aanbieder', 'anders')),
        reported_by uuid NOT NULL, reported_at timestamptz NOT NULL,
        verdict text NOT NULL DEFAULT '' CHECK (verdict IN ('', 'bevestigd', 'verworpen')),
        membership_id uuid, settled_by uuid, settled_at timestamptz, PRIMARY KEY (tenant_id, id),
        CHECK ((verdict = 'bevestigd') = (membership_id IS NOT NULL)),
        CHECK ((verdict = '') = (settled_at IS NULL)),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX suspicion_of_case ON suspicion (tenant_id, case_id);
"""
GRANTS = "SELECT, INSERT, UPDATE (what, verdict, membership_id, settled_by, settled_at)"


async def forwards() -> MigrationManager:
    """Adds the table."""
    return statements(ID, DESCRIPTION, [SUSPICION, tenant_table("suspicion", grants=GRANTS)])
