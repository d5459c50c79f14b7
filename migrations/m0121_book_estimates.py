"""What was expected of an envelope beforehand, and for how many pupils its commitments are."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0121_book_estimates"
VERSION = "1.38.0"
DESCRIPTION = "Estimates beside what came of them"

PUPILS = """
    ALTER TABLE book_entry ADD pupils int;
    ALTER TABLE book_envelope ADD pupils int NOT NULL DEFAULT 0, ADD counted bigint NOT NULL DEFAULT 0,
        ADD estimated_pupils int, ADD estimated_average bigint,
        ADD CONSTRAINT whole_estimate CHECK (num_nonnulls(estimated_pupils, estimated_average) IN (0, 2));
"""


async def forwards() -> MigrationManager:
    """Of an entry from before it is not known for how many pupils it was: the answers that tell are sealed."""
    return statements(ID, DESCRIPTION, [PUPILS])
