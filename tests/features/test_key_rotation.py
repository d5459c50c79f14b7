"""Another data key for a tenant or for accounts: everything stays readable, a kill at any point does no harm, and the older key goes only
when nothing names it."""

import asyncio
import os
import sys
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from maatwerk import startup
from maatwerk.crypto import RING, Unreadable, case_key, index_value, new_case_key, opening_key, tenant_key
from maatwerk.crypto.keys import IDENTITY, Erased
from maatwerk.crypto.rotating import SETTLING, begin, finish, of_owner, reseal
from maatwerk.people.actions.invite import Invitee, invite
from maatwerk.people.invitation_mail import invitation_mail
from maatwerk.tenancy import scope
from tests.accounts import PASSWORD, Clock, Somebody, browser, member_of, once
from tests.builders import a_tenant
from tests.databases import Database
from tests.isolation.victim import Victim, a_victim
from workers import ticker

BLOBS = """
    SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped
"""


async def rotated(tenant_id: UUID | None) -> Any:
    """The whole of a rotation so far as time allows; answers until when the older key is kept."""
    places = of_owner(tenant_id, startup.sealed_places())
    assert await begin(tenant_id)
    for place in places:
        await reseal(tenant_id, place)
    return await finish(tenant_id, places)


async def as_superuser(database: Database, sql: str, *arguments: object) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(database.url("postgres"))
    try:
        rows: list[asyncpg.Record] = await connection.fetch(sql, *arguments)
        return rows
    finally:
        await connection.close()


async def named_anywhere(database: Database, key_id: UUID) -> list[str]:
    """Every column of the database, whatever its table, in which a value was sealed by this key."""
    found = []
    for row in await as_superuser(database, BLOBS):
        sql = f"SELECT 1 FROM {row['table']} WHERE substring({row['column']} FROM 3 FOR 16) = $1 LIMIT 1"
        if await as_superuser(database, sql, key_id.bytes):
            found.append(f"{row['table']}.{row['column']}")
    return found


async def data_keys(database: Database, owner: UUID) -> list[tuple[UUID, bool, bool]]:
    """(id, retired, destroyed) of an owner's data keys, in order."""
    rows = await as_superuser(
        database,
        "SELECT id, retired_at, destroyed_at, wrapped FROM tenant_key WHERE tenant_id = $1 AND purpose = 'data' ORDER BY id",
        owner,
    )
    assert all((row["wrapped"] is None) == (row["destroyed_at"] is not None) for row in rows)
    return [(row["id"], row["retired_at"] is not None, row["destroyed_at"] is not None) for row in rows]


async def everything(client: httpx.AsyncClient, victim: Victim) -> list[Any]:
    """What the ondersteuner reads of the victim that some key seals."""
    case = f"/api/v1/aanvragen/{victim.things['case_id']}"
    paths = [case, f"{case}/pakket", f"{case}/bijlagen", "/api/v1/verzendingen", "/api/v1/adviesvragen"]
    answers = [await client.get(path) for path in paths]
    assert [answer.status_code for answer in answers] == [200] * len(paths)
    return [answer.json() for answer in answers]


@pytest.fixture
async def victim(app: Database) -> Victim:
    return await a_victim(app)


async def test_after_a_rotation_everything_is_readable_and_nothing_names_the_older_key(
    app: Database, victim: Victim, clock: Clock
) -> None:
    tenant = victim.partnership.tenant_id
    [(old, *_)] = await data_keys(app, tenant)
    async with scope(tenant, None) as tx:
        invitation = await invite(tx, Invitee("nog@voorbeeld.example", "Kim Voorbeeld", ["coordinator"]))
        root = await index_value(tx, "person", "email", "a")
    assert {name.partition(".")[0] for name in await named_anywhere(app, old)} >= {
        "case_key", "mail", "invitation", "advice_question",
    }  # fmt: skip
    async with browser(app) as client:
        await client.post("/api/v1/sessies", json=victim.partnership.persons["jolijn"].login(1))
        before = await everything(client, victim)
        assert await rotated(tenant) is not None
        assert await named_anywhere(app, old) == []
        assert await everything(client, victim) == before
        clock.forward(SETTLING)
        assert await rotated(tenant) is None
        (_, *gone), (_, *active) = await data_keys(app, tenant)
        assert (gone, active) == ([True, True], [False, False])
        RING.forget()
        assert await everything(client, victim) == before
    async with scope(tenant, None) as tx:
        assert await index_value(tx, "person", "email", "a") == root
        mail = await invitation_mail(tx, invitation.id)
        with pytest.raises(Erased):
            await opening_key(tx, b"\x01\x01" + old.bytes)
    assert mail is not None


async def test_a_released_pack_opens_for_its_seats_after_a_rotation(app: Database, victim: Victim) -> None:
    region = victim.partnership
    await region.do("jolijn", UUID(victim.things["case_id"]), "vrijgeven")
    url = f"/api/v1/aanvragen/{victim.things['case_id']}/beoordelingspakket"
    async with browser(app, region.persons["de_meierij"]) as client:
        before = await client.get(url)
        assert before.status_code == 200, before.text
        await rotated(region.tenant_id)
        after = await client.get(url)
        assert (after.status_code, after.json()["teksten"]) == (200, before.json()["teksten"])


async def test_a_repeated_request_finds_its_answer_and_a_half_accepted_invitation_its_password(
    app: Database, clock: Clock
) -> None:
    tenant = await a_tenant()
    async with browser(app, await member_of(tenant, "tenant_admin")) as admin, browser(app) as visitor:
        key, body = once(), {"mail": "nieuw@voorbeeld.example", "naam": "Kim Voorbeeld", "rollen": ["coordinator"]}
        first = await admin.post("/api/v1/uitnodigingen", json=body, headers=key)
        async with scope(tenant, None) as tx:
            mail = await invitation_mail(tx, UUID(first.json()["id"]))
        assert mail is not None
        accept = {"token": mail.token, "wachtwoord": PASSWORD}
        begun = await visitor.post("/api/v1/uitnodigingen/_aanvaard", json=accept)
        await rotated(tenant)
        clock.forward(SETTLING)
        assert await rotated(tenant) is None
        again = await admin.post("/api/v1/uitnodigingen", json=body, headers=key)
        assert (again.status_code, again.json()) == (201, first.json())
        secret = httpx.URL(begun.json()["inschrijving"]).params["secret"]
        code = Somebody(UUID(int=0), mail.address, PASSWORD, secret).code()
        done = await visitor.post("/api/v1/uitnodigingen/_aanvaard", json={**accept, "code": code})
        assert done.json()["status"] == "aanvaard"


async def test_people_log_in_after_the_key_of_their_accounts_was_replaced(app: Database, clock: Clock) -> None:
    tenant = await a_tenant()
    person = await member_of(tenant, "coordinator")
    [(old, *_)] = await data_keys(app, IDENTITY)
    of_tenant = await data_keys(app, tenant)
    assert await rotated(None) is not None
    clock.forward(SETTLING)
    assert await rotated(None) is None
    assert [destroyed for _, _, destroyed in await data_keys(app, IDENTITY)] == [True, False]
    assert await named_anywhere(app, old) == []
    assert await data_keys(app, tenant) == of_tenant
    RING.forget()
    async with browser(app, person) as client:
        assert (await client.get("/api/v1/sessies")).status_code == 200


async def test_a_process_that_still_remembers_the_older_key_loses_nothing(app: Database, clock: Clock) -> None:
    tenant, late = await a_tenant(), uuid4()
    async with scope(tenant, None) as tx:
        await new_case_key(tx, uuid4())
        old = await tenant_key(tx)
    kept_until = await rotated(tenant)
    assert kept_until is not None
    RING.remember(tenant, "data", old)
    async with scope(tenant, None) as tx:
        kept = await new_case_key(tx, late)
    RING.forget()
    assert await named_anywhere(app, old.id) == ["case_key.wrapped"]
    clock.forward(SETTLING - timedelta(minutes=3))
    assert await rotated(tenant) == kept_until, "nobody destroys it while a process may seal with it"
    RING.remember(tenant, "data", old)
    async with scope(tenant, None) as tx:
        later = await new_case_key(tx, uuid4())
    RING.forget()
    clock.forward(timedelta(minutes=3))
    assert await finish(tenant, of_owner(tenant, startup.sealed_places())) is None
    assert await named_anywhere(app, old.id) == []
    async with scope(tenant, None) as tx:
        assert await case_key(tx, late) == kept
        assert later != kept


async def test_of_two_rotations_at_once_one_makes_a_key(app: Database) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        await new_case_key(tx, uuid4())
    assert await asyncio.gather(*[begin(tenant) for _ in range(4)]) == [True] * 4
    assert [retired for _, retired, _ in await data_keys(app, tenant)] == [True, False]


async def test_what_was_destroyed_stays_destroyed(app: Database) -> None:
    tenant, case = await a_tenant(), uuid4()
    async with scope(tenant, None) as tx:
        await new_case_key(tx, case)
        await tx.execute("UPDATE case_key SET wrapped = NULL, destroyed_at = created_at")
    await rotated(tenant)
    async with scope(tenant, None) as tx:
        with pytest.raises(Erased):
            await case_key(tx, case)


async def test_a_value_that_does_not_open_keeps_the_older_key_alive(
    app: Database, victim: Victim, clock: Clock
) -> None:
    tenant = victim.partnership.tenant_id
    await as_superuser(app, "UPDATE mail SET content = content || '\\x00' WHERE tenant_id = $1", tenant)
    assert await begin(tenant)
    clock.forward(SETTLING)
    with pytest.raises(Unreadable):
        await finish(tenant, of_owner(tenant, startup.sealed_places()))
    await ticker.finish_rotations()
    assert [destroyed for _, _, destroyed in await data_keys(app, tenant)] == [False, False]


async def test_the_ticker_ends_a_rotation_of_which_the_command_died(
    app: Database, victim: Victim, clock: Clock
) -> None:
    tenant = victim.partnership.tenant_id
    assert await begin(tenant)
    await ticker.finish_rotations()
    assert [destroyed for _, _, destroyed in await data_keys(app, tenant)] == [False, False]
    clock.forward(SETTLING)
    await ticker.finish_rotations()
    assert [destroyed for _, _, destroyed in await data_keys(app, tenant)] == [True, False]
    async with browser(app, victim.partnership.persons["jolijn"]) as client:
        await everything(client, victim)


COMMAND = (sys.executable, "-c", "import sys; from maatwerk.cli import main; sys.exit(main())", "keys", "rotate")


async def command(database: Database, *typed: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        *typed,
        env=os.environ | database.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_rotation_that_was_killed_halfway_goes_on_where_it_stood(app: Database, clock: Clock) -> None:
    tenant, cases = await a_tenant("regio-proef"), [uuid4() for _ in range(6_000)]
    async with scope(tenant, None) as tx:
        keys = {case: await new_case_key(tx, case) for case in cases}
        old = await tenant_key(tx)
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "regio-proef", env=os.environ | app.environment(), stdout=asyncio.subprocess.DEVNULL
    )
    onlooker = await asyncpg.connect(app.url("postgres"))
    while True:
        if await onlooker.fetchval("SELECT count(*) FROM case_key WHERE tenant_key_id = $1", old.id) < len(cases):
            break
        await asyncio.sleep(0.005)
    process.kill()
    await onlooker.close()
    await process.wait()
    (row,) = await as_superuser(app, "SELECT count(*) FROM case_key WHERE tenant_key_id = $1", old.id)
    assert 0 < row["count"] < len(cases), "it has to die in the middle to prove something"
    code, out, _ = await command(app, "regio-proef")
    assert code == 0
    assert f"case_key: {row['count']} opnieuw verzegeld" in out
    clock.forward(SETTLING)
    code, out, _ = await command(app, "regio-proef")
    assert (code, out.splitlines()[-1]) == (0, "Klaar: de oude sleutel is vernietigd.")
    RING.forget()
    async with scope(tenant, None) as tx:
        for case in cases[::500]:
            assert await case_key(tx, case) == keys[case]


async def test_the_command_says_what_it_can_not_do_in_one_line(app: Database) -> None:
    await a_tenant("regio-proef")
    code, out, _ = await command(app, "regio-proef")
    assert (code, out) == (0, "Er is nog geen sleutel, dus er is niets te vervangen.\n")
    code, out, err = await command(app, "bestaat-niet")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert (await command(app))[0] == 2
    assert (await command(app, "--personen"))[0] == 0
