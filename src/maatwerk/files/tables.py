"""Kept files. Content, name and metadata are sealed with the key of the case, so that destroying that key erases them; the
row that stays says only that there was a file."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb


class File(Table, tablename="file"):
    """An attachment (`bijlage`) or a letter (`brief`) of a case; a removed one has lost its name and content. A letter went to the role
    `audience` at act `act_seq`; of one from before that was kept, both are empty."""

    tenant_id = UUID(default=None, help_text="class=none; keep=case")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=case")
    case_id = UUID(default=None, help_text="class=none; keep=case")
    field = Text(default="", help_text="class=none; keep=case")
    purpose = Text(default=None, help_text="class=none; keep=case")
    audience = Text(null=True, default=None, help_text="class=none; keep=case")
    act_seq = Integer(null=True, default=None, help_text="class=none; keep=case")
    media_type = Text(default=None, help_text="class=none; keep=case")
    size = Integer(default=None, help_text="class=none; keep=case")
    name = Bytea(null=True, default=None, help_text="class=direct_id; keep=case")
    digest = Bytea(null=True, default=None, help_text="class=secret; keep=case")
    metadata = Bytea(null=True, default=None, help_text="class=direct_id; keep=case")
    state = Text(default=None, help_text="class=none; keep=case")
    blocks = Jsonb(help_text="class=none; keep=case")
    remarks = Jsonb(help_text="class=none; keep=case")
    uploaded_by = UUID(null=True, default=None, help_text="class=staff; keep=case")
    uploaded_at = Timestamptz(default=None, help_text="class=none; keep=case")
    removed_at = Timestamptz(null=True, default=None, help_text="class=none; keep=case")


class FileChunk(Table, tablename="file_chunk"):
    """A sealed piece of a file as it came (`origineel`), without metadata (`schoon`), or of its text (`tekst`)."""

    tenant_id = UUID(default=None, help_text="class=none; keep=case")
    file_id = UUID(primary_key=True, default=None, help_text="class=none; keep=case")
    variant = Text(default=None, help_text="class=none; keep=case")
    n = Integer(default=None, help_text="class=none; keep=case")
    sealed = Bytea(default=None, help_text="class=health; keep=case")
