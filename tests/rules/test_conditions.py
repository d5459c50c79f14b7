"""Conditions fail closed: absent, wrong or failing never holds, and nothing of the data leaves in an explanation."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.acts import Facts
from maatwerk.rules.conditions import UNCLEAR, evaluate, holds, looked_at, paths, renamed, whole
from maatwerk.rules.decoding import SchemeRefused
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Refused
from maatwerk.rules.situation import Situation
from maatwerk.rules.standing import standing
from tests.schemes import done, small

CASE: dict[str, Any] = {
    "aanvraag": {"leeftijd": 12, "naam": "Saar", "geboren": "2012-02-30", "rijen": [{"bedrag": 5}, {"bedrag": 7}]},
    "laatste": {},
    "vandaag": "2024-09-02",
    "eerder": [{"loopt": False}, {"loopt": True}],
}


@pytest.mark.parametrize(
    "condition",
    [
        "aanvraag.afwezig",  # absent
        "aanvraag.afwezig > 12",
        "!aanvraag.afwezig",
        "aanvraag.leeftijd > 'tien'",  # wrong type
        "aanvraag.naam",  # not a yes or no
        "aanvraag.leeftijd",
        "laatste.besluiten.bedrag > 0",
        "leeftijd_op(aanvraag.geboren, vandaag) > 12",  # the helper fails
        "leeftijd_op('2030-01-01', vandaag) >= 0",
        "plus_maanden(vandaag, 999999) > vandaag",
        "9223372036854775807 + aanvraag.leeftijd > 0",  # overflow
        "aanvraag.leeftijd / 0 == 1",
        "deze.bedrag > 0",  # no act
        "onbekend > 0",
        "aanvraag.rijen[7].bedrag > 0",
        "aanvraag.leeftijd >",  # no expression
        "aanvraag.leeftijd.round() == 1",
    ],
)
def test_what_can_not_be_judged_never_holds(condition: str) -> None:
    assert holds(condition, CASE) is None
    assert whole(condition, CASE) is None or condition == "aanvraag.leeftijd"


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        ("", True),
        ("aanvraag.leeftijd >= 12", True),
        ("aanvraag.leeftijd < 12", False),
        ("!has(aanvraag.afwezig)", True),
        ("has(aanvraag.afwezig) && aanvraag.afwezig > 1", False),
        ("som(aanvraag.rijen.map(r, r.bedrag)) == 12", True),
        ("aanvraag.rijen.exists(r, r.bedrag > 6)", True),
        ("minste(3, 4) == 3 && grootste(3, 4) == 4 && euro(2) == 200", True),
        ("maanden_tussen('2024-11-30', '2025-02-28') == 3", True),
        ("maanden_tussen('2024-11-30', '2025-02-27') == 2", True),
        ("plus_dagen(vandaag, 7) == datum('2024-09-09')", True),
        ("plus_maanden('2024-11-30', 3) == '2025-02-28'", True),
    ],
)
def test_what_is_certain_is_told(condition: str, verdict: bool) -> None:
    assert holds(condition, CASE) is verdict


def test_an_amount_is_a_whole_number_or_nothing() -> None:
    assert whole("som(aanvraag.rijen.map(r, r.bedrag))", CASE) == 12
    assert whole("aanvraag.leeftijd >= 12", CASE) is None
    assert whole("1.5", CASE) is None


def test_a_condition_names_what_it_looks_at_and_an_error_carries_no_text_of_the_data() -> None:
    condition = "aanvraag.naam == 'aanvraag.verborgen' && aanvraag.afwezig > zaak.ingediend_op"
    assert paths(condition) == ("aanvraag.naam", "aanvraag.afwezig", "zaak.ingediend_op")
    assert looked_at(condition, CASE) == {"aanvraag.naam": "Saar"}
    assert evaluate("aanvraag.naam > 3", CASE) is UNCLEAR
    assert repr(UNCLEAR) == "Unclear()"


@pytest.mark.parametrize(
    "condition",
    [
        "aanvraag .leeftijd >= 12",
        "aanvraag\n.leeftijd >= 12",
        "[aanvraag].all(a, a.leeftijd >= 12)",
        r"r'\d' != '' && aanvraag.leeftijd >= 12",
        "'''it's''' != '' && aanvraag.leeftijd >= 12",
        "aanvraag.leeftijd >= 12 // isn't it",
        "'//' != '' && aanvraag.leeftijd >= 12",
        "aanvraag['leeftijd'] >= 12",
        "vandaag.startsWith('2024') && aanvraag.leeftijd >= 12",
        "eerder.exists(e, e.loopt) && aanvraag.leeftijd >= 12",
    ],
)
def test_however_it_is_written_a_condition_finds_what_it_reads(condition: str) -> None:
    assert holds(condition, CASE) is True


@pytest.mark.parametrize(
    ("condition", "renewed"),
    [
        ("deze.soort == 'deze.soort'", "D001.soort == 'deze.soort'"),
        ('deze\n.soort in ["deze"]', 'D001\n.soort in ["deze"]'),
        ("has(aanvraag.deze) && aanvraag . deze == deze.deze", "has(aanvraag.deze) && aanvraag . deze == D001.deze"),
        ("[deze].all(d, d.rol == aanvraag['deze'])", "[D001].all(d, d.rol == aanvraag['deze'])"),
        ("dezelfde || niet_deze", "dezelfde || niet_deze"),
    ],
)
def test_a_root_gets_another_name_wherever_it_is_read_and_nowhere_else(condition: str, renewed: str) -> None:
    assert renamed(condition, "deze", "D001") == renewed


TWO_ACTS = """
[handeling.noteren.velden.x]
soort = "getal"
titel = "X"
[handeling.besluiten.velden.x]
soort = "tekst"
titel = "X"
[voorwaarde.v]
bij = ["noteren", "besluiten"]
als = "deze.rol == 'bureau' && deze.x > 0"
melding = "M"
"""


def test_a_gate_is_checked_against_each_act_that_it_guards_and_says_where_it_goes_wrong() -> None:
    with pytest.raises(SchemeRefused) as refused:
        small(TWO_ACTS)
    (fault,) = refused.value.faults
    assert fault.message == "CEL, positie 32: '>' past niet op (string, int)."
    with pytest.raises(SchemeRefused, match="de naam 'D001' bestaat niet"):
        small(TWO_ACTS.replace("deze.x > 0", "D001.rol == 'x'"))


texts = st.text(alphabet="aanvrg.let()'\" &|!=<>0129[]{}?:,rb\\/\n", max_size=40)


@given(texts)
def test_no_text_whatever_breaks_the_evaluation(condition: str) -> None:
    assert holds(condition or " ", CASE) in (True, False, None)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(values)
def test_no_value_whatever_makes_a_condition_hold_that_it_does_not_fit(value: Any) -> None:
    assert holds("aanvraag.x > 3 && aanvraag.x < 3", {"aanvraag": {"x": value}}) in (False, None)
    assert holds("aanvraag.y == 1", {"aanvraag": {"x": value}}) is None


GATED = small('[voorwaarde.groot]\nbij = ["besluiten"]\nals = "aanvraag.aantal > 3"\nmelding = "Te weinig."\n')


def test_a_gate_that_can_not_be_judged_refuses_and_says_so() -> None:
    acts = done(GATED, ("indienen", "2024-09-02"))
    (offer,) = [o for o in standing(GATED, acts, date(2024, 9, 2)).offers if o.act == "besluiten"]
    assert [block.message for block in offer.blocks] == ["Niet te beoordelen: Te weinig."]
    with pytest.raises(Refused):
        done(GATED, ("indienen", "2024-09-02"), ("besluiten", "2024-09-02"))
    (view,) = examine(GATED, {}, date(2024, 9, 2), None, acts).gates
    assert (view.holds, view.values) == (None, {})


def test_a_gate_that_only_warns_lets_the_act_through_and_is_remembered() -> None:
    scheme = small(
        '[voorwaarde.groot]\nbij = ["besluiten"]\ngevolg = "waarschuwt"\nals = "aanvraag.aantal > 3"\nmelding = "Weinig."\n'
    )
    acts = done(scheme, ("indienen", "2024-09-02"))
    (offer,) = [o for o in standing(scheme, acts, date(2024, 9, 2)).offers if o.act == "besluiten"]
    assert (offer.blocks, [w.code for w in offer.warnings]) == ((), ["groot"])
    acts = done(scheme, ("indienen", "2024-09-02"), ("besluiten", "2024-09-02"))
    assert acts[-1].consequences.warned == ("groot",)


BOOKED = """
[boek.geld]
titel = "Geld"
eenheid = "eurocent"
beleid = "hard"
[handeling.boeken]
titel = "Boeken"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vastleggen", boek = "geld", bedrag = "aanvraag.aantal * 100" }]
"""


def test_an_amount_that_can_not_be_determined_refuses_the_act() -> None:
    scheme = small(BOOKED)
    known = done(scheme, ("indienen", "2024-09-02", {"vraag": "x", "aantal": 4}), ("boeken", "2024-09-02"))
    assert standing(scheme, known, date(2024, 9, 2)).books["geld"].committed == 400
    with pytest.raises(Refused) as refusal:
        done(scheme, ("indienen", "2024-09-02"), ("boeken", "2024-09-02"))
    assert [reason.code for reason in refusal.value.reasons] == ["bedrag"]


def test_a_situation_knows_only_what_conditions_may_read() -> None:
    acts = done(GATED, ("indienen", "2024-09-02"))
    situation = Situation(GATED, fold(GATED, acts), date(2024, 9, 2), Facts(), acts[0])
    assert {*situation} == {
        "aanvraag", "laatste", "alle", "stap", "zaak", "feit", "toestemming", "termijn", "vandaag", "deze",
        "lijst", "tarief", "bekostiging", "eerder", "matrix", "opvolging",
    }  # fmt: skip
    assert len(situation) == len([*situation])
    assert situation["alle"]["indienen"] == [{"vraag": "x", "op": "2024-09-02", "rol": "school", "volgnummer": 1}]
    with pytest.raises(KeyError):
        situation["clocks"]
