"""Whatever a tenant's own key seals is declared beside its table: an undeclared place would be lost with the older key."""

import re
from pathlib import Path

from maatwerk import startup

SOURCES = Path(__file__).parents[2] / "src/maatwerk"
WITH_TENANT_KEY = re.compile(r"\bseal\(\s*await tenant_key\(tx\)|\b(key|outer)\b.*= .*await tenant_key\(tx\)")
TABLE = re.compile(r"Context\(\s*[\w.]+,\s*\"(\w+)\"")


def test_every_table_that_a_tenants_key_seals_is_declared() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py") if path.name != "rotating.py"}
    sealing = [text for text in texts.values() if WITH_TENANT_KEY.search(text) and TABLE.search(text)]
    tables = {table for text in sealing for table in TABLE.findall(text)}
    assert len(tables) >= 7, "the pattern finds what it is for"
    assert tables - {place.table for place in startup.sealed_places()} == set()


def test_what_is_declared_exists_as_a_column_that_may_be_sealed() -> None:
    columns = {
        (table._meta.tablename, column._meta.name): column.column_type
        for table in startup.declared_tables()
        for column in table._meta.columns
    }
    for place in startup.sealed_places():
        assert {columns[place.table, name] for name in place.columns} == {"BYTEA"}
        assert all((place.table, name) in columns for name in (*place.record, *filter(None, [place.key_column])))
