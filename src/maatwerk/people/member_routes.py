"""Routes for a tenant's people: invitations, members, tokens."""

from typing import Any
from uuid import UUID

from litestar import Response
from msgspec import UNSET, structs

from maatwerk.http import (
    Caller,
    FromPath,
    GivenCaller,
    GivenOnce,
    GivenPage,
    GivenVersion,
    GivenVisitor,
    JSONBody,
    Page,
    delete,
    etag,
    get,
    header,
    patch,
    post,
)
from maatwerk.people.actions.accept_invitation import accept_as, begin_acceptance, finish_acceptance
from maatwerk.people.actions.change_member import Change, change_member, deactivate_member
from maatwerk.people.actions.create_token import create_token
from maatwerk.people.actions.invite import Invitee, invite
from maatwerk.people.actions.reset_app import ask_reset, reset_if_agreed
from maatwerk.people.actions.revoke_token import revoke_token
from maatwerk.people.functions import offered
from maatwerk.people.queries import Member, invitations, member, members, tokens
from maatwerk.people.schemas import (
    Acceptance,
    AcceptanceView,
    FunctionView,
    InvitationView,
    MemberChange,
    MemberView,
    NewInvitation,
    NewToken,
    SecretTokenView,
    TokenView,
)
from maatwerk.people.views import (
    english_roles,
    function_view,
    invitation_view,
    member_view,
    seats_of,
    secret_token_view,
    token_view,
)
from maatwerk.rules.refusals import Invalid, NotFound, Reason
from maatwerk.tenancy import scope

TAG = "Leden"
ETAG = header("ETag", "De versie, voor If-Match.")


@post("/uitnodigingen", permission="leden.beheren", summary="Nodig iemand uit", tag=TAG, creates=True)
async def invite_one(once: GivenOnce, data: JSONBody[NewInvitation]) -> Response[InvitationView]:
    invitee = Invitee(
        email=data.email,
        name=data.name,
        roles=english_roles(data.roles),
        functions=data.functions,
        seats=seats_of(data.seats),
        phone=data.phone or None,
        organisation_id=data.organisation_id or None,
    )
    async with once.scope() as tx:
        return await once.answer(tx, invitation_view(await invite(tx, invitee)))


@get("/uitnodigingen", permission="leden.beheren", summary="De uitnodigingen", tag=TAG)
async def list_invitations(caller: GivenCaller, page: GivenPage) -> Response[Page[InvitationView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await invitations(tx, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, invitation_view, lambda row: (str(row.id),))


@post(
    "/uitnodigingen/_aanvaard",
    permission="public",
    summary="Aanvaard een uitnodiging",
    tag=TAG,
    status=200,
    problems=[404, 409, 422],
)
async def accept(visitor: GivenVisitor, data: JSONBody[Acceptance]) -> AcceptanceView:
    if visitor is not None and visitor.session_id is not None:
        await accept_as(visitor, data.token)
    elif not data.password:
        raise Invalid((Reason("ontbreekt", "Kies een wachtwoord, of log eerst in.", field="wachtwoord"),))
    elif not data.code:
        return AcceptanceView(state="code-nodig", enrolment=await begin_acceptance(data.token, data.password))
    else:
        return AcceptanceView("aanvaard", recovery_codes=await finish_acceptance(data.token, data.password, data.code))
    return AcceptanceView("aanvaard")


@get("/leden", permission="leden.lezen", summary="De leden", tag=TAG)
async def list_members(caller: GivenCaller, page: GivenPage) -> Response[Page[MemberView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await members(tx, await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, member_view, lambda row: (str(row.id),))


@get("/functies", permission="leden.lezen", summary="De functies die leden kunnen hebben", tag=TAG)
async def list_functions(caller: GivenCaller) -> list[FunctionView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        return [function_view(function) for function in await offered(tx) if function.carriers]


@get("/leden/{membership_id:uuid}", permission="leden.lezen", summary="Een lid", tag=TAG, answers_with=[ETAG])
async def show_member(caller: GivenCaller, membership_id: FromPath[UUID]) -> Response[MemberView]:
    async with scope(caller.tenant_id, caller.person_id, read_only=True) as tx:
        found = await member(tx, membership_id)
    if found is None:
        raise NotFound.because("geen_lid", "Dit lid is er niet.")
    return _answer(found)


@patch(
    "/leden/{membership_id:uuid}",
    permission="leden.beheren",
    summary="Wijzig een lid",
    tag=TAG,
    problems=[409],
    answers_with=[ETAG],
)
async def change(
    caller: GivenCaller, membership_id: FromPath[UUID], version: GivenVersion, data: JSONBody[MemberChange]
) -> Response[MemberView]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        return _answer(await change_member(tx, membership_id, _change(data), version))


@delete(
    "/leden/{membership_id:uuid}",
    permission="leden.beheren",
    summary="Beëindig een lidmaatschap",
    tag=TAG,
    versioned=True,
    problems=[409],
)
async def end(caller: GivenCaller, membership_id: FromPath[UUID], version: GivenVersion) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await deactivate_member(tx, membership_id, version)


@post(
    "/leden/{membership_id:uuid}/app/_los",
    permission="leden.beheren",
    summary="Vraag om de app van een lid los te maken",
    description="Het lid krijgt een mail om een nieuwe app in te stellen, zodra elk partnerschap waarin hij werkt dit binnen een"
    " dag heeft gevraagd; is dit het enige, dan meteen",
    tag=TAG,
    status=204,
    problems=[409],
)
async def take_app_away(caller: GivenCaller, membership_id: FromPath[UUID]) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        person_id = await ask_reset(tx, caller, membership_id)
    await reset_if_agreed(person_id)


@post("/tokens", permission="session", summary="Maak een token", tag="Tokens", creates=True)
async def make_token(once: GivenOnce, data: JSONBody[NewToken]) -> Response[SecretTokenView]:
    async with once.scope() as tx:
        token, secret = await create_token(tx, once.caller, data.name, data.scopes, data.expires_at)
        kept = secret_token_view(token, None)
        return await once.answer(tx, secret_token_view(token, secret), kept=kept)


@get("/tokens", permission="session", summary="Uw tokens", tag="Tokens")
async def list_tokens(caller: GivenCaller, page: GivenPage) -> Response[Page[TokenView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        rows = await tokens(tx, _membership(caller), await page.after_id(tx), page.limit)
        return await page.answer(tx, rows, token_view, lambda row: (str(row.id),))


@delete("/tokens/{token_id:uuid}", permission="session", summary="Trek een token in", tag="Tokens")
async def revoke(caller: GivenCaller, token_id: FromPath[UUID]) -> None:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await revoke_token(tx, caller, token_id)


def _membership(caller: Caller) -> UUID:
    assert caller.membership_id is not None
    return caller.membership_id


def _change(data: MemberChange) -> Change:
    values: dict[str, Any] = {
        name: value for name, value in structs.asdict(data).items() if value is not UNSET and name != "seats"
    }
    if "roles" in values:
        values["roles"] = english_roles(values["roles"])
    return Change(values, None if data.seats is UNSET else seats_of(data.seats))


def _answer(found: Member) -> Response[MemberView]:
    return Response(member_view(found), headers={"ETag": etag(found.seq)})


HANDLERS = [
    invite_one,
    list_invitations,
    accept,
    list_members,
    list_functions,
    show_member,
    change,
    end,
    take_app_away,
    make_token,
    list_tokens,
    revoke,
]
