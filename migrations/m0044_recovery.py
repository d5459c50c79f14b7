"""What helps somebody who lost his password or his app: recovery codes, secrets from mails, and who asked that an app be taken away."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import SCOPE, TENANT, guarded_table, identity_table, statements

ID = "0044_recovery"
VERSION = "1.38.0"
DESCRIPTION = "Recovery of accounts"

TENANT_OR_IDENTITY = f"tenant_id = {TENANT} OR {SCOPE} = 'identity'"

RECOVERY = """
    CREATE TABLE recovery_code (
        person_id uuid NOT NULL REFERENCES person, digest bytea NOT NULL, made_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, digest));
    CREATE TABLE account_recovery (
        id uuid PRIMARY KEY, person_id uuid NOT NULL REFERENCES person,
        kind text NOT NULL CHECK (kind IN ('wachtwoord', 'app')), digest bytea NOT NULL UNIQUE,
        made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
    CREATE INDEX account_recovery_of_person ON account_recovery (person_id, kind);
    CREATE TABLE account_mail (
        id uuid PRIMARY KEY, kind text NOT NULL, address bytea NOT NULL, sealed_token bytea,
        made_at timestamptz NOT NULL, next_at timestamptz NOT NULL, attempts int NOT NULL);
    CREATE INDEX account_mail_due ON account_mail (next_at);
    CREATE TABLE app_reset (
        tenant_id uuid NOT NULL REFERENCES tenant, person_id uuid NOT NULL REFERENCES person, requested_by uuid,
        requested_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, person_id));
"""


async def forwards() -> MigrationManager:
    """Adds the tables."""
    return statements(
        ID,
        DESCRIPTION,
        [
            RECOVERY,
            identity_table("recovery_code", grants="SELECT, INSERT, DELETE"),
            identity_table("account_recovery", grants="SELECT, INSERT, DELETE"),
            identity_table("account_mail"),
            guarded_table("app_reset", TENANT_OR_IDENTITY),
        ],
    )
