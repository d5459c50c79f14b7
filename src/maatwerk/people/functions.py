"""The roles of the tenant's schemes, and the functions that a member can have: those that have no place by their name. Cases, which
know schemes, say which there are; once offered a role stays, because cases keep the version under which they began."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from maatwerk.glossary import ROLES
from maatwerk.rules.belonging import BY_NAME, CARRIERS, Person, Place, holds, platform_role
from maatwerk.rules.refusals import Reason
from maatwerk.tenancy import Tx

OFFER = """
    INSERT INTO tenant_function (tenant_id, scheme_code, role, title, place)
    SELECT $1, $2, f.role, f.title, f.place FROM unnest($3::text[], $4::text[], $5::text[]) AS f (role, title, place)
    ON CONFLICT (tenant_id, scheme_code, role) DO UPDATE SET title = excluded.title, place = excluded.place
"""
OFFERED = "SELECT role, title, place FROM tenant_function WHERE tenant_id = $1 ORDER BY role, scheme_code"


@dataclass(frozen=True)
class Function:
    """A role of one scheme or more: its id, what it is called, and the places from which it acts."""

    id: str
    title: str
    places: frozenset[Place]

    @property
    def carriers(self) -> frozenset[str]:
        """The roles in the tenant of which somebody needs one to have this function."""
        return frozenset[str]().union(*(CARRIERS[place] for place in self.places))


async def offer(tx: Tx, scheme_code: str, roles: Sequence[tuple[str, str, Place]]) -> None:
    """Says which roles (id, title, place) a scheme has."""
    columns = [list(column) for column in zip(*roles, strict=True)] if roles else [[], [], []]
    await tx.execute(OFFER, tx.tenant_id, scheme_code, *columns)


async def offered(tx: Tx) -> list[Function]:
    """Every function of the tenant, by id."""
    return [function for function in await _all(tx) if function.id not in BY_NAME]


async def working_roles(tx: Tx, person: Person) -> dict[str, str]:
    """In which roles of the tenant's schemes somebody works, as work is addressed, with their titles."""
    held = [each for each in await _all(tx) if any(holds(person, each.id, place) for place in each.places)]
    return {platform_role(function.id): function.title for function in held}


async def _all(tx: Tx) -> list[Function]:
    """Every role of the tenant's schemes; one that several have bears the first one's title."""
    found: dict[str, Function] = {}
    for row in await tx.fetch(OFFERED, tx.tenant_id):
        known = found.get(row["role"], Function(row["role"], row["title"], frozenset()))
        found[row["role"]] = Function(known.id, known.title, known.places | {row["place"]})
    return list(found.values())


def function_faults(wanted: Iterable[str], roles: Collection[str], known: Iterable[Function]) -> list[Reason]:
    """Why somebody with these roles can't have these functions."""
    by_id, reasons = {function.id: function for function in known}, []
    for name in sorted(set(wanted)):
        function = by_id.get(name)
        if function is None:
            mend = f"Kies uit: {', '.join(by_id)}." if by_id else "Laad eerst een regeling met deze rol."
            reasons.append(Reason("functies", "Deze functie kent geen regeling hier.", mend, "functies"))
        elif not function.carriers:
            message = f"{function.title} is geen functie van een lid."
            reasons.append(Reason("functies", message, "Geef een link in de zaak zelf.", "functies"))
        elif not function.carriers & set(roles):
            names = " of ".join(sorted(ROLES[role] for role in function.carriers))
            message = f"Bij de functie {function.title} hoort een andere rol."
            reasons.append(Reason("functies", message, f"Geef ook de rol {names}.", "functies"))
    return reasons
