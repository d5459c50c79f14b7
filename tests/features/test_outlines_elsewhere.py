"""Outlines of partnerships unlike De Meierij, side by side: the same construct, and nothing of one reaches another."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.http import Caller
from maatwerk.organisations.actions.register import NewOrganisation, register_from_file
from maatwerk.people.actions.create_token import create_token
from maatwerk.tenancy import scope
from tests.accounts import joins, once, somebody
from tests.builders import a_tenant
from tests.databases import Database
from tests.features.test_platform_commands import maatwerk
from tests.partnership import Partnership
from tests.programme import FILE, de_meierij, sends
from tests.publishing import as_member
from tests.rules.test_outline import HEAD, YEARPLAN

PROJECTS = f"{HEAD}W;W.7;Dijk;1.240,50;ja;2-9-2027;\nwind;;Molen;;nee;;W.7\n"


async def coast() -> Partnership:
    """A tenant with a year plan, and one member of its office."""
    tenant_id = await a_tenant()
    async with scope(tenant_id, None) as tx:
        await schemes.keep_source(tx, YEARPLAN.replace("2027-01-01", "2020-01-01"))
        version = next(each for each in await schemes.current(tx))
        office = await register_from_file(tx, NewOrganisation("samenwerkingsverband", "Bureau Zoutkust"), None)
    found = Partnership(tenant_id, version.id)
    person = await somebody()
    membership = await joins(person, tenant_id, ["ondersteuner"], organisation_id=office.id, functions=["bureau"])
    found.persons["an"] = person
    found.callers["an"] = Caller(
        person.id,
        tenant_id,
        membership,
        frozenset({"ondersteuner"}),
        organisation_id=office.id,
        functions=frozenset({"bureau"}),
    )
    return found


async def shown(app: Database, region: Partnership) -> Any:
    async with as_member(app, region, "an") as an:
        return (await an.get(f"/regelingen/{region.scheme_id}/indeling")).json()


async def test_a_year_plan_with_one_level_and_its_own_numbers_works_by_the_same_construct(app: Database) -> None:
    region = await coast()
    async with as_member(app, region, "an") as an:
        answer = await sends(an, region, PROJECTS)
        assert answer.status_code == 201, answer.text
    view = await shown(app, region)
    assert (view["niveauNamen"], view["zaakNaam"]) == (["Thema"], "Project")
    assert [(each["indelingsnummer"], each.get("bedrag")) for each in view["zaken"]] == [
        ("W.7", None),
        ("wind.1", None),
    ]
    assert view["kosten"]["dekkingOnbekend"] == 2, "nobody said who pays, so an amount alone counts for nothing"
    assert view["zaken"][1]["wachtOp"] == [{"indelingsnummer": "W.7", "gereed": False, "naam": "Dijk"}]
    assert not [heading for heading in view["koppen"] if "leeg" in heading]


@pytest.mark.requirement("ALL-01")
async def test_two_regions_with_the_same_plan_know_nothing_of_each_other(app: Database) -> None:
    one, other = await coast(), await coast()
    async with as_member(app, one, "an") as an:
        assert (await sends(an, one, PROJECTS)).status_code == 201
        for trying in (True, False):
            assert (await sends(an, other, PROJECTS, trying=trying)).status_code == 404
        assert (await an.get(f"/regelingen/{other.scheme_id}/indeling")).status_code == 404
    assert (await shown(app, other))["zaken"] == []
    async with as_member(app, other, "an") as an:
        assert (await sends(an, other, PROJECTS)).json()["toegevoegd"] == 2
    for region in (one, other):
        assert len((await shown(app, region))["zaken"]) == 2


async def test_a_wait_is_for_a_case_of_the_own_plan_only(app: Database) -> None:
    one, other = await coast(), await coast()
    for region in (one, other):
        async with as_member(app, region, "an") as an:
            assert (await sends(an, region, PROJECTS)).status_code == 201
    case_id = UUID((await shown(app, one))["zaken"][0]["aanvraagId"])
    async with as_member(app, one, "an") as an:
        tag = (await an.get(f"/aanvragen/{case_id}/stand")).headers["etag"]
        body = {"handeling": "afronden", "velden": {}}
        done = await an.post(f"/aanvragen/{case_id}/handelingen", json=body, headers=once() | {"If-Match": tag})
        assert done.status_code == 201, done.text
    assert [(await shown(app, each))["zaken"][1]["wachtOp"][0]["gereed"] for each in (one, other)] == [True, False]


async def test_a_later_version_of_the_programme_shows_the_actions_of_the_earlier_one(app: Database) -> None:
    region = await coast()
    async with as_member(app, region, "an") as an:
        assert (await sends(an, region, PROJECTS)).status_code == 201
    newer = YEARPLAN.replace("2027-01-01", "2021-01-01").replace('versie = "2027"', 'versie = "2028"')
    newer = newer.replace('titel = "Wind"', 'titel = "Wind op zee"')
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, newer)
        region.scheme_id = next(each.id for each in await schemes.current(tx) if each.scheme.version == "2028")
    view = await shown(app, region)
    assert (view["regelingVersie"], [heading["titel"] for heading in view["koppen"]]) == (
        "2028",
        ["Water", "Wind op zee"],
    )
    assert [each["indelingsnummer"] for each in view["zaken"]] == ["W.7", "wind.1"]
    async with as_member(app, region, "an") as an:
        assert (await sends(an, region, PROJECTS)).json()["ongewijzigd"] == 2


async def test_an_older_version_that_showed_a_role_nothing_still_shows_it_nothing(app: Database) -> None:
    region = await coast()
    async with as_member(app, region, "an") as an:
        assert (await sends(an, region, PROJECTS)).status_code == 201
    other = '[rol.ander]\ntitel = "Ander"\nplaats = "bureau"\n[formulier.code]'
    newer = YEARPLAN.replace("2027-01-01", "2021-01-01").replace('versie = "2027"', 'versie = "2028"')
    newer = newer.replace("[formulier.code]", other).replace('voor = ["bureau"]', 'voor = ["ander"]')
    newer += '[[inzage]]\nwie = "ander"\nstappen = ["begin_van"]\nuitkomsten = ["*"]\nvelden = ["*"]\n'
    async with scope(region.tenant_id, None) as tx:
        await schemes.keep_source(tx, newer)
        region.scheme_id = next(each.id for each in await schemes.current(tx) if each.scheme.version == "2028")
    async with as_member(app, region, "an") as an:
        assert (await an.get(f"/regelingen/{region.scheme_id}/indeling")).status_code == 403
    person = await somebody()
    await joins(person, region.tenant_id, ["ondersteuner"], functions=["ander"])
    region.persons["an"] = person
    assert (await shown(app, region))["zaken"] == []


async def test_the_command_shows_what_a_file_does_and_reads_it_in_as_the_owner_of_a_token(
    app: Database, tmp_path: Path
) -> None:
    region = await de_meierij()
    secrets = {}
    for who, rights in (
        ("ruben", ["aanvragen.behandelen"]),
        ("femke", ["aanvragen.behandelen"]),
        ("nelleke", ["leden.lezen"]),
    ):
        async with scope(region.tenant_id, None) as tx:
            _, token = await create_token(
                tx, region.callers[who], "Invoer", rights, clock.now().replace(year=clock.now().year + 1)
            )
        secrets[who] = tmp_path / who
        secrets[who].write_text(f"{token}\n", encoding="utf-8")

    async def typed(who: str, file: Path, *more: str) -> tuple[int, str, str]:
        return await maatwerk(
            app, "outline", "import", "ontwikkelagenda", str(file), "--token-file", str(secrets[who]), *more
        )

    code, out, err = await typed("ruben", FILE)
    assert (code, err) == (0, "")
    assert "34 nieuw, 0 gewijzigd, 0 ongewijzigd. Er is niets bewaard; doe het met --apply." in out
    assert (await typed("ruben", FILE, "--apply"))[1].endswith("34 nieuw, 0 gewijzigd, 0 ongewijzigd. Ingelezen.\n")
    assert '"ongewijzigd": 34' in (await typed("ruben", FILE, "--apply", "--json"))[1]
    broken = tmp_path / "fout.csv"
    broken.write_text(FILE.read_text(encoding="utf-8").replace("GGD", "gg"), encoding="utf-8")
    code, out, _ = await typed("ruben", broken, "--apply")
    assert (code, f"{broken}:47: partners: 'gg' is hier geen bekend antwoord." in out) == (1, True)
    for who in ("femke", "nelleke"):
        code, out, err = await typed(who, FILE, "--apply")
        assert (code, out, err.count("\n")) == (2, "", 1), who
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT DISTINCT membership_id FROM case_act WHERE tenant_id = $1", region.tenant_id)
    assert [row["membership_id"] for row in rows] == [region.callers["ruben"].membership_id]
