"""The life of a version of a scheme: written by one admin, published by another from a day on; what runs keeps its own."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from maatwerk import clock as wall
from maatwerk import loading
from maatwerk.cases import schemes
from maatwerk.db import migrate as migrating
from maatwerk.local.roles import prepare_database
from maatwerk.tenancy import scope
from tests.accounts import Clock, browser, member_of, once
from tests.builders import a_tenant
from tests.databases import Database
from tests.partnership import TENANTS, Partnership
from tests.publishing import NEWER, SOURCE, TOML, as_member, change, published, two_admins, written


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await two_admins()


async def states(region: Partnership) -> dict[str, str]:
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT version, state FROM scheme_version WHERE code = 'interventiebudget'")
    return {row["version"]: row["state"] for row in rows}


@pytest.mark.requirement("ALL-02")
async def test_one_admin_proposes_another_publishes_and_only_new_cases_get_the_new_rules(
    app: Database, region: Partnership
) -> None:
    running = await region.filed()
    version = await published(app, region)
    async with as_member(app, region, "bas") as bas:
        found = {each["regelingVersie"]: each for each in (await bas.get("/regelingen")).json()}
        assert {name: each["geldt"] for name, each in found.items()} == {"2024-2025": False, "2025-2026": True}
        assert found["2024-2025"]["geldigTotEnMet"] == (wall.today() - timedelta(days=1)).isoformat()
        assert found["2025-2026"]["geldigVan"] == wall.today().isoformat()
        assert "gepubliceerdDoor" not in found["2025-2026"]
        begun = await bas.post("/aanvragen", json={"regelingId": version}, headers=once())
        assert begun.json()["titel"] == "Interventiebudget 2025-2026"
        refused = await bas.post("/aanvragen", json={"regelingId": str(region.scheme_id)}, headers=once())
        assert (refused.status_code, refused.json()["code"]) == (422, "regeling_geldt_niet")
    assert (await region.case(running)).scheme.steps["beoordeling"].rule.needed == 2
    assert (await region.case(UUID(begun.json()["id"]))).scheme.steps["beoordeling"].rule.needed == 3
    await region.do("jolijn", running, "volledig_verklaren")


@pytest.mark.requirement("ALL-02")
async def test_who_proposed_a_version_can_not_publish_it_and_the_attempt_is_logged(
    app: Database, region: Partnership
) -> None:
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid)
        await change(astrid, version, "voorstel", 1)
        refused = await change(astrid, version, "publicatie", 2, geldigVan=wall.today().isoformat())
        assert (refused.status_code, refused.json()["code"]) == (403, "vier_ogen")
    assert (await states(region))["2025-2026"] == "voorgesteld"
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM audit_entry WHERE ground = 'vier_ogen'") == 1
    with pytest.raises(asyncpg.CheckViolationError):
        async with scope(region.tenant_id, None) as tx:
            await tx.execute(
                "UPDATE scheme_version SET state = 'gepubliceerd', published_at = changed_at, published_by = proposed_by"
                " WHERE tenant_id = $1 AND id = $2",
                *(region.tenant_id, UUID(version)),
            )


async def test_a_version_takes_effect_today_or_later_and_before_it_ends(app: Database, region: Partnership) -> None:
    ending = NEWER.replace("geldig_van = 2024-08-01", f"geldig_van = 2024-08-01\ngeldig_tot = {wall.today()}")
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid, ending)
        await change(astrid, version, "voorstel", 1)
    async with as_member(app, region, "berend") as berend:
        for day in (wall.today() - timedelta(days=1), wall.today() + timedelta(days=1)):
            refused = await change(berend, version, "publicatie", 2, geldigVan=day.isoformat())
            assert refused.status_code == 400
            assert [each["veld"] for each in refused.json()["invalidParams"]] == ["geldigVan"]
        assert (await change(berend, version, "publicatie", 2, geldigVan=wall.today().isoformat())).status_code == 200


async def test_a_version_that_begins_later_leaves_the_present_one_in_force_until_then(
    app: Database, region: Partnership, clock: Clock
) -> None:
    begins = wall.today() + timedelta(days=10)
    await published(app, region, day=begins)
    for days, version in ((0, "2024-2025"), (9, "2024-2025"), (1, "2025-2026")):
        clock.forward(timedelta(days=days))
        async with as_member(app, region, "bas") as bas:
            found = (await bas.get("/regelingen")).json()
        assert [each["regelingVersie"] for each in found if each["geldt"]] == [version]


async def test_every_fault_of_a_file_comes_at_once_with_its_line_and_mend(app: Database, region: Partnership) -> None:
    broken = NEWER.replace('regime = "privaat"', 'regime = "privat"').replace("nodig = 3", "nodig = 4")
    async with as_member(app, region, "astrid") as astrid:
        refused = await astrid.post("/regelingen", content=broken.encode(), headers=TOML | once())
        assert refused.status_code == 400
        first = refused.json()["invalidParams"][0]
        lines = broken.splitlines()
        assert lines[first["regel"] - 1] == 'regime = "privat"'
        assert {name: first[name] for name in ("veld", "bestand", "code", "herstel")} == {
            "veld": "regime",
            "bestand": "regeling.toml",
            "code": "regeling",
            "herstel": "bedoelde u 'privaat'?",
        }
        two = NEWER.replace("nodig = 3", "nodig = 4").replace('duur = "P3M"', 'duur = "P3X"')
        refused = await astrid.post("/regelingen", content=two.encode(), headers=TOML | once())
        faults = refused.json()["invalidParams"]
        assert {each["veld"] for each in faults} == {"stap.beoordeling.regel.nodig", "termijn.overbrugging.duur"}
        assert [each["regel"] for each in faults] == sorted(each["regel"] for each in faults)
        assert all(each["melding"] and each["herstel"] for each in faults)
        for body in (b"\xff\xfe", b"", b"x = ", b"[" * 1000):
            refused = await astrid.post("/regelingen", content=body, headers=TOML | once())
            assert refused.status_code == 400, body
        assert (await astrid.post("/regelingen", json={}, headers=once())).status_code == 415
        assert (await astrid.post("/regelingen", content=b"#" * 300_001, headers=TOML | once())).status_code == 413
    assert set(await states(region)) == {"2024-2025"}


async def test_a_concept_is_changed_by_who_saw_its_last_text_and_a_changed_proposal_is_a_concept_again(
    app: Database, region: Partnership
) -> None:
    async with as_member(app, region, "astrid") as astrid, as_member(app, region, "berend") as berend:
        version = await written(astrid)
        path = f"/regelingen/{version}/bestand"
        other = NEWER.replace("nodig = 3", "nodig = 1").encode()
        assert (await berend.put(path, content=other, headers=TOML)).status_code == 428
        assert (await berend.put(path, content=other, headers=TOML | {"If-Match": '"9"'})).status_code == 412
        await change(astrid, version, "voorstel", 1)
        answer = await berend.put(path, content=other, headers=TOML | {"If-Match": '"2"'})
        assert (answer.status_code, answer.headers["etag"], answer.json()["status"]) == (200, '"3"', "concept")
        late = await change(berend, version, "publicatie", 2, geldigVan=wall.today().isoformat())
        assert late.status_code == 412
        late = await change(berend, version, "publicatie", 3, geldigVan=wall.today().isoformat())
        assert (late.status_code, late.json()["code"]) == (409, "geen_voorstel")
        assert (await berend.get(path)).content == other


async def test_a_proposal_can_be_taken_back_and_needs_somebody_to_publish_it(
    app: Database, region: Partnership
) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as alone:
        answer = await alone.post("/api/v1/regelingen", content=NEWER.encode(), headers=TOML | once())
        path = f"/api/v1/regelingen/{answer.json()['id']}/voorstel"
        refused = await alone.put(path, headers={"If-Match": '"1"'})
        assert (refused.status_code, refused.json()["code"]) == (422, "geen_tweede")
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid)
        await change(astrid, version, "voorstel", 1)
        taken = await astrid.delete(f"/regelingen/{version}/voorstel", headers={"If-Match": '"2"'})
        assert taken.status_code == 204
        again = await astrid.delete(f"/regelingen/{version}/voorstel", headers={"If-Match": '"3"'})
        assert (again.status_code, again.json()["code"]) == (409, "geen_voorstel")
    assert (await states(region))["2025-2026"] == "concept"


async def test_two_published_versions_never_have_the_same_name(app: Database, region: Partnership) -> None:
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid, SOURCE.replace("nodig = 2", "nodig = 1"))
        refused = await change(astrid, version, "voorstel", 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "versie_bestaat")


async def test_a_withdrawn_version_stops_and_brings_no_older_rules_in_force(app: Database, region: Partnership) -> None:
    version = await published(app, region)
    async with as_member(app, region, "astrid") as astrid:
        answer = await change(astrid, version, "intrekking", 3)
        assert (answer.status_code, answer.json()["status"], answer.json()["geldt"]) == (200, "ingetrokken", False)
        assert (await change(astrid, version, "intrekking", 4)).json()["code"] == "al_ingetrokken"
    async with as_member(app, region, "bas") as bas:
        assert [each["regelingVersie"] for each in (await bas.get("/regelingen")).json() if each["geldt"]] == []
        assert (await bas.get(f"/regelingen/{version}")).status_code == 200


async def test_a_version_that_was_withdrawn_before_it_began_never_was(app: Database, region: Partnership) -> None:
    version = await published(app, region, day=wall.today() + timedelta(days=30))
    async with as_member(app, region, "berend") as berend:
        assert (await change(berend, version, "intrekking", 3)).status_code == 200
        found = (await berend.get("/regelingen")).json()
    assert [
        (each["regelingVersie"], each["geldt"]) for each in found if each["regelingCode"] == "interventiebudget"
    ] == [("2024-2025", True)]


async def test_a_published_text_is_final_also_for_the_database(app: Database, region: Partnership) -> None:
    version = UUID(await published(app, region))
    for column, value in (("source", "x"), ("version", "x"), ("valid_from", date(2030, 1, 1))):
        with pytest.raises(asyncpg.RestrictViolationError):
            async with scope(region.tenant_id, None) as tx:
                await tx.execute(f"UPDATE scheme_version SET {column} = $2 WHERE id = $1", version, value)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope(region.tenant_id, None) as tx:
            await tx.execute("DELETE FROM scheme_version WHERE id = $1", version)


@pytest.mark.parametrize("name", ["bas", "de_meierij"])
async def test_a_concept_is_nothing_for_who_does_not_try_schemes(app: Database, region: Partnership, name: str) -> None:
    async with as_member(app, region, "astrid") as astrid:
        version = await written(astrid)
    async with as_member(app, region, name) as client:
        hidden, none = await client.get(f"/regelingen/{version}"), await client.get(f"/regelingen/{uuid4()}")
        assert hidden.status_code == none.status_code == 404
        assert hidden.json()["detail"] == none.json()["detail"]
        assert (await client.get("/regelingen", params={"status": "concept"})).status_code == 403
        assert (await client.post("/regelingen", content=b"", headers=TOML | once())).status_code == 403
        begun = await client.post("/aanvragen", json={"regelingId": version}, headers=once())
        assert begun.status_code == (404 if name == "bas" else 403)
    async with as_member(app, region, "jolijn") as jolijn:
        assert [each["id"] for each in (await jolijn.get("/regelingen", params={"status": "concept"})).json()] == [
            version
        ]
        assert (await jolijn.get(f"/regelingen/{version}")).json()["inhoud"]["stap"]["beoordeling"]
        assert (await change(jolijn, version, "voorstel", 1)).status_code == 403


async def test_the_other_admins_get_a_mail_that_tells_nothing_of_what_changes(
    app: Database, region: Partnership
) -> None:
    version = await published(app, region)
    async with scope(region.tenant_id, None) as tx:
        rows = await tx.fetch("SELECT kind, recipient_membership FROM mail WHERE kind LIKE 'schemes.%' ORDER BY id")
    assert [(row["kind"], row["recipient_membership"]) for row in rows] == [
        ("schemes.voorgesteld", region.callers["berend"].membership_id),
        ("schemes.gepubliceerd", region.callers["astrid"].membership_id),
    ]
    async with as_member(app, region, "astrid") as astrid:
        await change(astrid, version, "intrekking", 3)
    async with scope(region.tenant_id, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM mail WHERE kind = 'schemes.ingetrokken'") == 1
        trail = await tx.fetch("SELECT what FROM audit_entry WHERE object_id = $1 ORDER BY seq", UUID(version))
    assert [row["what"] for row in trail] == [
        "regeling.geschreven", "regeling.voorgesteld", "regeling.gepubliceerd", "regeling.ingetrokken",
    ]  # fmt: skip


async def test_a_file_goes_to_another_partnership_and_begins_there_as_a_concept(
    app: Database, region: Partnership
) -> None:
    async with as_member(app, region, "bas") as bas:
        assert (await bas.get(f"/regelingen/{region.scheme_id}/bestand")).status_code == 403
    async with as_member(app, region, "astrid") as astrid:
        file = await astrid.get(f"/regelingen/{region.scheme_id}/bestand")
    assert file.headers["content-type"].startswith("application/toml")
    assert file.content.decode() == SOURCE
    async with browser(app, await member_of(await a_tenant(), "tenant_admin")) as there:
        answer = await there.post("/api/v1/regelingen", content=file.content, headers=TOML | once())
        assert (answer.json()["status"], answer.json()["titel"]) == ("concept", "Interventiebudget")
        assert (await there.get(f"/api/v1/regelingen/{region.scheme_id}/bestand")).status_code == 404


async def test_what_an_operator_loads_never_overrides_what_admins_publish(
    app: Database, region: Partnership, tmp_path: Path
) -> None:
    folder = tmp_path / "regio-36"
    folder.mkdir()
    (folder / "tenant.toml").write_text((TENANTS / "regio-36" / "tenant.toml").read_text(encoding="utf-8"))

    async def load(text: str) -> list[str]:
        (folder / "scheme.toml").write_text(text, encoding="utf-8")
        told: list[str] = []
        await loading.load_all(tmp_path, told.append)
        return told

    mended = SOURCE.replace("nodig = 2", "nodig = 1")
    assert await load(mended) == []
    async with scope(region.tenant_id, None) as tx:
        assert [v.scheme.steps["beoordeling"].rule.needed for v in await schemes.current(tx)] == [1]
    await published(app, region)
    later = SOURCE.replace('versie = "2024-2025"', 'versie = "2026-2027"')
    assert await load(later) == [
        "regio-36: Interventiebudget 2026-2027 staat klaar als concept; dit partnerschap publiceert zelf."
    ]
    assert await load(later) == []
    assert await states(region) == {"2024-2025": "gepubliceerd", "2025-2026": "gepubliceerd", "2026-2027": "concept"}
    async with as_member(app, region, "astrid") as astrid:
        (delivered,) = (await astrid.get("/regelingen", params={"status": "concept"})).json()
        path = f"/regelingen/{delivered['id']}/bestand"
        refused = await astrid.put(path, content=NEWER.encode(), headers=TOML | {"If-Match": '"1"'})
        assert (refused.status_code, refused.json()["code"]) == (409, "geleverd")
        assert (await change(astrid, delivered["id"], "voorstel", 1)).status_code == 200


async def test_what_was_loaded_before_versions_had_a_life_is_published(
    engines: Any, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"maatwerk_{uuid4().hex[:12]}"
    await prepare_database(engines, name)
    known = migrating.migrations()
    before = {key: module for key, module in known.items() if key != "0060_scheme_versions"}
    monkeypatch.setattr(migrating, "migrations", lambda: before)
    await migrating.migrate(engines.postgres_url("maatwerk_migrate", name))
    connection = await asyncpg.connect(engines.postgres_url("postgres", name))
    try:
        tenant = uuid4()
        await connection.execute("INSERT INTO tenant VALUES ($1, 'x', 'X', '2024-01-01')", tenant)
        await connection.execute(
            "INSERT INTO scheme_version VALUES ($1, $2, 'c', '1', 'd', 't', '2024-01-01', NULL, 's', '2024-02-01')",
            *(tenant, uuid4()),
        )
        monkeypatch.setattr(migrating, "migrations", lambda: known)
        assert await migrating.migrate(engines.postgres_url("maatwerk_migrate", name)) == 1
        row = await connection.fetchrow("SELECT state, published_at = loaded_at AS then, seq FROM scheme_version")
        assert row is not None
        assert tuple(row) == ("gepubliceerd", True, 1)
    finally:
        await connection.close()
        await superuser.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
