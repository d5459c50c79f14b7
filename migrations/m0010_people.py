"""Persons, their credentials and sessions; memberships, invitations and tokens per tenant; organisations."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import SCOPE, TENANT, guarded_table, identity_table, statements, tenant_table

ID = "0010_people"
VERSION = "1.38.0"
DESCRIPTION = "People and organisations"

IDENTITY = f"{SCOPE} = 'identity'"
TENANT_OR_IDENTITY = f"tenant_id = {TENANT} OR {IDENTITY}"
CHOSEN_OR_IDENTITY = f"chosen = {TENANT} OR {IDENTITY}"

ORGANISATIONS = """
    CREATE TABLE organisation (
        id uuid PRIMARY KEY, kind text NOT NULL, name text NOT NULL, brin text UNIQUE,
        created_at timestamptz NOT NULL);
    CREATE TABLE tenant_organisation (
        tenant_id uuid NOT NULL REFERENCES tenant, organisation_id uuid NOT NULL REFERENCES organisation,
        sector text, school_type text, municipality text, seq int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, organisation_id));
"""

ORGANISATION_POLICIES = f"""
    ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
    ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
    CREATE POLICY all_in_identity ON organisation USING ({IDENTITY}) WITH CHECK ({IDENTITY});
    CREATE POLICY own_tenants ON organisation FOR SELECT USING (
        EXISTS (SELECT FROM tenant_organisation t WHERE t.organisation_id = organisation.id));
    GRANT SELECT, INSERT, UPDATE (name, kind) ON organisation TO maatwerk_app;
    GRANT SELECT ON organisation TO maatwerk_backup;
"""  # noqa: S608 - only constants of ours

PERSONS = """
    CREATE TABLE person (
        id uuid PRIMARY KEY, address text NOT NULL UNIQUE, operator boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL, disabled_at timestamptz);
    CREATE TABLE credential (
        person_id uuid NOT NULL REFERENCES person, id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('password', 'totp', 'next_totp')),
        secret bytea NOT NULL, last_counter bigint NOT NULL DEFAULT 0, changed_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, id), UNIQUE (person_id, kind));
    CREATE TABLE session (
        digest bytea PRIMARY KEY, id uuid NOT NULL UNIQUE, person_id uuid NOT NULL REFERENCES person,
        chosen uuid REFERENCES tenant, made_by text NOT NULL, made_at timestamptz NOT NULL, seen_at timestamptz NOT NULL);
    CREATE INDEX session_of_person ON session (person_id);
    CREATE TABLE login_attempt (
        account bytea NOT NULL, network text NOT NULL, failures int NOT NULL, next_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL, PRIMARY KEY (account, network));
"""

ROLES = "'coordinator', 'ondersteuner', 'reviewer', 'tenant_admin', 'financial_controller', 'fg'"

MEMBERSHIPS = f"""
    CREATE TABLE membership (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, person_id uuid NOT NULL REFERENCES person,
        name text NOT NULL, email text NOT NULL, phone text, organisation_id uuid,
        roles text[] NOT NULL CHECK (roles <@ ARRAY[{ROLES}]), active_from date NOT NULL, active_to date,
        seq int NOT NULL DEFAULT 1, created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, person_id),
        FOREIGN KEY (tenant_id, organisation_id) REFERENCES tenant_organisation);
    CREATE INDEX membership_of_person ON membership (person_id);
    CREATE TABLE membership_seat (
        tenant_id uuid NOT NULL, membership_id uuid NOT NULL, seat text NOT NULL, substitute boolean NOT NULL,
        PRIMARY KEY (tenant_id, membership_id, seat),
        FOREIGN KEY (tenant_id, membership_id) REFERENCES membership);
    CREATE INDEX membership_seat_by_seat ON membership_seat (tenant_id, seat);
    CREATE TABLE invitation (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, email text NOT NULL, name text NOT NULL,
        phone text, organisation_id uuid, roles text[] NOT NULL CHECK (roles <@ ARRAY[{ROLES}]), seats jsonb NOT NULL,
        digest bytea NOT NULL, sealed_token bytea, pending_password bytea, pending_totp bytea,
        invited_by uuid, created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        accepted_at timestamptz, withdrawn_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, organisation_id) REFERENCES tenant_organisation);
    CREATE INDEX invitation_by_digest ON invitation (digest);
    CREATE TABLE api_token (
        tenant_id uuid NOT NULL, id uuid NOT NULL, membership_id uuid NOT NULL, name text NOT NULL,
        digest bytea NOT NULL, last_characters text NOT NULL, scopes text[] NOT NULL,
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, seen_at timestamptz, revoked_at timestamptz,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, membership_id) REFERENCES membership);
    CREATE INDEX api_token_by_digest ON api_token (digest);
"""


async def forwards() -> MigrationManager:
    return statements(
        ID,
        DESCRIPTION,
        [
            ORGANISATIONS,
            tenant_table("tenant_organisation"),
            ORGANISATION_POLICIES,
            PERSONS,
            identity_table("person", grants="SELECT, INSERT, UPDATE (operator, disabled_at)"),
            identity_table("credential"),
            guarded_table("session", CHOSEN_OR_IDENTITY),
            identity_table("login_attempt"),
            MEMBERSHIPS,
            guarded_table("membership", TENANT_OR_IDENTITY, grants="SELECT, INSERT, UPDATE"),
            guarded_table("membership_seat", TENANT_OR_IDENTITY),
            guarded_table("invitation", TENANT_OR_IDENTITY, grants="SELECT, INSERT, UPDATE"),
            guarded_table("api_token", TENANT_OR_IDENTITY, grants="SELECT, INSERT, UPDATE (seen_at, revoked_at)"),
        ],
    )
