"""The inventory: each handler's name, bound exactly once. An inner handler does everything in the row's own
transaction; an outer one works outside any, and calls `outbox.finish` in its last."""

from collections.abc import Awaitable, Callable
from typing import Any

from maatwerk.outbox import Job
from maatwerk.tenancy import Tx

Inner = Callable[[Tx, dict[str, Any]], Awaitable[None]]
Outer = Callable[[Job], Awaitable[None]]

INNER: dict[str, Inner] = {}
OUTER: dict[str, Outer] = {}
