"""Tables of the database itself. Beside each column of every table stand its privacy class and what ends its keeping:
`class=<none|staff|direct_id|quasi_id|health|free_text|secret>; keep=<trigger>`."""

from piccolo.columns import Timestamptz
from piccolo.table import Table


class DemoMarker(Table, tablename="demo_marker"):
    """One row in a database that demo mode made; only there do demo accounts and the mail page exist."""

    made_at = Timestamptz(primary_key=True, default=None, help_text="class=none; keep=database")
