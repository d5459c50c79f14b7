"""The delivery log: a final row for each try and each report. It holds codes, never what a mail server wrote: that quotes
addresses."""

from uuid import UUID

from maatwerk import clock
from maatwerk.db import new_id
from maatwerk.mail.send import PermanentFailure, TemporaryFailure
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO mail_attempt (tenant_id, mail_id, id, at, outcome, smtp_code) VALUES ($1, $2, $3, $4, $5, $6)
"""


async def note(tx: Tx, mail_id: UUID, outcome: str, smtp_code: int | None = None) -> None:
    """Adds a row; `outcome` is a code."""
    await tx.execute(INSERT, tx.tenant_id, mail_id, new_id(), clock.now(), outcome, smtp_code)


def failure_code(failure: PermanentFailure | TemporaryFailure) -> str:
    """`geweigerd-rcpt-5.1.1`, `later-data-451`, `later-connect`: how far it came, and the server's code if it gave one."""
    verdict = "geweigerd" if isinstance(failure, PermanentFailure) else "later"
    code = failure.status or (str(failure.code) if failure.code else "")
    return "-".join(part for part in (verdict, failure.stage, code) if part)
