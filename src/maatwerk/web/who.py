"""Who looks at a page, as its top shows it: the partnership in which he works now, and whether he has others."""

from dataclasses import dataclass

from maatwerk.books.queries import READING
from maatwerk.http.caller import Caller
from maatwerk.people.queries import TenantOfPerson, tenants_of
from maatwerk.people.scopes import identity_scope
from maatwerk.schemes.queries import MANAGING


@dataclass(frozen=True)
class Who:
    """`tenant` is empty as long as none was chosen."""

    tenant: str = ""
    elsewhere: bool = False
    tasks: bool = False
    schemes: bool = False
    books: bool = False
    words: bool = False


async def who(caller: Caller) -> Who:
    """The caller for the top of a page."""
    return shown(caller, await tenants(caller))


async def tenants(caller: Caller) -> list[TenantOfPerson]:
    """The partnerships of which the caller is a member, by name."""
    async with identity_scope(caller.person_id) as tx:
        return await tenants_of(tx, caller.person_id)


def shown(caller: Caller, found: list[TenantOfPerson]) -> Who:
    """The same of partnerships that were read already."""
    names = [tenant.name for tenant in found if tenant.id == caller.tenant]
    may = (caller.may(right) for right in ("taken.lezen", MANAGING, READING, "pakketwoorden.lezen"))
    return Who(names[0] if names else "", len(found) > 1, *may)
