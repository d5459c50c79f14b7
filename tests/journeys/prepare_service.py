"""Loads the tenants of the environment's settings and makes their demo accounts, as `maatwerk up` does: a process of its own,
because pools and keys of the test's process are on another database."""

import asyncio

from maatwerk import startup
from maatwerk.loading import load_all
from maatwerk.local.accounts import ensure_demo_accounts
from maatwerk.settings import Settings


async def main() -> None:
    settings = Settings.from_environment()
    async with startup.running(settings):
        await load_all(settings.tenants)
        await ensure_demo_accounts(settings)


if __name__ == "__main__":
    asyncio.run(main())
