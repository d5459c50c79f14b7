"""Words that may not stand in the sources, because of what they do here: each is a trap that was met."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [path for folder in ("src", "workers", "migrations") for path in (ROOT / folder).rglob("*.py")]

FORBIDDEN = {
    "a wall clock beside maatwerk.clock": (
        r"datetime\.now\(|utcnow\(|date\.today\(|\btime\.time(_ns)?\(",
        {"clock.py"},
    ),
    "the database's clock": (
        r"""(?i)["' (=,]now\(\)|current_timestamp|current_date|clock_timestamp""",
        {"clock.py", "migrate.py"},
    ),
    "batch(), which leaves the transaction": (r"\.batch\(", set()),
    "Piccolo's foreign keys, which know no tenant": (r"\bForeignKey\b", set()),
    "a setting that outlives its transaction": (r"set_config\([^)]*false\s*\)|\bSET SESSION\b", set()),
    "unsealing with the active key, where an older one may have sealed": (r"unseal\(\s*await tenant_key", set()),
    "an identifier made by the database": (r"gen_random_uuid|uuid_generate", set()),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_sources_do_without(what: str) -> None:
    pattern, allowed = FORBIDDEN[what]
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        if path.name not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line) and "clock.now()" not in line
    ]
    assert found == []
