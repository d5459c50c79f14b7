"""A version read as its tenant works with it: parsed outside the transaction in which its text was found, from the day that was chosen
and with the holidays that the tenant keeps.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.cases.schemes import valid_from
from maatwerk.http.caller import Caller
from maatwerk.rules import tenant_data
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.schemes.checking import Checked, checked
from maatwerk.schemes.queries import Stored, stored
from maatwerk.tenancy import scope, tenant_settings


@dataclass(frozen=True)
class Opened:
    """A version with what its text says."""

    stored: Stored
    text: Checked
    scheme: Scheme


async def opened(caller: Caller, version_id: UUID) -> Opened:
    """A version that the caller may see. Raises NotFound, SchemeRefused for a text that can't be read any more."""
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await stored(tx, caller, version_id)
        settings = await tenant_settings(tx)
    text = await checked(found.source)
    return Opened(found, text, as_kept(text.scheme, found.valid_from, settings))


def as_kept(scheme: Scheme, day: date, settings: Mapping[str, Any]) -> Scheme:
    """A scheme from a day on, as a tenant with these settings keeps it."""
    return tenant_data.as_kept(valid_from(scheme, day), settings)


async def compared(caller: Caller, version_id: UUID, other: UUID | None) -> tuple[Scheme, Scheme]:
    """(how it was, how it becomes): another version, without one the version of the same scheme that holds today.

    Raises NotFound, and Refused when none holds.
    """
    new = (await opened(caller, version_id)).scheme
    if other is not None:
        return (await opened(caller, other)).scheme, new
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        known = await schemes.current(tx)
    held = [each.scheme for each in known if each.scheme.code == new.code and each.holds_on(clock.today())]
    if not held:
        raise Refused.because(
            "niets_te_vergelijken",
            "Van deze regeling geldt nu geen versie.",
            mend="Kies met welke versie u vergelijkt.",
            field="met",
        )
    return held[0], new
