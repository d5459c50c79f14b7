"""What people corrected in packs: counts by layer and label, and the words that a partnership decided on for good."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements, tenant_table

ID = "0124_corrections"
VERSION = "1.38.0"
DESCRIPTION = "Corrections of packs"

WORDS = """
    CREATE TABLE anonymisation_word (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('weghalen', 'laten_staan')), word text NOT NULL, added_by uuid,
        added_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, word));
"""
COUNTS = """
    CREATE TABLE anonymisation_count (
        tenant_id uuid NOT NULL REFERENCES tenant, layer text NOT NULL, label text NOT NULL,
        verdict text NOT NULL CHECK (verdict IN ('weggehaald', 'teruggezet', 'bevestigd')), times int NOT NULL,
        PRIMARY KEY (tenant_id, layer, label, verdict));
"""


async def forwards() -> MigrationManager:
    """Adds both tables; a word is added or taken off, never changed."""
    words = tenant_table("anonymisation_word", grants="SELECT, INSERT, DELETE")
    counts = tenant_table("anonymisation_count", grants="SELECT, INSERT, UPDATE (times)")
    return statements(ID, DESCRIPTION, [WORDS, words, COUNTS, counts])
