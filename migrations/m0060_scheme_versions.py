"""Versions of a scheme get a life: a concept, a proposal, published by a second person from a day, withdrawn. And dry runs of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import ChangeRows, statements, tenant_table

ID = "0060_scheme_versions"
VERSION = "1.38.0"
DESCRIPTION = "Life of scheme versions, dry runs"

# What stands in the database was loaded by the operator, and so published.
COLUMNS = """
    ALTER TABLE scheme_version
        ADD COLUMN state text NOT NULL DEFAULT 'gepubliceerd'
            CHECK (state IN ('concept', 'voorgesteld', 'gepubliceerd', 'ingetrokken')),
        ADD COLUMN seq int NOT NULL DEFAULT 1, ADD COLUMN made_by uuid, ADD COLUMN changed_at timestamptz,
        ADD COLUMN proposed_by uuid, ADD COLUMN proposed_at timestamptz,
        ADD COLUMN published_by uuid, ADD COLUMN published_at timestamptz,
        ADD COLUMN withdrawn_by uuid, ADD COLUMN withdrawn_at timestamptz,
        DROP CONSTRAINT scheme_version_tenant_id_code_version_digest_key;
    ALTER TABLE scheme_version ALTER COLUMN state DROP DEFAULT;
"""
PUBLISHED = ChangeRows("scheme_version", "UPDATE scheme_version SET published_at = loaded_at, changed_at = loaded_at")
RULES = """
    ALTER TABLE scheme_version ALTER COLUMN changed_at SET NOT NULL,
        ADD CONSTRAINT published_when CHECK (state <> 'gepubliceerd' OR published_at IS NOT NULL),
        ADD CONSTRAINT four_eyes CHECK (published_by <> proposed_by);
    CREATE UNIQUE INDEX scheme_published_once ON scheme_version (tenant_id, code, version, digest)
        WHERE published_at IS NOT NULL;
    CREATE FUNCTION keep_what_was_published() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF OLD.published_at IS NOT NULL AND (NEW.code, NEW.version, NEW.source, NEW.valid_from, NEW.valid_until,
                NEW.published_at) IS DISTINCT FROM (OLD.code, OLD.version, OLD.source, OLD.valid_from, OLD.valid_until,
                OLD.published_at)
            THEN RAISE EXCEPTION 'a published scheme is final' USING ERRCODE = 'restrict_violation'; END IF;
            RETURN NEW;
        END $$;
    CREATE TRIGGER published_is_final BEFORE UPDATE ON scheme_version
        FOR EACH ROW EXECUTE FUNCTION keep_what_was_published();
    REVOKE DELETE ON scheme_version FROM maatwerk_app;
"""
RUNS = """
    CREATE TABLE dry_run (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, scheme_version_id uuid NOT NULL, digest text NOT NULL,
        from_day date NOT NULL, until_day date NOT NULL, state text NOT NULL, total int NOT NULL,
        done int NOT NULL DEFAULT 0, unchanged int NOT NULL DEFAULT 0, changed int NOT NULL DEFAULT 0,
        erased int NOT NULL DEFAULT 0, last_day date, last_id uuid, asked_by uuid, asked_at timestamptz NOT NULL,
        finished_at timestamptz, PRIMARY KEY (tenant_id, id), CHECK (from_day <= until_day),
        FOREIGN KEY (tenant_id, scheme_version_id) REFERENCES scheme_version (tenant_id, id));
    CREATE INDEX dry_run_of_version ON dry_run (tenant_id, scheme_version_id, id);
    CREATE TABLE dry_run_change (
        tenant_id uuid NOT NULL, dry_run_id uuid NOT NULL, case_id uuid NOT NULL, seq int NOT NULL, act text NOT NULL,
        title text NOT NULL, sort text NOT NULL, was text NOT NULL, becomes text NOT NULL, reasons jsonb NOT NULL,
        PRIMARY KEY (tenant_id, dry_run_id, case_id),
        FOREIGN KEY (tenant_id, dry_run_id) REFERENCES dry_run (tenant_id, id));
    CREATE INDEX case_by_filing ON support_case (tenant_id, filed_on, id) WHERE filed_on IS NOT NULL;
"""


async def forwards() -> MigrationManager:
    """Adds the columns and the tables."""
    change = tenant_table("dry_run_change", grants="SELECT, INSERT, DELETE")
    return statements(ID, DESCRIPTION, [COLUMNS, PUBLISHED, RULES, RUNS, tenant_table("dry_run"), change])
