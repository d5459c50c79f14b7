"""People. A person is not a credential is not a membership: the first two only the identity scope sees, the last a tenant
sees of itself. Staff are not pupils, but their data is personal too."""

from piccolo.columns import UUID, Array, BigInt, Boolean, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.crypto import Sealed
from maatwerk.db import Jsonb


class Person(Table, tablename="person"):
    """Somebody who can log in; `operator` runs the service and belongs to no tenant."""

    id = UUID(primary_key=True, default=None, help_text="class=none; keep=account")
    address = Text(default=None, help_text="class=staff; keep=account")
    operator = Boolean(default=False, help_text="class=none; keep=account")
    created_at = Timestamptz(default=None, help_text="class=none; keep=account")
    disabled_at = Timestamptz(null=True, default=None, help_text="class=none; keep=account")


class Credential(Table, tablename="credential"):
    """A sealed Argon2id hash, or a sealed TOTP secret with the last counter that was used."""

    person_id = UUID(default=None, help_text="class=none; keep=account")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=account")
    kind = Text(default=None, help_text="class=none; keep=account")
    secret = Bytea(default=None, help_text="class=secret; keep=account")
    last_counter = BigInt(default=0, help_text="class=none; keep=account")
    changed_at = Timestamptz(default=None, help_text="class=none; keep=account")


class Session(Table, tablename="session"):
    """One login; `digest` is of the cookie's value, which nobody stores. `chosen` is the tenant it works in now."""

    digest = Bytea(primary_key=True, default=None, help_text="class=secret; keep=session")
    id = UUID(default=None, help_text="class=none; keep=session")
    person_id = UUID(default=None, help_text="class=none; keep=session")
    chosen = UUID(null=True, default=None, help_text="class=none; keep=session")
    made_by = Text(default=None, help_text="class=none; keep=session")
    made_at = Timestamptz(default=None, help_text="class=none; keep=session")
    seen_at = Timestamptz(default=None, help_text="class=none; keep=session")


class LoginAttempt(Table, tablename="login_attempt"):
    """Failures since the last success, per account (a blind index) and network prefix."""

    account = Bytea(primary_key=True, default=None, help_text="class=staff; keep=last+1d")
    network = Text(default=None, help_text="class=staff; keep=last+1d")
    failures = Integer(default=None, help_text="class=none; keep=last+1d")
    next_at = Timestamptz(default=None, help_text="class=none; keep=last+1d")
    last_at = Timestamptz(default=None, help_text="class=none; keep=last+1d")


class RecoveryCode(Table, tablename="recovery_code"):
    """A code that stands for the app once, as a keyed digest; using it removes it."""

    person_id = UUID(default=None, help_text="class=none; keep=account")
    digest = Bytea(primary_key=True, default=None, help_text="class=secret; keep=account")
    made_at = Timestamptz(default=None, help_text="class=none; keep=account")


class AccountRecovery(Table, tablename="account_recovery"):
    """A secret that a mail carries to somebody who lost his password or his app; using it removes it."""

    id = UUID(primary_key=True, default=None, help_text="class=none; keep=expired")
    person_id = UUID(default=None, help_text="class=none; keep=expired")
    kind = Text(default=None, help_text="class=none; keep=expired")
    digest = Bytea(default=None, help_text="class=secret; keep=expired")
    made_at = Timestamptz(default=None, help_text="class=none; keep=expired")
    expires_at = Timestamptz(default=None, help_text="class=none; keep=expired")


class AccountMail(Table, tablename="account_mail"):
    """A mail about an account that was asked for, to an address that may have none; it is gone as soon as it was dealt with."""

    id = UUID(primary_key=True, default=None, help_text="class=none; keep=sent")
    kind = Text(default=None, help_text="class=none; keep=sent")
    address = Bytea(default=None, help_text="class=staff; keep=sent")
    sealed_token = Bytea(null=True, default=None, help_text="class=secret; keep=sent")
    made_at = Timestamptz(default=None, help_text="class=none; keep=sent")
    next_at = Timestamptz(default=None, help_text="class=none; keep=sent")
    attempts = Integer(default=None, help_text="class=none; keep=sent")


class AppReset(Table, tablename="app_reset"):
    """That a partnership asks to take a member's app away; worth something for a day."""

    tenant_id = UUID(default=None, help_text="class=none; keep=asked+1d")
    person_id = UUID(primary_key=True, default=None, help_text="class=none; keep=asked+1d")
    requested_by = UUID(null=True, default=None, help_text="class=staff; keep=asked+1d")
    requested_at = Timestamptz(default=None, help_text="class=none; keep=asked+1d")


class Membership(Table, tablename="membership"):
    """What a person is in a tenant, from one legal day until another (not included): `roles` are the platform's, `functions` those
    of the tenant's schemes."""

    tenant_id = UUID(default=None, help_text="class=none; keep=membership+3y")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=membership+3y")
    person_id = UUID(default=None, help_text="class=none; keep=membership+3y")
    name = Text(default=None, help_text="class=staff; keep=membership+3y")
    email = Text(default=None, help_text="class=staff; keep=membership+3y")
    phone = Text(null=True, default=None, help_text="class=staff; keep=membership+3y")
    organisation_id = UUID(null=True, default=None, help_text="class=none; keep=membership+3y")
    roles = Array(base_column=Text(), default=None, help_text="class=staff; keep=membership+3y")
    functions = Array(base_column=Text(), default=None, help_text="class=staff; keep=membership+3y")
    active_from = Date(default=None, help_text="class=none; keep=membership+3y")
    active_to = Date(null=True, default=None, help_text="class=none; keep=membership+3y")
    seq = Integer(default=1, help_text="class=none; keep=membership+3y")
    created_at = Timestamptz(default=None, help_text="class=none; keep=membership+3y")


class MembershipSeat(Table, tablename="membership_seat"):
    """A reviewer's place in the panels of a tenant's schemes, by the code that the scheme gives it."""

    tenant_id = UUID(default=None, help_text="class=none; keep=membership+3y")
    membership_id = UUID(default=None, help_text="class=none; keep=membership+3y")
    seat = Text(primary_key=True, default=None, help_text="class=staff; keep=membership+3y")
    substitute = Boolean(default=False, help_text="class=staff; keep=membership+3y")


class TenantFunction(Table, tablename="tenant_function"):
    """A role of a scheme, and from where it acts."""

    tenant_id = UUID(default=None, help_text="class=none; keep=tenant")
    scheme_code = Text(default=None, help_text="class=none; keep=tenant")
    role = Text(primary_key=True, default=None, help_text="class=none; keep=tenant")
    title = Text(default=None, help_text="class=none; keep=tenant")
    place = Text(default=None, help_text="class=none; keep=tenant")


class Invitation(Table, tablename="invitation"):
    """An offer of a membership. The token is sealed until the mail left; what was filled in so far waits sealed too."""

    tenant_id = UUID(default=None, help_text="class=none; keep=made+1y")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=made+1y")
    email = Text(default=None, help_text="class=staff; keep=made+1y")
    name = Text(default=None, help_text="class=staff; keep=made+1y")
    phone = Text(null=True, default=None, help_text="class=staff; keep=made+1y")
    organisation_id = UUID(null=True, default=None, help_text="class=none; keep=made+1y")
    roles = Array(base_column=Text(), default=None, help_text="class=staff; keep=made+1y")
    functions = Array(base_column=Text(), default=None, help_text="class=staff; keep=made+1y")
    seats = Jsonb(help_text="class=staff; keep=made+1y")
    digest = Bytea(default=None, help_text="class=secret; keep=made+7d")
    sealed_token = Bytea(null=True, default=None, help_text="class=secret; keep=sent")
    pending_password = Bytea(null=True, default=None, help_text="class=secret; keep=accepted")
    pending_totp = Bytea(null=True, default=None, help_text="class=secret; keep=accepted")
    invited_by = UUID(null=True, default=None, help_text="class=staff; keep=made+1y")
    created_at = Timestamptz(default=None, help_text="class=none; keep=made+1y")
    expires_at = Timestamptz(default=None, help_text="class=none; keep=made+1y")
    accepted_at = Timestamptz(null=True, default=None, help_text="class=none; keep=made+1y")
    withdrawn_at = Timestamptz(null=True, default=None, help_text="class=none; keep=made+1y")


class ApiToken(Table, tablename="api_token"):
    """What a member's own software logs in with; it never may more than the member."""

    tenant_id = UUID(default=None, help_text="class=none; keep=expired+1y")
    id = UUID(primary_key=True, default=None, help_text="class=none; keep=expired+1y")
    membership_id = UUID(default=None, help_text="class=none; keep=expired+1y")
    name = Text(default=None, help_text="class=staff; keep=expired+1y")
    digest = Bytea(default=None, help_text="class=secret; keep=expired+1y")
    last_characters = Text(default=None, help_text="class=none; keep=expired+1y")
    scopes = Array(base_column=Text(), default=None, help_text="class=none; keep=expired+1y")
    created_at = Timestamptz(default=None, help_text="class=none; keep=expired+1y")
    expires_at = Timestamptz(default=None, help_text="class=none; keep=expired+1y")
    seen_at = Timestamptz(null=True, default=None, help_text="class=none; keep=expired+1y")
    revoked_at = Timestamptz(null=True, default=None, help_text="class=none; keep=expired+1y")


SEALED_BY_TENANT = (
    Sealed("credential", ("secret",), of_people=True),
    Sealed("account_mail", ("address", "sealed_token"), of_people=True),
    Sealed("invitation", ("sealed_token", "pending_password", "pending_totp")),
)
