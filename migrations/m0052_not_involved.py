"""That somebody is not involved after all: a declaration that was withdrawn, a name in a text that says nothing."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0052_not_involved"
VERSION = "1.38.0"
DESCRIPTION = "Withdrawn declarations, mentions set aside"

REASONS = "('naamgenoot', 'beroepshalve', 'vergissing')"
WITHDRAWN = f"""
    ALTER TABLE involvement
        ADD COLUMN withdrawn_at timestamptz, ADD COLUMN withdrawn_by uuid, ADD COLUMN withdrawn_because text,
        ADD CONSTRAINT involvement_withdrawn CHECK (withdrawn_because IN {REASONS}
            AND withdrawn_at IS NOT NULL OR withdrawn_because IS NULL AND withdrawn_at IS NULL);
"""
SET_ASIDE = f"""
    CREATE TABLE mention_set_aside (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, membership_id uuid NOT NULL,
        reason text NOT NULL CHECK (reason IN {REASONS}), seen jsonb NOT NULL, set_by uuid, set_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, case_id, membership_id),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
"""


async def forwards() -> MigrationManager:
    """Adds the columns and the table."""
    aside = tenant_table("mention_set_aside", grants="SELECT, INSERT, UPDATE (reason, seen, set_by, set_at)")
    return statements(ID, DESCRIPTION, [WITHDRAWN, SET_ASIDE, aside])
