"""Guests of a case, the links that let them in, and their sessions. Where a guest is mailed is sealed with the case's key, so that it
is gone with the case; of secrets and codes only digests are stored."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

TENANT = "class=none; keep=tenant"
CASE = "class=none; keep=case skeleton, seven years"
CONTACT = "class=direct_id; keep=three years after the decision (WVO 2020 2.47 lid 16), by destroying the case's key"
BY = "class=staff; keep=case skeleton, seven years"
HASHED = "class=secret; keep=case skeleton, seven years"
SESSION = "class=none; keep=session"


class Guest(Table, tablename="guest"):
    """Somebody who was registered to come into a case in a role; `contact` is his mail address and, if given, his telephone."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=CASE)
    case_id = UUID(default=None, help_text=CASE)
    role = Text(default=None, help_text=CASE)
    contact = Bytea(default=None, help_text=CONTACT)
    registered_by = UUID(default=None, help_text=BY)
    registered_at = Timestamptz(default=None, help_text=CASE)
    withdrawn_at = Timestamptz(default=None, null=True, help_text=CASE)


class AccessLink(Table, tablename="access_link"):
    """A link that was mailed. `attempts` counts wrong codes and right ones alike, before they are judged; `codes` those mailed."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=CASE)
    guest_id = UUID(default=None, help_text=CASE)
    digest = Bytea(default=None, help_text=HASHED)
    made_at = Timestamptz(default=None, help_text=CASE)
    expires_at = Timestamptz(default=None, help_text=CASE)
    ended = Text(default=None, null=True, help_text=CASE)
    code = Bytea(default=None, null=True, help_text=HASHED)
    code_made_at = Timestamptz(default=None, null=True, help_text=CASE)
    codes = Integer(default=0, help_text=CASE)
    attempts = Integer(default=0, help_text=CASE)


class GuestSession(Table, tablename="guest_session"):
    """A visit, after the code; it knows the one case and role that it reaches."""

    tenant_id = UUID(default=None, help_text=SESSION)
    digest = Bytea(primary_key=True, default=None, help_text="class=secret; keep=session")
    guest_id = UUID(default=None, help_text=SESSION)
    case_id = UUID(default=None, help_text=SESSION)
    role = Text(default=None, help_text=SESSION)
    made_at = Timestamptz(default=None, help_text=SESSION)
    seen_at = Timestamptz(default=None, help_text=SESSION)
    identified_by = Text(default=None, help_text=SESSION)
