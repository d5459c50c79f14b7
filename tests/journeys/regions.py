"""Invented regions on the running service: their people and schools stand beside this file, their rules are those of tests/tenants."""

import shutil
from pathlib import Path

from tests.journeys.service import Service

PEOPLE = Path(__file__).parent / "regios"
RULES = Path(__file__).parents[1] / "tenants"
WORKERS = "mensen.txt"


def rules_of(name: str) -> str:
    return (RULES / f"{name}.toml").read_text(encoding="utf-8")


def settles_in(service: Service, tenant: str, day: str, *, rules: str = "") -> Service:
    """The service on a day, with a region as a tenant from then on; `rules` names its scheme file, without which it has none yet."""
    service.goes_to(day)
    folder = service.settings.tenants / tenant
    if not folder.exists():
        shutil.copytree(PEOPLE / tenant, folder, ignore=shutil.ignore_patterns(WORKERS))
        if rules:
            shutil.copy(RULES / f"{rules}.toml", folder / "scheme.toml")
        service.loads_tenants()
    return service


def welcomes_workers(service: Service, tenant: str) -> None:
    """Whoever works by the rules becomes a member, in the functions that they name."""
    folder = service.settings.tenants / tenant
    people = (PEOPLE / tenant / WORKERS).read_text(encoding="utf-8")
    file = folder / "demo.toml"
    if people not in file.read_text(encoding="utf-8"):
        file.write_text(file.read_text(encoding="utf-8") + people, encoding="utf-8")
        service.loads_tenants()
