"""What a process imports is paid for at each of its starts, six at once under `make up`: the web framework only where the web is
served, the rules only where acts are judged, parsers of uploads only in the process that reads them."""

import os
import subprocess
import sys

import pytest

PARSERS = {"PIL", "lxml", "pikepdf", "pypdf", "puremagic"}
WEB = {"jinja2", "litestar"}
RULES = {"cel_expr_python", "holidays"}
LOADED = "import sys, {module}; print(*sorted(sys.modules))"


@pytest.mark.parametrize(
    ("module", "without"),
    [
        ("maatwerk.asgi", PARSERS),
        ("workers.main", PARSERS | WEB),
        ("workers.relay", PARSERS | WEB | RULES),
        ("workers.ticker", PARSERS | WEB | RULES),
        ("maatwerk.commands.up", PARSERS | WEB),
    ],
)
def test_a_process_carries_nothing_that_it_has_no_use_for(module: str, without: set[str]) -> None:
    environment = os.environ | {"MAATWERK_REDIS_URL": "redis://127.0.0.1:1"}
    argv = [sys.executable, "-c", LOADED.format(module=module)]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert module in loaded
    assert loaded & without == set()
