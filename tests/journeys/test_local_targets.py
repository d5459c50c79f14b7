"""Where the demo refuses to go: another's port, another's database, an address that others can reach."""

import socket
from pathlib import Path

import pytest

from maatwerk.db.demo import mark_demo
from maatwerk.local import targets
from maatwerk.local.demo_service import DemoService
from maatwerk.local.faults import LocalFault
from maatwerk.local.ports import LOOPBACK, free_port
from maatwerk.settings import Settings
from tests.databases import Database


def settings(folder: Path, **more: str) -> Settings:
    return Settings.from_environment({"MAATWERK_DATA": str(folder / "data")} | more)


def refusal(settings: Settings) -> str:
    with pytest.raises(LocalFault) as fault:
        DemoService(settings, lambda line: None).run()
    return str(fault.value)


def test_a_busy_port_is_one_sentence_with_its_mend(tmp_path: Path) -> None:
    with socket.create_server((LOOPBACK, 0)) as somebody:
        port = somebody.getsockname()[1]
        said = refusal(settings(tmp_path, MAATWERK_PORT=str(port)))
    assert said.startswith(f"Poort {port} is bezet door een ander programma. Stop dat programma, of kies")
    assert "\n" not in said


@pytest.mark.parametrize("port", ["0", "80", "70000"])
def test_a_port_that_cannot_be_is_one_sentence(tmp_path: Path, port: str) -> None:
    assert refusal(settings(tmp_path, MAATWERK_PORT=port)).startswith(f"Poort {port} kan niet.")


def test_an_address_that_others_can_reach_is_refused(tmp_path: Path) -> None:
    said = refusal(settings(tmp_path, MAATWERK_PUBLIC_URL="https://maatwerk.example"))
    assert said.startswith("De demo is alleen op deze machine te bereiken")
    assert not (tmp_path / "data").exists()


def test_a_database_elsewhere_needs_all_three_of_its_roles(tmp_path: Path) -> None:
    said = refusal(settings(tmp_path, MAATWERK_DATABASE_URL="postgresql://maatwerk_app@127.0.0.1/x"))
    assert "MAATWERK_DISPATCH_DATABASE_URL en MAATWERK_MIGRATE_DATABASE_URL" in said


def test_a_redis_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    said = refusal(
        settings(tmp_path, MAATWERK_PORT=str(free_port()), MAATWERK_REDIS_URL=f"redis://127.0.0.1:{free_port()}")
    )
    assert said.startswith("De Redis van MAATWERK_REDIS_URL is niet te bereiken.")


def test_a_lost_kek_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "data" / "postgres").mkdir(parents=True)
    (tmp_path / "data" / "secrets.json").write_text(
        '{"postgres": "a", "maatwerk_migrate": "a", "maatwerk_app": "a", "maatwerk_dispatch": "a", "redis": "a"}'
    )
    said = refusal(settings(tmp_path, MAATWERK_PORT=str(free_port())))
    assert said.startswith("De hoofdsleutel")
    assert not (tmp_path / "data" / "kek").exists()


async def test_a_database_without_the_marker_is_left_alone(own_database: Database) -> None:
    with pytest.raises(LocalFault, match="niet door de demo gemaakt"):
        await targets.refuse_foreign_database(own_database.url())


async def test_a_database_with_the_marker_is_welcome(own_database: Database) -> None:
    await mark_demo(own_database.url("maatwerk_migrate"))
    await targets.refuse_foreign_database(own_database.url())


@pytest.mark.parametrize("url", ["postgresql://x:geheim@127.0.0.1:1/x", "geen adres", "postgresql://"])
async def test_a_database_that_cannot_be_reached_is_one_sentence_without_secrets(url: str) -> None:
    with pytest.raises(LocalFault, match=r"^De database van MAATWERK_DATABASE_URL is niet te bereiken\.") as fault:
        await targets.refuse_foreign_database(url)
    assert "geheim" not in str(fault.value)
