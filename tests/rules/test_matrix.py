"""The responsibility matrix: rows are choices, who pays and whether a talk is needed follow, a row for another sector can't be chosen."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.eligibility import examine
from maatwerk.rules.loading import load, parse
from maatwerk.rules.refusals import Refused
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done, small

MATRIX = """
[formulier.sector]
soort = "keuze"
titel = "Sector"
keuzes = { po = "primair onderwijs", vo = "voortgezet onderwijs" }
verplicht = ["indienen"]
[formulier.behoefte]
soort = "meerkeuze"
titel = "Behoefte"
keuzes_uit = "wie"
[matrix.wie]
titel = "Wie is verantwoordelijk?"
veld = "behoefte"
sector = "sector"
rijen = [
  { code = "leerproblemen", titel = "begeleiding bij leerproblemen", betaler = "school" },
  { code = "behandeling", titel = "behandeling", betaler = "gemeente" },
  { code = "boerderij", titel = "zorgboerderij", betaler = "gemeente", poreus = true, voor = ["vo"] },
]
"""
TALK = """
[handeling.bespreken]
titel = "Bespreken"
door = ["bureau"]
uitkomst = "besproken"
[stap.gesprek]
titel = "Gesprek"
fase = "gesprek"
na = ["stap.intake.ingediend"]
als = "matrix.wie.poreus"
handelingen = ["bespreken"]
[voorwaarde.betaler]
bij = ["besluiten"]
als = "matrix.wie.betaler == ['gemeente']"
melding = "Alleen wat de gemeente betaalt."
"""


def asked(scheme: Scheme, *needs: str, sector: str = "vo", **more: Any) -> dict[str, Any]:
    return {"vraag": "x", "sector": sector, **({"behoefte": list(needs)} if needs else {}), **more}


def course(*needs: str) -> Any:
    scheme = small(MATRIX + TALK)
    acts = done(scheme, ("indienen", "2024-09-02", asked(scheme, *needs)))
    return standing(scheme, acts, date(2024, 9, 2))


def test_the_rows_are_the_choices_of_the_question() -> None:
    assert small(MATRIX).form["behoefte"].choices == {
        "leerproblemen": "begeleiding bij leerproblemen",
        "behandeling": "behandeling",
        "boerderij": "zorgboerderij",
    }


@pytest.mark.requirement("KOP-36", "KOP-37")
@pytest.mark.parametrize(
    ("needs", "talk", "payers", "step"),
    [
        (("boerderij",), "altijd", ("gemeente",), "open"),
        (("leerproblemen", "boerderij"), "altijd", ("school", "gemeente"), "open"),
        (("behandeling",), "kan", ("gemeente",), "overgeslagen"),
    ],
)
def test_a_porous_row_always_asks_a_talk_and_without_one_it_may_take_place(
    needs: tuple[str, ...], talk: str, payers: tuple[str, ...], step: str
) -> None:
    found = course(*needs)
    (chosen,) = found.needs
    assert (chosen.talk, chosen.payers, found.steps["gesprek"].status) == (talk, payers, step)


def test_nothing_chosen_is_unknown_and_not_no() -> None:
    scheme = small(MATRIX + TALK)
    with pytest.raises(Refused) as refusal:
        done(scheme, ("indienen", "2024-09-02", asked(scheme)))
    assert [reason.code for reason in refusal.value.reasons] == ["niet_te_beoordelen"]


def test_conditions_read_who_pays_and_what_was_chosen() -> None:
    offers = {offer.act: offer.blocks for offer in course("behandeling").offers}
    assert offers["besluiten"] == ()
    assert course("behandeling", "leerproblemen").offers
    blocked = {offer.act: offer.blocks for offer in course("behandeling", "leerproblemen").offers}
    assert [reason.code for reason in blocked["besluiten"]] == ["betaler"]
    one = small(MATRIX.replace('"meerkeuze"', '"keuze"') + '[voorwaarde.v]\nbij = ["besluiten"]\nmelding = "M"\n'
                'als = "matrix.wie.betaler == \'school\' && matrix.wie.gekozen == [\'leerproblemen\']"\n')  # fmt: skip
    acts = done(one, ("indienen", "2024-09-02", asked(one, behoefte="leerproblemen")), ("besluiten", "2024-09-03"))
    assert len(acts) == 2


def test_a_row_for_another_sector_is_refused_before_and_at_filing() -> None:
    scheme = small(MATRIX)
    answers = asked(scheme, "boerderij", sector="po")
    with pytest.raises(Refused) as refusal:
        done(scheme, ("indienen", "2024-09-02", answers))
    (reason,) = refusal.value.reasons
    assert (reason.code, reason.field) == ("matrix_wie", "behoefte")
    assert reason.message == "Behoefte: 'zorgboerderij' is er alleen voor voortgezet onderwijs."
    assert [each.code for each in examine(scheme, answers, date(2024, 9, 2)).wrong] == ["matrix_wie"]
    assert examine(scheme, asked(scheme, "boerderij"), date(2024, 9, 2)).wrong == ()


LADDER = """
[escalatie.opschalen]
titel = "Opschalen"
niveaus = [
  { stap = "besluit", titel = "Bureau", leden = ["bureau"] },
  { stap = "tafel", titel = "Tafel", leden = ["bureau"], macht = "bindend" },
]
[handeling.opschalen]
titel = "Opschalen"
door = ["bureau"]
uitkomst = "opgeschaald"
[handeling.beslissen]
titel = "Beslissen"
door = ["bureau"]
uitkomst = "beslist"
[stap.vervolg]
titel = "Vervolg"
fase = "vervolg"
na = ["stap.besluit.besloten"]
handelingen = ["opschalen"]
[stap.tafel]
titel = "Tafel"
fase = "tafel"
na = ["stap.vervolg.opgeschaald"]
handelingen = ["beslissen"]
"""
OPEN = SMALL.replace('bij.besloten = { sluit = "klaar" }\n', "")
FAULTY = [
    (MATRIX.replace('keuzes_uit = "wie"', 'keuzes = { a = "A" }').replace('veld = "behoefte"', 'veld = "behoefte" #!'), "matrix.wie.veld", "haar keuzes uit"),
    (MATRIX.replace('keuzes_uit = "wie"', 'keuzes_uit = "wat" #!'), "formulier.behoefte.keuzes_uit", "'wat' bestaat niet"),
    (MATRIX.replace('keuzes_uit = "wie"', 'keuzes_uit = "wie" #!\nkeuzes = { a = "A" }'), "formulier.behoefte.keuzes_uit", "eigen keuzes"),
    (MATRIX.replace('"meerkeuze"', '"tekst"').replace('keuzes_uit = "wie"', 'keuzes_uit = "wie" #!'), "formulier.behoefte.keuzes_uit", "alleen een keuze"),
    (MATRIX.replace('sector = "sector"', 'sector = "vraag" #!'), "matrix.wie.sector", "een keuzeveld"),
    (MATRIX.replace('sector = "sector"\n', "").replace('["vo"] },', '["vo"] }, #!'), "matrix.wie.rijen.2.voor", "zonder sector"),
    (MATRIX.replace('["vo"] },', '["mbo"] }, #!'), "matrix.wie.rijen.2.voor", "niemand kan 'zorgboerderij' kiezen"),
    (MATRIX.replace('["vo"] },', '["vo", "mbo"] }, #!'), "matrix.wie.rijen.2.voor", "'mbo' bestaat niet"),
    (MATRIX.replace('code = "behandeling", titel = "behandeling", betaler = "gemeente" },', 'code = "leerproblemen", titel = "x", betaler = "y" }, #!'), "matrix.wie.rijen.1.code", "twee keer"),
    (MATRIX.replace('code = "behandeling", titel = "behandeling", betaler = "gemeente" },', 'code = "X Y", titel = "x", betaler = "y" }, #!'), "matrix.wie.rijen.1.code", "kan niet"),
    (MATRIX.replace('betaler = "school" },', 'betaler = " " }, #!'), "matrix.wie.rijen.0.betaler", "betaalt niemand"),
    (MATRIX + '[voorwaarde.v]\nbij = ["besluiten"]\nmelding = "M"\nals = "\'gemeent\' in matrix.wie.betaler" #!\n', "voorwaarde.v.als", "kent 'gemeent' niet"),
    (MATRIX + '[voorwaarde.v]\nbij = ["besluiten"]\nmelding = "M"\nals = "\'boerderi\' in matrix.wie.gekozen" #!\n', "voorwaarde.v.als", "kent 'boerderi' niet"),
    (MATRIX + '[voorwaarde.v]\nbij = ["besluiten"]\nmelding = "M"\nals = "matrix.wie.betaler == \'school\'" #!\n', "voorwaarde.v.als", None),
    ("[handeling.noteren.velden.x]\nsoort = 'keuze'\ntitel = 'X'\nkeuzes = { a = 'A' }\nkeuzes_uit = 'wie' #!\n" + MATRIX, "handeling.noteren.velden.x.keuzes_uit", "van het formulier"),
    (LADDER.replace(', macht = "bindend" },', " }, #!"), "escalatie.opschalen.niveaus.1.macht", "onbeslist"),
    (LADDER.replace('stap = "tafel", titel = "Tafel", leden = ["bureau"], macht = "bindend" },', 'stap = "tafl", titel = "Tafel", macht = "bindend" }, #!'), "escalatie.opschalen.niveaus.1.stap", "'tafl' bestaat niet"),
    (LADDER.replace('stap = "tafel", titel = "Tafel", leden = ["bureau"], macht = "bindend" },', 'stap = "intake", titel = "Tafel", macht = "bindend" }, #!'), "escalatie.opschalen.niveaus.1.stap", "niet te bereiken"),
    (LADDER.replace('stap = "tafel", titel = "Tafel", leden = ["bureau"], macht = "bindend" },', 'stap = "besluit", titel = "Tafel", macht = "bindend" }, #!'), "escalatie.opschalen.niveaus.1.stap", "al een lager niveau"),
    (LADDER.replace('titel = "Bureau", leden = ["bureau"] },', 'titel = "Bureau", leden = ["koning"] }, #!'), "escalatie.opschalen.niveaus.0.leden", "'koning' bestaat niet"),
    (LADDER.replace('titel = "Bureau", leden = ["bureau"] },', 'titel = "Bureau", termijn = "t" }, #!'), "escalatie.opschalen.niveaus.0.termijn", "'t' bestaat niet"),
    (LADDER.replace('  { stap = "besluit", titel = "Bureau", leden = ["bureau"] },\n', "").replace("niveaus = [", "niveaus = [ #!"), "escalatie.opschalen.niveaus", "minstens twee"),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "key", "told"), FAULTY, ids=[f"{n}-{key}" for n, (_, key, _) in enumerate(FAULTY)])
def test_each_fault_names_its_key_its_line_and_the_mend(extra: str, key: str, told: str | None) -> None:
    text = OPEN + extra
    scheme, found = parse(text)
    assert scheme is None
    mine = [fault for fault in found if fault.key == key and (told is None or told in fault.message)]
    assert mine, [str(fault) for fault in found]
    assert all(fault.message and fault.mend for fault in found)
    assert mine[0].line == next(number for number, line in enumerate(text.splitlines(), 1) if "#!" in line)


@pytest.mark.requirement("DM-30")
def test_a_case_is_on_the_highest_level_that_opened_and_what_comes_next_is_told() -> None:
    scheme = load(OPEN + LADDER)
    acts = done(
        scheme,
        ("indienen", "2024-09-02"),
        ("besluiten", "2024-09-03"),
        ("opschalen", "2024-09-04"),
        ("beslissen", "2024-09-05"),
    )

    def rung(count: int) -> Any:
        found = standing(scheme, acts[:count], date(2024, 9, 5)).rungs
        return found[0] if found else None

    assert standing(scheme, (), date(2024, 9, 2)).rungs == ()
    assert (rung(1).words, rung(1).is_open, rung(1).next.title) == ("niveau 1 van 2", True, "Tafel")
    assert (rung(2).words, rung(2).is_open) == ("niveau 1 van 2", False)
    assert (rung(3).words, rung(3).is_open, rung(3).next, rung(3).level.power) == (
        "niveau 2 van 2",
        True,
        None,
        "bindend",
    )
    assert (rung(4).words, rung(4).is_open) == ("niveau 2 van 2", False)
