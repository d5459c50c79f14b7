"""What a step of an example can be, by the word that it has in verloop.toml: one function each, through the API alone."""

import io
from collections.abc import Mapping
from typing import Any, Final

import pypdf

from maatwerk.local.client import Declined, Person, wait_for
from maatwerk.local.demo_examples import Step
from maatwerk.local.demo_play import Deed, Play, Unexpected


def ask_advice(play: Play, step: Step, who: Person) -> None:
    body = {"regelingId": _scheme_id(play, who), "vraag": step.more["vraag"]}
    play.advice_id = who.post("/adviesvragen", body)["id"]
    play.say(f"      “{step.more['vraag']}”")


def give_advice(play: Play, step: Step, who: Person) -> None:
    who.post(f"/adviesvragen/{play.advice_id}/_beantwoord", {"antwoord": step.more["antwoord"]})
    play.say(f"      “{step.more['antwoord']}”")


def begin(play: Play, step: Step, who: Person) -> None:
    """Opens a draft with the answers and adds every attachment."""
    case = who.post("/aanvragen", {"regelingId": _scheme_id(play, who), "antwoorden": dict(play.example.answers)})
    play.case_id = case["id"]
    play.say(f"      {len(case['antwoorden'])} antwoorden bewaard als concept.")
    for name, paths in play.example.files.items():
        for path in paths:
            _attach(play, who, name, path.name)


def attach(play: Play, step: Step, who: Person) -> None:
    """Adds one file; a later act may name it (`bestanden`)."""
    _attach(play, who, step.more["veld"], step.more["bestand"])


def _attach(play: Play, who: Person, name: str, filename: str) -> None:
    kept = who.upload(play.case_id, name, play.example.folder / filename)
    play.say(f"      + {filename} ({kept['grootte']} bytes, {kept['status']})")
    play.uploaded.setdefault(name, []).append(kept["id"])


def do_act(play: Play, step: Step, who: Person) -> None:
    fields = dict(step.more.get("velden", {}))
    fields |= {name: play.member_id(step, alias) for name, alias in step.more.get("leden", {}).items()}
    fields |= {name: play.uploaded[name] for name in step.more.get("bestanden", ())}
    done = who.act(play.case_id, step.more["handeling"], **fields)
    if not play.number and done.get("zaaknummer"):
        play.number = done["zaaknummer"]
        play.say(f"      Zaaknummer {play.number}.")
    for outcome in done["uitkomsten"]:
        play.say(f"      Uitkomst: {outcome}.")


def suspect(play: Play, step: Step, who: Person) -> None:
    who.post(f"/aanvragen/{play.case_id}/vermoedens", {"naam": step.more["naam"], "hoe": step.more["hoe"]})


def confirm(play: Play, step: Step, who: Person) -> None:
    """Confirms the suspicion that is open: it is about this member."""
    path = f"/aanvragen/{play.case_id}/vermoedens"
    found = next(each for each in who.get(path) if each["status"] == "open")
    who.post(f"{path}/{found['id']}/_bevestig", {"lidId": play.member_id(step, step.more["lid"])})


def mend_pack(play: Play, step: Step, who: Person) -> None:
    """Waits for the pack, shows what was replaced, decides what is in doubt, confirms what was looked at and leaves out what can't go
    along."""
    path = f"/aanvragen/{play.case_id}/pakket"
    pack = wait_for(lambda: _ready(who, path))
    if verdicts := everything_open(pack):
        body = {"beslissingen": verdicts}
        left = who.upon(path, lambda tag: who.post(f"{path}/_beslis", body, version=tag))
        play.say(f"      {len(verdicts)} markeringen beslist, nog {left['nogTeBeslissen']} te beslissen.")
        pack = who.get(path)
    for item in pack["onderdelen"]:
        _show_item(play, item)
        change = _mend(item)
        if change:
            place = f"{path}/onderdelen/{item['id']}"
            who.upon(path, lambda tag, place=place, change=change: who.patch(place, change, version=tag))  # type: ignore[misc]
            play.say(f"        hersteld: {', '.join(change)}")
    if pack["risico"]["melding"]:
        play.say(f"      ! {pack['risico']['melding']}")


def everything_open(pack: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A decision on every open mark of a pack: what the engine took out stays out, and a word that it left stays."""
    return [
        {
            "onderdeelId": item["id"],
            "markering": mark["markering"],
            "beslissing": "weg" if mark["vervangenDoor"] else "blijft",
        }
        for item in pack["onderdelen"]
        for mark in item.get("tekst", {}).get("vervangingen", ())
        if mark["teBeslissen"] and not item["vrijgegeven"]
    ]


def _ready(who: Person, path: str) -> Any:
    try:
        pack = who.get(path)
    except Declined as no:
        if no.status != 404:
            raise
        return None
    return pack if pack["status"] != "bezig" else None


def _show_item(play: Play, item: Mapping[str, Any]) -> None:
    for mark in item.get("tekst", {}).get("vervangingen", ()):
        original = item["tekst"]["origineel"][mark["begin"] : mark["einde"]]
        play.say(f"      {item['titel']}: '{original}' → {mark['vervangenDoor'] or 'twijfel'}")
    if "bijlage" in item:
        hidden = item["bijlage"]["verborgenGegevens"]
        first = f", zoals {hidden[0]['naam']}: {hidden[0]['waarde']}" if hidden else ""
        play.say(f"      {item['bijlage']['naam']}: {len(hidden)} verborgen gegevens gaan eraf{first}")
    for block in item["belemmeringen"]:
        play.say(f"      ! {item['titel']}: {block['melding']}")


def _mend(item: Mapping[str, Any]) -> dict[str, Any]:
    if not item["belemmeringen"]:
        return {}
    return {"gezien": True} if all(block["teBevestigen"] for block in item["belemmeringen"]) else {"weggelaten": True}


def read_pack(play: Play, step: Step, who: Person) -> None:
    """Reads what a reviewer gets."""
    pack = who.get(f"/aanvragen/{play.case_id}/beoordelingspakket")
    for shown in pack["gegevens"]:
        play.say(f"      {shown['titel']}: {_flat(shown['waarde'])}")
    for text in pack["teksten"]:
        play.say(f"      {text['titel']}: {text['ontdaan']}")
    for each in pack["bijlagen"]:
        size = f"{each['grootte']} bytes" if "grootte" in each else "de tekst, ontdaan van directe identificatie"
        play.say(f"      + {each['naam']} ({size})")


def _flat(value: Any) -> str:
    """A field's value in one line."""
    match value:
        case dict():
            return ", ".join(str(part) for part in value.values())
        case list():
            return ", ".join(str(part) for part in value)
        case bool():
            return "ja" if value else "nee"
        case _:
            return str(value)


def show_tasks(play: Play, step: Step, who: Person) -> None:
    for task in who.listed("/taken", aanvraagId=play.case_id):
        play.say(f"      ☐ {task['titel']}")


def fetch_letter(play: Play, step: Step, who: Person) -> None:
    """Fetches the letter of the decision and shows its text."""

    def letter() -> Any:
        files = who.get(f"/aanvragen/{play.case_id}/bijlagen")
        return next((each for each in files if each["soort"] == "brief"), None)

    found = wait_for(letter)
    content = who.fetch(f"/aanvragen/{play.case_id}/bijlagen/{found['id']}")
    if not content.startswith(b"%PDF-") or len(content) != found["grootte"]:
        raise Unexpected(f"De brief {found['naam']} is geen PDF.")
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    play.say(f"      Besluit: {found['naam']}, {len(content)} bytes, {len(pages)} bladzijde(n).")
    for line in "\n".join(page.extract_text() for page in pages).splitlines():
        if line.strip():
            play.say(f"      │ {line.strip()}")


def _scheme_id(play: Play, who: Person) -> str:
    schemes = who.get("/regelingen")
    return next(str(each["id"]) for each in schemes if each["regelingCode"] == play.example.scheme and each["geldt"])


DEEDS: Final[Mapping[str, Deed]] = {
    "adviesvraag": ask_advice,
    "adviesantwoord": give_advice,
    "aanvraag": begin,
    "bijlage": attach,
    "handeling": do_act,
    "vermoeden": suspect,
    "bevestigen": confirm,
    "pakket": mend_pack,
    "lezen": read_pack,
    "taken": show_tasks,
    "besluit": fetch_letter,
}
