"""The roles of the platform beside the words that schemes use for them. A role that stands in neither is the scheme's own."""

from collections.abc import Mapping

SCHEME_ROLES: Mapping[str, str] = {"reviewer": "beoordelaar"}
PLATFORM_ROLES: Mapping[str, str] = {dutch: english for english, dutch in SCHEME_ROLES.items()}
