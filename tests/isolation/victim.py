"""A partnership with one thing of every kind, which strangers then try to reach. A route with a new kind of thing in its
path finds it here by the name of its parameter: that takes a line in TABLES, and a row made by `a_victim`."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import asyncpg

from maatwerk import clock
from maatwerk.anonymisation.actions.list_word import list_word
from maatwerk.books.actions.envelopes import lock_all
from maatwerk.cases.advice import ask
from maatwerk.cases.case import read
from maatwerk.files.actions.upload import upload
from maatwerk.guests.actions.let_in import register
from maatwerk.guests.links import ContactOf
from maatwerk.people.actions.create_token import create_token
from maatwerk.people.actions.invite import Invitee, invite
from maatwerk.reviews.actions.suspect import suspect
from maatwerk.rules.rooms import Pot
from maatwerk.schemes.actions.start_dry_run import start_dry_run
from maatwerk.tasks.actions.create import create as create_task
from maatwerk.tenancy import scope
from tests import uploads
from tests.accounts import browser
from tests.databases import Database
from tests.partnership import Partnership, regio_36
from workers.binding import BINDINGS

TABLES = {
    "membership_id": "membership",
    "token_id": "api_token",
    "task_id": "task",
    "mail_id": "mail",
    "case_id": "support_case",
    "scheme_version_id": "scheme_version",
    "book_id": "book_envelope",
    "file_id": "file",
    "advice_id": "advice_question",
    "item_id": "pack_item",
    "suspicion_id": "suspicion",
    "dry_run_id": "dry_run",
    "guest_id": "guest",
    "word_id": "anonymisation_word",
}
EVERY_TABLE = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id'
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""


@dataclass(frozen=True)
class Victim:
    """The partnership, and the ids of its things as text, by the name of the path parameter."""

    partnership: Partnership
    things: dict[str, str]


async def a_victim(database: Database) -> Victim:
    """Regio 36 with a filed case and its pack, an attachment, advice, a suspicion, a task, an invitation and its mail, a token, a dry
    run, a session, a guest."""
    partnership = await regio_36()
    tenant, jolijn, bas = partnership.tenant_id, partnership.callers["jolijn"], partnership.callers["bas"]
    case_id = await partnership.filed()
    await upload(tenant, bas.person_id, bas.client, case_id, "toestemmingsformulier", "a.pdf", uploads.pdf("Akkoord"))
    await partnership.do("jolijn", case_id, "volledig_verklaren")
    async with scope(tenant, bas.person_id) as tx:
        await ask(tx, bas, partnership.scheme_id, "Kan dit ook voor een groep?")
        await suspect(tx, bas, await read(tx, case_id, lock=True), "Kim de Vries", "bekende")
    async with scope(tenant, jolijn.person_id) as tx:
        await invite(tx, Invitee("genodigde@voorbeeld.example", "Kim Voorbeeld", ["coordinator"]))
        await register(
            tx, await read(tx, case_id), "coordinator", ContactOf("thuis@voorbeeld.example"), jolijn.person_id
        )
        await create_token(tx, jolijn, "Koppeling", ["leden.lezen"], clock.now() + timedelta(days=30))
        await create_task(tx, case_id=case_id, title="Bel de school", role="ondersteuner", source_key="proef")
        case = await read(tx, case_id)
        books = list(case.scheme.books)
        await lock_all(tx, case.scheme, [Pot(book) for book in books], books, clock.today(), case.id)
        await list_word(tx, jolijn, case_id, "weghalen", "Praktijk Ver Weg")
        await start_dry_run(tx, jolijn, partnership.scheme_id, clock.today(), clock.today())
        waiting = await tx.fetch("SELECT id FROM outbox WHERE handler <> 'mail.send' ORDER BY id")
    for row in waiting:
        await BINDINGS.deliver(tenant, row["id"])
    async with browser(database, partnership.persons["jolijn"]) as client:
        session = (await client.get("/api/v1/sessies")).json()["resultaten"][0]["id"]
    things = {name: str(await _one(database, table, tenant)) for name, table in TABLES.items()}
    return Victim(partnership, {**things, "session_id": session, "tenant_id": str(tenant)})


async def _one(database: Database, table: str, tenant: UUID) -> UUID:
    connection = await asyncpg.connect(database.url("postgres"))
    try:
        found: UUID = await connection.fetchval(f"SELECT id FROM {table} WHERE tenant_id = $1 LIMIT 1", tenant)
        return found
    finally:
        await connection.close()


async def state_of(database: Database, tenant: UUID) -> dict[str, tuple[int, int]]:
    """How many rows every table has of the tenant, and a sum over what stands in them."""
    connection = await asyncpg.connect(database.url("postgres"))
    try:
        tables = [row["relname"] for row in await connection.fetch(EVERY_TABLE)]
        sums = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {} t WHERE tenant_id = $1"
        return {table: tuple(await connection.fetchrow(sums.format(table), tenant)) for table in tables}
    finally:
        await connection.close()
