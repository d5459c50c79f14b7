"""The board that a school belongs to, by its name as the partnership writes it: what cases are chosen and counted by."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0112_school_boards"
VERSION = "1.38.0"
DESCRIPTION = "Boards of schools"

BOARD = "ALTER TABLE tenant_organisation ADD COLUMN board text NOT NULL DEFAULT ''"


async def forwards() -> MigrationManager:
    """Adds the column."""
    return statements(ID, DESCRIPTION, [BOARD])
