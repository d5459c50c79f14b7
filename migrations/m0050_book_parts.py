"""Parts of a book (a municipality, a district, a board), each with an envelope of its own, and up to which threshold people heard."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0050_book_parts"
VERSION = "1.38.0"
DESCRIPTION = "Parts of books"

PARTS = """
    ALTER TABLE book_envelope ADD part text NOT NULL DEFAULT '', ADD told int NOT NULL DEFAULT 0;
    ALTER TABLE book_envelope DROP CONSTRAINT book_envelope_tenant_id_scheme_code_book_period_key;
    ALTER TABLE book_envelope ADD UNIQUE (tenant_id, scheme_code, book, period, part);
"""


async def forwards() -> MigrationManager:
    """Adds both columns; an envelope of before is that of the whole book."""
    return statements(ID, DESCRIPTION, [PARTS])
