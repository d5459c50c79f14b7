"""A guest fills in and sends: the form of an act, made from the scheme. A draft is kept at every press of a button, with what fits;
what does not fit is said beside its question, and what was typed stays."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any
from uuid import UUID

from litestar import Response
from litestar.enums import RequestEncodingType
from litestar.params import Body, QueryParameter

from maatwerk import audit
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Case, Draft
from maatwerk.cases.telling import as_met
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.files import queries as files
from maatwerk.files.actions.remove import remove
from maatwerk.files.actions.upload import Admitted, admit, keep
from maatwerk.http import Caller, GivenCaller, Version
from maatwerk.rules import form as form_rules
from maatwerk.rules.links import choices, spoken
from maatwerk.rules.permissions import GUEST
from maatwerk.rules.refusals import Conflict, NotFound, Refused, Stale
from maatwerk.rules.scheme import FieldDef
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx, scope
from maatwerk.web.answering import Typed, uploads
from maatwerk.web.asking import MARK, Sheet, questions
from maatwerk.web.declaring import form, page
from maatwerk.web.desk import Desk, desk_of
from maatwerk.web.fields import Fault, seen_version, text
from maatwerk.web.own_case import own_case
from maatwerk.web.rendering import render
from maatwerk.web.returning import OWN_ACT, OWN_CASE, see

LARGEST = 21 * 1024 * 1024
SentParts = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.MULTI_PART)]
Kind = Annotated[str, QueryParameter(name="handeling", max_length=60)]
Notice = Annotated[str, QueryParameter(name="bericht", max_length=20)]
NOTICES = {"bewaard": "Wat u invulde is bewaard. U kunt later verdergaan."}
SAVE, TAKE_AWAY = "bewaren", "weg"
CHANGED = "Iemand anders heeft hier intussen iets gewijzigd. Kijk of alles nog klopt, en verstuur het dan nog eens."


@page(OWN_ACT, permission=GUEST)
async def show_act(caller: GivenCaller, kind: Kind = "", notice: Notice = "") -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        desk = await desk_of(tx, caller, kind)
    return _page(desk, notice=NOTICES.get(notice, ""))


@form(OWN_ACT, permission=GUEST, largest=LARGEST)
async def send_act(caller: GivenCaller, data: SentParts) -> Response[str]:
    _refuse_other(caller, data)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        desk = await desk_of(tx, caller, text(data, "handeling"))
    shown = data.get("gevraagd", [])
    names = {each for each in (shown if isinstance(shown, list) else [shown]) if isinstance(each, str)}
    fields = {name: field for name, field in desk.fields.items() if name in names}
    typed = Typed(fields, data)
    admitted, faults = await _admitted(desk, fields, data)
    faults = [*typed.faults, *faults]
    try:
        if desk.drafting:
            return await _draft(caller, desk, typed, admitted, faults, data)
        if not faults:
            await _done(caller, desk, typed, admitted, data)
            return see(OWN_CASE)
    except Stale:
        faults.append(Fault("", CHANGED))
    except Refused as refusal:
        faults += _faults(refusal)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        desk = await desk_of(tx, caller, desk.kind)
    return _page(desk, faults, typed.sent)


def _refuse_other(caller: Caller, data: Mapping[str, Any]) -> None:
    """A browser has one visit, and may show the form of an earlier one beside it. Raises Conflict for a form of that."""
    if caller.guest is None or text(data, "gast") != str(caller.guest.id):
        raise Conflict.because(
            "andere_aanvraag",
            "U hebt intussen een andere aanvraag geopend in deze browser; wat u net verstuurde is niet bewaard.",
            mend="Open de aanvraag die u bedoelt opnieuw met de link uit de mail daarover, en vul het dan in. Werkt die link niet meer, "
            "dan kunt u daar een nieuwe vragen.",
        )


async def _admitted(
    desk: Desk, fields: Mapping[str, FieldDef], data: Mapping[str, Any]
) -> tuple[dict[str, list[Admitted]], list[Fault]]:
    """What was chosen to go along, looked at outside any transaction."""
    found: dict[str, list[Admitted]] = {}
    faults: list[Fault] = []
    for name, chosen in uploads(fields, data).items():
        for each in chosen:
            try:
                content = await each.read()
                found.setdefault(name, []).append(
                    await admit(name, each.filename, content, not_bsn=frozenset(desk.case.not_bsn))
                )
            except Refused as refusal:
                faults += [Fault(MARK + name, f"{r.message} {r.mend}".strip()) for r in refusal.reasons]
    return found, faults


async def _keep(tx: Tx, case: Case, admitted: Mapping[str, list[Admitted]]) -> dict[str, list[str]]:
    """Keeps files, and the answers that name them together with those before."""
    answers: dict[str, list[str]] = {}
    for name, items in admitted.items():
        answers[name] = [str(each) for each in case.answers.get(name) or ()]
        for item in items:
            stored = await keep(tx, None, case.id, name, item)
            await audit.record(tx, "bijlage.toegevoegd", "bijlage", stored.id)
            answers[name].append(str(stored.id))
    return answers


async def _draft(
    caller: Caller,
    desk: Desk,
    typed: Typed,
    admitted: Mapping[str, list[Admitted]],
    faults: list[Fault],
    data: Mapping[str, Any],
) -> Response[str]:
    """Keeps what fits, and files what was kept when that was asked and nothing is wrong. Raises Refused, Stale."""
    answers = dict(typed.answers)
    for name, value in typed.answers.items():
        wrong = form_rules.check(desk.fields, {name: value})
        faults += [Fault(MARK + reason.field, f"{reason.message} {reason.mend}".strip()) for reason in wrong]
        if wrong or any(fault.field.startswith(MARK + name) for fault in typed.faults):
            answers.pop(name)
    removed = text(data, TAKE_AWAY)
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, meeting, _ = await own_case(tx, caller, lock=True)
        seen_version(data).check(as_met(case, meeting).version)
        answers |= await _keep(tx, case, admitted)
        if removed:
            answers |= await _take_away(tx, case, desk.fields, removed, answers)
        kept = await save_draft(tx, case, Draft(answers, case.draft.not_bsn))
        saved = as_met(replace(case, draft_seq=kept), meeting).version
    if faults:
        async with scope(caller.tenant_id, caller.person_id) as tx:
            desk = await desk_of(tx, caller, desk.kind)
        return _page(desk, [*faults, *([] if SAVE in data else _lacking(desk, faults))], typed.sent)
    if removed or SAVE in data:
        return see(f"{OWN_ACT}?handeling={desk.kind}&bericht=bewaard")
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await act(tx, caller, desk.case.id, Deed(desk.kind), in_force(), Version(frozenset({saved})))
    return see(OWN_CASE)


def _lacking(desk: Desk, told: list[Fault]) -> list[Fault]:
    """What filing would still ask, beside what was told already."""
    lacking = form_rules.missing(desk.fields, desk.answers, desk.kind, known=desk.case.scheme.constants)
    places = {fault.field for fault in told}
    return [each for each in _faults(Refused(tuple(lacking))) if not any(p.startswith(each.field) for p in places)]


async def _take_away(
    tx: Tx, case: Case, fields: Mapping[str, FieldDef], sent: str, given: Mapping[str, Any]
) -> dict[str, list[str]]:
    """Removes an attachment of this draft that stands at one of these questions; the answers that named it, with what is given
    beside it. Raises NotFound."""
    try:
        file_id = UUID(sent)
        field = (await files.present(tx, case.id, [file_id]))[file_id]
    except (ValueError, KeyError):
        field = ""
    if field not in fields:
        raise NotFound.because("bestand_onbekend", "Dit bestand staat niet (meer) bij deze aanvraag.")
    await remove(tx, case.id, file_id)
    return {
        name: [each for each in value if each != str(file_id)]
        for name, value in {**case.draft.answers, **given}.items()
        if isinstance(value, list) and str(file_id) in value
    }


async def _done(
    caller: Caller, desk: Desk, typed: Typed, admitted: Mapping[str, list[Admitted]], data: Mapping[str, Any]
) -> None:
    """Does the act, with what was changed of the form or filled in of its own questions. Raises Refused."""
    definition = desk.case.scheme.acts[desk.kind]
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case, meeting, _ = await own_case(tx, caller, lock=True)
        given: dict[str, Any] = {**typed.answers, **await _keep(tx, case, admitted)}
        if desk.on_form:
            told = as_met(case, meeting).answers
            given = {name: value for name, value in given.items() if value != told.get(name)}
            if not given:
                raise Refused.because("niets_gewijzigd", "U hebt nog niets gewijzigd of toegevoegd.")
        else:
            given = {name: value for name, value in given.items() if value is not None} | spoken(
                case.scheme, desk.role, definition
            )
        await act(tx, caller, case.id, Deed(desk.kind, given), in_force(), seen_version(data))


def _faults(refusal: Refused) -> list[Fault]:
    """The reasons at their questions; those of a rule of the scheme about the whole."""
    return [
        Fault("" if reason.field.startswith("voorwaarde.") or not reason.field else MARK + reason.field,
              f"{reason.message} {reason.mend}".strip())
        for reason in refusal.reasons
    ]  # fmt: skip


def _page(
    desk: Desk, faults: list[Fault] | None = None, typed: Mapping[str, Any] | None = None, notice: str = ""
) -> Response[str]:
    scheme, faults = desk.case.scheme, faults or []
    told = {fault.field: fault.message for fault in faults if fault.field}
    found = questions(
        desk.fields,
        Sheet(
            desk.kind, desk.answers, typed or {}, told, desk.files,
            lambda name, field: choices(scheme, desk.role, desk.kind, name, field),
        ),
    )  # fmt: skip
    places = {place for question in found for place in _places(question)}
    title = scheme.acts[desk.kind].title
    return render(
        "own_act.html",
        f"Fout: {title}" if faults else title,
        None,
        status=422 if faults else 200,
        guest=True,
        scheme=scheme,
        act=scheme.acts[desk.kind],
        kind=desk.kind,
        drafting=desk.drafting,
        guest_id=desk.guest,
        version=desk.version,
        questions=found,
        upload=any(question.look == "bestand" for question in found),
        notice=notice,
        faults=[fault if fault.field in places else Fault("", fault.message) for fault in faults],
        told=told,
    )


def _places(question: Any) -> list[str]:
    inner = [*question.parts, *(each for row in question.rows for each in row)]
    return [question.name, *(place for each in inner for place in _places(each))]


SCREENS = [show_act, send_act]
