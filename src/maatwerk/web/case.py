"""Where a case stands: one page for everybody who may follow it. Nothing of the pupil is on it, not even the name that a
school gave a file; who may read more downloads it or opens the pack, and that is logged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response

from maatwerk import clock
from maatwerk.anonymisation.queries import pack_of
from maatwerk.cases.access import authorise
from maatwerk.cases.actions.facts import outside
from maatwerk.cases.case import read
from maatwerk.cases.meeting import Meeting
from maatwerk.cases.projection import ends
from maatwerk.cases.queries import notices
from maatwerk.cases.schemas import OfferView
from maatwerk.cases.standing_views import standing_view
from maatwerk.cases.telling import as_met, open_files
from maatwerk.decisions.texts import contact
from maatwerk.files import queries as files
from maatwerk.files.queries import StoredFile
from maatwerk.http import FromPath, GivenCaller
from maatwerk.rules.scheme import ReferenceDef, Scheme
from maatwerk.tenancy import scope
from maatwerk.web.declaring import page
from maatwerk.web.rendering import render
from maatwerk.web.who import who
from maatwerk.web.words import CLOCKS, FILES, MEDIA_TYPES, POINTS, STEPS


@dataclass(frozen=True)
class Turn:
    """What may be done now by the same people. `awaited`: the case goes on when they do it; else it may be done besides."""

    step: str
    people: str
    seats: str
    yours: bool
    awaited: bool
    offers: Sequence[OfferView]


@dataclass(frozen=True)
class Download:
    """A file under a name that is the scheme's or ours, never the school's."""

    id: UUID
    name: str
    kind: str
    size: int
    since: datetime
    state: str


@page("/zaken/{case_id:uuid}", permission="aanvragen.volgen")
async def show_case(caller: GivenCaller, case_id: FromPath[UUID]) -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id)
        meeting = authorise(caller, case, "stand")
        facts = await outside(tx, case, told_of_pupil=meeting.handles)
        told = await notices(tx, case_id)
        kept = open_files(await files.listing(tx, case_id), case, meeting) if case.key else []
        helper = await contact(tx)
        prepares = meeting.handles and caller.may("pakket.bewerken") and await pack_of(tx, case) is not None
    known = as_met(case, meeting)
    view = standing_view(known, clock.today(), facts, meeting, told if known is case else ())
    found = turns(case.scheme, view.offers, meeting)
    return render(
        "case.html",
        f"Zaak {case.number}: {case.scheme.title}" if case.number else f"Concept: {case.scheme.title}",
        await who(caller),
        case=known,
        view=view,
        awaited=[turn for turn in found if turn.awaited],
        besides=[turn for turn in found if not turn.awaited],
        yours=any(turn.yours for turn in found),
        letters=letters(kept),
        attachments=attachments(case.scheme, kept),
        reader=bool(meeting.opening.files),
        reviewer=meeting.pack,
        prepares=prepares,
        helper=helper,
        references=references(case.scheme, meeting.roles),
        words={"steps": STEPS, "clocks": CLOCKS, "points": POINTS},
        chosen_bearers=chosen_bearers(case.scheme),
    )


def turns(scheme: Scheme, offers: Sequence[OfferView], meeting: Meeting) -> list[Turn]:
    """The open acts by step and by who may do them, the reader's own first: from a chair only when he sits on one of its own."""
    mine, chairs = set(meeting.roles), set(meeting.chairs.values())
    found: dict[tuple[str, str, str, bool, bool], list[OfferView]] = {}
    for offer in offers:
        yours = bool(mine & set(offer.roles)) and (not offer.seats or bool(chairs.intersection(offer.seats)))
        step = scheme.steps[offer.step].title if offer.step else ""
        awaited = bool(offer.step) and ends(scheme.acts[offer.act])
        people = " of ".join(scheme.roles[name].title if name in scheme.roles else name for name in offer.roles)
        seats = ", ".join(scheme.seats[slot].title if slot in scheme.seats else slot for slot in offer.seats)
        found.setdefault((step, people, seats, yours, awaited), []).append(offer)
    return sorted((Turn(*place, acts) for place, acts in found.items()), key=lambda turn: not turn.yours)


def chosen_bearers(scheme: Scheme) -> frozenset[str]:
    """The lists whose points are for somebody who was chosen: a name that was typed is for no page."""
    found = set()
    for name, each in scheme.follow_ups.items():
        fields = scheme.acts[each.raised_by].fields
        columns = fields[each.table].columns if each.table else fields
        if columns[each.who].kind == "keuze":
            found.add(name)
    return frozenset(found)


def references(scheme: Scheme, roles: Collection[str]) -> list[ReferenceDef]:
    """The words of the scheme that go with the case, for these roles."""
    return [
        each for each in scheme.references.values() if not each.audiences or set(each.audiences).intersection(roles)
    ]


def letters(kept: Sequence[StoredFile]) -> list[Download]:
    """The letters, under the name that we gave them: `besluit 2026-0003`."""
    return [
        _download(item, item.name.rpartition(".")[0].replace("-", " ", 1)) for item in kept if item.purpose == "brief"
    ]


def attachments(scheme: Scheme, kept: Sequence[StoredFile]) -> list[Download]:
    """The attachments under the question to which they belong, numbered when there are more."""
    by_field: dict[str, list[StoredFile]] = {}
    for item in kept:
        if item.purpose == "bijlage":
            by_field.setdefault(item.field, []).append(item)
    found = []
    for field, items in by_field.items():
        title = scheme.form[field].title if field in scheme.form else "Bijlage"
        for number, item in enumerate(items, 1):
            found.append(_download(item, f"{title} ({number})" if len(items) > 1 else title))
    return found


def _download(item: StoredFile, name: str) -> Download:
    kind = MEDIA_TYPES.get(item.media_type, "bestand")
    return Download(item.id, name, kind, item.size, item.uploaded_at, FILES.get(item.state, ""))


SCREENS = [show_case]
