"""Guests: who is let into one case by a link, their links and sessions; how who acted without an account was identified."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import SCOPE, TENANT, guarded_table, statements, tenant_table

ID = "0090_guests"
VERSION = "1.38.0"
DESCRIPTION = "Guests of a case"

TENANT_OR_IDENTITY = f"tenant_id = {TENANT} OR {SCOPE} = 'identity'"

GUESTS = """
    CREATE TABLE guest (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, case_id uuid NOT NULL, role text NOT NULL,
        contact bytea NOT NULL, registered_by uuid NOT NULL, registered_at timestamptz NOT NULL, withdrawn_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX guest_of_case ON guest (tenant_id, case_id, id);
    CREATE TABLE access_link (
        tenant_id uuid NOT NULL, id uuid NOT NULL, guest_id uuid NOT NULL, digest bytea NOT NULL,
        made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        ended text CHECK (ended IN ('gebruikt', 'vervangen', 'ingetrokken')), code bytea, code_made_at timestamptz,
        codes int NOT NULL DEFAULT 0, attempts int NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, guest_id) REFERENCES guest (tenant_id, id));
    CREATE INDEX link_by_digest ON access_link (digest);
    CREATE INDEX link_of_guest ON access_link (tenant_id, guest_id, id);
    CREATE TABLE guest_session (
        tenant_id uuid NOT NULL, digest bytea NOT NULL, guest_id uuid NOT NULL, case_id uuid NOT NULL, role text NOT NULL,
        made_at timestamptz NOT NULL, seen_at timestamptz NOT NULL, identified_by text NOT NULL,
        PRIMARY KEY (tenant_id, digest),
        FOREIGN KEY (tenant_id, guest_id) REFERENCES guest (tenant_id, id));
    CREATE INDEX guest_session_by_digest ON guest_session (digest);
    CREATE INDEX session_of_guest ON guest_session (tenant_id, guest_id);
"""
IDENTIFIED = """
    ALTER TABLE case_act ADD COLUMN guest_id uuid, ADD COLUMN identified_by text, ADD COLUMN identified_at timestamptz,
        ADD CONSTRAINT identified_once CHECK (
            num_nonnulls(guest_id, identified_by, identified_at) IN (0, 3) AND (guest_id IS NULL OR membership_id IS NULL));
"""


async def forwards() -> MigrationManager:
    """Nobody was a guest until now."""
    return statements(
        ID,
        DESCRIPTION,
        [
            GUESTS,
            tenant_table("guest", grants="SELECT, INSERT, UPDATE (withdrawn_at)"),
            guarded_table(
                "access_link",
                TENANT_OR_IDENTITY,
                grants="SELECT, INSERT, UPDATE (ended, code, code_made_at, codes, attempts)",
            ),
            guarded_table("guest_session", TENANT_OR_IDENTITY, grants="SELECT, INSERT, DELETE, UPDATE (seen_at)"),
            IDENTIFIED,
        ],
    )
