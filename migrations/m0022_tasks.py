"""Tasks. Each is somebody's: of one member, of a seat, or of a role."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0022_tasks"
VERSION = "1.38.0"
DESCRIPTION = "Tasks"

TASKS = """
    CREATE TABLE task (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, case_id uuid, organisation_id uuid,
        kind text NOT NULL, title text NOT NULL, role text, membership_id uuid, seat text, done_by_act text,
        due_on date, created_at timestamptz NOT NULL, done_at timestamptz, done_by uuid, source_key text NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, source_key),
        CHECK (num_nonnulls(role, membership_id, seat) > 0));
    CREATE INDEX task_open ON task (tenant_id, (coalesce(due_on, DATE '9999-12-31')), id) WHERE done_at IS NULL;
    CREATE INDEX task_done ON task (tenant_id, id) WHERE done_at IS NOT NULL;
    CREATE INDEX task_of_case ON task (tenant_id, case_id, id);
"""


async def forwards() -> MigrationManager:
    return statements(
        ID,
        DESCRIPTION,
        [TASKS, tenant_table("task", grants="SELECT, INSERT, DELETE, UPDATE (done_at, done_by)")],
    )
