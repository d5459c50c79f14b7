"""Sealing, keys and the KEK: a value opens in its own place with its own key, and after destruction never again."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from maatwerk.crypto import (
    RING,
    Context,
    Erased,
    FileKek,
    KekUnusable,
    Key,
    Unreadable,
    add_kek,
    blind_index,
    case_key,
    destroy_case_key,
    destroy_pack_key,
    index_value,
    new_case_key,
    new_pack_key,
    open_pack_key,
    seal,
    tenant_key,
    unseal,
)
from maatwerk.crypto.rewrap import rewrap
from maatwerk.rules.refusals import Conflict, NotFound
from maatwerk.tenancy import named_scope, scope
from tests.builders import a_tenant
from tests.databases import Database

KEY = Key(UUID(int=1), bytes(range(32)))
PLACE = Context(UUID(int=2), "applicant", "name", UUID(int=3))
PLAIN = "Voorbeeld é".encode()


def test_what_was_sealed_opens_in_its_place() -> None:
    assert unseal(KEY, PLACE, seal(KEY, PLACE, PLAIN)) == PLAIN
    assert seal(KEY, PLACE, PLAIN) != seal(KEY, PLACE, PLAIN)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Context(UUID(int=9), "applicant", "name", UUID(int=3)),
        Context(UUID(int=2), "applican", "tname", UUID(int=3)),
        Context(UUID(int=2), "applicant", "phone", UUID(int=3)),
        Context(UUID(int=2), "applicant", "name", UUID(int=4)),
        Context(UUID(int=2), "applicant", "name", "3"),
    ],
)
def test_a_blob_moved_to_another_place_does_not_open(elsewhere: Context) -> None:
    with pytest.raises(Unreadable):
        unseal(KEY, elsewhere, seal(KEY, PLACE, PLAIN))


def test_every_flipped_bit_is_noticed() -> None:
    blob = seal(KEY, PLACE, PLAIN)
    for place in range(len(blob)):
        for bit in range(8):
            changed = bytearray(blob)
            changed[place] ^= 1 << bit
            with pytest.raises(Unreadable):
                unseal(KEY, PLACE, bytes(changed))


def test_a_cut_blob_is_noticed_at_every_length() -> None:
    blob = seal(KEY, PLACE, PLAIN)
    for length in range(len(blob)):
        with pytest.raises(Unreadable):
            unseal(KEY, PLACE, blob[:length])


def test_another_key_is_never_tried_even_under_the_same_id() -> None:
    blob = seal(KEY, PLACE, PLAIN)
    for other in (Key(UUID(int=5), KEY.secret), Key(KEY.id, bytes(32))):
        with pytest.raises(Unreadable):
            unseal(other, PLACE, blob)


def test_a_key_does_not_show_its_secret() -> None:
    assert "secret" not in repr(KEY) and KEY.secret.hex() not in repr(KEY)


def test_a_blind_index_is_equal_for_equal_values_of_one_column_only() -> None:
    one = blind_index(KEY, "person", "email", "Ana@School.Example ")
    assert one == blind_index(KEY, "person", "email", "ana@school.example")
    assert one != blind_index(KEY, "person", "phone", "ana@school.example")
    assert one != blind_index(Key(KEY.id, bytes(32)), "person", "email", "ana@school.example")
    assert len(one) == 16


async def test_a_tenant_keeps_its_keys_and_shares_none(app: Database) -> None:
    one, other = await a_tenant(), await a_tenant()
    async with scope(one, None) as tx:
        first, root = await tenant_key(tx), await tenant_key(tx, "index")
    RING.forget()
    async with scope(one, None) as tx:
        assert await tenant_key(tx) == first
    async with scope(other, None) as tx:
        second = await tenant_key(tx)
        assert await index_value(tx, "person", "email", "a") != blind_index(root, "person", "email", "a")
    assert len({first.secret, second.secret, root.secret}) == 3


async def test_a_key_of_a_transaction_that_rolled_back_is_never_used_again(app: Database) -> None:
    tenant = await a_tenant()
    with pytest.raises(ZeroDivisionError):
        async with scope(tenant, None) as tx:
            gone = [await tenant_key(tx), await tenant_key(tx)]
            raise ZeroDivisionError
    async with scope(tenant, None) as tx:
        kept = await tenant_key(tx)
    assert kept not in gone


async def test_a_key_that_is_not_committed_yet_is_nobody_elses(app: Database) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        key = await tenant_key(tx)
        assert await tenant_key(tx) == key
        assert RING.recall(tenant, "data") is None
    async with scope(tenant, None) as tx:
        assert await tenant_key(tx) == key
    assert RING.recall(tenant, "data") == key


async def test_the_identity_scope_has_a_key_that_no_tenant_sees(app: Database) -> None:
    async with named_scope("identity") as tx:
        key = await tenant_key(tx)
    async with scope(await a_tenant(), None) as tx:
        assert await tenant_key(tx) != key
        assert await tx.fetchval("SELECT count(*) FROM tenant_key") == 1


async def test_a_destroyed_case_key_answers_that_the_data_is_erased(app: Database) -> None:
    tenant, case = await a_tenant(), uuid4()
    async with scope(tenant, None) as tx:
        key = await new_case_key(tx, case)
        pack = uuid4()
        await new_pack_key(tx, case, pack, ["seat-1"])
    async with scope(tenant, None) as tx:
        assert await case_key(tx, case) == key
        await destroy_case_key(tx, case)
    async with scope(tenant, None) as tx:
        with pytest.raises(Erased, match="gewist"):
            await case_key(tx, case)
        with pytest.raises(Erased):
            await open_pack_key(tx, pack, "seat-1")
        with pytest.raises(Conflict):
            await new_case_key(tx, case)
        assert await tx.fetchval("SELECT count(*) FROM case_key WHERE wrapped IS NOT NULL") == 0


async def test_a_case_key_swapped_with_another_case_does_not_open(app: Database) -> None:
    tenant, one, other = await a_tenant(), uuid4(), uuid4()
    async with scope(tenant, None) as tx:
        await new_case_key(tx, one)
        await new_case_key(tx, other)
        await tx.execute("UPDATE case_key c SET wrapped = o.wrapped FROM case_key o WHERE o.case_id <> c.case_id")
        with pytest.raises(Unreadable):
            await case_key(tx, one)


async def test_a_pack_opens_for_its_seats_and_for_no_other(app: Database) -> None:
    tenant, pack = await a_tenant(), uuid4()
    async with scope(tenant, None) as tx:
        key = await new_pack_key(tx, uuid4(), pack, ["seat-1", "seat-2"])
        assert await open_pack_key(tx, pack, "seat-1") == await open_pack_key(tx, pack, "seat-2") == key
        with pytest.raises(NotFound):
            await open_pack_key(tx, pack, "seat-3")
        await tx.execute("UPDATE pack_key p SET wrapped = o.wrapped FROM pack_key o WHERE o.seat <> p.seat")
        with pytest.raises(Unreadable):
            await open_pack_key(tx, pack, "seat-1")
        await destroy_pack_key(tx, pack)
        with pytest.raises(Erased):
            await open_pack_key(tx, pack, "seat-2")


@pytest.fixture
def kek_file(tmp_path: Path) -> Iterator[Path]:
    """A KEK of this test's own, in force for as long as it runs."""
    before = RING.required()
    path = tmp_path / "kek"
    add_kek(path)
    RING.use(FileKek(path))
    yield path
    RING.use(before)


def drop_kek(path: Path, name: str) -> None:
    """Takes an older KEK out of the file and puts the file in force."""
    content = json.loads(path.read_text())
    del content["keys"][name]
    path.write_text(json.dumps(content))
    RING.use(FileKek(path))


async def test_rewrapping_lets_the_old_kek_go_and_goes_on_where_it_stopped(app: Database, kek_file: Path) -> None:
    tenants = [await a_tenant(f"t{number}") for number in range(3)]
    keys = []
    for tenant in tenants:
        async with scope(tenant, None) as tx:
            keys.append(await tenant_key(tx))
    async with named_scope("identity") as tx:
        keys.append(await tenant_key(tx))
    add_kek(kek_file)
    RING.use(FileKek(kek_file))
    done = []
    async for owner in rewrap():
        done.append((owner.owner, owner.keys))
        if len(done) == 2:
            break
    assert done == [("", 1), ("t0", 1)]
    assert [(owner.owner, owner.keys) async for owner in rewrap()] == [("", 0), ("t0", 0), ("t1", 1), ("t2", 1)]
    drop_kek(kek_file, "k1")
    for tenant, key in zip(tenants, keys, strict=False):
        async with scope(tenant, None) as tx:
            assert await tenant_key(tx) == key
    async with named_scope("identity") as tx:
        assert await tenant_key(tx) == keys[-1]


async def test_a_running_process_meets_a_newer_kek_without_a_restart(app: Database, kek_file: Path) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        key = await tenant_key(tx)
    running = RING.required()
    add_kek(kek_file)
    RING.use(FileKek(kek_file))
    assert [owner.keys async for owner in rewrap()] == [0, 1]
    RING.use(running)
    async with scope(tenant, None) as tx:
        assert await tenant_key(tx) == key


async def test_a_missing_kek_is_told_from_a_wrong_one(app: Database, kek_file: Path) -> None:
    tenant = await a_tenant()
    async with scope(tenant, None) as tx:
        await tenant_key(tx)
    add_kek(kek_file)
    drop_kek(kek_file, "k1")
    async with scope(tenant, None) as tx:
        with pytest.raises(Unreadable):
            await tenant_key(tx)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620])
def test_a_kek_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    add_kek(tmp_path / "kek")
    os.chmod(tmp_path / "kek", mode)
    with pytest.raises(KekUnusable, match="0600"):
        FileKek(tmp_path / "kek")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"active": "k1", "keys": {}}',
        '{"active": "k1", "keys": {"k1": "AAAA"}}',
        '{"active": 1, "keys": 2}',
    ],
)
def test_a_damaged_kek_is_refused_in_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kek"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KekUnusable, match="niet te lezen"):
        FileKek(path)


def test_a_new_kek_keeps_the_older_and_is_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "kek"
    assert [add_kek(path), add_kek(path)] == ["k1", "k2"]
    assert path.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(path.read_text())["keys"]) == {"k1", "k2"}
    assert [file.name for file in path.parent.iterdir()] == ["kek"]
    assert "k2" in repr(FileKek(path)) and json.loads(path.read_text())["keys"]["k2"] not in repr(FileKek(path))
