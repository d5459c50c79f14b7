"""Which row of a file became which case, and what the row said: so that a file that comes again adds nothing twice."""

from piccolo.columns import UUID, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb

ROW = "class=none; keep=case skeleton, seven years"


class ImportedRow(Table, tablename="imported_row"):
    """`row_key` is a digest of what the row is known by; `answers` are those of the row when it was last taken in. Only questions
    that an outline may show stand in such a file."""

    tenant_id = UUID(default=None, help_text=ROW)
    scheme_code = Text(primary_key=True, default=None, help_text=ROW)
    row_key = Text(default=None, help_text=ROW)
    case_id = UUID(default=None, help_text=ROW)
    number = Text(default=None, help_text=ROW)
    answers = Jsonb(help_text=ROW)
    imported_by = UUID(default=None, null=True, help_text="class=staff; keep=case skeleton, seven years")
    imported_at = Timestamptz(default=None, help_text=ROW)
