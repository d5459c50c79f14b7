"""What a migration file is made of: plain SQL, and the words that every tenant table needs around it.
The owner is under row-level security too, so rows are changed by `ChangeRows`, tenant by tenant, never by bare SQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.engine import APP
from maatwerk.db.transaction import OutsideTransaction, Transaction

TENANT = "nullif(current_setting('app.tenant_id', true), '')::uuid"
SCOPE = "current_setting('app.scope', true)"
APP_ROLE = "maatwerk_app"
DISPATCH_ROLE = "maatwerk_dispatch"
BACKUP_ROLE = "maatwerk_backup"
EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"


class MigrationTouchedNothing(RuntimeError):
    """A data migration changed no row of a table that has rows: its condition or its tenant is wrong."""


@dataclass(frozen=True)
class ChangeRows:
    """A step that runs `sql`, an UPDATE or DELETE on `table`, once for each tenant in its scope."""

    table: str
    sql: str

    async def run(self, tx: Transaction) -> int:
        """How many rows changed over all tenants; raises MigrationTouchedNothing when none of a filled table did."""
        changed, present = 0, 0
        for row in await tx.fetch("SELECT id FROM tenant ORDER BY id"):
            await tx.fetch("SELECT set_config('app.tenant_id', $1, true)", str(row["id"]))
            present += await tx.fetchval(f'SELECT EXISTS (SELECT FROM "{self.table}")::int')  # noqa: S608 - ours
            changed += await tx.execute(self.sql)
        await tx.fetch("SELECT set_config('app.tenant_id', '', true)")
        if present and not changed:
            raise MigrationTouchedNothing(self.table)
        return changed


Step = str | ChangeRows


def statements(identifier: str, description: str, steps: Sequence[Step]) -> MigrationManager:
    """A Piccolo migration that runs the steps in order, inside the transaction that `migrate` opened."""
    manager = MigrationManager(migration_id=identifier, app_name="maatwerk", description=description)

    async def run() -> None:
        tx = APP.current()
        if tx is None:
            raise OutsideTransaction("migrations run through `maatwerk migrate`")
        for step in steps:
            if isinstance(step, str):
                await tx.execute(step)
            else:
                await step.run(tx)

    manager.add_raw(run)
    return manager


def tenant_table(name: str, *, grants: str = EVERYTHING) -> str:
    """SQL after CREATE TABLE of a table with tenant_id: forced row-level security, its policy, the app's grants.

    `grants` may name columns ("SELECT, INSERT, UPDATE (state)"); the backup role may always read.
    """
    return guarded_table(name, f"tenant_id = {TENANT}", grants=grants)


def identity_table(name: str, *, grants: str = EVERYTHING) -> str:
    """The same for a table without tenant_id that only `people.identity_scope` may see."""
    return guarded_table(name, f"{SCOPE} = 'identity'", grants=grants)


def guarded_table(name: str, condition: str, *, grants: str = EVERYTHING) -> str:
    """The same with a row condition of one's own, for reading and for writing."""
    return f"""
        ALTER TABLE "{name}" ENABLE ROW LEVEL SECURITY;
        ALTER TABLE "{name}" FORCE ROW LEVEL SECURITY;
        CREATE POLICY scope ON "{name}" USING ({condition}) WITH CHECK ({condition});
        GRANT {grants} ON "{name}" TO {APP_ROLE};
        GRANT SELECT ON "{name}" TO {BACKUP_ROLE};
    """


def append_only(name: str) -> str:
    """SQL that makes rows of a table final for everybody, the owner included."""
    return f"""
        REVOKE UPDATE, DELETE, TRUNCATE ON "{name}" FROM {APP_ROLE};
        CREATE TRIGGER rows_are_final BEFORE UPDATE OR DELETE ON "{name}"
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER table_is_final BEFORE TRUNCATE ON "{name}"
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    """
