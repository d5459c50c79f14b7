"""Writing a concept: a new one, or another text of one that was not published. Whoever changes a proposal makes it a concept again,
so that nobody publishes what was not proposed.
"""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.schemes import digest_of
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.http.etag import Version
from maatwerk.rules.refusals import Conflict
from maatwerk.schemes.checking import Checked
from maatwerk.schemes.queries import CONCEPT, PROPOSED, Stored, stored
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO scheme_version
        (tenant_id, id, code, version, digest, title, valid_from, valid_until, source, loaded_at, changed_at, state, made_by)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12)
"""
UPDATE = """
    UPDATE scheme_version SET code = $3, version = $4, digest = $5, title = $6, valid_from = $7, valid_until = $8,
        source = $9, changed_at = $10, state = $11, proposed_by = NULL, proposed_at = NULL, seq = seq + 1
    WHERE tenant_id = $1 AND id = $2
"""


async def write(tx: Tx, caller: Caller, text: Checked) -> Stored:
    """A new concept of the caller."""
    version_id = new_id()
    await tx.execute(INSERT, *_values(tx, version_id, text), CONCEPT, caller.membership_id)
    await audit.record(tx, "regeling.geschreven", "regeling", version_id, details={"tekst": digest_of(text.source)})
    return await stored(tx, caller, version_id)


async def rewrite(tx: Tx, caller: Caller, version_id: UUID, seen: Version, text: Checked) -> Stored:
    """The concept with another text. Raises NotFound, Stale, Conflict for one that was published, withdrawn or delivered."""
    found = await stored(tx, caller, version_id, lock=True)
    seen.check(found.seq)
    if found.state not in (CONCEPT, PROPOSED):
        raise Conflict.because(
            "niet_te_wijzigen", "Deze versie staat vast.", mend="Begin een nieuw concept met deze tekst."
        )
    if found.made_by is None:
        raise Conflict.because(
            "geleverd",
            "Deze tekst is door de beheerder van de dienst geleverd.",
            mend="Begin er een eigen concept mee.",
        )
    await tx.execute(UPDATE, *_values(tx, version_id, text), CONCEPT)
    await audit.record(tx, "regeling.gewijzigd", "regeling", version_id, details={"tekst": digest_of(text.source)})
    return await stored(tx, caller, version_id)


def _values(tx: Tx, version_id: UUID, text: Checked) -> tuple[object, ...]:
    scheme = text.scheme
    return (
        *(tx.tenant_id, version_id, scheme.code, scheme.version, digest_of(text.source), scheme.title),
        *(scheme.valid_from, scheme.valid_until, text.source, clock.now()),
    )
