"""An open task of a case that becomes another school's or town's is passed on: the app may change whose it is within the role."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import APP_ROLE, statements

ID = "0110_tasks_pass_on"
VERSION = "1.38.0"
DESCRIPTION = "Tasks that are passed on"


async def forwards() -> MigrationManager:
    return statements(ID, DESCRIPTION, [f"GRANT UPDATE (owner_id) ON task TO {APP_ROLE}"])
