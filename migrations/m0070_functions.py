"""The roles that schemes bring: which there are, which a member has, and people of another organisation who take part."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import SCOPE, statements, tenant_table

ID = "0070_functions"
VERSION = "1.38.0"
DESCRIPTION = "Functions of members"

ROLES = "'coordinator', 'ondersteuner', 'reviewer', 'partner', 'tenant_admin', 'financial_controller', 'fg'"
MEMBERS = "".join(
    f"""
    ALTER TABLE {table} DROP CONSTRAINT {table}_roles_check,
        ADD CONSTRAINT {table}_roles_check CHECK (roles <@ ARRAY[{ROLES}]),
        ADD COLUMN functions text[] NOT NULL DEFAULT '{{}}';
    """
    for table in ("membership", "invitation")
)
OFFERED = """
    CREATE TABLE tenant_function (
        tenant_id uuid NOT NULL REFERENCES tenant, scheme_code text NOT NULL, role text NOT NULL, title text NOT NULL,
        place text NOT NULL, PRIMARY KEY (tenant_id, scheme_code, role));
"""
MUNICIPALITY = f"""
    CREATE POLICY read_in_identity ON tenant_organisation FOR SELECT USING ({SCOPE} = 'identity');
"""


async def forwards() -> MigrationManager:
    """Adds the columns and the table; whoever is identified brings the municipality of his organisation."""
    offered = tenant_table("tenant_function", grants="SELECT, INSERT, UPDATE (title, place)")
    return statements(ID, DESCRIPTION, [MEMBERS, OFFERED, offered, MUNICIPALITY])
