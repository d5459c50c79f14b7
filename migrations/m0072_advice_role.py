"""Who answers a question for advice: the role that the scheme names."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0072_advice_role"
VERSION = "1.38.0"
DESCRIPTION = "The role that gives advice"

ROLE = """
    ALTER TABLE advice_question ADD COLUMN role text NOT NULL DEFAULT 'ondersteuner';
    ALTER TABLE advice_question ALTER COLUMN role DROP DEFAULT;
"""


async def forwards() -> MigrationManager:
    """Until now the ondersteuner answered every question."""
    return statements(ID, DESCRIPTION, [ROLE])
