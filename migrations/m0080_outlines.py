"""What an outline shows of cases, by question; the rows of files that cases came from."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0080_outlines"
VERSION = "1.38.0"
DESCRIPTION = "Traits of cases, rows of their files"

TRAITS = """
    CREATE TABLE case_trait (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, name text NOT NULL, place integer NOT NULL, value text NOT NULL,
        PRIMARY KEY (tenant_id, case_id, name, place),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
"""
ROWS = """
    CREATE TABLE imported_row (
        tenant_id uuid NOT NULL, scheme_code text NOT NULL, row_key text NOT NULL, case_id uuid NOT NULL,
        number text NOT NULL, answers jsonb NOT NULL, imported_by uuid, imported_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, scheme_code, row_key), UNIQUE (tenant_id, scheme_code, number),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
"""


async def forwards() -> MigrationManager:
    """Adds both tables."""
    traits = tenant_table("case_trait", grants="SELECT, INSERT, UPDATE (value), DELETE")
    rows = tenant_table("imported_row", grants="SELECT, INSERT, UPDATE (answers, imported_by, imported_at)")
    return statements(ID, DESCRIPTION, [TRAITS, traits, ROWS, rows])
