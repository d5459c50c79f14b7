"""How the estimate of an envelope was corrected, and why. What stood before stays."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import append_only, statements, tenant_table

ID = "0126_estimate_corrections"
VERSION = "1.38.0"
DESCRIPTION = "Corrections of estimates"

CORRECTIONS = """
    CREATE TABLE estimate_correction (
        tenant_id uuid NOT NULL REFERENCES tenant, envelope_id uuid NOT NULL, n int NOT NULL,
        pupils int NOT NULL CHECK (pupils > 0), average bigint NOT NULL CHECK (average > 0), reason text NOT NULL,
        corrected_by uuid, recorded_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, envelope_id, n),
        FOREIGN KEY (tenant_id, envelope_id) REFERENCES book_envelope (tenant_id, id));
"""


async def forwards() -> MigrationManager:
    """Adds the table; an estimate is corrected by a row more, never by a change."""
    guarded = tenant_table("estimate_correction", grants="SELECT, INSERT") + append_only("estimate_correction")
    return statements(ID, DESCRIPTION, [CORRECTIONS, guarded])
