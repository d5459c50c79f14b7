"""Days on which one school is free of its own choice: its weeks of school are counted without them. Sectors are data that the service
checks when a school comes; the column never restricted them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0074_school_holidays"
VERSION = "1.38.0"
DESCRIPTION = "A school's own holidays"

OWN = "ALTER TABLE tenant_organisation ADD COLUMN own_holidays jsonb NOT NULL DEFAULT '[]'"


async def forwards() -> MigrationManager:
    """Adds the column."""
    return statements(ID, DESCRIPTION, [OWN])
