"""What may stand for the second step when something was lost: a code of the app, a recovery code, or the secret from the mail that an
administrator let go out. A lost password never passes by it, and each works once."""

import re
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from maatwerk import clock
from maatwerk.people import accounts, recovery, totp
from maatwerk.people.recovery_codes import PATTERN, is_code, spend_code
from maatwerk.tenancy import Tx

Kind = Literal["app", "herstelcode", "beheerder"]
WITHOUT_APP: tuple[Kind, ...] = ("herstelcode", "beheerder")
ANY: tuple[Kind, ...] = ("app", *WITHOUT_APP)
TOKEN = "[0-9A-Za-z]{43}"  # noqa: S105 - a pattern
GIVEN = f"([0-9]{{6}}|{PATTERN}|{TOKEN})"
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Step:
    """What somebody gave that is right; `counter` is that of an app's code."""

    kind: Kind
    given: str
    counter: int = 0


async def step_of(tx: Tx, account: accounts.Account | None, given: str, kinds: tuple[Kind, ...]) -> Step | None:
    """The step that was given, if it is right for this account. The same is looked up for nobody."""
    person_id, kind = account.person_id if account else NOBODY, _kind(given)
    if kind == "beheerder":
        holder = await recovery.holder_of(tx, given, "app")
        right, counter = holder == person_id, 0
    elif kind == "herstelcode":
        right, counter = await is_code(tx, person_id, given), 0
    else:
        found = totp.matching_counter(account.totp if account and account.totp else totp.NOBODY, given, clock.now())
        right, counter = found is not None and account is not None and bool(account.totp), found or 0
    return Step(kind, given, counter) if right and account is not None and kind in kinds else None


async def use(tx: Tx, person_id: UUID, step: Step, *, for_app: bool) -> bool:
    """Uses the step; False when somebody did so in the meantime. An administrator's secret is for a new app: who only chooses
    a password with it keeps it for that."""
    if step.kind == "app":
        return await accounts.use_counter(tx, person_id, step.counter)
    if step.kind == "herstelcode":
        return await spend_code(tx, person_id, step.given)
    if for_app:
        return await recovery.spend(tx, person_id, step.given, "app")
    return await recovery.holder_of(tx, step.given, "app") == person_id


def _kind(given: str) -> Kind:
    if re.fullmatch("[0-9]{6}", given):
        return "app"
    return "beheerder" if re.fullmatch(TOKEN, given) else "herstelcode"
