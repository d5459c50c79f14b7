"""Routes for who lets guests into a case. What guests do themselves goes over pages (web/)."""

from uuid import UUID

from litestar import Response
from msgspec import UNSET

from maatwerk.guests.actions.let_in import let_in, listed, send_again, withdraw
from maatwerk.guests.links import ContactOf
from maatwerk.guests.queries import GuestOfCase
from maatwerk.guests.schemas import GuestView, NewGuest
from maatwerk.http import FromPath, GivenCaller, GivenOnce, JSONBody, delete, get, post
from maatwerk.tenancy import scope

TAG = "Gasten"
GUESTS = "/aanvragen/{case_id:uuid}/gasten"


@post(
    GUESTS, permission="gasten.binnenlaten", summary="Laat iemand zonder account binnen met een link", tag=TAG,
    creates=True, problems=[404, 409],
)  # fmt: skip
async def add_guest(once: GivenOnce, case_id: FromPath[UUID], data: JSONBody[NewGuest]) -> Response[GuestView]:
    contact = ContactOf(data.email, "" if data.phone is UNSET else data.phone)
    async with once.scope() as tx:
        return await once.answer(tx, _view(await let_in(tx, once.caller, case_id, data.role, contact)))


@get(GUESTS, permission="gasten.binnenlaten", summary="Wie er met een link binnenkomt", tag=TAG)
async def list_guests(caller: GivenCaller, case_id: FromPath[UUID]) -> list[GuestView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        return [_view(guest) for guest in await listed(tx, caller, case_id)]


@post(
    f"{GUESTS}/{{guest_id:uuid}}/_stuur", permission="gasten.binnenlaten", summary="Stuur een nieuwe link", tag=TAG,
    creates=True, status=200, problems=[404, 409],
)  # fmt: skip
async def send_link(once: GivenOnce, case_id: FromPath[UUID], guest_id: FromPath[UUID]) -> Response[GuestView]:
    async with once.scope() as tx:
        return await once.answer(tx, _view(await send_again(tx, once.caller, case_id, guest_id)), status=200)


@delete(f"{GUESTS}/{{guest_id:uuid}}", permission="gasten.binnenlaten", summary="Trek de toegang in", tag=TAG)
async def withdraw_guest(caller: GivenCaller, case_id: FromPath[UUID], guest_id: FromPath[UUID]) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await withdraw(tx, caller, case_id, guest_id)


def _view(guest: GuestOfCase) -> GuestView:
    contact = guest.contact
    return GuestView(
        id=guest.id,
        role=guest.role,
        state=guest.state,
        created_at=guest.registered_at,
        sent_at=guest.sent_at,
        expires_at=guest.expires_at,
        email=contact.address if contact else UNSET,
        phone=contact.phone if contact and contact.phone else UNSET,
    )


HANDLERS = [add_guest, list_guests, send_link, withdraw_guest]
