"""Makes a demo database ready: roles, migrations, the marker, tenants, accounts. Every step may be done twice."""

from collections.abc import Awaitable, Callable

from maatwerk import startup
from maatwerk.db.demo import is_demo, mark_demo
from maatwerk.db.migrate import migrate
from maatwerk.loading import load_all
from maatwerk.local.engines import Engines, Say
from maatwerk.local.roles import prepare_database
from maatwerk.local.targets import DATABASE, not_ours, refuse_foreign_database
from maatwerk.settings import Settings
from maatwerk.tenancy import tenant_ids

MakeAccounts = Callable[[Settings], Awaitable[int]]


async def prepare(settings: Settings, engines: Engines, accounts: MakeAccounts | None, say: Say) -> None:
    """Leaves the database ready for the service. `accounts` makes the demo accounts and tells how many there are.

    Raises LocalFault for a database that demo mode did not make; nothing has been changed in it then.
    """
    if engines.postgres is None:
        await refuse_foreign_database(settings.database_url)
    elif await prepare_database(engines, DATABASE):
        say("Database en databaserollen zijn gemaakt.")
    ran = await migrate(settings.migrate_database_url)
    say(f"Migraties: {ran} uitgevoerd." if ran else "Migraties: de database is bij.")
    async with startup.running(settings):
        if not await is_demo():
            # Only an embedded database can lack the marker here: a new one, or one whose first start was cut short.
            if await tenant_ids():
                raise not_ours()
            await mark_demo(settings.migrate_database_url)
        codes = await load_all(settings.tenants, say)
        say(f"Samenwerkingsverbanden geladen: {', '.join(codes) or 'geen'}.")
        if accounts is not None:
            count = await accounts(settings)
            say(f"Demo-accounts: {count}, met hun geheimen in {settings.data / 'demo-accounts.json'}.")
