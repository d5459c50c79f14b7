"""Refusals: what a rule says no to, in Dutch, with the mend. They are answers to a user, never defects of the service."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    """One ground of a refusal: `code` is stable, `message` is Dutch, `mend` says what helps, `field` names the place."""

    code: str
    message: str
    mend: str = ""
    field: str = ""


@dataclass(eq=False)
class Refused(Exception):
    """An act that may not be done; carries every ground at once."""

    reasons: tuple[Reason, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        super().__init__(", ".join(reason.code for reason in self.reasons))

    @classmethod
    def because(cls, code: str, message: str, *, mend: str = "", field: str = "") -> "Refused":
        return cls((Reason(code, message, mend, field),))


class Invalid(Refused):
    """Input that is not well formed (HTTP 400)."""


class Forbidden(Refused):
    """A deed in one's own tenant that one may not do (HTTP 403, logged)."""


class NotFound(Refused):
    """Nothing of that name in this tenant (HTTP 404); says nothing of other tenants."""


class Conflict(Refused):
    """Somebody else was first, or the state does not allow it (HTTP 409)."""


class Stale(Refused):
    """The caller looked at an older version (HTTP 412)."""
