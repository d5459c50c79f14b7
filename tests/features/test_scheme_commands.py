"""`maatwerk scheme dry-run` and `budget --tenant` on a database, run as a shell would: numbers of cases, a bar on a terminal only."""

import asyncio
import json
import os
import pty
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from maatwerk import clock as wall
from maatwerk.tenancy import scope
from tests.databases import Database
from tests.features.test_platform_commands import maatwerk
from tests.features.test_scheme_dry_runs import OLDER, YOUNG
from tests.isolation.victim import state_of
from tests.partnership import TENANTS, Partnership, regio_36
from tests.publishing import NEWER

STRICTER = NEWER.replace("< 23", "< 16")


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


@pytest.fixture
def draft(tmp_path: Path) -> str:
    path = tmp_path / "nieuw.toml"
    path.write_text(STRICTER, encoding="utf-8")
    return str(path)


def typed(draft: str) -> list[str]:
    today = wall.today().isoformat()
    return ["scheme", "dry-run", "regio-36", draft, "--from", today, "--until", today]


async def test_a_dry_run_tells_which_cases_go_otherwise_by_their_number(
    app: Database, region: Partnership, draft: str
) -> None:
    await region.filed(**YOUNG)
    older = [await region.filed(**OLDER) for _ in range(2)]
    numbers = [(await region.case(case_id)).number for case_id in older]
    before = await state_of(app, region.tenant_id)
    code, out, err = await maatwerk(app, *typed(draft))
    assert (code, err) == (0, "")
    assert "3 zaken: 1 ongewijzigd, 2 gaan anders" in out
    assert "Aanvraag indienen: wordt geweigerd. De leerling moet ouder dan 11 jaar" in out
    assert f"  2: {', '.join(map(str, numbers))}" in out
    code, plain, _ = await maatwerk(app, *typed(draft), "--json")
    found = json.loads(plain)
    assert (found["totaal"], found["ongewijzigd"], found["gewijzigd"], found["gewist"]) == (3, 1, 2, 0)
    assert [each["zaaknummer"] for each in found["wijzigingen"]] == numbers
    assert await state_of(app, region.tenant_id) == before
    for word in ("Saar", "Joosten", "Tijn", OLDER["leerling"]["geboortedatum"]):
        assert word not in out + plain


async def test_on_a_terminal_a_bar_shows_how_far_it_is(app: Database, region: Partnership, draft: str) -> None:
    for _ in range(3):
        await region.filed(**OLDER)
    main, terminal = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "import sys; from maatwerk.cli import main; sys.exit(main())", *typed(draft)),
        env=os.environ | app.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=terminal,
    )
    os.close(terminal)
    out = (await process.communicate())[0].decode()
    shown = os.read(main, 10_000).decode()
    os.close(main)
    assert process.returncode == 0
    assert "[###################...........]  66 %, 2 van 3 zaken" in shown
    assert shown.endswith("\r\x1b[K")
    assert out.startswith("Interventiebudget 2025-2026 op de zaken van regio-36")


async def test_an_unknown_partnership_is_one_dutch_line(app: Database, region: Partnership, draft: str) -> None:
    call = typed(draft)
    call[2] = "nergens"
    code, out, err = await maatwerk(app, *call)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "Dit samenwerkingsverband bestaat niet." in err


async def test_a_budget_is_reckoned_with_what_was_granted_last_year(app: Database, region: Partnership) -> None:
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE book_envelope SET ceiling = 20000000 WHERE tenant_id = $1", region.tenant_id)
    case_id = await region.to_review()
    for seat in ("de_meierij", "swv_3006"):
        await region.do(seat, case_id, "stemmen", stem="voor", motivering="Past.")
    next_year = (wall.today() + timedelta(days=365)).isoformat()
    scheme = str(TENANTS / "regio-36")
    call = [
        "scheme",
        "budget",
        scheme,
        "interventiebudget",
        "--tenant",
        "regio-36",
        "--ceiling",
        "2480",
        "--at",
        next_year,
    ]
    code, out, err = await maatwerk(app, *call)
    assert (code, err) == (0, "")
    assert "1 zaak van gemiddeld € 1.240,00 is € 1.240,00; dat houdt € 1.240,00 over." in out
    assert "Er passen 2 zaken in." in out
    assert "100 % is gebruikt bij zaak 2, in dit tempo niet binnen het jaar" in out
