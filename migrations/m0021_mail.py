"""Mails on their way and what became of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import append_only, statements, tenant_table

ID = "0021_mail"
VERSION = "1.38.0"
DESCRIPTION = "Mail and its delivery log"

MAIL = """
    CREATE TABLE mail (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, case_id uuid, recipient_membership uuid,
        recipient bytea NOT NULL, content bytea NOT NULL, kind text NOT NULL,
        state text NOT NULL CHECK (state IN ('wacht', 'verzonden', 'mislukt', 'gebounced')),
        attempts int NOT NULL DEFAULT 0, message_id text NOT NULL, dedupe_key text NOT NULL,
        queued_at timestamptz NOT NULL, sent_at timestamptz, failure text,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, message_id), UNIQUE (tenant_id, dedupe_key));
    CREATE INDEX mail_of_case ON mail (tenant_id, case_id, id);
    CREATE TABLE mail_attempt (
        tenant_id uuid NOT NULL REFERENCES tenant, mail_id uuid NOT NULL, id uuid NOT NULL, at timestamptz NOT NULL,
        outcome text NOT NULL, smtp_code int,
        PRIMARY KEY (tenant_id, mail_id, id));
"""


async def forwards() -> MigrationManager:
    return statements(
        ID,
        DESCRIPTION,
        [
            MAIL,
            tenant_table("mail", grants="SELECT, INSERT, DELETE, UPDATE (state, attempts, sent_at, failure)"),
            tenant_table("mail_attempt", grants="SELECT, INSERT"),
            append_only("mail_attempt"),
        ],
    )
