"""Mail from the queue to a real server: once, logged, tried again, and followed by a task when it does not arrive."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest
import pytest_asyncio

from maatwerk import clock
from maatwerk.mail import queue
from maatwerk.mail.bouncing import note_bounce
from maatwerk.mail.queries import LoggedMail, attempts, deliveries
from maatwerk.settings import put_in_force
from maatwerk.tasks.actions.finish import finish
from maatwerk.tasks.queries import Task, of_case
from maatwerk.tenancy import scope
from tests.builders import a_tenant
from tests.databases import Database
from tests.mailserver import MailServer, mail_server
from workers.binding import BINDINGS

CASE = UUID(int=36)


@pytest_asyncio.fixture(loop_scope="session")
async def server(app: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailServer]:
    """A mail server that this process is told to use."""
    monkeypatch.setenv("MAATWERK_CLOCK", str(tmp_path / "clock"))
    async with mail_server(tmp_path / "mail") as running:
        put_in_force(app.settings(MAATWERK_SMTP_URL=running.url))
        yield running
        put_in_force(app.settings())


async def queued(tenant: UUID, address: str = "jet@school.example", **changed: object) -> UUID | None:
    asked = {"membership_id": uuid4(), "dedupe_key": str(uuid4()), "name": "Jet Voorbeeld"} | changed
    async with scope(tenant, None) as tx:
        return await queue(
            tx,
            case_id=CASE,
            address=address,
            subject="Uw aanvraag 2026-0042 is ontvangen",
            text="Wij kijken of de aanvraag volledig is.",
            kind="ontvangst",
            reply_to="budget@verband.example",
            sender_name="A. Voorbeeld",
            **asked,  # type: ignore[arg-type]
        )


async def delivered(tenant: UUID) -> int:
    """Does what is due, as the workers do, until nothing is; tells how many rows."""
    done = 0
    while True:
        async with scope(tenant, None) as tx:
            due = await tx.fetchval(
                "SELECT id FROM outbox WHERE done_at IS NULL AND dead_at IS NULL AND next_at <= $1 LIMIT 1", clock.now()
            )
        if due is None:
            return done
        await BINDINGS.deliver(tenant, due)
        done += 1


def later(folder: Path, step: timedelta) -> None:
    moved = folder / "clock"
    before = float(moved.read_text()) if moved.exists() else 0.0
    moved.write_text(str(before + step.total_seconds()), encoding="ascii")


async def log_of(tenant: UUID) -> list[LoggedMail]:
    async with scope(tenant, None) as tx:
        return list(await deliveries(tx))


async def outcomes(tenant: UUID, mail_id: UUID | None) -> list[str]:
    assert mail_id is not None
    async with scope(tenant, None) as tx:
        return [attempt.outcome for attempt in await attempts(tx, mail_id)]


async def tasks(tenant: UUID) -> list[Task]:
    async with scope(tenant, None) as tx:
        return list(await of_case(tx, CASE))


def report(message_id: str, action: str = "failed", status: str = "5.1.1") -> bytes:
    """What a mail server sends back, by RFC 3464."""
    return (
        "From: mailer-daemon@school.example\r\nTo: no-reply@maatwerk.example\r\nSubject: Onbestelbaar\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nUw bericht kon niet worden bezorgd.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.school.example\r\n\r\n"
        f"Final-Recipient: rfc822; jet@school.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message_id}>\r\nSubject: Uw aanvraag\r\n\r\n--b--\r\n"
    ).encode()


async def bounced(tenant: UUID, raw: bytes) -> bool:
    async with scope(tenant, None) as tx:
        return await note_bounce(tx, raw)


@pytest.mark.requirement("ALL-06")
async def test_a_queued_mail_arrives_once_and_the_log_tells_so(server: MailServer) -> None:
    tenant = await a_tenant()
    mail_id = await queued(tenant)
    assert await delivered(tenant) == 1
    (taken,) = server.taken()
    assert taken.summary.recipients == "jet@school.example"
    (logged,) = await log_of(tenant)
    assert (logged.id, logged.state, logged.attempts, logged.address) == (mail_id, "verzonden", 1, "j…@school.example")
    assert logged.sent_at is not None
    assert await outcomes(tenant, mail_id) == ["aangenomen"]


async def test_asking_twice_for_the_same_mail_sends_one(server: MailServer) -> None:
    tenant = await a_tenant()
    assert await queued(tenant, dedupe_key="zaak:1") is not None
    assert await queued(tenant, dedupe_key="zaak:1") is None
    await delivered(tenant)
    assert len(server.taken()) == 1


async def test_a_row_that_comes_again_after_the_mail_was_sent_sends_nothing(server: MailServer) -> None:
    tenant = await a_tenant()
    await queued(tenant)
    await delivered(tenant)
    async with scope(tenant, None) as tx:
        row = await tx.fetchval("UPDATE outbox SET done_at = NULL, attempts = 0 RETURNING id")
    await BINDINGS.deliver(tenant, row)
    assert len(server.taken()) == 1


async def test_a_mail_of_a_deed_that_was_rolled_back_is_not_sent(server: MailServer) -> None:
    tenant = await a_tenant()
    with pytest.raises(ZeroDivisionError):
        async with scope(tenant, None) as tx:
            await queue(
                tx, case_id=None, membership_id=None, address="jet@school.example", name="Jet", subject="s", text="t",
                kind="k", reply_to="", sender_name="A. Voorbeeld", dedupe_key="k",
            )  # fmt: skip
            raise ZeroDivisionError
    assert await delivered(tenant) == 0
    assert server.taken() == []


@pytest.mark.requirement("ALL-06")
@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("onbestelbaar@school.example", "geweigerd-rcpt-5.1.1"),
        ("geweigerd@school.example", "geweigerd-data-5.7.1"),
        ("geen adres", "mailadres_ongeldig"),
    ],
)
async def test_an_address_that_is_refused_for_good_makes_a_task(server: MailServer, address: str, outcome: str) -> None:
    tenant = await a_tenant()
    mail_id = await queued(tenant, address)
    await delivered(tenant)
    (logged,) = await log_of(tenant)
    assert (logged.state, logged.failure) == ("mislukt", outcome)
    assert await outcomes(tenant, mail_id) == [outcome]
    (task,) = await tasks(tenant)
    assert (task.role, task.case_id) == ("ondersteuner", CASE)
    assert "mailadres" in task.title
    assert address not in task.title


async def test_one_dead_address_makes_one_task_per_case_until_that_is_done(server: MailServer) -> None:
    tenant, member = await a_tenant(), uuid4()
    for _ in range(3):
        await queued(tenant, "onbestelbaar@school.example", membership_id=member)
    await delivered(tenant)
    (task,) = await tasks(tenant)
    async with scope(tenant, None) as tx:
        await finish(tx, task.id, None)
    await queued(tenant, "onbestelbaar@school.example", membership_id=member)
    await delivered(tenant)
    assert len(await tasks(tenant)) == 2


async def test_a_mail_that_is_not_taken_now_is_tried_again_eight_times_over_two_days(
    server: MailServer, tmp_path: Path
) -> None:
    tenant = await a_tenant()
    mail_id = await queued(tenant, "later@school.example")
    for tried in range(1, 9):
        await delivered(tenant)
        assert len(await outcomes(tenant, mail_id)) == tried
        assert await delivered(tenant) == 0
        later(tmp_path, timedelta(hours=25))
    assert set(await outcomes(tenant, mail_id)) == {"later-rcpt-4.3.0"}
    (logged,) = await log_of(tenant)
    assert (logged.state, logged.attempts) == ("wacht", 8)
    assert len(await tasks(tenant)) == 1
    async with scope(tenant, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM outbox WHERE dead_at IS NOT NULL") == 1


async def test_a_mail_waits_for_a_server_that_is_away(server: MailServer, app: Database, tmp_path: Path) -> None:
    tenant = await a_tenant()
    put_in_force(app.settings(MAATWERK_SMTP_URL="smtp://127.0.0.1:9"))
    mail_id = await queued(tenant)
    await delivered(tenant)
    put_in_force(app.settings(MAATWERK_SMTP_URL=server.url))
    later(tmp_path, timedelta(minutes=2))
    await delivered(tenant)
    assert await outcomes(tenant, mail_id) == ["later-connect", "aangenomen"]
    assert len(server.taken()) == 1


@pytest.mark.requirement("ALL-06")
async def test_a_mail_that_comes_back_makes_a_task_once(server: MailServer) -> None:
    tenant = await a_tenant()
    mail_id = await queued(tenant)
    await delivered(tenant)
    came_back = report(f"{mail_id}@maatwerk.example")
    assert await bounced(tenant, came_back)
    assert not await bounced(tenant, came_back)
    await delivered(tenant)
    (logged,) = await log_of(tenant)
    assert (logged.state, logged.failure) == ("gebounced", "terug-5.1.1")
    assert await outcomes(tenant, mail_id) == ["aangenomen", "terug-5.1.1"]
    assert len(await tasks(tenant)) == 1


async def test_a_report_of_delay_is_noted_and_changes_nothing(server: MailServer) -> None:
    tenant = await a_tenant()
    mail_id = await queued(tenant)
    await delivered(tenant)
    assert await bounced(tenant, report(f"{mail_id}@maatwerk.example", "delayed", "4.4.1"))
    (logged,) = await log_of(tenant)
    assert logged.state == "verzonden"
    assert await outcomes(tenant, mail_id) == ["aangenomen", "vertraagd-4.4.1"]
    assert await tasks(tenant) == []


async def test_a_report_about_a_mail_of_another_tenant_or_of_nobody_changes_nothing(server: MailServer) -> None:
    tenant = await a_tenant()
    mail_id = await queued(tenant)
    await delivered(tenant)
    assert not await bounced(await a_tenant(), report(f"{mail_id}@maatwerk.example"))
    assert not await bounced(tenant, report(f"{uuid4()}@maatwerk.example"))
    assert not await bounced(tenant, b"Subject: Afwezig\r\n\r\nIk ben er maandag weer.")
    (logged,) = await log_of(tenant)
    assert logged.state == "verzonden"


async def test_neither_address_nor_text_stands_readable_in_the_database(server: MailServer, app: Database) -> None:
    tenant = await a_tenant()
    await queued(tenant)
    await delivered(tenant)
    connection = await asyncpg.connect(app.url("postgres"))
    try:
        tables = ("mail", "mail_attempt", "outbox")
        rows = [row for table in tables for row in await connection.fetch(f"SELECT * FROM {table}")]
    finally:
        await connection.close()
    everything = b"".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
    for word in (b"school.example", b"Jet", b"volledig", b"verband.example"):
        assert word not in everything


async def test_the_delivery_log_is_final(server: MailServer) -> None:
    tenant = await a_tenant()
    await queued(tenant)
    await delivered(tenant)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        async with scope(tenant, None) as tx:
            await tx.execute("UPDATE mail_attempt SET outcome = 'mooi'")
