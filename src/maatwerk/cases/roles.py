"""The roles of the platform beside the words that schemes use for them. A role that stands in neither is the scheme's own."""

from collections.abc import Iterable, Mapping

SCHEME_ROLES: Mapping[str, str] = {"reviewer": "beoordelaar"}
PLATFORM_ROLES: Mapping[str, str] = {dutch: english for english, dutch in SCHEME_ROLES.items()}


def in_scheme(roles: Iterable[str]) -> frozenset[str]:
    """Membership roles as a scheme names them."""
    return frozenset(SCHEME_ROLES.get(role, role) for role in roles)
