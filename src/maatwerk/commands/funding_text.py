"""The same for people: what can be granted of what is asked, and why the rest can't."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from maatwerk.rules.calendar import in_words
from maatwerk.rules.money import euro


def computed_lines(data: dict[str, Any]) -> Iterator[str]:
    for item in data["berekend"]:
        yield f"  {item['titel']} [{item['veld']}]: {_value(item['soort'], item['waarde'])}"
    for item in data["nietGegeven"]:
        yield f"  {item['titel']} [{item['veld']}]: niet van toepassing, of niet gegeven (telt als beantwoord)"


def _value(kind: str, value: Any) -> str:
    if value is None:
        return "nog niet te berekenen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if kind == "bedrag":
        return euro(value)
    return str(value)


def rate_lines(data: dict[str, Any]) -> Iterator[str]:
    for rate in data["tarieven"]:
        if rate["bedrag"] is None:
            yield f"  {rate['titel']} [{rate['id']}]: geen rij geldt, of het is nog niet te bepalen"
            continue
        row = f" ({rate['rij']})" if rate["rij"] else ""
        on = in_words(date.fromisoformat(rate["peildag"]))
        source = f" ({rate['bron']})" if rate["bron"] else ""
        yield f"  {rate['titel']} [{rate['id']}]: {euro(rate['bedrag'])}{row}, peildag {on}{source}"


def funding_lines(data: dict[str, Any]) -> Iterator[str]:
    for funding in data["bekostiging"]:
        source = f" ({funding['bron']})" if funding["bron"] else ""
        if not funding["geldt"]:
            told = f"niet te bepalen: {funding['onduidelijk']}" if funding["onduidelijk"] else "geldt hier niet"
            yield f"  {funding['titel']} [{funding['id']}]{source}: {told}"
            continue
        yield f"  {funding['titel']} [{funding['id']}]{source}" + (f", {funding['per']}" if funding["per"] else "")
        for marked in funding["btw"]:
            yield f"    {marked} btw"
        for line in funding["regels"]:
            yield from _line(line)
        yield from _total(funding)


def _line(line: dict[str, Any]) -> Iterator[str]:
    name = f" {line['omschrijving']}" if line["omschrijving"] else ""
    if line["onduidelijk"]:
        yield f"    regel {line['nummer']}{name}: niet te bepalen ({line['onduidelijk']})"
        return
    vat = f" (waarvan {euro(line['btw'])} btw)" if line["btw"] else ""
    refused = " GEWEIGERD" if line["geweigerd"] else ""
    asked, grantable = euro(line["gevraagd"]), euro(line["toekenbaar"])
    yield f"    regel {line['nummer']}{name}: gevraagd {asked}{vat}, toekenbaar {grantable}{refused}"
    yield from _reasons(line["redenen"], "      ")


def _reasons(reasons: list[dict[str, Any]], indent: str) -> Iterator[str]:
    for reason in reasons:
        source = f" ({reason['bron']})" if reason["bron"] else ""
        yield f"{indent}- {euro(reason['bedrag'])} eraf: {reason['melding']}{source}"


def _total(funding: dict[str, Any]) -> Iterator[str]:
    if funding["onduidelijk"]:
        yield f"    toekenbaar: niet te bepalen ({funding['onduidelijk']})"
        return
    if funding["vast"]:
        yield f"    vast bedrag: {euro(funding['vast'])}"
    yield f"    gevraagd {euro(funding['gevraagd'])}, in aanmerking {euro(funding['inAanmerking'])}"
    if funding["eigenBijdrage"]:
        yield f"    eigen bijdrage: {euro(funding['eigenBijdrage'])}"
    if funding["aandeel"] != 100:
        who = funding["medefinancier"] or "een ander"
        yield f"    aandeel {funding['aandeel']}%; {who} betaalt {euro(funding['medefinanciering'])}"
    yield f"    toekenbaar: {euro(funding['toekenbaar'])}"
    yield from _reasons(funding["redenen"], "      ")


def earlier_lines(data: dict[str, Any]) -> Iterator[str]:
    for case in data["eerder"]:
        what = f"{case['regeling']}, {case['product']}" if case["product"] else case["regeling"]
        state = "loopt nog" if case["loopt"] else f"gesloten: {case['gesloten']}"
        granted = f", toegekend {euro(case['toegekend'])}" if case["toegekend"] else ""
        outcome = f", uitkomst {case['uitkomst']}" if case["uitkomst"] else ""
        yield f"  {what}: ingediend {in_words(date.fromisoformat(case['ingediend_op']))}, {state}{outcome}{granted}"
