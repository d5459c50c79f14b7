"""The ondersteuner looks a pack over before release: decides marked words, weighs the story, rewrites, leaves out. Every look is logged;
it works without script, and one press may decide all words of the pack."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Response
from litestar.params import QueryParameter

from maatwerk.anonymisation.actions.decide import decide
from maatwerk.anonymisation.actions.list_word import list_word
from maatwerk.anonymisation.actions.mend import Change, mend
from maatwerk.anonymisation.actions.show_pack import Shown, show_pack
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.verdicts import Verdict
from maatwerk.anonymisation.views import pack_view
from maatwerk.anonymisation.words import KEEP, REMOVE
from maatwerk.http import Caller, FromPath, GivenCaller
from maatwerk.rules.refusals import Forbidden, Invalid, NotFound, Refused, Stale
from maatwerk.rules.smallcells import OFFERS, Risk
from maatwerk.tenancy import scope
from maatwerk.web.declaring import form, page
from maatwerk.web.fields import Fault, Sent, faults_of, seen_version, text
from maatwerk.web.marked_words import choices, open_words, original_pieces, redacted_pieces
from maatwerk.web.rendering import render
from maatwerk.web.returning import see
from maatwerk.web.who import who

PATH = "/zaken/{case_id:uuid}/pakket/nakijken"
RIGHT, LISTING = "pakket.bewerken", "pakketwoorden.toevoegen"
LARGEST = 1_000_000
LONGEST = 200_000
CHANGED = "Het pakket is intussen gewijzigd. Kijk of alles nog klopt, en doe het dan nog eens."
Notice = Annotated[str, QueryParameter(name="bericht", max_length=20)]
NOTICES = {"bewaard": "Wat u deed is bewaard."}


@page(PATH, permission=RIGHT)
async def show(caller: GivenCaller, case_id: FromPath[UUID], notice: Notice = "") -> Response[str]:
    return await _page(caller, case_id, notice=NOTICES.get(notice, ""))


@form(PATH, permission=RIGHT, largest=LARGEST)
async def send(caller: GivenCaller, case_id: FromPath[UUID], data: Sent) -> Response[str]:
    item_id = text(data, "onderdeel")
    try:
        if text(data, "doen") == "voortaan":
            await _list_word(caller, case_id, data)
        elif item_id and text(data, "doen") not in ("weg", "blijft"):
            await mend(caller, case_id, _identifier(item_id), _change(data), seen_version(data))
        else:
            words = [text(data, "aangewezen")] if text(data, "doen") == "aanwijzen" else []
            verdicts = [] if words else [_verdict(data)] if item_id else _chosen(data)
            await decide(caller, case_id, verdicts, seen_version(data), words)
    except Stale:
        return await _page(caller, case_id, [Fault("", CHANGED)])
    except NotFound as refusal:
        if text(data, "doen") != "aanwijzen":
            raise
        return await _page(caller, case_id, faults_of(refusal))
    except Refused as refusal:
        return await _page(caller, case_id, faults_of(refusal))
    place = f"#onderdeel-{item_id}" if item_id else ""
    return see(PATH.replace("{case_id:uuid}", str(case_id)) + "?bericht=bewaard" + place)


async def _list_word(caller: Caller, case_id: UUID, data: Mapping[str, Any]) -> None:
    """Puts a word on a list of the partnership: what somebody wants of it for good."""
    if not caller.may(LISTING):
        raise Forbidden.because("rol", "Een woord op een lijst zetten hoort niet bij uw rol.")
    kind = text(data, "soort")
    if kind not in (REMOVE, KEEP):
        raise Invalid.because("niets_gekozen", "U hebt nog niet gekozen of het woord voortaan weggaat of blijft.")
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await list_word(tx, caller, case_id, kind, text(data, "woord"))  # type: ignore[arg-type]


def _chosen(data: Mapping[str, Any]) -> list[Verdict]:
    """What was chosen for words that stand anywhere in the pack. Raises Invalid when nothing was."""
    found = []
    for name in data:
        decision = text(data, name)
        if name.startswith("woord-") and decision in ("weg", "blijft"):
            item_id, _, number = name.removeprefix("woord-").rpartition("-")
            found.append(Verdict(_identifier(item_id), _number(number), decision, everywhere=True))  # type: ignore[arg-type]
    if not found:
        raise Invalid.because("niets_gekozen", "U hebt nog niets gekozen.", mend="Kies bij een woord: weg of blijft.")
    return found


def _verdict(data: Mapping[str, Any]) -> Verdict:
    """What was chosen for one mark."""
    decision: Any = text(data, "doen")
    number = _number(text(data, "markering"))
    return Verdict(_identifier(text(data, "onderdeel")), number, decision, everywhere=bool(text(data, "overal")))


def _change(data: Mapping[str, Any]) -> Change:
    match text(data, "doen"):
        case "gezien":
            return Change(seen=True)
        case "weglaten" | "meenemen" as what:
            return Change(left_out=what == "weglaten")
        case "schrijven":
            return Change(text=_written(data))
    raise Invalid.because("niets_gekozen", "U hebt nog niets gekozen.")


def _written(data: Mapping[str, Any]) -> str:
    """The text as somebody rewrote it: browsers send a line end as two characters."""
    sent = data.get("tekst")
    if not isinstance(sent, str) or len(sent) > LONGEST or "\0" in sent:
        raise Invalid.because("tekst", "Deze tekst is te lang om hier te wijzigen.", mend="Maak hem korter.")
    return sent.replace("\r\n", "\n")


def _identifier(sent: str) -> UUID:
    try:
        return UUID(sent)
    except ValueError as error:
        raise NotFound.because("onderdeel_onbekend", "Dit onderdeel zit niet in het pakket van deze zaak.") from error


def _number(sent: str) -> int:
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 7 else -1


async def _page(caller: Caller, case_id: UUID, faults: Sequence[Fault] = (), notice: str = "") -> Response[str]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        shown = await show_pack(tx, caller, case_id)
    view = pack_view(shown)
    return render(
        "look_over.html",
        "Fout: pakket nakijken" if faults else "Pakket nakijken",
        await who(caller),
        status=422 if faults else 200,
        pack=view,
        version=shown.pack.seq,
        words=open_words(shown.items),
        parts=_parts(shown, view.items),
        told=_group(shown.risk),
        names=OFFERS,
        may_list=caller.may(LISTING),
        faults=faults,
        notice=notice,
    )


def _group(risk: Risk) -> dict[str, Any]:
    """How large the group of the pupil is, in words; nothing when something of him is unknown."""
    if not risk.counts:
        return {"pupils": "", "counted": False}
    first = risk.counts[0]
    pupils = "1 leerling" if first.count == 1 else f"{first.count} leerlingen"
    return {"pupils": pupils, "counted": first.source == "bevolking"}


def _parts(shown: Shown, views: Sequence[Any]) -> list[dict[str, Any]]:
    return [_part(item, view) for item, view in zip(shown.items, views, strict=True)]


def _part(item: Item, view: Any) -> dict[str, Any]:
    """An item as the page shows it: what has text can be rewritten and decided."""
    written = bool(item.content.original)
    return {
        "view": view,
        "item": item,
        "written": written,
        "original": original_pieces(item) if written else [],
        "redacted": redacted_pieces(item) if written else [],
        "choices": choices(item) if written and not item.released else [],
        "final": [block for block in view.blocks if not block.confirmable and block.code != "onbeslist"],
        "confirmable": any(block.confirmable for block in view.blocks),
    }


SCREENS = [show, send]
