"""Choosing the tenant to work in: one at a time, and with a new secret for the session, because its powers change."""

from uuid import UUID

from maatwerk.http.caller import Caller
from maatwerk.http.problems import Unauthenticated
from maatwerk.people.queries import tenants_of
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import NewSession, rotate
from maatwerk.rules.refusals import NotFound


async def choose_tenant(caller: Caller, tenant_id: UUID) -> NewSession:
    """The caller's session, working in that tenant. Raises NotFound where he is no active member."""
    async with identity_scope(caller.person_id) as tx:
        if tenant_id not in {tenant.id for tenant in await tenants_of(tx, caller.person_id)}:
            raise NotFound.because("geen_partnerschap", "In dit partnerschap bent u geen lid.")
        session = caller.session_id and await rotate(tx, caller.session_id, tenant_id)
        if not session:
            raise Unauthenticated()
        return session
