"""Saying when a reviewer is away. It counts for panels that open from then on; who already sits is replaced by an act."""

from datetime import date
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.people.queries import member
from maatwerk.reviews.queries import Away
from maatwerk.rules.belonging import CARRIERS
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.rules.refusals import Forbidden, Invalid, NotFound
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO absence (tenant_id, id, membership_id, from_day, to_day, reported_by, reported_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


async def report_absence(tx: Tx, caller: Caller, membership_id: UUID, first: date, last: date) -> Away:
    """The absence, both days included. Raises Forbidden for who reports another and is no ondersteuner, Invalid, NotFound."""
    if ONDERSTEUNER not in caller.roles and membership_id != caller.membership_id:
        raise Forbidden.because("geen_toegang", "Een beoordelaar meldt alleen zichzelf afwezig.")
    if last < first or last < clock.today():
        raise Invalid.because("periode", "De laatste dag ligt voor de eerste, of is al voorbij.", field="laatsteDag")
    found = await member(tx, membership_id)
    if found is None or not CARRIERS["zetel"].intersection(found.roles):
        raise NotFound.because("geen_beoordelaar", "Dit lid is geen beoordelaar.", field="lidId")
    away = Away(new_id(), membership_id, found.name, first, last)
    await tx.execute(INSERT, tx.tenant_id, away.id, membership_id, first, last, caller.membership_id, clock.now())
    await audit.record(tx, "afwezigheid.gemeld", "membership", membership_id)
    return away
