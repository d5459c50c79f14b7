"""Processes killed at the worst moment, one at a time: what was committed counts once, what was not is done again, and the only
double is a mail that the mail server had taken already, under the same Message-ID."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from maatwerk import clock
from maatwerk.local.client import Person
from maatwerk.local.ports import LOOPBACK, answers, free_port
from tests.journeys.processes import eventually
from tests.survival.applications import SCHOOLS, TENANT, Application, Cast, Progress
from tests.survival.besieged import Besieged
from tests.survival.inventory import aside
from tests.survival.patience import Patient

OF_ACTS = "SELECT kind, seq FROM case_act WHERE case_id = $1::uuid ORDER BY seq"
OF_MAILS = "SELECT kind, state, attempts, message_id FROM mail WHERE case_id = $1::uuid AND kind = $2"
OF_JOBS = "SELECT attempts, done_at, dead_at FROM outbox WHERE handler = $2 AND payload ->> 'case_id' = $1"
OF_LETTERS = "SELECT id FROM file WHERE case_id = $1::uuid AND purpose = 'brief'"
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = $1::regclass"
TIMERS = "SELECT due_at FROM timer WHERE case_id = $1::uuid"


def rows(service: Besieged, query: str, *values: Any) -> Sequence[Any]:
    async def ask() -> Sequence[Any]:
        connection = await asyncpg.connect(service.as_superuser())
        try:
            return list(await connection.fetch(query, *values))
        finally:
            await connection.close()

    return aside(ask())


class Held:
    """A table that nobody can write to for a while: whoever tries stands still in the middle of its transaction."""

    def __init__(self, service: Besieged, table: str) -> None:
        self._service = service
        self._table = table
        self._holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, service.as_superuser(), table], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._holder.stdout is not None
        self._holder.stdout.readline()

    def is_waited_for(self) -> bool:
        return bool(rows(self._service, WAITING, self._table)[0][0])

    def release(self) -> None:
        self._holder.communicate(b"\n")


HOLD = """
import asyncio, asyncpg, sys
async def hold():
    connection = await asyncpg.connect(sys.argv[1])
    async with connection.transaction():
        await connection.execute(f"LOCK TABLE {sys.argv[2]} IN SHARE ROW EXCLUSIVE MODE")
        print(flush=True)
        await asyncio.to_thread(sys.stdin.readline)
    await connection.close()
asyncio.run(hold())
"""


@contextmanager
def held(service: Besieged, table: str) -> Iterator[Held]:
    hold = Held(service, table)
    try:
        yield hold
    finally:
        hold.release()


@pytest.fixture(scope="module")
def cast(service: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    with closing(Cast(service.url, service.accounts, tmp_path_factory.mktemp("cast"))) as cast:
        cast.gather()
        yield cast


@pytest.fixture
def application(cast: Cast) -> Application:
    """One that nobody has begun yet."""
    return Application(cast, 0, Progress())


@contextmanager
def mortal_api(service: Besieged, port: int, order: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """One more API process, which dies when it is told to."""
    env = os.environ | service.environment() | {"SURVIVAL_DIES": str(order), "MAATWERK_PORT": str(port)}
    command = ["uvicorn", "--factory", "tests.survival.dying_api:create", "--host", LOOPBACK, "--port", str(port)]
    with subprocess.Popen([sys.executable, "-m", *command, "--log-level", "critical"], env=env) as process:
        try:
            assert eventually(lambda: answers(port))
            yield process
        finally:
            process.terminate()


def test_an_api_that_dies_between_commit_and_answer_gives_the_answer_to_the_retry(
    service: Besieged, cast: Cast, application: Application, tmp_path: Path
) -> None:
    application.begin()
    port, order, transport = free_port(), tmp_path / "sterf", Patient()
    account = service.accounts[SCHOOLS[0].address]
    with closing(Person(f"http://{LOOPBACK}:{port}", account, TENANT, transport)) as bas, ThreadPoolExecutor(1) as pool:
        with mortal_api(service, port, order) as process:
            bas.log_in()
            order.touch()
            answer = pool.submit(bas.act, application.case_id, "indienen")
            assert process.wait(60) == -9
        assert [tuple(row) for row in rows(service, OF_ACTS, application.case_id)] == [("indienen", 1)]
        with mortal_api(service, port, order):
            done = answer.result(60)
    assert (done["handeling"], done["volgnummer"]) == ("indienen", 1)
    assert transport.replayed == [f"POST /api/v1/aanvragen/{application.case_id}/handelingen"]
    assert [tuple(row) for row in rows(service, OF_ACTS, application.case_id)] == [("indienen", 1)]
    assert len(rows(service, OF_MAILS, application.case_id, "ontvangst")) == 1


def test_an_api_that_dies_before_commit_leaves_nothing_and_the_retry_does_it(
    service: Besieged, application: Application
) -> None:
    application.begin()
    with ThreadPoolExecutor(1) as pool:
        with held(service, "mail") as mail:
            done = pool.submit(application.file)
            assert eventually(mail.is_waited_for)
            service.kill("api")
            assert rows(service, OF_ACTS, application.case_id) == []
        done.result(60)
    assert [tuple(row) for row in rows(service, OF_ACTS, application.case_id)] == [("indienen", 1)]
    assert len(rows(service, OF_MAILS, application.case_id, "ontvangst")) == 1


@pytest.mark.parametrize("moment", ["while the letter is made", "while the letter is stored and mailed"])
def test_a_worker_killed_in_the_middle_of_sending_the_decision_neither_loses_nor_doubles_the_letter(
    service: Besieged, application: Application, moment: str
) -> None:
    for step in (application.begin, application.file, application.complete, application.review):
        step()
    case_id = application.case_id
    if moment == "while the letter is made":
        application.decide()
        assert eventually(
            lambda: any(row["attempts"] for row in rows(service, OF_JOBS, case_id, "decisions.send_letter"))
        )
        service.lapse()
    else:
        with held(service, "mail") as mail:
            application.decide()
            assert eventually(mail.is_waited_for)
            service.lapse()
            assert rows(service, OF_LETTERS, case_id) == []
    arrives(service, case_id, "besluit_akkoord")
    assert len(rows(service, OF_LETTERS, case_id)) == 1
    (job,) = rows(service, OF_JOBS, case_id, "decisions.send_letter")
    assert job["done_at"] and not job["dead_at"]
    assert job["attempts"] == 2 or moment == "while the letter is made"
    assert len(service.mails(f"Besluit op uw aanvraag {application.number}")) == 1


def test_a_mail_that_was_taken_when_the_worker_died_comes_twice_with_one_message_id(
    service: Besieged, application: Application
) -> None:
    application.begin()
    with held(service, "mail_attempt") as attempt:
        application.file()
        about = f"Uw aanvraag {application.number} is ontvangen"
        assert eventually(lambda: bool(service.mails(about)))
        assert eventually(attempt.is_waited_for)
        service.lapse()
    arrives(service, application.case_id, "ontvangst")
    first, second = [dict(mail.headers)["Kenmerk"] for mail in service.mails(about)]
    assert first == second
    (mail,) = rows(service, OF_MAILS, application.case_id, "ontvangst")
    assert mail["message_id"] in first


def arrives(service: Besieged, case_id: str, kind: str) -> None:
    """Waits until the one mail of this kind was sent."""

    def sent() -> bool:
        return [mail["state"] for mail in rows(service, OF_MAILS, case_id, kind)] == ["verzonden"]

    assert eventually(sent)


def test_a_redis_that_is_gone_when_a_deadline_comes_does_not_lose_it(
    service: Besieged, application: Application
) -> None:
    application.begin()
    application.file()
    application.complete()
    application.await_the_pack()
    (timer,) = rows(service, TIMERS, application.case_id)
    service.redis.kill()
    try:
        service.move(timer["due_at"] - clock.now() + timedelta(seconds=1))
        assert eventually(lambda: bool(rows(service, OF_JOBS, application.case_id, "cases.tick")))
        assert rows(service, OF_MAILS, application.case_id, "termijn_nadert") == []
    finally:
        service.redis.start()
    service.move(timedelta(minutes=1))
    arrives(service, application.case_id, "termijn_nadert")
    assert all(job["done_at"] for job in rows(service, OF_JOBS, application.case_id, "cases.tick"))
    assert rows(service, TIMERS, application.case_id)[0]["due_at"] > timer["due_at"]
