"""The way to a tenant's rows: one transaction in which row-level security shows that tenant and no other.
Scopes never nest, and nothing that waits on a network or computes for long belongs inside one."""

from typing import Literal
from uuid import UUID

from maatwerk.db.engine import APP
from maatwerk.db.transaction import Transaction

Tx = Transaction


def scope(tenant_id: UUID, actor_id: UUID | None, *, read_only: bool = False) -> Tx:
    """`async with scope(tenant, person) as tx`: a transaction that commits at the end of the block.

    `actor_id` is None where the service acts by itself. `read_only` makes PostgreSQL refuse every write.
    Raises TransactionInTransaction inside another scope.
    """
    opening = _opening("READ ONLY" if read_only else "", tenant_id=_text(tenant_id), actor_id=_text(actor_id))
    return APP.open(opening, tenant_id=tenant_id, actor_id=actor_id)


def named_scope(name: Literal["identity"], actor_id: UUID | None = None) -> Tx:
    """A transaction without a tenant: it shows only the tables that have a policy for this name."""
    return APP.open(_opening("", scope=name, actor_id=_text(actor_id)), actor_id=actor_id)


def _opening(mode: str, **settings: str) -> str:
    """BEGIN and every setting in one round trip. The values are UUIDs and literals of ours, never input."""
    calls = ", ".join(f"set_config('app.{name}', '{value}', true)" for name, value in settings.items())
    return f"RESET ALL; BEGIN {mode}; SELECT {calls}"


def _text(identifier: UUID | None) -> str:
    return "" if identifier is None else str(UUID(int=identifier.int))
