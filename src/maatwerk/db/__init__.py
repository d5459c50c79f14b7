"""The database: engine, identifiers, migrations. Piccolo finds the engine in maatwerk.db.engine, without the tables."""

import os

from maatwerk.db.columns import Jsonb
from maatwerk.db.engine import APP, DISPATCH, Engine
from maatwerk.db.ids import new_id
from maatwerk.db.transaction import (
    AnotherTask,
    CommitBecameRollback,
    NoTenant,
    OutsideTransaction,
    Transaction,
    TransactionInTransaction,
)

os.environ.setdefault("PICCOLO_CONF", "maatwerk.db.engine")

__all__ = [
    "APP",
    "DISPATCH",
    "AnotherTask",
    "CommitBecameRollback",
    "Engine",
    "Jsonb",
    "NoTenant",
    "OutsideTransaction",
    "Transaction",
    "TransactionInTransaction",
    "new_id",
]
