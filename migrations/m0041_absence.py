"""When a reviewer is away, so that another of the seat is asked."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0041_absence"
VERSION = "1.38.0"
DESCRIPTION = "Absence of reviewers"

ABSENCE = """
    CREATE TABLE absence (
        tenant_id uuid NOT NULL, id uuid NOT NULL, membership_id uuid NOT NULL, from_day date NOT NULL,
        to_day date NOT NULL, reported_by uuid, reported_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id),
        CHECK (from_day <= to_day), FOREIGN KEY (tenant_id, membership_id) REFERENCES membership);
    CREATE INDEX absence_of_member ON absence (tenant_id, membership_id, to_day);
"""


async def forwards() -> MigrationManager:
    """Adds the table."""
    return statements(ID, DESCRIPTION, [ABSENCE, tenant_table("absence", grants="SELECT, INSERT, DELETE")])
