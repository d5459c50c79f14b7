"""What follows from an act outside the case itself: tasks, mails, letters, packs. All in the act's own transaction: what
takes long is only posted to the outbox here.
"""

from datetime import date
from uuid import UUID

from maatwerk import audit
from maatwerk.anonymisation.actions.release import release
from maatwerk.anonymisation.actions.renew import renew
from maatwerk.anonymisation.pieces import reader_of, seat_of_role
from maatwerk.cases.case import Case
from maatwerk.cases.messages import LetterWanted, PackWanted
from maatwerk.cases.owners import owners
from maatwerk.cases.roles import PLATFORM_ROLES
from maatwerk.cases.telling import as_told
from maatwerk.decisions import texts
from maatwerk.decisions.recipients import concerned, panel_of, recipients
from maatwerk.guests.mailing import mail_with_link
from maatwerk.guests.queries import guests_of
from maatwerk.mail import queue
from maatwerk.mail.templates import fill
from maatwerk.outbox import post
from maatwerk.rules.acts import Act, Effect
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.history import fold, within_reach
from maatwerk.rules.placeholders import MAIL
from maatwerk.rules.places import places
from maatwerk.rules.refusals import Invalid
from maatwerk.settings import Settings
from maatwerk.tasks.actions.create import create
from maatwerk.tasks.actions.finish import finish_for_act, lapse, lapse_made_by
from maatwerk.tenancy import Tx


async def follow(tx: Tx, case: Case, act: Act, settings: Settings) -> None:
    """Carries out the effects of a stored act, each once: their place (case, seq, position) is their key."""
    member = UUID(act.by.person) if act.by.person and act.by.known is None else None
    await finish_for_act(tx, case.id, act.kind, member, act.by.seat)
    if act.seq > 1:
        await _take_back(tx, case, act)
    for position, effect in enumerate(act.consequences.effects):
        key = f"{case.id}:{act.seq}:{position}"
        match effect.kind:
            case "taak":
                await _task(tx, case, act, effect, key)
            case "melding":
                await mail(tx, case, effect.text, effect.audience, key, settings, act=act, grens=effect.title)
            case "vastleggen" if effect.over:
                details = {"boek": effect.book, "over": effect.over, "seq": act.seq}
                await audit.record(tx, "boek.overschreden", "zaak", case.id, details=details)
            case "brief":
                await post(tx, LetterWanted(case.id, act.seq, position))
            case "pakket":
                await post(tx, PackWanted(case.id))
            case "vrijgave":
                seats = _readers(case)
                coarse = frozenset(act.fields.get("vergroving", ()))
                await release(tx, case, act, seats=seats, coarsening=coarse)


async def _take_back(tx: Tx, case: Case, act: Act) -> None:
    """Ends the tasks that an act left behind, and has a pack made anew that it made stale."""
    if act.consequences.ended or act.consequences.reopened or act.consequences.closed:
        history = fold(case.scheme, [item for item in case.acts if item.seq <= act.seq])
        await lapse(tx, case.id, case.scheme.acts.keys() - within_reach(case.scheme, history))
        await lapse_made_by(tx, case.id, [f"{case.id}:{seq}:" for seq in history.undone])
    definition = case.scheme.acts.get(act.kind)
    if definition is not None and PALETTE[definition.behaviour].uses_form:
        await renew(tx, case)


async def mail(
    tx: Tx,
    case: Case,
    text_id: str,
    audience: str,
    key: str,
    settings: Settings,
    *,
    act: Act | None = None,
    **changed: str,
) -> None:
    """Queues a text of the scheme to everybody of an audience, in the name of the tenant's contact person. A guest has no account
    to come back with: his mail carries a link of its own."""
    who = await texts.contact(tx)
    filled = {**texts.values(as_told(case, audience), who, settings), **changed}
    text = case.scheme.texts[text_id]
    for guest in await guests_of(tx, case.id):
        if guest.role == audience:
            await mail_with_link(
                tx,
                case,
                guest,
                fill(text.subject, filled, MAIL),
                lambda link, _: fill(text.body, {**filled, "link": link}, MAIL),
                kind=text_id,
                key=f"{key}:{guest.id}",
            )
    for member in await recipients(tx, case, act, audience):
        await queue(
            tx,
            case_id=case.id,
            membership_id=member.id,
            address=member.email,
            name=member.name,
            subject=fill(text.subject, filled, MAIL),
            text=fill(text.body, filled, MAIL),
            kind=text_id,
            reply_to=who.mail,
            sender_name=who.name,
            dedupe_key=f"{key}:{member.id}",
        )


async def _task(tx: Tx, case: Case, act: Act, effect: Effect, key: str) -> None:
    if places(case.scheme)[effect.audience] == "zetel":
        await _seat_tasks(tx, case, act, effect, key)
        return
    await role_task(tx, case, effect.audience, effect.title, key, done_by_act=effect.done_by)


async def role_task(
    tx: Tx, case: Case, role: str, title: str, key: str, *, done_by_act: str = "", due_on: date | None = None
) -> None:
    """Gives a task to whoever has this case in a role; to nobody when it is nobody's."""
    steps = fold(case.scheme, case.acts).steps
    for owner in owners(case.scheme, role, steps, case.organisation_id, case.home_municipality):
        seated = places(case.scheme)[role] == "zetel"
        await create(
            tx,
            case_id=case.id,
            title=title,
            role=PLATFORM_ROLES.get(role, role),
            membership_id=owner if seated else None,
            owner_id=None if seated else owner,
            done_by_act=done_by_act,
            due_on=due_on,
            source_key=f"{key}:{owner}" if seated else key,
        )


async def _seat_tasks(tx: Tx, case: Case, act: Act, effect: Effect, key: str) -> None:
    """A task for those on the chairs of a role whom the act concerns, or for the chair that it names."""
    role, seat = effect.audience, str(act.fields.get("zetel", ""))
    chairs = {chair.slot: chair.person for chair in panel_of(case, role)[0]}
    if seat and not chairs.get(seat):
        raise Invalid.because(
            "zetel_onbekend",
            "Op deze zetel zit in deze zaak niemand.",
            mend=f"Kies uit: {', '.join(chairs)}.",
            field="zetel",
        )
    for person in [chairs[seat]] if seat else [str(person) for person in concerned(case, act, role)]:
        await create(
            tx,
            case_id=case.id,
            title=effect.title,
            role=PLATFORM_ROLES.get(role, role),
            membership_id=UUID(person),
            seat=seat or None,
            done_by_act=effect.done_by,
            source_key=f"{key}:{person}",
        )


def _readers(case: Case) -> list[str]:
    """For whom a pack's key is wrapped: the seats of the role that reads it, or the role itself where it sits on none."""
    role = reader_of(case.scheme)
    if places(case.scheme).get(role) == "zetel":
        return [chair.slot for chair in panel_of(case, role)[0]]
    return [seat_of_role(role)] if role else []
