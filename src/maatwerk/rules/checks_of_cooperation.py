"""Faults of matrices and ladders: rows that nobody can choose, levels that can't be reached, a last word that binds nobody."""

import re
from collections.abc import Iterator
from typing import Final

from maatwerk.rules.cooperation import LadderDef, MatrixDef
from maatwerk.rules.decoding import Fault
from maatwerk.rules.matrix import choices_of
from maatwerk.rules.outline import OUTLINE
from maatwerk.rules.scheme import Scheme

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
_PAID: Final = re.compile(r"\bmatrix\.([a-z0-9_]+)\.(betaler)\s*(?:==|!=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_AMONG: Final = re.compile(r"(?:'([^']*)'|\"([^\"]*)\")\s+in\s+matrix\.([a-z0-9_]+)\.(betaler|gekozen)\b")


def cooperation_faults(scheme: Scheme) -> Iterator[Fault]:
    """Faults of every matrix and ladder, and of questions that take their choices from one."""
    for name, matrix in scheme.matrices.items():
        yield from _question(scheme, name, matrix)
        yield from _sectors(scheme, f"matrix.{name}", matrix)
        yield from _rows(f"matrix.{name}", matrix)
    yield from _borrowed(scheme)
    for name, ladder in scheme.ladders.items():
        yield from _levels(scheme, f"escalatie.{name}", ladder)
        yield from _climb(scheme, f"escalatie.{name}", ladder)


def matrix_literals(scheme: Scheme, path: str, text: str) -> Iterator[Fault]:
    """Faults of a condition that compares a matrix with a payer or a row that it does not have."""
    asked = [(name, key, first or second) for name, key, first, second in _PAID.findall(text)]
    asked += [(name, key, first or second) for first, second, name, key in _AMONG.findall(text)]
    for name, key, value in asked:
        rows = scheme.matrices[name].rows if name in scheme.matrices else ()
        known = dict.fromkeys(row.payer if key == "betaler" else row.code for row in rows)
        if known and value not in known:
            yield Fault(path, f"de matrix '{name}' kent '{value[:60]}' niet.", f"kies uit: {', '.join(known)}.")


def _question(scheme: Scheme, name: str, matrix: MatrixDef) -> Iterator[Fault]:
    field = scheme.form.get(matrix.field)
    if field is None or field.kind not in ("keuze", "meerkeuze") or field.choices_from != name:
        message = "de vraag die rijen kiest moet een keuze of meerkeuze zijn die haar keuzes uit deze matrix haalt."
        yield Fault(f"matrix.{name}.veld", message, f'geef die vraag keuzes_uit = "{name}".')


def _sectors(scheme: Scheme, here: str, matrix: MatrixDef) -> Iterator[Fault]:
    sector = scheme.form.get(matrix.sector)
    if matrix.sector and (sector is None or sector.kind != "keuze"):
        yield Fault(f"{here}.sector", "de sector moet een keuzeveld van het formulier zijn.", "noem dat veld.")
    for index, row in enumerate(matrix.rows):
        place = f"{here}.rijen.{index}.voor"
        if row.sectors and not matrix.sector:
            yield Fault(place, "zonder sector is niet te zien voor wie deze rij is.", "voeg sector toe aan de matrix.")
        unknown = [each for each in row.sectors if sector is not None and each not in sector.choices]
        if sector is not None and row.sectors and len(unknown) == len(row.sectors):
            message = f"niemand kan '{row.title[:60]}' kiezen: deze sectoren bestaan niet."
            yield Fault(place, message, f"kies uit: {', '.join(sector.choices)}.")
        elif unknown and sector is not None:
            message = f"de sector '{unknown[0][:60]}' bestaat niet."
            yield Fault(place, message, f"kies uit: {', '.join(sector.choices)}.")


def _rows(here: str, matrix: MatrixDef) -> Iterator[Fault]:
    if not matrix.rows:
        yield Fault(f"{here}.rijen", "een matrix heeft rijen nodig.", "voeg rijen toe, met code, titel en betaler.")
    seen: set[str] = set()
    for index, row in enumerate(matrix.rows):
        place = f"{here}.rijen.{index}"
        if not _CODE.fullmatch(row.code):
            mend = "gebruik kleine letters, cijfers en _."
            yield Fault(f"{place}.code", f"de code {row.code[:60]!r} kan niet.", mend)
        elif row.code in seen:
            yield Fault(
                f"{place}.code", f"de code '{row.code}' staat er twee keer in.", "geef elke rij een eigen code."
            )
        if not row.payer.strip():
            yield Fault(f"{place}.betaler", "bij deze rij betaalt niemand.", "zeg wie betaalt.")
        seen.add(row.code)


def _borrowed(scheme: Scheme) -> Iterator[Fault]:
    for name, field in scheme.form.items():
        here = f"formulier.{name}.keuzes_uit"
        rows = choices_of(scheme, field.choices_from)
        if field.choices_from and rows is None:
            mend = f"kies uit: {', '.join(scheme.matrices) or 'geen'}; of {OUTLINE}, als er een [{OUTLINE}] is."
            yield Fault(here, f"de matrix '{field.choices_from[:60]}' bestaat niet.", mend)
        elif rows is not None and field.kind not in ("keuze", "meerkeuze"):
            yield Fault(here, "alleen een keuze of meerkeuze heeft keuzes.", 'kies soort = "meerkeuze".')
        elif rows is not None and field.choices != rows:
            yield Fault(here, "deze vraag heeft ook eigen keuzes.", "haal keuzes of keuzes_uit weg.")
    for act, definition in scheme.acts.items():
        for name, field in definition.fields.items():
            if field.choices_from:
                here = f"handeling.{act}.velden.{name}.keuzes_uit"
                yield Fault(here, "alleen een vraag van het formulier kiest uit een matrix.", "geef deze vraag keuzes.")


def _levels(scheme: Scheme, here: str, ladder: LadderDef) -> Iterator[Fault]:
    if len(ladder.levels) < 2:
        yield Fault(f"{here}.niveaus", "een ladder heeft minstens twee niveaus.", "voeg een niveau toe.")
    steps = [level.step for level in ladder.levels]
    for index, level in enumerate(ladder.levels):
        place = f"{here}.niveaus.{index}"
        if level.step not in scheme.steps:
            yield Fault(f"{place}.stap", f"de stap '{level.step[:60]}' bestaat niet.", "noem een bestaande stap.")
        elif level.step in steps[:index]:
            yield Fault(f"{place}.stap", "deze stap is al een lager niveau.", "geef elk niveau een eigen stap.")
        for role in level.members:
            if role not in scheme.roles:
                yield Fault(f"{place}.leden", f"de rol '{role[:60]}' bestaat niet.", "noem een bestaande rol.")
        if level.clock and level.clock not in scheme.clocks:
            yield Fault(
                f"{place}.termijn", f"de termijn '{level.clock[:60]}' bestaat niet.", "noem een bestaande termijn."
            )
    if ladder.levels and ladder.levels[-1].power != "bindend":
        message = "het laatste niveau beslist niet, dus een zaak kan onbeslist blijven."
        yield Fault(f"{here}.niveaus.{len(ladder.levels) - 1}.macht", message, 'schrijf macht = "bindend".')


def _climb(scheme: Scheme, here: str, ladder: LadderDef) -> Iterator[Fault]:
    """Every level opens, sooner or later, by an outcome or an act of the level before it."""
    for index, (lower, higher) in enumerate(zip(ladder.levels, ladder.levels[1:], strict=False), 1):
        if {lower.step, higher.step} <= scheme.steps.keys() and higher.step not in _after(scheme, lower.step):
            message = (
                f"de stap '{higher.step}' volgt niet op '{lower.step}', dus dit niveau is van daar niet te bereiken."
            )
            mend = f'schrijf bij die stap na = ["stap.{lower.step}.<uitkomst>"].'
            yield Fault(f"{here}.niveaus.{index}.stap", message, mend)


def _after(scheme: Scheme, step: str) -> set[str]:
    """The steps that can open because of what was done in a step or how it ended, or because of one that opened so."""
    found: set[str] = set()
    fresh = {step}
    while fresh:
        deeds = {act for name in fresh for act in scheme.steps[name].acts}
        fresh = {
            name
            for name, each in scheme.steps.items()
            if any(_comes_of(moment, fresh, deeds) for moment in each.after)
        } - found  # fmt: skip
        found |= fresh
    return found


def _comes_of(moment: str, steps: set[str], acts: set[str]) -> bool:
    kind, _, rest = moment.partition(".")
    return rest.partition(".")[0] in {"stap": steps, "handeling": acts}.get(kind, set())
