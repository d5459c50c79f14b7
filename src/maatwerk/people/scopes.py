"""The way to what belongs to a person and to no tenant: accounts, credentials, sessions, organisations, memberships."""

from uuid import UUID

from maatwerk.tenancy import Tx, named_scope


def identity_scope(actor_id: UUID | None = None) -> Tx:
    """`async with identity_scope() as tx`: a transaction that sees people and nothing of a case. It has no tenant."""
    return named_scope("identity", actor_id)
