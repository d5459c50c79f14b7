"""Whether a pack is still that of its case is told without reading its texts, until something around the case changes."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest

from maatwerk.anonymisation.actions.renew import renew_waiting
from maatwerk.anonymisation.actions.show_pack import Shown, show_pack
from maatwerk.people.queries import Seat
from maatwerk.tenancy import scope
from tests import uploads
from tests.databases import Database
from tests.packs import attach, deliver, with_pack
from tests.partnership import Partnership, enlist, regio_36

TEXT_OF_A_FILE = "FROM file_chunk WHERE tenant_id = $1 AND file_id = $2 AND variant = $3"


@dataclass
class Watched:
    """A transaction that keeps of every statement what it asked for."""

    tx: Any
    asked: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.tx, name)
        if name not in ("fetch", "fetchrow", "fetchval", "execute"):
            return found

        async def ask(sql: str, *arguments: object) -> Any:
            self.asked.append(f"{sql} {arguments}")
            return await found(sql, *arguments)

        return ask

    @property
    def texts_read(self) -> int:
        return sum(TEXT_OF_A_FILE in each and "'tekst'" in each for each in self.asked)


@pytest.fixture
async def region(app: Database) -> Partnership:
    return await regio_36()


async def looks(region: Partnership, case_id: UUID) -> tuple[Shown, int]:
    """(the pack, how many texts of attachments were read for it)."""
    jolijn = region.callers["jolijn"]
    async with scope(region.tenant_id, jolijn.person_id) as tx:
        watched = Watched(tx)
        return await show_pack(watched, jolijn, case_id), watched.texts_read  # type: ignore[arg-type]


async def joins(region: Partnership, name: str) -> None:
    await enlist(region, "wil", ["reviewer"], [Seat("de_meierij", True)])
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE membership SET name = $2 WHERE id = $1", region.callers["wil"].membership_id, name)


async def with_attachment(region: Partnership) -> UUID:
    case_id = await region.open()
    await attach(region, case_id, "verslag.pdf", uploads.pdf("Verslag van zandstra"))
    return await with_pack(region, case_id)


async def test_no_text_of_an_attachment_is_read_again_to_show_a_pack(region: Partnership) -> None:
    shown, read = await looks(region, await with_attachment(region))
    assert (shown.being_made, read) == (False, 0)
    assert any("zandstra" in item.content.original for item in shown.items)


async def test_after_a_member_came_whom_no_text_names_they_are_read_once(region: Partnership) -> None:
    case_id = await with_attachment(region)
    before = (await looks(region, case_id))[0].pack
    await joins(region, "Wil de Groot")
    shown, read = await looks(region, case_id)
    assert (shown.being_made, read) == (False, 1)
    shown, read = await looks(region, case_id)
    assert (shown.being_made, read, shown.pack.seq) == (False, 0, before.seq)


async def test_a_pack_that_was_made_again_and_stayed_the_same_keeps_its_version_and_is_not_read_either(
    region: Partnership,
) -> None:
    case_id = await with_attachment(region)
    before = (await looks(region, case_id))[0].pack
    await joins(region, "Wil de Groot")
    async with scope(region.tenant_id, None) as tx:
        await renew_waiting(tx)
    assert await deliver(region.tenant_id) == 1
    shown, read = await looks(region, case_id)
    assert (shown.being_made, read, shown.pack.seq) == (False, 0, before.seq)


async def test_a_pack_from_before_the_second_index_is_known_again_and_gets_it(region: Partnership) -> None:
    case_id = await with_attachment(region)
    async with scope(region.tenant_id, None) as tx:
        await tx.execute("UPDATE pack SET basis = substr(basis, 17) WHERE case_id = $1", case_id)
    shown, read = await looks(region, case_id)
    assert (shown.being_made, read) == (False, 1)
    shown, read = await looks(region, case_id)
    assert (shown.being_made, read) == (False, 0)
