"""Who asks: the one value that handlers and actions get of a session or a token. Http does not know how it is found; the
feature `people` does, and gives `create_app` the function for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from maatwerk.rules import permissions
from maatwerk.rules.acts import Identified
from maatwerk.rules.belonging import CARRIERS, EVERYBODY, municipality_id
from maatwerk.rules.refusals import Forbidden


@dataclass(frozen=True)
class Credentials:
    """What a request brought: at most one of the three is filled; `network` is the caller's IP prefix. `guest` is looked at by
    addresses for guests only, and nothing else is there."""

    session: str = ""
    token: str = ""
    network: str = ""
    guest: str = ""

    def __repr__(self) -> str:
        return "Credentials(...)"


@dataclass(frozen=True)
class Guest:
    """Somebody without an account, let into one case in one role of its scheme, and since when he is known (rules/links.py)."""

    id: UUID
    case_id: UUID
    role: str
    known: Identified


@dataclass(frozen=True)
class Caller:
    """A person in at most one tenant at a time. `scopes` is None for a session and narrows the roles of a token; `functions` are the
    roles of schemes that he has, `municipality` that of his organisation. A guest has no account, no membership and no rights."""

    person_id: UUID
    tenant: UUID | None
    membership_id: UUID | None
    roles: frozenset[str]
    seats: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None
    session_id: UUID | None = None
    token_id: UUID | None = None
    organisation_id: UUID | None = None
    functions: frozenset[str] = frozenset()
    municipality: str = ""
    guest: Guest | None = None

    @property
    def acts_as(self) -> str:
        """The id under which his acts are kept: of his membership, or his own where he has none."""
        return str(self.guest.id if self.guest else self.membership_id)

    @property
    def tenant_id(self) -> UUID:
        """The tenant in which the caller works now; raises Forbidden as long as none was chosen."""
        if self.tenant is None:
            raise Forbidden.because(
                "geen_partnerschap",
                "U hebt nog geen partnerschap gekozen.",
                mend="Kies er een met PUT /sessies/huidig/partnerschap.",
            )
        return self.tenant

    @property
    def client(self) -> UUID:
        """Whose idempotency keys these are: the token's, else the person's."""
        return self.token_id or self.person_id

    @property
    def works_as(self) -> frozenset[str]:
        """His roles in the tenant and in its schemes, as work and tasks are addressed."""
        return self.roles | self.functions

    @property
    def owners(self) -> list[UUID]:
        """Whose work is his, from the places where his roles stand (rules/belonging.py)."""
        found = [self.membership_id]
        if self.roles & CARRIERS["school"]:
            found.append(self.organisation_id)
        if self.roles & CARRIERS["gemeente"]:
            found.append(municipality_id(self.municipality))
        if self.roles & CARRIERS["bureau"]:
            found.append(EVERYBODY)
        return [owner for owner in found if owner is not None]

    def may(self, right: str) -> bool:
        """Whether roles and scopes both give the right."""
        return permissions.allowed(self.roles, right) and (self.scopes is None or right in self.scopes)


Identify = Callable[[Credentials], Awaitable[Caller | None]]
