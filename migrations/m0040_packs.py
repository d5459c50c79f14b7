"""Packs: what a case shows to reviewers, its pieces while they are being mended, and who looked at a pupil's data."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import append_only, statements, tenant_table

ID = "0040_packs"
VERSION = "1.38.0"
DESCRIPTION = "Packs and the log of readings"

PACKS = """
    CREATE TABLE pack (
        tenant_id uuid NOT NULL, id uuid NOT NULL, case_id uuid NOT NULL, round int NOT NULL, asked_by_seq int NOT NULL,
        state text NOT NULL CHECK (state IN ('klaar', 'vrijgegeven')), coarsening jsonb NOT NULL, cell bytea,
        risk jsonb NOT NULL, made_at timestamptz NOT NULL, released_at timestamptz, released_by uuid,
        seq int NOT NULL DEFAULT 1, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, case_id, round),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX pack_by_cell ON pack (tenant_id, cell, made_at);
    CREATE TABLE pack_item (
        tenant_id uuid NOT NULL, id uuid NOT NULL, pack_id uuid NOT NULL, case_id uuid NOT NULL, position int NOT NULL,
        kind text NOT NULL CHECK (kind IN ('tekst', 'bijlage', 'handeling')), path text NOT NULL, file_id uuid,
        sealed bytea NOT NULL, blocks jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('klaar', 'geblokkeerd', 'weggelaten')),
        mended_by uuid, seen_by uuid, released_at timestamptz,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, pack_id, path),
        FOREIGN KEY (tenant_id, pack_id) REFERENCES pack (tenant_id, id));
    CREATE TABLE pack_content (
        tenant_id uuid NOT NULL, pack_id uuid NOT NULL, n int NOT NULL, item_id uuid, sealed bytea NOT NULL,
        PRIMARY KEY (tenant_id, pack_id, n), FOREIGN KEY (tenant_id, pack_id) REFERENCES pack (tenant_id, id));
    ALTER TABLE pack_content ALTER COLUMN sealed SET STORAGE EXTERNAL;
"""

READINGS = """
    CREATE TABLE access_log (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, at timestamptz NOT NULL, membership_id uuid,
        case_id uuid NOT NULL, what text NOT NULL, ground text NOT NULL, details jsonb NOT NULL,
        PRIMARY KEY (tenant_id, id));
    CREATE INDEX access_of_case ON access_log (tenant_id, case_id, id);
"""


async def forwards() -> MigrationManager:
    """Adds the tables of packs and the log of readings; a released content and a logged reading are final."""
    return statements(
        ID,
        DESCRIPTION,
        [
            PACKS,
            tenant_table("pack"),
            tenant_table("pack_item"),
            tenant_table("pack_content", grants="SELECT, INSERT"),
            READINGS,
            tenant_table("access_log", grants="SELECT, INSERT") + append_only("access_log"),
        ],
    )
