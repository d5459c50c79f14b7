"""How somebody is involved is a code from a closed list. What people wrote until now may tell of a child, so it is dropped: only
that somebody is involved stays, which is all that keeps him off a chair."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import ChangeRows, statements

ID = "0050_involvement"
VERSION = "1.38.0"
DESCRIPTION = "Involvement as a code"

CODES = """
    ALTER TABLE involvement ADD CONSTRAINT involvement_what
        CHECK (what IN ('begeleiding', 'bekende', 'aanvraag', 'aanbieder', 'anders'));
"""


async def forwards() -> MigrationManager:
    """Replaces every text by the general code, and lets nothing else in from now on."""
    return statements(ID, DESCRIPTION, [ChangeRows("involvement", "UPDATE involvement SET what = 'anders'"), CODES])
