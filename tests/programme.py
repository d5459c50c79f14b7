"""De Meierij in a test database, with its programme: the office that registers and pulls its actions, and who may not look."""

import httpx

from maatwerk.cases import schemes
from maatwerk.http import Caller
from maatwerk.organisations.queries import by_name
from maatwerk.tenancy import scope
from tests.accounts import joins, once, somebody
from tests.partnership import TENANTS, Partnership, enlist, loaded

FILE = TENANTS / "de-meierij" / "acties.csv"
CSV = {"Content-Type": "text/csv"}


async def de_meierij() -> Partnership:
    """The partnership with a secretary (ruben), who pulls an action (femke), a school (maud) and an admin (nelleke); its scheme is the
    programme."""
    tenant_id = await loaded("de-meierij")
    async with scope(tenant_id, None) as tx:
        office = await by_name(tx, "Samenwerkingsverband VO De Meierij")
        school = await by_name(tx, "Dommeldal College")
        version = next(item for item in await schemes.current(tx) if item.scheme.code == "ontwikkelagenda")
    assert office is not None
    assert school is not None
    found = Partnership(tenant_id, version.id)
    for name, role, function, organisation in (
        ("ruben", "ondersteuner", "secretaris", office.id),
        ("femke", "ondersteuner", "trekker", office.id),
        ("maud", "coordinator", "school", school.id),
    ):
        person = await somebody()
        membership = await joins(person, tenant_id, [role], organisation_id=organisation, functions=[function])
        found.persons[name] = person
        found.callers[name] = Caller(
            person.id,
            tenant_id,
            membership,
            frozenset({role}),
            organisation_id=organisation,
            functions=frozenset({function}),
        )
    await enlist(found, "nelleke", ["tenant_admin"])
    return found


async def sends(
    client: httpx.AsyncClient, region: Partnership, content: str | bytes, *, trying: bool = False
) -> httpx.Response:
    """A file of actions, as the office sends it."""
    path = f"/regelingen/{region.scheme_id}/indeling/{'proef' if trying else 'regels'}"
    body = content.encode() if isinstance(content, str) else content
    return await client.post(path, content=body, headers=CSV if trying else CSV | once())
