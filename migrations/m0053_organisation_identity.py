"""An organisation is a tenant's own, under its own id and name, and the same as another tenant's by a number alone. Those that were
shared because of their name part; ids stay, so members and cases keep their school."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import ChangeRows, statements

ID = "0053_organisation_identity"
VERSION = "1.38.0"
DESCRIPTION = "Organisations of a tenant, the same by number"

OWN = """
    ALTER TABLE tenant_organisation ADD COLUMN same_as uuid, ADD COLUMN kind text, ADD COLUMN name text,
        DROP CONSTRAINT tenant_organisation_organisation_id_fkey;
"""
TAKE_OVER = """
    UPDATE tenant_organisation t
    SET kind = o.kind, name = o.name, same_as = CASE WHEN o.brin IS NULL THEN NULL ELSE o.id END
    FROM organisation o WHERE o.id = t.organisation_id
"""
CLOSED = """
    ALTER TABLE tenant_organisation ALTER COLUMN kind SET NOT NULL, ALTER COLUMN name SET NOT NULL,
        ADD UNIQUE (tenant_id, same_as), ADD FOREIGN KEY (same_as) REFERENCES organisation;
"""
NAMELESS = """
    SELECT set_config('app.scope', 'identity', true);
    DELETE FROM organisation WHERE brin IS NULL;
    SELECT set_config('app.scope', '', true);
"""
NUMBERS = """
    DROP POLICY own_tenants ON organisation;
    CREATE POLICY own_tenants ON organisation FOR SELECT USING (
        EXISTS (SELECT FROM tenant_organisation t WHERE t.same_as = organisation.id));
    ALTER TABLE organisation RENAME COLUMN brin TO number;
    ALTER TABLE organisation ADD COLUMN number_kind text NOT NULL DEFAULT 'brin', ALTER COLUMN number SET NOT NULL,
        DROP COLUMN kind, DROP COLUMN name, DROP CONSTRAINT organisation_brin_key;
    ALTER TABLE organisation ALTER COLUMN number_kind DROP DEFAULT, ADD UNIQUE (number_kind, number),
        ADD CHECK (number_kind IN ('brin', 'oin', 'kvk'));
"""


async def forwards() -> MigrationManager:
    """Gives every link its own name, and leaves of the shared rows those that a number stands for."""
    take_over = ChangeRows("tenant_organisation", TAKE_OVER)
    return statements(ID, DESCRIPTION, [OWN, take_over, CLOSED, NAMELESS, NUMBERS])
