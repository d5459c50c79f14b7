"""People: persons, how they log in, and what they are in a tenant."""

from maatwerk.people.identifying import identify
from maatwerk.people.scopes import identity_scope

__all__ = ["identify", "identity_scope"]
