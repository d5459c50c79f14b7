"""A pack keeps how its pupil looks to readers for every coarsening, and no longer a warning: groups are counted when they are shown."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import statements

ID = "0123_human_step"
VERSION = "1.38.0"
DESCRIPTION = "Cells of packs by coarsening"

# A change of type rewrites every row, which an UPDATE by the owner under FORCE does not.
CELLS = """
    DROP INDEX pack_by_cell;
    ALTER TABLE pack DROP COLUMN risk, ALTER COLUMN cell TYPE jsonb
        USING CASE WHEN cell IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('', encode(cell, 'hex')) END;
    ALTER TABLE pack ALTER COLUMN cell SET NOT NULL;
    ALTER TABLE pack RENAME COLUMN cell TO cells;
    CREATE INDEX pack_by_day ON pack (tenant_id, made_at);
"""


async def forwards() -> MigrationManager:
    """The index of school, age and municipality of earlier packs stays and counts on; coarser ones come when they are made anew."""
    return statements(ID, DESCRIPTION, [CELLS])
