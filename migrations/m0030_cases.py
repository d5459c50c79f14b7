"""Schemes as loaded, cases and their acts, the projections that lists read, and the books."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from maatwerk.db.migrations import append_only, statements, tenant_table

ID = "0030_cases"
VERSION = "1.38.0"
DESCRIPTION = "Schemes, cases, acts, books"

SCHEMES = """
    CREATE TABLE scheme_version (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, code text NOT NULL, version text NOT NULL,
        digest text NOT NULL, title text NOT NULL, valid_from date NOT NULL, valid_until date, source text NOT NULL,
        loaded_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, code, version, digest));
"""

CASES = """
    CREATE TABLE subject (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, person_index bytea, made_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id));
    CREATE INDEX subject_by_index ON subject (tenant_id, person_index);
    CREATE TABLE support_case (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, scheme_version_id uuid NOT NULL, number text,
        organisation_id uuid NOT NULL, opened_by uuid NOT NULL, opened_at timestamptz NOT NULL, subject_id uuid,
        filed_on date, seq int NOT NULL DEFAULT 0, phase text NOT NULL, closed text NOT NULL DEFAULT '',
        sector text NOT NULL DEFAULT '', home_municipality text NOT NULL DEFAULT '', draft bytea,
        draft_seq int NOT NULL DEFAULT 0, standing jsonb NOT NULL, changed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, number),
        FOREIGN KEY (tenant_id, scheme_version_id) REFERENCES scheme_version (tenant_id, id),
        FOREIGN KEY (tenant_id, subject_id) REFERENCES subject (tenant_id, id));
    CREATE INDEX case_of_subject ON support_case (tenant_id, subject_id);
    CREATE INDEX case_by_opening ON support_case (tenant_id, opened_at, id);
    CREATE INDEX case_of_school ON support_case (tenant_id, organisation_id, opened_at, id);
    CREATE TABLE case_act (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, seq int NOT NULL, kind text NOT NULL, step text NOT NULL,
        on_day date NOT NULL, recorded_at timestamptz NOT NULL, membership_id uuid, role text NOT NULL,
        seat text NOT NULL, sealed bytea NOT NULL, consequences jsonb NOT NULL,
        PRIMARY KEY (tenant_id, case_id, seq),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX act_of_member ON case_act (tenant_id, membership_id, case_id);
    CREATE TABLE work_item (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, role text NOT NULL, owner_id uuid NOT NULL,
        since timestamptz NOT NULL, due date, acts jsonb NOT NULL,
        PRIMARY KEY (tenant_id, case_id, role, owner_id),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX work_in_order ON work_item (tenant_id, role, owner_id, since, case_id);
    CREATE TABLE case_fact (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, name text NOT NULL, value jsonb NOT NULL,
        PRIMARY KEY (tenant_id, case_id, name),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE TABLE clock_notice (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, clock text NOT NULL, due date NOT NULL, what text NOT NULL,
        noticed_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, case_id, clock, due, what),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE TABLE involvement (
        tenant_id uuid NOT NULL, case_id uuid NOT NULL, membership_id uuid NOT NULL, what text NOT NULL,
        declared_by uuid, declared_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, case_id, membership_id),
        FOREIGN KEY (tenant_id, case_id) REFERENCES support_case (tenant_id, id));
    CREATE INDEX involvement_of_member ON involvement (tenant_id, membership_id);
    CREATE TABLE advice_question (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, scheme_version_id uuid NOT NULL,
        organisation_id uuid NOT NULL, asked_by uuid NOT NULL, asked_at timestamptz NOT NULL, question bytea NOT NULL,
        answered_by uuid, answered_at timestamptz, answer bytea, case_id uuid, seq int NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, scheme_version_id) REFERENCES scheme_version (tenant_id, id));
    CREATE INDEX advice_by_asking ON advice_question (tenant_id, asked_at, id);
"""

BOOKS = """
    CREATE TABLE book_envelope (
        tenant_id uuid NOT NULL REFERENCES tenant, id uuid NOT NULL, scheme_code text NOT NULL, book text NOT NULL,
        period text NOT NULL, title text NOT NULL, unit text NOT NULL, ceiling bigint, reserved bigint NOT NULL DEFAULT 0,
        committed bigint NOT NULL DEFAULT 0, paid bigint NOT NULL DEFAULT 0, seq int NOT NULL DEFAULT 1,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, scheme_code, book, period));
    CREATE TABLE book_entry (
        tenant_id uuid NOT NULL, id uuid NOT NULL, envelope_id uuid NOT NULL, case_id uuid NOT NULL, seq int NOT NULL,
        position int NOT NULL, kind text NOT NULL, amount bigint NOT NULL, over bigint NOT NULL, on_day date NOT NULL,
        recorded_at timestamptz NOT NULL, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, case_id, seq, position),
        FOREIGN KEY (tenant_id, envelope_id) REFERENCES book_envelope (tenant_id, id));
    CREATE INDEX entry_of_envelope ON book_entry (tenant_id, envelope_id, recorded_at, id);
"""

TABLES = ("scheme_version", "subject", "support_case", "work_item", "case_fact", "clock_notice", "involvement",
          "advice_question", "book_envelope")  # fmt: skip
FINAL = ("case_act", "book_entry")


async def forwards() -> MigrationManager:
    """Adds the tables of cases and books."""
    guarded = [tenant_table(name) for name in TABLES]
    final = [tenant_table(name, grants="SELECT, INSERT") + append_only(name) for name in FINAL]
    return statements(ID, DESCRIPTION, [SCHEMES, CASES, BOOKS, *guarded, *final])
