"""What the service is installed with it uses, and the lock file holds it: a package that nobody imports is only a way in."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
USED_WITHOUT_IMPORT = {"uvloop", "httptools"}  # uvicorn takes both where they are installed


def named(requirement: str) -> str:
    """The distribution that a requirement names, in one spelling."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[._-]+", "-", found[0]).lower()


def imported() -> set[str]:
    """The distributions of which the service's code imports a module."""
    modules: set[str] = set()
    for path in (path for folder in ("src", "workers", "migrations") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.partition(".")[0])
    return {
        named(owner) for module, owners in packages_distributions().items() if module in modules for owner in owners
    }


def test_every_package_that_the_service_asks_for_is_used() -> None:
    wanted = {named(requirement) for requirement in PROJECT["dependencies"]}
    assert wanted - imported() == USED_WITHOUT_IMPORT


def test_the_lock_file_holds_every_package_that_is_asked_for() -> None:
    locked = {named(line) for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if "==" in line}
    extras = [requirement for more in PROJECT["optional-dependencies"].values() for requirement in more]
    assert {named(requirement) for requirement in [*PROJECT["dependencies"], *extras]} - locked == set()
