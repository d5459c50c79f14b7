"""A trial for people: the same data as `--json`, one heading per question, empty ones left out."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from maatwerk.commands.cooperation_text import ladder_lines, matrix_lines, undated_lines
from maatwerk.commands.funding_text import computed_lines, earlier_lines, funding_lines, rate_lines
from maatwerk.rules.calendar import in_words
from maatwerk.rules.money import euro

_VERDICT: Final = {True: "ja ", False: "NEE", None: " ? "}


def as_text(data: dict[str, Any]) -> str:
    """The text that `maatwerk scheme try` prints of `rules.trial_data.as_data`."""
    sections = (
        ("", _head(data)),
        ("Handelingen", _tried(data)),
        ("Past niet", _wrong(data["onjuist"])),
        ("Ontbreekt", _missing(data)),
        ("Berekend of niet gegeven", computed_lines(data)),
        ("Voorwaarden", _gates(data)),
        ("Tarieven", rate_lines(data)),
        ("Bekostiging", funding_lines(data)),
        ("Bedrag", _amounts(data)),
        ("Wie is verantwoordelijk", matrix_lines(data)),
        ("Stappen", _steps(data)),
        ("Escalatie", ladder_lines(data)),
        ("Zetels", _seats(data)),
        ("Termijnen", _clocks(data)),
        ("Vergaderingen zonder datum", undated_lines(data)),
        ("Termijnen die nog niet lopen", _not_begun(data)),
        ("Open handelingen", _offers(data)),
        ("Eerdere zaken van deze leerling", earlier_lines(data)),
        ("Toestemming", _consents(data)),
        ("Inzage", _shown(data)),
    )
    parts = []
    for title, lines in sections:
        body = list(lines)
        if body:
            parts.append("\n".join([title.upper(), *body] if title else body))
    return "\n\n".join(parts)


def _day(text: str | None) -> str:
    return in_words(date.fromisoformat(text)) if text else "-"


def _head(data: dict[str, Any]) -> Iterator[str]:
    scheme = data["regeling"]
    region = f" ({scheme['regio']})" if scheme["regio"] else ""
    yield f"{scheme['titel']} {scheme['versie']}{region}, stand op {_day(data['op'])}"
    if data["product"]:
        yield f"Product: {data['product']['titel']}"
    yield f"Fase: {data['fase']}" + (" (gesloten)" if data["gesloten"] else "")
    if not data["geldt"]:
        yield "Let op: op deze dag geldt deze versie niet voor nieuwe aanvragen."
    if data["later"]:
        yield f"{data['later']} handeling(en) na deze dag tellen nog niet mee."
    if data["volgendMoment"]:
        yield f"Verandert vanzelf op {_day(data['volgendMoment'])}."


def _tried(data: dict[str, Any]) -> Iterator[str]:
    for deed in data["handelingen"]:
        who = (deed["rol"] or "zonder rol") + (f", zetel {deed['zetel']}" if deed["zetel"] else "")
        yield f"  {_day(deed['op'])}: {deed['titel']} ({who}): {'gedaan' if deed['gelukt'] else 'GEWEIGERD'}"
        yield from _reasons(deed["redenen"])
        if deed["gevolgen"]:
            yield from _consequences(data, deed["gevolgen"])


def _consequences(data: dict[str, Any], result: dict[str, Any]) -> Iterator[str]:
    for end in result["geeindigd"]:
        yield f"    stap {end['stap']}: {end['uitkomst']}" + (f" ({end['waarom']})" if end["waarom"] else "")
    for opened in result["geopend"]:
        again = f", ronde {opened['ronde']}" if opened["ronde"] > 1 else ""
        yield f"    opent stap {opened['stap']}{again}"
    for effect in result["effecten"]:
        if effect["boek"]:
            over = (
                f", {_sum(effect['overschrijding'], effect['boek'], data)} boven de grens"
                if effect["overschrijding"]
                else ""
            )
            place = effect["boek"] + (f", {effect['deel']}" if effect["deel"] else "")
            paid = f", aan wie bij {effect['begunstigde']} staat" if effect["begunstigde"] else ""
            paid += f", kenmerk {effect['kenmerk']}" if effect["kenmerk"] else ""
            yield f"    {effect['soort']} op {place}: {_sum(effect['bedrag'], effect['boek'], data)}{over}{paid}"
        else:
            what = effect["titel"] or effect["tekst"]
            yield (
                f"    {effect['soort']}"
                + (f": {what}" if what else "")
                + (f" (aan {effect['aan']})" if effect["aan"] else "")
            )
    for gate in result["waarschuwingen"]:
        yield f"    waarschuwing: {gate}"
    if result["sluit"]:
        yield f"    sluit de zaak: {result['sluit']}"


def _reasons(reasons: list[dict[str, str]], indent: str = "    ") -> Iterator[str]:
    for reason in reasons:
        mend = f" Herstel: {reason['herstel']}" if reason["herstel"] else ""
        place = f" [{reason['veld']}]" if reason["veld"] else ""
        yield f"{indent}- {reason['melding']}{mend}{place}"


def _wrong(reasons: list[dict[str, str]]) -> Iterator[str]:
    yield from _reasons(reasons, "  ")


def _missing(data: dict[str, Any]) -> Iterator[str]:
    for item in data["ontbreekt"]:
        document = ", een stuk" if item["stuk"] else ""
        yield f"  bij {item['bij']}: {item['melding']} [{item['veld']}{document}]"


def _gates(data: dict[str, Any]) -> Iterator[str]:
    """The gates on the answers, and those of what can be done now."""
    now = {offer["handeling"] for offer in data["openHandelingen"]}
    for gate in data["voorwaarden"]:
        if not gate["opFormulier"] and not now.intersection(gate["bij"]):
            continue
        source = f" ({gate['bron']})" if gate["bron"] else ""
        soft = ", waarschuwt alleen" if gate["gevolg"] == "waarschuwt" else ""
        yield f"  [{_VERDICT[gate['houdt']]}] {gate['id']}{source}, bij {', '.join(gate['bij'])}{soft}"
        if gate["houdt"] is not True:
            unclear = "Nog niet te beoordelen: " if gate["houdt"] is None else ""
            yield f"        {unclear}{gate['melding']}" + (f" Herstel: {gate['herstel']}" if gate["herstel"] else "")
            if gate["andereRoute"] and gate["houdt"] is False:
                yield f"        Andere route: {gate['andereRoute']}"
        seen = ", ".join(f"{name} = {_value(value)}" for name, value in gate["waarden"].items())
        if seen:
            yield f"        gekeken naar: {seen}"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return f"{len(value)} regel(s)"
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _sum(amount: int, book: str, data: dict[str, Any]) -> str:
    unit = data["eenheden"].get(book, "")
    return euro(amount) if unit == "eurocent" else f"{amount} {unit}"


def _amounts(data: dict[str, Any]) -> Iterator[str]:
    for item in data["bedragen"]:
        yield f"  uit de antwoorden: {_sum(item['bedrag'], item['boek'], data)} ({item['boek']}, {item['soort']})"
    for book, held in data["boeken"].items():
        yield f"  {book}: {_held(held, book, data)}"
    for part in data["delen"]:
        yield f"  {part['boek']}, {part['deel']}: {_held(part, part['boek'], data)}"


def _held(held: dict[str, Any], book: str, data: dict[str, Any]) -> str:
    """What is not nothing; what was granted only where settling made it differ from what is committed."""
    shown = {name: amount for name, amount in held.items() if isinstance(amount, int) and amount}
    if held["verleend"] == held["vastgelegd"]:
        shown.pop("verleend", None)
    return ", ".join(f"{name} {_sum(amount, book, data)}" for name, amount in shown.items()) or "niets meer"


def _steps(data: dict[str, Any]) -> Iterator[str]:
    for step in data["stappen"].values():
        again = f", ronde {step['ronde']}" if step["ronde"] > 1 else ""
        done = (
            ""
            if step["leerlingen"] is None
            else f", klaar voor {len(step['klaarVoor'])} van {step['leerlingen']} leerlingen"
        )
        outcome = f": {step['uitkomst']}" if step["uitkomst"] not in ("", step["stand"]) else ""
        yield f"  {step['titel']}: {step['stand']}{outcome}{again}{done if step['stand'] == 'open' else ''}"


def _seats(data: dict[str, Any]) -> Iterator[str]:
    for seat in data["zetels"]:
        who = seat["persoon"] or ("niemand" if seat["vast"] else "nog niet toegewezen")
        vote = f", stem: {seat['stem']}" if seat["stem"] else ""
        yield f"  {seat['stap']}: {seat['titel']} [{seat['zetel']}]: {who}{vote}"
        if seat["waarom"]:
            yield f"        {seat['waarom']}"


def _clocks(data: dict[str, Any]) -> Iterator[str]:
    for clock in data["termijnen"]:
        yield f"  {clock['titel']}: uiterlijk {_day(clock['uiterlijk'])} ({clock['stand'].replace('_', ' ')})"
        for step in clock["waarom"]:
            yield f"        - {step['tekst']}"
        if clock["waarschuwOp"]:
            yield f"        waarschuwt op {', '.join(_day(day) for day in clock['waarschuwOp'])}"


def _not_begun(data: dict[str, Any]) -> Iterator[str]:
    for clock in data["nogNietBegonnen"]:
        yield f"  {clock['titel']}: begint zij op deze dag, dan uiterlijk {_day(clock['uiterlijk'])}"


def _offers(data: dict[str, Any]) -> Iterator[str]:
    for offer in data["openHandelingen"]:
        seats = f", zetels {', '.join(offer['zetels'])}" if offer["zetels"] else ""
        state = "geblokkeerd" if offer["geblokkeerd"] else "kan nu"
        yield f"  {offer['titel']} [{offer['handeling']}] door {', '.join(offer['rollen'])}{seats}: {state}"
        yield from _reasons(offer["geblokkeerd"])
        yield from (line.replace("- ", "- Waarschuwing: ", 1) for line in _reasons(offer["waarschuwingen"]))


def _consents(data: dict[str, Any]) -> Iterator[str]:
    for consent in data["toestemmingen"]:
        who = ", ".join(f"{each['rol']} ({each['weegt'].replace('_', ' ')})" for each in consent["wie"])
        yield f"  {consent['titel']}: {consent['stand']}; nodig: {who}"


def _shown(data: dict[str, Any]) -> Iterator[str]:
    for rule in data["inzage"]:
        how = ", ontdaan van directe identificatie" if rule["ontdaan"] else ""
        yield f"  {rule['wie']} ziet{how}:"
        everything = rule["velden"].keys() == data["antwoorden"].keys()
        yield f"        velden: {'alle antwoorden' if everything else ', '.join(rule['velden']) or 'geen'}"
        if rule["teksten"]:
            yield f"        teksten: {', '.join(rule['teksten'])}"
        if rule["grond"]:
            yield f"        grond: {rule['grond']}"
