"""Demo accounts: made once, with secrets that stand in one file; what is there already costs a second start nothing."""

import shutil
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from maatwerk.loading import load_all
from maatwerk.local.accounts import FILE, DemoAccount, ensure_demo_accounts, read_accounts, wanted_accounts
from maatwerk.local.faults import LocalFault
from maatwerk.settings import Settings
from tests.accounts import Somebody, browser
from tests.databases import Database
from tests.partnership import TENANTS

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
async def settings(app: Database, tmp_path: Path) -> Settings:
    """Two tenants are loaded; no account was made yet. Every account is a password to hash, so two are enough."""
    for code in ("de-verbinding", "kop-van-noord-holland"):
        shutil.copytree(TENANTS / code, tmp_path / "tenants" / code)
    await load_all(tmp_path / "tenants")
    return app.settings(MAATWERK_DATA=str(tmp_path), MAATWERK_TENANTS_DIR=str(tmp_path / "tenants"))


async def test_made_again_they_are_the_same_and_the_file_is_not_written(settings: Settings) -> None:
    file = settings.data / FILE
    count = await ensure_demo_accounts(settings)
    before = file.stat().st_ino, file.read_bytes()
    assert await ensure_demo_accounts(settings) == count == len(read_accounts(file))
    assert (file.stat().st_ino, file.read_bytes()) == before


async def test_an_account_whose_making_was_cut_short_is_made_with_the_secret_that_was_kept(
    app: Database, settings: Settings
) -> None:
    address = wanted_accounts(settings.tenants)[0].address
    kept = DemoAccount("Iemand", address, "paars olifant fietst traag", SECRET, [], [], [])
    (settings.data / FILE).write_bytes(msgspec.json.encode([kept]))
    await ensure_demo_accounts(settings)
    async with browser(app, Somebody(uuid4(), address, kept.password, kept.totp)):
        assert read_accounts(settings.data / FILE)[address].password == kept.password


async def test_a_lost_secret_is_said_with_its_mend(settings: Settings) -> None:
    await ensure_demo_accounts(settings)
    (settings.data / FILE).unlink()
    with pytest.raises(LocalFault, match="is het geheim kwijt"):
        await ensure_demo_accounts(settings)
