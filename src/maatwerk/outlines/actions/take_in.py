"""Taking in a file of cases: every new row is registered and every changed one changed by the same acts as by hand, so that terms,
lists and history follow; or nothing of the file is. One at a time for a scheme.
"""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.case import Draft
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.http.caller import Caller
from maatwerk.outlines.planning import Plan, Planned, digest, plan
from maatwerk.rules.decoding import Fault
from maatwerk.rules.outline_rows import RowsRefused
from maatwerk.rules.refusals import Refused
from maatwerk.settings import Settings
from maatwerk.tenancy import Tx

ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))"
KEEP = """
    INSERT INTO imported_row (tenant_id, scheme_code, row_key, case_id, number, answers, imported_by, imported_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (tenant_id, scheme_code, row_key) DO UPDATE
        SET answers = excluded.answers, imported_by = excluded.imported_by, imported_at = excluded.imported_at
"""


async def take_in(tx: Tx, caller: Caller, version_id: UUID, content: bytes, settings: Settings) -> Plan:
    """What the file did. Raises what `plan` does, and RowsRefused with the line of a row of which the act is refused."""
    await tx.execute(ONE_AT_A_TIME, f"outlines/{tx.tenant_id}")
    found = await plan(tx, caller, version_id, content)
    for each in found.rows:
        if each.fate == "ongewijzigd":
            continue
        try:
            case_id = await _done(tx, caller, found, each, settings)
        except Refused as refusal:
            raise RowsRefused(
                tuple(Fault(r.field, r.message, r.mend, each.row.line) for r in refusal.reasons)
            ) from refusal
        await tx.execute(
            KEEP,
            *(tx.tenant_id, found.scheme.code, digest(each.row.key), case_id, each.row.number, dict(each.row.answers)),
            *(caller.membership_id, clock.now()),
        )
    details = {"nieuw": found.count("nieuw"), "gewijzigd": found.count("gewijzigd")}
    await audit.record(tx, "zaken.ingelezen", "regeling", version_id, details=details)
    return found


async def _done(tx: Tx, caller: Caller, found: Plan, each: Planned, settings: Settings) -> UUID:
    """The id of the case in which the act of a row was done."""
    if each.case_id is None:
        case_id = await open_case(tx, caller, found.version_id, Draft(dict(each.row.answers)))
        await act(tx, caller, case_id, Deed(found.file.act), settings)
        return case_id
    await act(tx, caller, each.case_id, Deed(found.file.change, {c.field: c.becomes for c in each.changes}), settings)
    return each.case_id
