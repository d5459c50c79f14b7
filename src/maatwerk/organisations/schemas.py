"""The public shapes of organisations."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.glossary import Input, View
from maatwerk.http.fields import Name, whole
from maatwerk.organisations.numbers import BRIN

Sector = Literal["po", "so", "vo", "vso", "mbo"]
Brin = Annotated[str, Meta(min_length=4, max_length=6, pattern=whole(BRIN))]


class SchoolView(View):
    """A school of the tenant."""

    id: UUID
    name: str
    sector: Sector
    brin: str | UnsetType = UNSET
    school_type: str | UnsetType = UNSET
    municipality: str | UnsetType = UNSET
    board: str | UnsetType = UNSET


class OrganisationView(View):
    """An organisation of the tenant, schools among them."""

    id: UUID
    name: str
    kind: str
    municipality: str | UnsetType = UNSET


class NewSchool(Input):
    """A school that joins the tenant; `namesake` says that it is another one than the tenant's school of the same name."""

    name: Name
    sector: Sector
    brin: Brin | UnsetType = UNSET
    school_type: Name | UnsetType = UNSET
    municipality: Name | UnsetType = UNSET
    board: Name | UnsetType = UNSET
    namesake: bool = False
