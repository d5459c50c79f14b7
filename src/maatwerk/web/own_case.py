"""The one case of a guest: where it stands, what he can do, what was done and filled in, and his letters. What he sees of it is what the
scheme opens to his role, and each look inside is logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response

from maatwerk import clock
from maatwerk.cases.access import authorise
from maatwerk.cases.act_views import BY_ITSELF, acts_for
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.actions.fetch_file import fetch_file
from maatwerk.cases.actions.look import look
from maatwerk.cases.case import Case, read
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.schemas import ActView, StandingView
from maatwerk.cases.standing_views import standing_view
from maatwerk.cases.telling import as_met, open_files
from maatwerk.decisions.texts import contact
from maatwerk.files import queries as files
from maatwerk.files.serving import download
from maatwerk.http import Caller, FromPath, GivenCaller
from maatwerk.rules.acts import Facts
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.opening import is_open
from maatwerk.rules.permissions import GUEST
from maatwerk.rules.refusals import Forbidden
from maatwerk.rules.scheme import FieldDef
from maatwerk.rules.standing import standing
from maatwerk.tenancy import Tx, scope
from maatwerk.web.answers import said
from maatwerk.web.case import attachments, letters, references
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.returning import OWN_CASE, OWN_FILES
from maatwerk.web.words import CLOCKS, STEPS


@dataclass(frozen=True)
class Told:
    """An act that the guest may know of."""

    title: str
    on: date
    by: str
    known: str
    said: Sequence[tuple[str, str]]


async def own_case(tx: Tx, caller: Caller, *, lock: bool = False) -> tuple[Case, Meeting, Facts]:
    """The case of a guest, how he meets it, and the outside as he may know it."""
    if caller.guest is None:
        raise Forbidden.because("geen_gast", "Deze pagina is voor wie met een link binnenkomt.")
    case = await read(tx, caller.guest.case_id, lock=lock)
    meeting = authorise(caller, case, "stand")
    return case, meeting, await outside(tx, case, told_of_pupil=False)


@page(OWN_CASE, permission=GUEST)
async def show_own_case(caller: GivenCaller) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, meeting, facts = await own_case(tx, caller)
        if is_open(meeting.opening):
            await look(tx, caller, case.id, "zaak.gelezen")
        kept = open_files(await files.listing(tx, case.id), case, meeting) if case.key else []
        helper = await contact(tx)
    known, today = as_met(case, meeting), clock.today()
    view = standing_view(known, today, facts, meeting)
    return render(
        "own_case.html",
        case.scheme.title,
        None,
        guest=True,
        case=known,
        view=view,
        role=" en ".join(case.scheme.roles[role].title for role in meeting.roles),
        offers=own_offers(known, view, meeting),
        told=[_told(case, act) for act in acts_for(case, caller, meeting) if act.title != BY_ITSELF],
        filled=_said(case.scheme.form, meeting.opening.answers(known.answers, today)) if not case.unfiled else [],
        letters=letters(kept),
        attachments=attachments(case.scheme, kept),
        helper=helper,
        references=references(case.scheme, meeting.roles),
        words={"steps": STEPS, "clocks": CLOCKS},
    )


@page(f"{OWN_FILES}/{{file_id:uuid}}", permission=GUEST, media_type="application/octet-stream")
async def own_file(caller: GivenCaller, file_id: FromPath[UUID]) -> Response[bytes]:
    if caller.guest is None:
        raise Forbidden.because("geen_gast", "Deze pagina is voor wie met een link binnenkomt.")
    found = await fetch_file(caller, caller.guest.case_id, file_id)
    return download(found.name, found.media_type, found.content)


def own_offers(case: Case, view: StandingView, meeting: Meeting) -> list[dict[str, Any]]:
    """What the guest can do now. What stands in the way of filing shows on the form itself."""
    found = []
    for offer in view.offers:
        if not set(offer.roles).intersection(meeting.roles):
            continue
        files_it = PALETTE[case.scheme.acts[offer.act].behaviour].files
        found.append(
            {
                "act": offer.act,
                "title": offer.title,
                "help": case.scheme.acts[offer.act].help,
                "blocks": [] if files_it else offer.blocks,
                "begun": files_it and bool(case.draft.answers),
            }
        )
    return found


def can_do(case: Case, meeting: Meeting, facts: Facts, kind: str) -> bool:
    """Whether an act is open to the guest now."""
    offers = standing(case.scheme, case.acts, clock.today(), facts).offers
    return any(offer.act == kind and set(offer.roles).intersection(meeting.roles) for offer in offers)


def _told(case: Case, view: ActView) -> Told:
    act = case.scheme.acts[view.act]
    asked = {} if PALETTE[act.behaviour].uses_form else act.fields
    role = case.scheme.roles.get(view.role)
    known = view.identification.message if view.identification else ""
    return Told(view.title, view.on, role.title if role else view.role, known, _said(asked, view.fields))


def _said(fields: Mapping[str, FieldDef], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers under the words of their question; files stand in a list of their own."""
    return [
        (fields[name].title, said(fields[name], value))
        for name, value in given.items()
        if name in fields and fields[name].kind != "bestand" and value not in (None, "", [], {})
    ]


SCREENS = [show_own_case, own_file]
