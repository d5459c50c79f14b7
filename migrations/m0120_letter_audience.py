"""A letter says to which role it went and at which act, so that it is open to that role and no sooner than that act is told."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0120_letter_audience"
VERSION = "1.38.0"
DESCRIPTION = "For whom a letter is"

AUDIENCE = """
    ALTER TABLE file ADD COLUMN audience text, ADD COLUMN act_seq int,
        ADD CONSTRAINT letter_of_an_act CHECK (
            num_nonnulls(audience, act_seq) IN (0, 2) AND (audience IS NULL OR purpose = 'brief'));
"""


async def forwards() -> MigrationManager:
    """Of a letter from before it is not known: it stays open to who reads the whole form."""
    return statements(ID, DESCRIPTION, [AUDIENCE])
