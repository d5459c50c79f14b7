"""An administrator has a member's app taken away, for who has neither app nor recovery codes. An account may be used in several
partnerships, so it happens only when every one of them where the person is a member today has asked; none learns of the others."""

from datetime import timedelta
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.http.caller import Caller
from maatwerk.people import account_mail, accounts, recovery
from maatwerk.people.identifying import ACTIVE
from maatwerk.people.queries import member, tenants_of
from maatwerk.people.recovery_codes import forget_codes
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import end_in_tenant, end_others
from maatwerk.rules.refusals import Conflict, NotFound
from maatwerk.tenancy import Tx, scope

STANDS = timedelta(hours=24)
ASK = """
    INSERT INTO app_reset (tenant_id, person_id, requested_by, requested_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (tenant_id, person_id) DO UPDATE
        SET requested_by = excluded.requested_by, requested_at = excluded.requested_at
"""
AGREED = f"""
    SELECT EXISTS (SELECT FROM app_reset WHERE person_id = $1 AND requested_at > $3) AND NOT EXISTS (
        SELECT FROM membership m WHERE m.person_id = $1 AND {ACTIVE} AND NOT EXISTS (
            SELECT FROM app_reset r
            WHERE r.tenant_id = m.tenant_id AND r.person_id = m.person_id AND r.requested_at > $3))
"""  # noqa: S608 - only constants of ours
LOCK = "SELECT address FROM person WHERE id = $1 AND disabled_at IS NULL FOR UPDATE"


async def ask_reset(tx: Tx, caller: Caller, membership_id: UUID) -> UUID:
    """Notes that this partnership asks, ends the member's sessions in it, and answers the person for `reset_if_agreed`.

    Raises NotFound, and Conflict for oneself and for a membership that has ended.
    """
    found = await member(tx, membership_id, lock=True)
    if found is None:
        raise NotFound.because("geen_lid", "Dit lid is er niet.")
    if found.person_id == caller.person_id:
        raise Conflict.because(
            "eigen_app", "Uw eigen app maakt u niet zelf los.",
            mend="Stel onder Account een andere in, of vraag een andere beheerder.",
        )  # fmt: skip
    if found.active_to is not None and found.active_to <= clock.today():
        raise Conflict.because("al_beeindigd", "Dit lidmaatschap is al beëindigd.")
    await tx.execute(ASK, tx.tenant_id, found.person_id, caller.membership_id, clock.now())
    await end_in_tenant(tx, found.person_id)
    await audit.record(tx, "app.reset_asked", "membership", membership_id)
    return found.person_id


async def reset_if_agreed(person_id: UUID) -> bool:
    """Takes the app away when every partnership of the person has asked; else nothing happens yet."""
    async with identity_scope() as tx:
        address = await tx.fetchval(LOCK, person_id)
        if address is None or not await tx.fetchval(AGREED, person_id, clock.today(), clock.now() - STANDS):
            return False
        token = await take_away(tx, person_id)
        await account_mail.ask(tx, "app_opnieuw", address, token)
    return True


async def reset_as_operator(address: str) -> str:
    """The same without asking anybody, for who runs the service. Answers the secret of somebody who belongs nowhere, because
    no mail can reach him; else it is empty. Raises NotFound.
    """
    async with identity_scope() as tx:
        account = await accounts.find(tx, address, without_app=True)
        if account is None:
            raise NotFound.because("account_onbekend", "Met dit adres is er geen account.")
        tenants = await tenants_of(tx, account.person_id)
        token = await take_away(tx, account.person_id)
        if tenants:
            await account_mail.ask(tx, "app_opnieuw", account.address, token)
    for tenant in tenants:
        async with scope(tenant.id, None) as tx:
            await audit.record(tx, "app.reset_by_operator", "person", account.person_id)
    return "" if tenants else token


async def take_away(tx: Tx, person_id: UUID) -> str:
    """No app, no recovery code and no session of the person is worth anything from here on; answers the secret that is."""
    for kind in ("totp", "next_totp"):
        await accounts.drop_credential(tx, person_id, kind)
    await forget_codes(tx, person_id)
    await tx.execute("DELETE FROM app_reset WHERE person_id = $1", person_id)
    await end_others(tx, person_id, None)
    return await recovery.issue(tx, person_id, "app")
