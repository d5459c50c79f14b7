"""Kept files and their sealed pieces. The case's own table comes later; a file names its case and no more."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0020_files"
VERSION = "1.38.0"
DESCRIPTION = "Files in sealed pieces"

FILES = """
    CREATE TABLE file (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, case_id uuid NOT NULL, field text NOT NULL,
        purpose text NOT NULL CHECK (purpose IN ('bijlage', 'brief')), media_type text NOT NULL, size int NOT NULL,
        name bytea, digest bytea, metadata bytea,
        state text NOT NULL CHECK (state IN ('klaar', 'geblokkeerd', 'in_quarantaine')),
        blocks jsonb NOT NULL, remarks jsonb NOT NULL, uploaded_by uuid, uploaded_at timestamptz NOT NULL,
        removed_at timestamptz, PRIMARY KEY (tenant_id, id),
        CHECK ((removed_at IS NULL) = (name IS NOT NULL AND digest IS NOT NULL AND metadata IS NOT NULL)));
    CREATE INDEX file_of_case ON file (tenant_id, case_id, id) WHERE removed_at IS NULL;
    CREATE TABLE file_chunk (
        tenant_id uuid NOT NULL, file_id uuid NOT NULL,
        variant text NOT NULL CHECK (variant IN ('origineel', 'schoon', 'tekst')), n int NOT NULL,
        sealed bytea NOT NULL, PRIMARY KEY (tenant_id, file_id, variant, n),
        FOREIGN KEY (tenant_id, file_id) REFERENCES file (tenant_id, id));
    ALTER TABLE file_chunk ALTER COLUMN sealed SET STORAGE EXTERNAL;
"""
CHANGEABLE = "state, blocks, name, digest, metadata, removed_at"


async def forwards() -> MigrationManager:
    return statements(
        ID,
        DESCRIPTION,
        [
            FILES,
            tenant_table("file", grants=f"SELECT, INSERT, DELETE, UPDATE ({CHANGEABLE})"),
            tenant_table("file_chunk", grants="SELECT, INSERT, DELETE"),
        ],
    )
