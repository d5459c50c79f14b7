"""Viruses: a file with one is refused; one that nobody could scan yet is kept apart until somebody has."""

from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

import pikepdf
import pytest

from maatwerk import outbox
from maatwerk.crypto import new_case_key
from maatwerk.files import queries
from maatwerk.files.actions.remove import remove
from maatwerk.files.actions.scan import scan
from maatwerk.files.actions.upload import Stored, upload
from maatwerk.files.clamd import ScannerAway, is_clean
from maatwerk.rules.refusals import Conflict, Refused
from maatwerk.settings import put_in_force
from maatwerk.tasks.queries import of_case
from maatwerk.tenancy import scope
from tests import uploads
from tests.builders import a_tenant
from tests.databases import Database
from tests.scanner import EICAR, clamd, nobody


def with_virus(document: pikepdf.Pdf) -> None:
    document.Root.Note = document.make_stream(EICAR)


INFECTED = uploads.pdf(change=with_virus, compress_streams=False)


@pytest.fixture
def scanned_by(app: Database) -> Iterator[Callable[[str], None]]:
    """Lets this process use the scanner at a URL, until the test is over."""
    yield lambda url: put_in_force(app.settings(MAATWERK_CLAMD_URL=url))
    put_in_force(app.settings())


async def an_upload(content: bytes) -> tuple[UUID, UUID, Stored]:
    tenant, case = await a_tenant(), uuid4()
    async with scope(tenant, None) as tx:
        await new_case_key(tx, case)
    return tenant, case, await upload(tenant, None, uuid4(), case, "bijlagen", "verslag.pdf", content)


async def delivered(tenant: UUID) -> None:
    """Takes the one waiting row and hands it to the handler, as a worker does."""
    async with scope(tenant, None) as tx:
        waiting = await tx.fetchval("SELECT id FROM outbox WHERE handler = 'files.scan' AND done_at IS NULL")
        job = await outbox.take(tx, waiting)
        assert job is not None
        assert await outbox.begin(tx, job)
    await scan(job)


async def state_of(tenant: UUID, case: UUID) -> str:
    async with scope(tenant, None) as tx:
        (listed,) = await queries.listing(tx, case)
    return listed.state


async def test_a_file_with_a_virus_is_refused(scanned_by: Callable[[str], None]) -> None:
    async with clamd() as url:
        scanned_by(url)
        with pytest.raises(Refused) as refused:
            await an_upload(INFECTED)
    assert [reason.code for reason in refused.value.reasons] == ["bestand_besmet"]


async def test_a_file_without_a_virus_is_ready_at_once(scanned_by: Callable[[str], None]) -> None:
    async with clamd() as url:
        scanned_by(url)
        tenant, case, _ = await an_upload(uploads.pdf())
    assert await state_of(tenant, case) == "klaar"


async def test_a_file_that_could_not_be_scanned_waits_in_quarantine(scanned_by: Callable[[str], None]) -> None:
    scanned_by(await nobody())
    tenant, case, stored = await an_upload(uploads.pdf())
    assert await state_of(tenant, case) == "in_quarantaine"
    async with scope(tenant, None) as tx:
        for variant in ("origineel", "schoon"):
            with pytest.raises(Conflict):
                await queries.content(tx, stored.id, variant)
    with pytest.raises(ScannerAway):
        await delivered(tenant)
    assert await state_of(tenant, case) == "in_quarantaine"


async def test_a_file_leaves_quarantine_when_the_scanner_is_back(scanned_by: Callable[[str], None]) -> None:
    scanned_by(await nobody())
    tenant, case, stored = await an_upload(uploads.pdf())
    async with clamd() as url:
        scanned_by(url)
        await delivered(tenant)
    async with scope(tenant, None) as tx:
        assert (await queries.content(tx, stored.id, "schoon")).startswith(b"%PDF")
        assert await of_case(tx, case) == []


async def test_a_virus_found_afterwards_wipes_the_file_and_makes_a_task(scanned_by: Callable[[str], None]) -> None:
    scanned_by(await nobody())
    tenant, case, stored = await an_upload(INFECTED)
    async with clamd() as url:
        scanned_by(url)
        await delivered(tenant)
    async with scope(tenant, None) as tx:
        (listed,) = await queries.listing(tx, case)
        (task,) = await of_case(tx, case)
        assert (listed.state, task.role) == ("geblokkeerd", "ondersteuner")
        assert "virus" in listed.blocks[0]
        assert await tx.fetchval("SELECT count(*) FROM file_chunk WHERE file_id = $1", stored.id) == 0


async def test_a_file_that_was_removed_meanwhile_needs_no_scan(scanned_by: Callable[[str], None]) -> None:
    scanned_by(await nobody())
    tenant, case, stored = await an_upload(uploads.pdf())
    async with scope(tenant, None) as tx:
        await remove(tx, case, stored.id)
    await delivered(tenant)
    async with scope(tenant, None) as tx:
        assert await tx.fetchval("SELECT count(*) FROM outbox WHERE done_at IS NULL") == 0


async def test_an_answer_that_is_no_verdict_is_not_taken_for_clean() -> None:
    async with clamd(broken=True) as url:
        with pytest.raises(ScannerAway):
            await is_clean(url, b"x" * 200_000)
