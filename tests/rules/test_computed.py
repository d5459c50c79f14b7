"""Computed answers, and questions that somebody does not answer: nobody fills in the one, the other counts as answered."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from maatwerk.rules.eligibility import examine
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done, small

DAY = "2024-09-02"
COMPUTED = """
[formulier.dubbel]
soort = "berekend"
titel = "Dubbel"
uitkomst_soort = "bedrag"
berekening = "aanvraag.aantal * 200"
[formulier.groot]
soort = "berekend"
titel = "Groot"
uitkomst_soort = "ja_nee"
berekening = "aanvraag.dubbel > 1000"
[formulier.waarom]
soort = "tekst"
titel = "Waarom zo veel?"
als = "aanvraag.groot"
verplicht = ["indienen"]
[voorwaarde.hoogstens]
bij = ["indienen"]
als = "aanvraag.dubbel <= 2000"
melding = "Te veel."
[handeling.rekenen]
titel = "Rekenen"
door = ["bureau"]
wanneer = "open"
velden.uren = { soort = "getal", titel = "Uren" }
velden.som = { soort = "berekend", titel = "Som", berekening = "deze.uren * aanvraag.aantal" }
"""
SCHEME = small(COMPUTED)


def codes(scheme: Any, fields: dict[str, Any]) -> set[str]:
    with pytest.raises(Refused) as refusal:
        done(scheme, ("indienen", DAY, fields))
    return {reason.field if reason.code == "ontbreekt" else reason.code for reason in refusal.value.reasons}


def test_a_computed_answer_follows_from_those_above_it_and_is_kept_with_the_act() -> None:
    (act,) = done(SCHEME, ("indienen", DAY, {"vraag": "x", "aantal": 3}))
    assert act.fields == {"vraag": "x", "aantal": 3, "dubbel": 600, "groot": False}
    assert codes(SCHEME, {"vraag": "x", "aantal": 6}) == {"waarom"}
    assert codes(SCHEME, {"vraag": "x", "aantal": 11, "waarom": "y"}) == {"hoogstens"}


def test_a_text_that_is_made_of_texts_does_not_grow_without_end() -> None:
    twelve = " + ".join(["aanvraag.{}"] * 12)
    above, more = "vraag", ""
    for name in ("een", "twee", "drie", "vier", "vijf"):
        formula = twelve.replace("{}", above)
        more += (
            f'[formulier.{name}]\nsoort = "berekend"\ntitel = "T"\nuitkomst_soort = "tekst"\nberekening = "{formula}"\n'
        )
        above = name
    answers = examine(small(more), {"vraag": "abcdefghij"}, date(2024, 9, 2)).answers
    assert {name: len(value) for name, value in answers.items()} == {"vraag": 10, "een": 120, "twee": 1440}


def test_nobody_fills_in_a_computed_answer() -> None:
    assert codes(SCHEME, {"vraag": "x", "aantal": 3, "dubbel": 600}) == {"berekend"}
    (wrong,) = examine(SCHEME, {"vraag": "x", "dubbel": 1}, date(2024, 9, 2)).wrong
    assert (wrong.code, wrong.field) == ("berekend", "dubbel")


def test_a_supplement_makes_it_anew_and_takes_it_away_with_what_it_came_from() -> None:
    acts = done(SCHEME, ("indienen", DAY, {"vraag": "x", "aantal": 3}), ("aanvullen", DAY, {"aantal": 4}))
    assert (acts[1].fields["dubbel"], acts[1].fields["groot"]) == (800, False)
    acts = done(SCHEME, ("indienen", DAY, {"vraag": "x", "aantal": 3}), ("aanvullen", DAY, {"vraag": "y"}))
    assert acts[1].fields["dubbel"] == 600
    assert rejudge(SCHEME, acts) is None
    without = examine(SCHEME, {"vraag": "x"}, date(2024, 9, 2))
    assert without.answers == {"vraag": "x"}
    assert next(gate.holds for gate in without.gates if gate.id == "hoogstens") is None


def test_an_act_computes_from_its_own_fields_and_the_application() -> None:
    acts = done(SCHEME, ("indienen", DAY, {"vraag": "x", "aantal": 3}), ("rekenen", DAY, {"uren": 7}))
    assert acts[-1].fields == {"uren": 7, "som": 21}
    with pytest.raises(Refused):
        done(SCHEME, ("indienen", DAY, {"vraag": "x"}), ("rekenen", DAY, {"uren": 7, "som": 21}))


REFUSABLE = """
[formulier.inkomen]
soort = "bedrag"
titel = "Inkomen"
verplicht = ["indienen"]
weigert_te_geven = true
[formulier.verslag]
soort = "bestand"
titel = "Verslag"
verplicht = ["besluiten"]
weigert_te_geven = true
[voorwaarde.arm]
bij = ["besluiten"]
als = "'inkomen' in aanvraag.weigert || aanvraag.inkomen < euro(3000)"
melding = "Te rijk."
[handeling.noteren.velden.naam]
soort = "tekst"
titel = "Naam"
verplicht = ["noteren"]
weigert_te_geven = true
"""
PRIVATE = small(REFUSABLE)


def test_who_does_not_want_to_answer_says_so_and_that_counts() -> None:
    assert codes(PRIVATE, {"vraag": "x"}) == {"inkomen"}
    acts = done(
        PRIVATE,
        ("indienen", DAY, {"vraag": "x", "weigert": ["inkomen", "verslag"]}),
        ("noteren", DAY, {"weigert": ["naam"]}),
        ("besluiten", DAY),
    )
    assert standing(PRIVATE, acts, date(2024, 9, 2)).closed == "klaar"
    assert PRIVATE.form["weigert"].choices == {"inkomen": "Inkomen", "verslag": "Verslag"}
    assert rejudge(PRIVATE, acts) is None


def test_without_a_refusal_the_answer_itself_is_judged() -> None:
    acts = done(PRIVATE, ("indienen", DAY, {"vraag": "x", "inkomen": 300_001, "weigert": ["verslag"]}))
    (offer,) = [offer for offer in standing(PRIVATE, acts, date(2024, 9, 2)).offers if offer.act == "besluiten"]
    assert [reason.message for reason in offer.blocks] == ["Te rijk."]
    bare = done(PRIVATE, ("indienen", DAY, {"vraag": "x", "inkomen": 1}))
    assert bare[0].fields["weigert"] == []


def test_only_questions_that_allow_it_can_be_refused_and_not_while_they_are_answered() -> None:
    assert codes(PRIVATE, {"vraag": "x", "weigert": ["vraag", "inkomen"]}) == {"onjuist"}
    assert codes(PRIVATE, {"vraag": "x", "inkomen": 5, "weigert": ["inkomen"]}) == {"geweigerd"}
    acts = done(PRIVATE, ("indienen", DAY, {"vraag": "x", "inkomen": 5}))
    with pytest.raises(Refused) as refusal:
        done(PRIVATE, ("indienen", DAY, {"vraag": "x", "inkomen": 5}), ("aanvullen", DAY, {"weigert": ["inkomen"]}))
    assert [reason.code for reason in refusal.value.reasons] == ["geweigerd"]
    taken = {"weigert": ["inkomen"], "inkomen": None}
    acts = done(PRIVATE, ("indienen", DAY, {"vraag": "x", "inkomen": 5}), ("aanvullen", DAY, taken))
    assert (acts[1].fields["inkomen"], acts[1].fields["weigert"]) == (None, ["inkomen"])


@pytest.mark.parametrize(
    "formula", ["aanvraag.kind.achternaam", "[aanvraag].map(a, a.kind.achternaam)[0]", "aanvraag.verhaal + r''"]
)
def test_what_is_computed_from_what_an_audience_may_not_see_it_may_not_see_either(formula: str) -> None:
    text = f"""
[formulier.kind]
soort = "persoon"
titel = "Kind"
delen = ["achternaam"]
[formulier.verhaal]
soort = "tekst"
titel = "Verhaal"
[formulier.dubbel]
soort = "berekend"
titel = "Dubbel"
berekening = "aanvraag.aantal * 2"
[formulier.kenmerk]
soort = "berekend"
titel = "Kenmerk"
uitkomst_soort = "tekst"
berekening = "{formula}"
[formulier.afgeleid]
soort = "berekend"
titel = "Afgeleid"
berekening = "size(aanvraag.kenmerk)"
[rol.lezer]
titel = "Lezer"
plaats = "bureau"
[[inzage]]
wie = "lezer"
stappen = ["besluit"]
bewerking = "anoniem"
velden = ["dubbel", "kenmerk", "afgeleid"]
"""
    _, faults = parse(SMALL + text)
    assert sorted(fault.message.partition(" ")[0] for fault in faults) == ["'afgeleid'", "'kenmerk'"]
    _, faults = parse(SMALL + text.replace(', "kenmerk", "afgeleid"', ""))
    assert faults == ()


def test_an_amount_says_whether_vat_is_in_it() -> None:
    scheme = small('[formulier.prijs]\nsoort = "bedrag"\ntitel = "Prijs"\nbtw = "exclusief"\n')
    assert scheme.form["prijs"].label == "Prijs (exclusief btw)"
    assert replace(scheme.form["prijs"], vat=None).label == "Prijs"
