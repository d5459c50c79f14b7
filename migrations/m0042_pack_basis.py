"""What a pack was made of, so that one that the case has left behind is not released."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0042_pack_basis"
VERSION = "1.38.0"
DESCRIPTION = "The sources of a pack as a keyed index"


async def forwards() -> MigrationManager:
    """Adds the column. A pack of before it counts as left behind and is made again when somebody wants to release it."""
    return statements(ID, DESCRIPTION, ["ALTER TABLE pack ADD COLUMN basis bytea"])
