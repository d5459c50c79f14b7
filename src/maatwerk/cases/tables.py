"""Schemes as loaded, cases, their acts and the projections that lists read. Answers and texts are sealed with the case's key."""

from piccolo.columns import UUID, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.crypto import Sealed
from maatwerk.db import Jsonb

TENANT = "class=none; keep=tenant"
BY = "class=staff; keep=tenant"
CASE = "class=none; keep=case skeleton, seven years"
QUASI = "class=quasi_id; keep=three years after the decision (WVO 2020 2.47 lid 16)"
SEALED = "class=health; keep=three years after the decision (WVO 2020 2.47 lid 16), by destroying the case's key"


class SchemeVersion(Table, tablename="scheme_version"):
    """A version of a scheme: what an operator loaded, or an admin wrote (`made_by`) and two of them published. Once published its
    text and day are final: a case keeps the row it began with. `valid_from` is then the day that was chosen, not that of the text."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=TENANT)
    code = Text(default=None, help_text=TENANT)
    version = Text(default=None, help_text=TENANT)
    digest = Text(default=None, help_text=TENANT)
    title = Text(default=None, help_text=TENANT)
    valid_from = Date(default=None, help_text=TENANT)
    valid_until = Date(default=None, null=True, help_text=TENANT)
    source = Text(default=None, help_text=TENANT)
    loaded_at = Timestamptz(default=None, help_text=TENANT)
    state = Text(default=None, help_text=TENANT)
    seq = Integer(default=1, help_text=TENANT)
    made_by = UUID(default=None, null=True, help_text=BY)
    changed_at = Timestamptz(default=None, help_text=TENANT)
    proposed_by = UUID(default=None, null=True, help_text=BY)
    proposed_at = Timestamptz(default=None, null=True, help_text=TENANT)
    published_by = UUID(default=None, null=True, help_text=BY)
    published_at = Timestamptz(default=None, null=True, help_text=TENANT)
    withdrawn_by = UUID(default=None, null=True, help_text=BY)
    withdrawn_at = Timestamptz(default=None, null=True, help_text=TENANT)


class Subject(Table, tablename="subject"):
    """A pupil, known by a keyed index of name and birth date; likely matches are shown to a person, never linked by us."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=CASE)
    person_index = Bytea(default=None, null=True, help_text=QUASI)
    made_at = Timestamptz(default=None, help_text=CASE)


class SupportCase(Table, tablename="support_case"):
    """A case. `standing` is a projection of its acts, with the phase as each role knows it; `draft` holds sealed answers until filing."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=CASE)
    scheme_version_id = UUID(default=None, help_text=CASE)
    number = Text(default=None, null=True, help_text=CASE)
    organisation_id = UUID(default=None, help_text=CASE)
    opened_by = UUID(default=None, help_text="class=staff; keep=case skeleton, seven years")
    opened_as = Text(default=None, help_text=CASE)
    opened_at = Timestamptz(default=None, help_text=CASE)
    subject_id = UUID(default=None, null=True, help_text=CASE)
    filed_on = Date(default=None, null=True, help_text=CASE)
    seq = Integer(default=0, help_text=CASE)
    phase = Text(default=None, help_text=CASE)
    closed = Text(default="", help_text=CASE)
    sector = Text(default="", help_text=CASE)
    home_municipality = Text(default="", help_text=QUASI)
    draft = Bytea(default=None, null=True, help_text=SEALED)
    draft_seq = Integer(default=0, help_text=CASE)
    standing = Jsonb(help_text=CASE)
    changed_at = Timestamptz(default=None, help_text=CASE)


class CaseAct(Table, tablename="case_act"):
    """An act. `sealed` holds its fields, `not_bsn` why numbers in them are no BSN; `consequences` carries no personal data and outlives
    erasure. Of somebody without an account it says how and when he was identified."""

    tenant_id = UUID(default=None, help_text=TENANT)
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    seq = Integer(default=None, help_text=CASE)
    kind = Text(default=None, help_text=CASE)
    step = Text(default=None, help_text=CASE)
    on_day = Date(default=None, help_text=CASE)
    recorded_at = Timestamptz(default=None, help_text=CASE)
    membership_id = UUID(default=None, null=True, help_text="class=staff; keep=case skeleton, seven years")
    guest_id = UUID(default=None, null=True, help_text=CASE)
    identified_by = Text(default=None, null=True, help_text=CASE)
    identified_at = Timestamptz(default=None, null=True, help_text=CASE)
    role = Text(default=None, help_text=CASE)
    seat = Text(default=None, help_text=CASE)
    sealed = Bytea(default=None, help_text=SEALED)
    not_bsn = Bytea(default=None, null=True, help_text=SEALED)
    consequences = Jsonb(help_text=CASE)


class WorkItem(Table, tablename="work_item"):
    """Who can do something in a case now: a role, and within it a school, a municipality, a member, or everybody (nil owner)."""

    tenant_id = UUID(default=None, help_text=TENANT)
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    role = Text(default=None, help_text=CASE)
    owner_id = UUID(default=None, help_text=QUASI)
    since = Timestamptz(default=None, help_text=CASE)
    due = Date(default=None, null=True, help_text=CASE)
    acts = Jsonb(help_text=CASE)


class CaseAudience(Table, tablename="case_audience"):
    """Who may follow a case, by the same role and owner, and whether he may know its school: what lists of cases read. Whether
    somebody may look is never decided here."""

    tenant_id = UUID(default=None, help_text=TENANT)
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    role = Text(default=None, help_text=CASE)
    owner_id = UUID(default=None, help_text=QUASI)
    knows_school = Boolean(default=None, help_text=CASE)
    opened_at = Timestamptz(default=None, help_text=CASE)


class CaseTrait(Table, tablename="case_trait"):
    """An answer that an outline shows of a case, as text: only what its scheme marks as of nobody. `place` orders more of them."""

    tenant_id = UUID(default=None, help_text=TENANT)
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    name = Text(default=None, help_text=CASE)
    place = Integer(default=0, help_text=CASE)
    value = Text(default=None, help_text=CASE)


class CaseFact(Table, tablename="case_fact"):
    """Outside facts of a case by name, as a feature or a person declared them; stored with each act that saw them."""

    tenant_id = UUID(default=None, help_text=TENANT)
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    name = Text(default=None, help_text=CASE)
    value = Jsonb(help_text=CASE)


class ClockNotice(Table, tablename="clock_notice"):
    """A warning or breach that was told, so that it is told once."""

    tenant_id = UUID(default=None, help_text=TENANT)
    case_id = UUID(primary_key=True, default=None, help_text=CASE)
    clock = Text(default=None, help_text=CASE)
    due = Date(default=None, help_text=CASE)
    what = Text(default=None, help_text=CASE)
    noticed_at = Timestamptz(default=None, help_text=CASE)


class AdviceQuestion(Table, tablename="advice_question"):
    """A question before, or instead of, an application, for the role that the scheme names; sealed with the tenant's key."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=TENANT)
    scheme_version_id = UUID(default=None, help_text=TENANT)
    organisation_id = UUID(default=None, help_text=TENANT)
    role = Text(default=None, help_text=TENANT)
    asked_by = UUID(default=None, help_text="class=staff; keep=three years after the answer")
    asked_at = Timestamptz(default=None, help_text=TENANT)
    question = Bytea(default=None, help_text="class=free_text; keep=three years after the answer")
    answered_by = UUID(default=None, null=True, help_text="class=staff; keep=three years after the answer")
    answered_at = Timestamptz(default=None, null=True, help_text=TENANT)
    answer = Bytea(default=None, null=True, help_text="class=free_text; keep=three years after the answer")
    case_id = UUID(default=None, null=True, help_text=TENANT)
    seq = Integer(default=1, help_text=TENANT)


SEALED_BY_TENANT = (Sealed("advice_question", ("question", "answer")),)
