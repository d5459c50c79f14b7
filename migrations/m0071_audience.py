"""Who may follow a case, by role and owner, and whether he knows its school, so that lists read it; in which role a case was opened; a task's owner."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import ChangeRows, statements, tenant_table

ID = "0071_audience"
VERSION = "1.38.0"
DESCRIPTION = "Audience of cases"

OPENED_AS = """
    ALTER TABLE support_case ADD COLUMN opened_as text NOT NULL DEFAULT 'coordinator';
    ALTER TABLE support_case ALTER COLUMN opened_as DROP DEFAULT;
    ALTER TABLE task RENAME COLUMN organisation_id TO owner_id;
"""
AUDIENCE = """
    CREATE TABLE case_audience (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, role text NOT NULL, owner_id uuid NOT NULL,
        knows_school boolean NOT NULL, opened_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, case_id, role, owner_id),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX audience_in_order ON case_audience (tenant_id, role, owner_id, opened_at DESC, case_id DESC);
"""
KNOWN_SO_FAR = """
    INSERT INTO case_audience (tenant_id, case_id, role, owner_id, knows_school, opened_at)
    SELECT tenant_id, id, 'coordinator', organisation_id, true, opened_at FROM support_case
    UNION ALL SELECT tenant_id, id, 'ondersteuner', '00000000-0000-0000-0000-000000000000', true, opened_at
        FROM support_case
        WHERE seq > 0
"""


async def forwards() -> MigrationManager:
    """Until now cases were opened by schools, and followed by them and the office."""
    guarded = tenant_table("case_audience", grants="SELECT, INSERT, UPDATE (knows_school), DELETE")
    return statements(ID, DESCRIPTION, [OPENED_AS, AUDIENCE, guarded, ChangeRows("support_case", KNOWN_SO_FAR)])
