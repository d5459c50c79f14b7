"""Ending sessions: one's own, another of oneself, or all others."""

from uuid import UUID

from maatwerk.http.caller import Caller
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import end, end_others
from maatwerk.rules.refusals import NotFound


async def log_out(caller: Caller, session_id: UUID) -> None:
    """Ends a session of the caller. Raises NotFound for one that is not his, or not any more."""
    async with identity_scope(caller.person_id) as tx:
        if not await end(tx, caller.person_id, session_id):
            raise NotFound.because("geen_sessie", "Deze sessie is er niet.")


async def log_out_elsewhere(caller: Caller) -> None:
    """Ends every session of the caller but the one that asks."""
    async with identity_scope(caller.person_id) as tx:
        await end_others(tx, caller.person_id, caller.session_id)
