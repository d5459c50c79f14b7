"""What must be true of the database as a whole: read from PostgreSQL's own catalogue and compared with the tables that
the code declares. `maatwerk check` and a test ask it; each fault is one Dutch line."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import asyncpg
from piccolo.columns import Column
from piccolo.table import Table

OWN_TABLES = ("migration",)
OPEN_READING = frozenset({"tenant", "demo_marker"})
LOOKS_AT = ("'app.tenant_id'", "'app.scope'", " FROM tenant_")
DEFINERS: frozenset[str] = frozenset()
CLASSES = ("none", "staff", "direct_id", "quasi_id", "health", "free_text", "secret")
HELP = re.compile(rf"class=({'|'.join(CLASSES)}); keep=\S.*")
TYPES = {
    "UUID": "uuid",
    "TEXT": "text",
    "INTEGER": "integer",
    "SMALLINT": "smallint",
    "BIGINT": "bigint",
    "BOOLEAN": "boolean",
    "BYTEA": "bytea",
    "DATE": "date",
    "JSONB": "jsonb",
    "TIMESTAMPTZ": "timestamp with time zone",
    "TIMESTAMP WITH TIME ZONE": "timestamp with time zone",
    "INTERVAL": "interval",
    "NUMERIC": "numeric",
    "DOUBLE PRECISION": "double precision",
    "REAL": "real",
}

TABLES = """
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS guarded,
           EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id') AS of_tenant,
           pg_get_userbyid(c.relowner) AS owner
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND c.relname <> ALL ($1)
    ORDER BY c.relname
"""
POLICIES = """
    SELECT tablename AS name, policyname, roles::text[] AS roles, cmd, coalesce(qual, with_check) AS condition
    FROM pg_policies WHERE schemaname = 'public' ORDER BY tablename, policyname
"""
KEYS = """
    SELECT c.relname AS name, i.indexrelid::regclass::text AS key, a.attname AS first, c.relname AS to
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT c.relname, o.conname, a.attname, t.relname
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_class t ON t.oid = o.confrelid
    JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[1]
    WHERE o.contype = 'f' AND o.connamespace = 'public'::regnamespace
"""
VIEWS = """
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace
      AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions, '{}') && '{security_invoker=true,security_invoker=on}')
"""
FUNCTIONS = "SELECT proname AS name FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
COLUMNS = """
    SELECT c.relname AS name, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS null
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0
      AND NOT a.attisdropped AND c.relname <> ALL ($1)
"""


async def faults(connection: asyncpg.Connection, tables: Sequence[type[Table]]) -> list[str]:
    """Every fault of the database the connection is on; `tables` are all that the code declares."""
    present = await connection.fetch(TABLES, OWN_TABLES)
    of_tenant = {row["name"] for row in present if row["of_tenant"]}
    policies = await connection.fetch(POLICIES)
    keys = await connection.fetch(KEYS)
    columns = await connection.fetch(COLUMNS, OWN_TABLES)
    return [
        *(f"Tabel {row['name']} mist (FORCE) ROW LEVEL SECURITY." for row in present if not row["guarded"]),
        *(f"Tabel {row['name']} is van {row['owner']}." for row in present if row["owner"] != "maatwerk_owner"),
        *_policy_faults({row["name"] for row in present}, policies),
        *_key_faults(of_tenant, keys),
        *(f"View {row['name']} mist security_invoker." for row in await connection.fetch(VIEWS)),
        *(
            f"Functie {row['name']} is SECURITY DEFINER."
            for row in await connection.fetch(FUNCTIONS)
            if row["name"] not in DEFINERS
        ),
        *column_faults(tables, columns),
        *declaration_faults(tables),
    ]


def _policy_faults(present: set[str], policies: Iterable[Any]) -> list[str]:
    """Each table has a policy; one that lets everybody through is for the dispatcher, or for reading an open table."""
    found = [f"Tabel {name} heeft geen policy." for name in sorted(present - {row["name"] for row in policies})]
    for row in policies:
        open_to_all = row["condition"] == "true" and row["roles"] != ["maatwerk_dispatch"]
        if open_to_all and not (row["cmd"] == "SELECT" and row["name"] in OPEN_READING):
            found.append(f"Policy {row['policyname']} van {row['name']} laat alles door.")
        elif row["condition"] != "true" and not any(word in row["condition"] for word in LOOKS_AT):
            found.append(f"Policy {row['policyname']} van {row['name']} kijkt niet naar de tenant.")
    return found


def _key_faults(of_tenant: set[str], keys: Iterable[Any]) -> list[str]:
    """Uniqueness and references within tenants begin with the tenant: neither looks at row-level security."""
    return [
        f"Sleutel {row['key']} van {row['name']} begint niet met tenant_id."
        for row in keys
        if row["name"] in of_tenant and row["to"] in of_tenant and row["first"] != "tenant_id"
    ]


def column_faults(tables: Iterable[type[Table]], columns: Iterable[Any]) -> list[str]:
    """Where the columns of the database (name, column, type, null) and of the code differ."""
    real: dict[tuple[str, str], tuple[str, bool]] = {
        (row["name"], row["column"]): (row["type"], row["null"]) for row in columns
    }
    declared = {
        (table._meta.tablename, column._meta.name): (_type(column), column._meta.null)
        for table in tables
        for column in table._meta.columns
    }
    return [
        _difference(place, declared, real)
        for place in sorted(declared.keys() | real.keys())
        if declared.get(place) != real.get(place)
    ]


def _difference(
    place: tuple[str, str],
    declared: Mapping[tuple[str, str], tuple[str, bool]],
    real: Mapping[tuple[str, str], tuple[str, bool]],
) -> str:
    name = ".".join(place)
    if place not in real:
        return f"Kolom {name} staat in de code en niet in de database."
    if place not in declared:
        return f"Kolom {name} staat in de database en niet in de code."
    (wanted, wanted_null), (is_type, is_null) = declared[place], real[place]
    return f"Kolom {name} is {is_type}, null={is_null}; de code zegt {wanted}, null={wanted_null}."


def _type(column: Column) -> str:
    """PostgreSQL's name of a declared column's type."""
    name: str = column.column_type
    if name.endswith("[]"):
        return f"{TYPES.get(name[:-2], name[:-2].lower())}[]"
    if name.startswith("VARCHAR"):
        return name.lower().replace("varchar", "character varying")
    return TYPES.get(name, name.lower())


def declaration_faults(tables: Iterable[type[Table]]) -> list[str]:
    """Columns that do not say their privacy class and what ends their keeping."""
    return [
        f"Kolom {table._meta.tablename}.{column._meta.name} mist een klasse of een bewaargrond."
        for table in tables
        for column in table._meta.columns
        if not HELP.fullmatch(column._meta.help_text or "")
    ]
