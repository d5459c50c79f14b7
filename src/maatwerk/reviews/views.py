"""Reviews as the API shows them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from msgspec import UNSET

from maatwerk.anonymisation.titles import title_of
from maatwerk.audit.access import Reading
from maatwerk.reviews import schemas
from maatwerk.reviews.actions.open_pack import OpenedPack
from maatwerk.reviews.notes import Note
from maatwerk.reviews.panels import Place
from maatwerk.reviews.queries import Away, Seated
from maatwerk.reviews.suspicions import Suspicion
from maatwerk.rules.involvement import CLEARED, PARTS, REASONS, Cleared, Part
from maatwerk.rules.names import may_mean
from maatwerk.rules.routing import fit
from maatwerk.rules.scheme import Scheme


def review_pack_view(pack: OpenedPack) -> schemas.ReviewPackView:
    """What a reviewer reads: every sheet that was released, one after another."""
    scheme, sheets = pack.scheme, pack.sheets
    return schemas.ReviewPackView(
        case_id=pack.case_id,
        number=pack.number,
        seat=pack.seat,
        disclosed=[
            schemas.ReviewFieldView(path, title_of(scheme, path), value)
            for sheet in sheets
            for path, value in sheet.fields.items()
        ],
        texts=[
            schemas.ReviewTextView(path, title_of(scheme, path), text)
            for sheet in sheets
            for path, text in sheet.texts.items()
        ],
        tables=[
            schemas.ReviewTableView(path, title_of(scheme, path), [dict(row) for row in rows])
            for sheet in sheets
            for path, rows in sheet.tables.items()
        ],
        released_answers=[
            schemas.ReviewAnswerView(each.seq, title_of(scheme, f"{each.act}.{each.field}@{each.seq}"), each.text)
            for sheet in sheets
            for each in sheet.answers
        ],
        attachments=[
            schemas.ReviewAttachmentView(each.id, each.name, each.media_type, UNSET if each.size is None else each.size)
            for sheet in sheets
            for each in sheet.attachments
        ],
        notes=[_note(scheme, note) for note in pack.notes],
        votes=[_note(scheme, note) for note in pack.votes],
    )


def place_view(place: Place) -> schemas.PlaceView:
    """A chair with its candidates, for the ondersteuner."""
    return schemas.PlaceView(
        seat=place.chair.slot,
        title=place.seat.title,
        why=place.chair.why,
        frozen=place.frozen,
        voted=place.voted,
        candidates=[_candidate(place, each) for each in place.candidates],
        membership_id=UUID(place.chair.person) if place.chair.person else UNSET,
        name=place.name or UNSET,
    )


def involvement_view(case_id: UUID, membership_id: UUID, what: Part, declared_at: datetime) -> schemas.InvolvementView:
    return schemas.InvolvementView(case_id, membership_id, what, PARTS[what], declared_at)


def not_involved_view(membership_id: UUID, because: Cleared, involved: str) -> schemas.NotInvolvedView:
    return schemas.NotInvolvedView(membership_id, because, CLEARED[because], involved)


def suspicion_view(found: Suspicion) -> schemas.SuspicionView:
    """For the school: what it said, and nothing of who that is or what became of it."""
    return schemas.SuspicionView(found.id, found.name, found.what, PARTS[found.what], found.reported_at)


def judged_suspicion_view(found: Suspicion, people: Iterable[Seated]) -> schemas.SuspicionView:
    """For the ondersteuner; `people` are those who could be meant."""
    meant = {UUID(each.candidate.person) for each in people if not found.verdict and may_mean(found.name, each.name)}
    shown = suspicion_view(found)
    shown.state = found.verdict or "open"
    shown.membership_id = found.membership_id or UNSET
    shown.kept_off = sorted(meant)
    return shown


def absence_view(away: Away) -> schemas.AbsenceView:
    return schemas.AbsenceView(away.id, away.membership_id, away.name, away.from_day, away.to_day)


def reading_view(reading: Reading) -> schemas.ReadingView:
    return schemas.ReadingView(
        id=reading.id,
        at=reading.at,
        case_id=reading.case_id,
        deed=reading.what,
        ground=reading.ground,
        details=dict(reading.details),
        membership_id=reading.membership_id or UNSET,
    )


def _note(scheme: Scheme, note: Note) -> schemas.ReviewNoteView:
    title = scheme.acts[note.act].title
    return schemas.ReviewNoteView(note.seq, note.seat, note.act, title, note.on, dict(note.fields), note.vote or UNSET)


def _candidate(place: Place, each: Seated) -> schemas.CandidateView:
    seat, candidate = place.seat, each.candidate
    elsewhere = candidate.person in place.elsewhere
    why = [REASONS.get(candidate.involved, candidate.involved)] if candidate.involved and seat.involved_blocks else []
    why += ["Is afwezig."] if candidate.absent else []
    why += ["Zit al op een andere zetel van deze beoordeling."] if elsewhere else []
    return schemas.CandidateView(
        membership_id=UUID(candidate.person),
        name=each.name,
        substitute=candidate.substitute,
        absent=candidate.absent,
        load=candidate.load,
        fit=fit(seat, candidate) and not elsewhere,
        involved=candidate.involved,
        unfit_because=" ".join(why),
        set_aside=_set_aside(each),
    )


def _set_aside(each: Seated) -> str:
    if each.cleared is None or "genoemd_in_aanvraag" in each.findings:
        return ""
    return f"{REASONS['genoemd_in_aanvraag']} Volgens de ondersteuner niet betrokken: {CLEARED[each.cleared]}"
