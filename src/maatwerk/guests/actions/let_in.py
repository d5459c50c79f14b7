"""Letting somebody in: his mail address is registered and a link goes there. Sending again replaces the link and lifts a lock;
withdrawing ends his visit at once."""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.audit.access import log_reading
from maatwerk.cases.access import authorise
from maatwerk.cases.case import Case, read
from maatwerk.crypto import Erased
from maatwerk.db import new_id
from maatwerk.guests.links import ContactOf, keep_link, seal_contact
from maatwerk.guests.mailing import mail_link
from maatwerk.guests.queries import GuestOfCase, guest_of, guests_of
from maatwerk.http.caller import Caller
from maatwerk.people.accounts import address_of
from maatwerk.people.secrets import new_secret
from maatwerk.rules.links import lets_in
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO guest (tenant_id, id, case_id, role, contact, registered_by, registered_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
WITHDRAW = "UPDATE guest SET withdrawn_at = $3 WHERE tenant_id = $1 AND id = $2"
END_LINKS = "UPDATE access_link SET ended = 'ingetrokken' WHERE tenant_id = $1 AND guest_id = $2 AND ended IS NULL"
END_VISITS = "DELETE FROM guest_session WHERE tenant_id = $1 AND guest_id = $2"


async def let_in(tx: Tx, caller: Caller, case_id: UUID, role: str, contact: ContactOf) -> GuestOfCase:
    """Registers a guest and mails him. Raises Forbidden for who lets nobody in, Invalid for a role that he doesn't let in, Conflict
    for an address that has the role already."""
    case, able = await _host(tx, caller, case_id, lock=True)
    if role not in able:
        titles = ", ".join(able)
        raise Invalid.because("rol", "In die rol laat u niemand binnen.", mend=f"Kies uit: {titles}.", field="rol")
    contact = ContactOf(address_of(contact.address), contact.phone)
    for other in await guests_of(tx, case.id):
        if other.welcome and other.contact and other.contact.address == contact.address and other.role == role:
            raise Conflict.because(
                "al_binnengelaten", "Dit adres heeft in deze zaak al een link.", mend="Stuur die opnieuw.", field="mail"
            )
    guest = await register(tx, case, role, contact, caller.membership_id or caller.person_id)
    await mail_link(tx, case, guest)
    return await guest_of(tx, case.id, guest.id)


async def register(tx: Tx, case: Case, role: str, contact: ContactOf, by: UUID) -> GuestOfCase:
    """The guest as registered, with a link that nobody was mailed yet."""
    guest_id = new_id()
    sealed = seal_contact(tx, case, guest_id, contact)
    await tx.execute(INSERT, tx.tenant_id, guest_id, case.id, role, sealed, by, clock.now())
    await keep_link(tx, guest_id, new_secret())
    await audit.record(tx, "gast.aangemeld", "gast", guest_id, details={"zaak": case.id, "rol": role})
    return await guest_of(tx, case.id, guest_id)


async def send_again(tx: Tx, caller: Caller, case_id: UUID, guest_id: UUID) -> GuestOfCase:
    """A new link in place of the last. Raises Conflict for a guest whose access was withdrawn."""
    case, able = await _host(tx, caller, case_id, lock=True)
    guest = await _guest(tx, case, able, guest_id)
    if guest.contact is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    if not guest.welcome:
        raise Conflict.because("ingetrokken", "Deze toegang is ingetrokken.", mend="Meld het adres opnieuw aan.")
    await mail_link(tx, case, guest)
    await audit.record(tx, "gast.opnieuw_gemaild", "gast", guest_id, details={"zaak": case.id})
    return await guest_of(tx, case.id, guest_id)


async def withdraw(tx: Tx, caller: Caller, case_id: UUID, guest_id: UUID) -> None:
    """Takes the access away. What the guest did stays, as his."""
    case, able = await _host(tx, caller, case_id, lock=True)
    await _guest(tx, case, able, guest_id)
    await tx.execute(WITHDRAW, tx.tenant_id, guest_id, clock.now())
    await tx.execute(END_LINKS, tx.tenant_id, guest_id)
    await tx.execute(END_VISITS, tx.tenant_id, guest_id)
    await audit.record(tx, "gast.ingetrokken", "gast", guest_id, details={"zaak": case.id})


async def listed(tx: Tx, caller: Caller, case_id: UUID) -> list[GuestOfCase]:
    """The guests whom the caller may let in; logged, because their addresses are told."""
    case, able = await _host(tx, caller, case_id)
    await log_reading(
        tx, membership_id=caller.membership_id, case_id=case.id, what="gasten.gelezen", ground="laat zelf binnen"
    )
    return [guest for guest in await guests_of(tx, case.id) if guest.role in able]


async def _host(tx: Tx, caller: Caller, case_id: UUID, *, lock: bool = False) -> tuple[Case, list[str]]:
    """The case and the roles in which the caller lets others in. Raises NotFound, Forbidden."""
    case = await read(tx, case_id, lock=lock)
    able = lets_in(case.scheme, authorise(caller, case, "stand").roles)
    if not able:
        raise Forbidden.because("laat_niemand_binnen", "In uw rol laat u in deze zaak niemand met een link binnen.")
    return case, able


async def _guest(tx: Tx, case: Case, able: list[str], guest_id: UUID) -> GuestOfCase:
    guest = await guest_of(tx, case.id, guest_id)
    if guest.role not in able:
        raise Forbidden.because("laat_niemand_binnen", "Deze gast is door een ander binnengelaten.")
    return guest
