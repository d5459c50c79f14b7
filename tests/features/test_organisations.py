"""Organisations: each tenant has its own, a number says which are the same, and no tenant hears what another has."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from maatwerk import clock, loading
from maatwerk.people import identity_scope
from maatwerk.rules.refusals import Invalid
from maatwerk.tenancy import scope, tenant_ids
from tests.accounts import browser, member_of, once
from tests.builders import a_tenant
from tests.databases import Database
from tests.partnership import regio_36

SCHOOLS = "/api/v1/scholen"
LINDEHOF = {"naam": "De Lindehof", "sector": "vo"}
HEAD = 'code = "{code}"\nnaam = "Samenwerkingsverband {code}"\n'


async def adds(client: httpx.AsyncClient, school: Mapping[str, Any]) -> httpx.Response:
    return await client.post(SCHOOLS, json=dict(school), headers=once())


async def identities(*tenants: UUID) -> list[tuple[str, str]]:
    """(name, number) of every organisation of these tenants that a number identifies."""
    found = []
    for tenant_id in tenants:
        async with scope(tenant_id, None) as tx:
            found += await tx.fetch(
                "SELECT t.name, o.number FROM tenant_organisation t JOIN organisation o ON o.id = t.same_as ORDER BY 1, 2"
            )
    return [tuple(row) for row in found]


async def numbers() -> int:
    async with identity_scope() as tx:
        return int(await tx.fetchval("SELECT count(*) FROM organisation"))


@pytest.mark.requirement("R36-60", "ALL-09")
async def test_a_school_of_one_number_is_one_school_and_each_tenant_says_of_it_what_it_likes(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    admins = await member_of(first, "tenant_admin"), await member_of(second, "tenant_admin")
    async with browser(app, admins[0]) as one, browser(app, admins[1]) as two:
        mine = await adds(one, LINDEHOF | {"brin": "99ZZ", "schooltype": "praktijkonderwijs"})
        theirs = await adds(two, {"naam": "Lindehof", "sector": "mbo", "brin": "99ZZ"})
        assert (mine.status_code, theirs.status_code) == (201, 201)
        assert (await one.get(f"{SCHOOLS}?sector=mbo")).json()["resultaten"] == []
        assert [row["naam"] for row in (await two.get("/api/v1/organisaties")).json()["resultaten"]] == ["Lindehof"]
        assert (await adds(one, LINDEHOF | {"brin": "99ZZ"})).json()["code"] == "al_geregistreerd"
    assert await identities(first, second) == [("De Lindehof", "99ZZ"), ("Lindehof", "99ZZ")]
    assert await numbers() == 1


@pytest.mark.requirement("ALL-01", "ALL-09")
async def test_nothing_tells_a_tenant_that_another_has_the_school_already(app: Database) -> None:
    first, second = await a_tenant(), await a_tenant()
    admins = await member_of(first, "tenant_admin"), await member_of(second, "tenant_admin")
    async with browser(app, admins[0]) as one, browser(app, admins[1]) as two:
        taken = (await adds(one, LINDEHOF | {"brin": "99ZZ"})).json()
        before = clock.now()
        known = await adds(two, {"naam": "Lindehof", "sector": "mbo", "brin": "99ZZ"})
        unknown = await adds(two, {"naam": "De Eik", "sector": "mbo", "brin": "98ZZ"})
    assert known.status_code == unknown.status_code == 201
    assert {**known.json(), "id": ""} == {"id": "", "naam": "Lindehof", "sector": "mbo", "brin": "99ZZ"}
    assert {**unknown.json(), "id": ""} == {"id": "", "naam": "De Eik", "sector": "mbo", "brin": "98ZZ"}
    assert known.json()["id"] != taken["id"]
    for answer in (known, unknown):
        assert UUID(answer.json()["id"]).int >> 80 >= int(before.timestamp() * 1000), (
            "the id is no older than the request"
        )


@pytest.mark.requirement("ALL-01", "ALL-09")
@pytest.mark.parametrize(
    ("number", "other"), [("", ""), ("99ZZ", ""), ("", "99ZZ"), ("99ZZ", "98ZZ"), ("99ZZ01", "99ZZ02")]
)
async def test_schools_of_one_name_in_two_tenants_are_two_schools_unless_a_number_says_otherwise(
    app: Database, number: str, other: str
) -> None:
    first, second = await a_tenant(), await a_tenant()
    admins = await member_of(first, "tenant_admin"), await member_of(second, "tenant_admin")
    async with browser(app, admins[0]) as one, browser(app, admins[1]) as two:
        mine = await adds(one, LINDEHOF | ({"brin": number} if number else {}))
        theirs = await adds(two, LINDEHOF | ({"brin": other} if other else {}))
    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["id"] != theirs.json()["id"]
    assert await identities(first, second) == [("De Lindehof", each) for each in (number, other) if each]


async def test_a_name_that_the_tenant_has_already_is_a_question_to_who_adds_it(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as client:
        assert (await adds(client, LINDEHOF)).status_code == 201
        for again in (LINDEHOF, LINDEHOF | {"naam": "de lindehof"}, LINDEHOF | {"brin": "99ZZ"}):
            refused = await adds(client, again)
            assert (refused.status_code, refused.json()["code"]) == (409, "naamgenoot")
        assert (await adds(client, LINDEHOF | {"brin": "99ZZ", "naamgenoot": True})).status_code == 201
        assert (await adds(client, LINDEHOF | {"brin": "98ZZ"})).json()["code"] == "naamgenoot"
        assert (await adds(client, {"naam": "De Eik", "sector": "vo", "brin": "97ZZ"})).status_code == 201
        assert (await adds(client, {"naam": "De Eik", "sector": "vo", "brin": "96ZZ"})).status_code == 201
        assert (await adds(client, {"naam": "De Eik", "sector": "vo", "brin": "96ZZ01"})).json()["code"] == "naamgenoot"


async def test_two_who_add_the_same_school_at_once_add_it_once(app: Database) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as client:
        answers = await asyncio.gather(*(adds(client, LINDEHOF) for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        assert len((await client.get(SCHOOLS)).json()["resultaten"]) == 1


def write(folder: Path, code: str, *entries: str) -> None:
    (folder / code).mkdir(exist_ok=True)
    text = HEAD.format(code=code) + "".join(f"\n[[organisatie]]\n{entry}\n" for entry in entries)
    (folder / code / "tenant.toml").write_text(text, encoding="utf-8")


def school(name: str = "De Lindehof", **more: str) -> str:
    lines = {"soort": "school", "naam": name, "sector": "vo", **more}
    return "\n".join(f'{key} = "{value}"' for key, value in lines.items())


async def listed(code: str) -> list[tuple[str, str | None]]:
    tenant_id = (await tenant_ids())[code]
    async with scope(tenant_id, None) as tx:
        rows = await tx.fetch(
            "SELECT t.name, o.number FROM tenant_organisation t LEFT JOIN organisation o ON o.id = t.same_as ORDER BY 1, 2"
        )
    return [tuple(row) for row in rows]


@pytest.mark.requirement("ALL-01", "ALL-09")
async def test_a_name_in_two_tenants_files_is_two_organisations_and_a_number_is_one(
    app: Database, tmp_path: Path
) -> None:
    council = 'soort = "samenwerkingsverband"\nnaam = "Verband"\nkvk = "00000001"'
    write(tmp_path, "een", school(), council)
    write(tmp_path, "twee", school(), council)
    await loading.load_all(tmp_path)
    for code in ("een", "twee"):
        assert await listed(code) == [("De Lindehof", None), ("Verband", "00000001")]
    assert await numbers() == 1
    tenants = await tenant_ids()
    own = set()
    for code in ("een", "twee"):
        async with scope(tenants[code], None) as tx:
            own |= {row["organisation_id"] for row in await tx.fetch("SELECT organisation_id FROM tenant_organisation")}
    assert len(own) == 4


async def test_loading_again_takes_over_a_number_that_was_not_known_and_adds_nothing_twice(
    app: Database, tmp_path: Path
) -> None:
    write(tmp_path, "een", school())
    await loading.load_all(tmp_path)
    for entry in (school(brin="99ZZ"), school(brin="99ZZ"), school(), school("Lindehof College", brin="99ZZ")):
        write(tmp_path, "een", entry)
        await loading.load_all(tmp_path)
        assert await listed("een") == [("De Lindehof", "99ZZ")]
    write(tmp_path, "een", school(brin="98ZZ"))
    await loading.load_all(tmp_path)
    assert await listed("een") == [("De Lindehof", "98ZZ"), ("De Lindehof", "99ZZ")]
    write(tmp_path, "een", school())
    with pytest.raises(Invalid) as refused:
        await loading.load_all(tmp_path)
    assert refused.value.reasons[0].code == "naamgenoot"


@pytest.mark.parametrize(
    "number", [{"brin": "9ZZZ"}, {"kvk": "1"}, {"oin": "12345678"}, {"brin": "99ZZ", "kvk": "00000001"}]
)
async def test_a_number_of_a_wrong_shape_or_a_second_one_is_refused(
    app: Database, tmp_path: Path, number: dict[str, str]
) -> None:
    write(tmp_path, "een", school(**number))
    with pytest.raises(Invalid) as refused:
        await loading.load_all(tmp_path)
    assert refused.value.reasons[0].code == "nummer"
    assert await numbers() == 0


@pytest.mark.requirement("DV-43")
async def test_schools_and_cases_are_chosen_by_the_board_that_the_file_says_a_school_is_of(app: Database) -> None:
    region = await regio_36()
    number = (await region.case(await region.filed())).number
    school = "UPDATE tenant_organisation SET board = $2 WHERE tenant_id = $1 AND name = 'Duinzicht College'"
    async with scope(region.tenant_id, None) as tx:
        await tx.execute(school, region.tenant_id, "Stichting De Duinen")
    async with browser(app, region.persons["jolijn"]) as client:

        async def found(path: str, board: str) -> list[Any]:
            return list((await client.get(path, params={"bestuur": board})).json()["resultaten"])

        (one,) = await found(SCHOOLS, "Stichting De Duinen")
        assert (one["naam"], one["bestuur"]) == ("Duinzicht College", "Stichting De Duinen")
        assert [case["zaaknummer"] for case in await found("/api/v1/aanvragen", "Stichting De Duinen")] == [number]
        assert await found("/api/v1/aanvragen", "Stichting Elders") == await found(SCHOOLS, "Stichting Elders") == []


@pytest.mark.requirement("DV-43")
async def test_loading_again_says_of_which_board_a_school_is_now(app: Database, tmp_path: Path) -> None:
    for board in ("Stichting Een", "Stichting Twee", ""):
        write(tmp_path, "een", school(**({"bestuur": board} if board else {})))
        await loading.load_all(tmp_path)
        async with scope((await tenant_ids())["een"], None) as tx:
            assert await tx.fetchval("SELECT board FROM tenant_organisation") == board
