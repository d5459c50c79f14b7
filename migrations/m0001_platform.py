"""The platform's tables: tenants, keys, outbox, timers, audit. A feature adds its own file with a higher number."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import (
    DISPATCH_ROLE,
    SCOPE,
    TENANT,
    append_only,
    guarded_table,
    statements,
    tenant_table,
)

ID = "0001_platform"
VERSION = "1.38.0"
DESCRIPTION = "Tenants, keys, outbox, timers and audit"

TENANTS = """
    CREATE TABLE tenant (
        id uuid PRIMARY KEY, code text NOT NULL UNIQUE, name text NOT NULL, created_at timestamptz NOT NULL);
    CREATE TABLE tenant_setting (
        tenant_id uuid PRIMARY KEY REFERENCES tenant, settings jsonb NOT NULL);
    CREATE TABLE tenant_counter (
        tenant_id uuid NOT NULL REFERENCES tenant, kind text NOT NULL, year int NOT NULL, last int NOT NULL,
        PRIMARY KEY (tenant_id, kind, year));
    CREATE TABLE demo_marker (made_at timestamptz PRIMARY KEY);
"""

TENANT_POLICIES = f"""
    ALTER TABLE tenant ENABLE ROW LEVEL SECURITY;
    ALTER TABLE tenant FORCE ROW LEVEL SECURITY;
    CREATE POLICY reading ON tenant FOR SELECT USING (true);
    CREATE POLICY adding ON tenant FOR INSERT WITH CHECK ({SCOPE} = 'identity');
    CREATE POLICY naming ON tenant FOR UPDATE USING ({SCOPE} = 'identity') WITH CHECK ({SCOPE} = 'identity');
    GRANT SELECT, INSERT, UPDATE (name) ON tenant TO maatwerk_app;
    GRANT SELECT ON tenant TO {DISPATCH_ROLE}, maatwerk_backup;
    ALTER TABLE demo_marker ENABLE ROW LEVEL SECURITY;
    ALTER TABLE demo_marker FORCE ROW LEVEL SECURITY;
    CREATE POLICY reading ON demo_marker FOR SELECT USING (true);
    CREATE POLICY marking ON demo_marker FOR INSERT WITH CHECK ({SCOPE} = 'demo');
    GRANT SELECT ON demo_marker TO maatwerk_app, maatwerk_backup;
"""

KEYS = """
    CREATE TABLE tenant_key (
        tenant_id uuid NOT NULL, id uuid NOT NULL, purpose text NOT NULL CHECK (purpose IN ('data', 'index')),
        kek_id text NOT NULL, wrapped bytea, created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, purpose));
    CREATE TABLE case_key (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, id uuid NOT NULL, tenant_key_id uuid NOT NULL,
        wrapped bytea, created_at timestamptz NOT NULL, destroyed_at timestamptz,
        PRIMARY KEY (tenant_id, case_id),
        FOREIGN KEY (tenant_id, tenant_key_id) REFERENCES tenant_key (tenant_id, id),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)));
    CREATE TABLE pack_key (
        tenant_id uuid NOT NULL, pack_id uuid NOT NULL, seat text NOT NULL, case_id uuid NOT NULL, id uuid NOT NULL,
        tenant_key_id uuid NOT NULL, wrapped bytea, created_at timestamptz NOT NULL, destroyed_at timestamptz,
        PRIMARY KEY (tenant_id, pack_id, seat),
        FOREIGN KEY (tenant_id, tenant_key_id) REFERENCES tenant_key (tenant_id, id),
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL)));
    CREATE INDEX pack_key_of_case ON pack_key (tenant_id, case_id);
"""

KEY_OWNER = f"tenant_id = {TENANT} OR (tenant_id = '{0:032x}' AND {SCOPE} = 'identity')"

OUTBOX = """
    CREATE TABLE outbox (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, handler text NOT NULL, message text NOT NULL,
        payload jsonb NOT NULL, posted_at timestamptz NOT NULL, next_at timestamptz NOT NULL,
        running_until timestamptz, attempts int NOT NULL DEFAULT 0, failure text, done_at timestamptz,
        dead_at timestamptz, PRIMARY KEY (tenant_id, id));
    CREATE INDEX outbox_waiting ON outbox (next_at) WHERE done_at IS NULL AND dead_at IS NULL;
    CREATE INDEX outbox_done ON outbox (tenant_id, done_at) WHERE done_at IS NOT NULL;
    CREATE INDEX outbox_dead ON outbox (tenant_id, dead_at) WHERE dead_at IS NOT NULL;
    CREATE TABLE timer (
        tenant_id uuid NOT NULL REFERENCES tenant, case_id uuid NOT NULL, due_at timestamptz,
        PRIMARY KEY (tenant_id, case_id));
    CREATE INDEX timer_due ON timer (due_at) WHERE due_at IS NOT NULL;
"""

DISPATCH = f"""
    CREATE POLICY dispatch ON outbox TO {DISPATCH_ROLE} USING (true) WITH CHECK (true);
    CREATE POLICY dispatch ON timer TO {DISPATCH_ROLE} USING (true) WITH CHECK (true);
    GRANT SELECT (tenant_id, id, next_at, done_at, dead_at), UPDATE (next_at),
        INSERT (tenant_id, id, handler, message, payload, posted_at, next_at) ON outbox TO {DISPATCH_ROLE};
    GRANT SELECT (tenant_id, case_id, due_at), UPDATE (due_at) ON timer TO {DISPATCH_ROLE};
"""

AUDIT = """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'rows of % are final', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
    CREATE TABLE audit_entry (
        tenant_id uuid NOT NULL REFERENCES tenant, seq bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL, actor_id uuid, what text NOT NULL, object_kind text NOT NULL, object_id uuid,
        ground text, details jsonb NOT NULL, PRIMARY KEY (tenant_id, seq));
    CREATE INDEX audit_entry_of_object ON audit_entry (tenant_id, object_id, seq);
    CREATE TABLE audit_pending (
        tenant_id uuid NOT NULL, seq bigint NOT NULL, PRIMARY KEY (tenant_id, seq));
    CREATE TABLE audit_link (
        tenant_id uuid NOT NULL, epoch int NOT NULL, position bigint NOT NULL, seq bigint NOT NULL,
        hash bytea NOT NULL, PRIMARY KEY (tenant_id, epoch, position), UNIQUE (tenant_id, seq));
"""


async def forwards() -> MigrationManager:
    return statements(
        ID,
        DESCRIPTION,
        [
            TENANTS,
            TENANT_POLICIES,
            tenant_table("tenant_setting", grants="SELECT, INSERT, UPDATE"),
            tenant_table("tenant_counter", grants="SELECT, INSERT, UPDATE"),
            KEYS,
            guarded_table("tenant_key", KEY_OWNER, grants="SELECT, INSERT, UPDATE (wrapped, kek_id)"),
            tenant_table("case_key", grants="SELECT, INSERT, UPDATE (wrapped, destroyed_at)"),
            tenant_table("pack_key", grants="SELECT, INSERT, UPDATE (wrapped, destroyed_at)"),
            OUTBOX,
            tenant_table("outbox"),
            tenant_table("timer"),
            DISPATCH,
            AUDIT,
            tenant_table("audit_entry", grants="SELECT, INSERT"),
            tenant_table("audit_pending", grants="SELECT, INSERT, DELETE"),
            tenant_table("audit_link", grants="SELECT, INSERT"),
            append_only("audit_entry"),
            append_only("audit_link"),
        ],
    )
