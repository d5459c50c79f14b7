"""Why a number in an act is no BSN, sealed with the case's key; most acts have none."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0042_not_bsn"
VERSION = "1.38.0"
DESCRIPTION = "Reasons why numbers in acts are no BSN"


async def forwards() -> MigrationManager:
    """Adds the column."""
    return statements(ID, DESCRIPTION, ["ALTER TABLE case_act ADD COLUMN not_bsn bytea"])
