"""Routes for a tenant's organisations."""

from typing import Annotated

from litestar import Response
from litestar.params import QueryParameter
from msgspec import UNSET

from maatwerk.http import GivenCaller, GivenOnce, GivenPage, JSONBody, Page, get, post
from maatwerk.http.fields import PRINTABLE
from maatwerk.organisations.actions.identify import same_for_all
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.organisations.numbers import Number
from maatwerk.organisations.queries import SCHOOL, TenantOrganisation, organisations, schools
from maatwerk.organisations.schemas import NewSchool, OrganisationView, SchoolView, Sector
from maatwerk.tenancy import scope

TAG = "Scholen en organisaties"
GivenBoard = Annotated[
    str, QueryParameter(name="bestuur", max_length=200, pattern=PRINTABLE, description="Alleen van dit schoolbestuur.")
]


@get("/scholen", permission="scholen.lezen", summary="De scholen", tag=TAG)
async def list_schools(
    caller: GivenCaller,
    page: GivenPage,
    sector: Annotated[
        Sector | None, QueryParameter(name="sector", description="Alleen scholen van deze sector.")
    ] = None,
    board: GivenBoard = "",
) -> Response[Page[SchoolView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await schools(tx, await page.after_id(tx), page.limit, sector=sector, board=board)
        return await page.answer(tx, rows, _school, lambda row: (str(row.id),))


@post("/scholen", permission="scholen.beheren", summary="Voeg een school toe", tag=TAG, creates=True)
async def add_school(once: GivenOnce, data: JSONBody[NewSchool]) -> Response[SchoolView]:
    new = NewOrganisation(
        kind=SCHOOL,
        name=data.name,
        number=Number("brin", data.brin) if data.brin else None,
        sector=data.sector,
        school_type=data.school_type or None,
        municipality=data.municipality or None,
        board=data.board or "",
    )
    same_as = await same_for_all(new.number)
    async with once.scope() as tx:
        return await once.answer(tx, _school(await register(tx, new, same_as, namesake=data.namesake)))


@get("/organisaties", permission="scholen.lezen", summary="De organisaties", tag=TAG)
async def list_organisations(caller: GivenCaller, page: GivenPage) -> Response[Page[OrganisationView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await organisations(tx, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, _organisation, lambda row: (str(row.id),))


def _school(found: TenantOrganisation) -> SchoolView:
    return SchoolView(
        id=found.id,
        name=found.name,
        brin=found.brin or UNSET,
        sector=found.sector,  # type: ignore[arg-type]
        school_type=found.school_type or UNSET,
        municipality=found.municipality or UNSET,
        board=found.board or UNSET,
    )


def _organisation(found: TenantOrganisation) -> OrganisationView:
    return OrganisationView(id=found.id, name=found.name, kind=found.kind, municipality=found.municipality or UNSET)


HANDLERS = [list_schools, add_school, list_organisations]
