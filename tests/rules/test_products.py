"""Products: what is only for some of them is asked, judged, opened and timed for those alone, and a case keeps its product."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from maatwerk.rules.acts import Act, Actor, Earlier, Facts
from maatwerk.rules.comparing import compare
from maatwerk.rules.composing import as_written
from maatwerk.rules.earlier import earlier_of, looks_back
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load, parse
from maatwerk.rules.product_gates import product_gates
from maatwerk.rules.refusals import Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing
from tests.schemes import SMALL

PRODUCTS = """
[product.coach]
titel = "Coach"
scholen = "pilot"
sluit_uit = ["groep"]
bron = "art. 2"
[product.groep]
titel = "Groepsaanpak"
[lijst.pilot]
titel = "Pilotscholen"
waarden = ["Beekdal College", "De Singel"]
[formulier.school]
soort = "school"
titel = "School"
verplicht = ["indienen"]
[formulier.plan]
soort = "tekst"
titel = "Plan"
verplicht = ["indienen"]
producten = ["groep"]
[formulier.leerling]
soort = "persoon"
titel = "Leerling"
delen = ["achternaam", "geboortedatum"]
[voorwaarde.aantal]
bij = ["indienen"]
als = "aanvraag.aantal >= 5 // a group"
melding = "Een groep is minstens vijf leerlingen."
producten = ["groep"]
[handeling.toetsen]
titel = "Toetsen"
door = ["bureau"]
uitkomst = "getoetst"
[handeling.bezoeken]
titel = "Bezoeken"
door = ["bureau"]
wanneer = "open"
producten = ["coach"]
[stap.toets]
titel = "Toets"
fase = "toets"
na = ["stap.intake.ingediend"]
handelingen = ["toetsen", "aanvullen"]
[stap.extra]
titel = "Extra toets"
fase = "extra"
na = ["stap.toets.getoetst"]
handelingen = ["keuren"]
uitleg = "Een groep kost veel."
producten = ["groep"]
[handeling.keuren]
titel = "Keuren"
door = ["bureau"]
uitkomst = "goed"
[termijn.gesprek]
titel = "Gesprek"
soort = "streef"
start = ["handeling.indienen"]
duur = "P1W"
producten = ["coach"]
"""
TEXT = SMALL.replace('"stap.intake.ingediend"]\nhandelingen = ["aanvullen"', '"stap.extra.goed", "stap.extra.overgeslagen"]\nhandelingen = ["aanvullen"').replace(
    'soort = "geen" }', 'soort = "individu", veld = "leerling" }'
)  # fmt: skip
SCHEME = load(TEXT + PRODUCTS)
COACH: dict[str, Any] = {"product": "coach", "vraag": "x", "school": "De Singel"}
GROUP: dict[str, Any] = {"product": "groep", "vraag": "x", "school": "Elders", "plan": "Samen", "aantal": 5}
DAY = date(2024, 9, 2)


def do(acts: list[Act], kind: str, fields: dict[str, Any] | None = None, facts: Facts | None = None, scheme: Scheme = SCHEME) -> list[Act]:  # fmt: skip
    by = Actor(scheme.acts[kind].by[0], "p")
    return [*acts, judge(scheme, acts, Act(kind, DAY, by, fields or {}), facts or Facts())]


def refused(acts: list[Act], kind: str, fields: dict[str, Any] | None = None, facts: Facts | None = None) -> set[str]:
    with pytest.raises(Refused) as refusal:
        do(acts, kind, fields, facts)
    return {reason.field if reason.code == "ontbreekt" else reason.code for reason in refusal.value.reasons}


def without(answers: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in answers.items() if name not in names}


def test_the_form_asks_first_for_which_product() -> None:
    asked = SCHEME.form["product"]
    assert next(iter(SCHEME.form)) == "product"
    assert asked.choices == {"coach": "Coach", "groep": "Groepsaanpak"}
    assert refused([], "indienen", without(COACH, "product")) == {"product"}


def test_a_scheme_may_word_the_question_itself() -> None:
    own = '[formulier.product]\nsoort = "keuze"\ntitel = "Welke route?"\nuitleg = "Overleg eerst."\ngroep = "Begin"\n'
    asked = load(TEXT + PRODUCTS + own).form["product"]
    assert (asked.title, asked.help, asked.group) == ("Welke route?", "Overleg eerst.", "Begin")
    assert (asked.choices, asked.required) == (SCHEME.form["product"].choices, ("indienen",))


def test_a_question_and_a_condition_of_another_product_are_not_there() -> None:
    assert refused([], "indienen", without(GROUP, "plan")) == {"plan"}
    assert refused([], "indienen", {**GROUP, "aantal": 4}) == {"aantal"}
    assert do([], "indienen", COACH)
    filed = do([], "indienen", {**COACH, "plan": "Toch een plan", "aantal": 1})
    assert "plan" not in filed[0].fields


def test_a_gate_of_another_product_is_not_told_of_and_one_of_an_unknown_product_can_not_be_judged() -> None:
    def verdicts(answers: dict[str, Any]) -> dict[str, bool | None]:
        return {gate.id: gate.holds for gate in examine(SCHEME, answers, DAY).gates if "sluit_uit" not in gate.id}

    assert verdicts(COACH) == {"coach_scholen": True}
    assert verdicts({**GROUP, "aantal": 2}) == {"aantal": False}
    assert verdicts({"aantal": 2}) == {"aantal": None, "coach_scholen": None}


def test_only_schools_on_the_list_of_a_product_apply_for_it() -> None:
    assert refused([], "indienen", {**COACH, "school": "Elders"}) == {"coach_scholen"}
    acts = do([], "indienen", COACH)
    assert refused(acts, "aanvullen", {"school": "Elders"}) == {"coach_scholen"}
    gate = SCHEME.gates["coach_scholen"]
    assert gate.message == "Coach is alleen voor scholen op de lijst 'Pilotscholen'."
    assert gate.source == "art. 2"


def test_an_act_of_another_product_does_not_exist() -> None:
    coach, group = do([], "indienen", COACH), do([], "indienen", GROUP)
    assert "bezoeken" in {offer.act for offer in standing(SCHEME, coach, DAY).offers}
    assert "bezoeken" not in {offer.act for offer in standing(SCHEME, group, DAY).offers}
    assert refused(group, "bezoeken") == {"niet_aan_de_orde"}


def test_a_step_of_another_product_is_skipped_and_says_why() -> None:
    coach = do(do([], "indienen", COACH), "toetsen")
    steps = standing(SCHEME, coach, DAY).steps
    assert (steps["extra"].status, steps["besluit"].status) == ("overgeslagen", "open")
    assert steps["extra"].why == "Een groep kost veel. Alleen voor: Groepsaanpak."
    group = do(do([], "indienen", GROUP), "toetsen")
    assert standing(SCHEME, group, DAY).steps["extra"].status == "open"


def test_a_clock_of_another_product_does_not_start_and_erasure_changes_nothing() -> None:
    for answers, clocks in ((COACH, ["gesprek"]), (GROUP, [])):
        acts = do([], "indienen", answers)
        assert [clock.id for clock in standing(SCHEME, acts, DAY).clocks] == clocks
        erased = [replace(act, fields={}) for act in acts]
        assert [clock.id for clock in standing(SCHEME, erased, DAY).clocks] == clocks
        assert fold(SCHEME, erased).product == answers["product"]


def test_the_product_of_a_case_does_not_change_any_more() -> None:
    acts = do([], "indienen", COACH)
    assert refused(acts, "aanvullen", {"product": "groep", "plan": "Samen", "aantal": 6}) == {"product_vast"}
    acts = do(acts, "aanvullen", {"school": "Beekdal College"})
    assert rejudge(SCHEME, acts) is None


def test_who_reads_or_compares_a_scheme_sees_what_its_file_says() -> None:
    written = as_written(SCHEME)
    assert written.gates.keys() == {"aantal"}
    assert {*dict(product_gates(SCHEME))} == SCHEME.gates.keys() - written.gates.keys()
    assert written.gates["aantal"].condition == "aanvraag.aantal >= 5 // a group"
    assert (written.form["plan"].condition, written.acts["bezoeken"].condition) == ("", "")
    assert (written.steps["extra"].condition, written.steps["extra"].why) == ("", "Een groep kost veel.")
    narrower = PRODUCTS.replace(
        'uitleg = "Een groep kost veel."\nproducten = ["groep"]', 'uitleg = "Een groep kost veel."'
    )
    told = [sentence.text for sentence in compare(SCHEME, load(TEXT + narrower.replace('"De Singel"', '"De Brug"')))]
    assert told == [
        "Lijst 'Pilotscholen', waarden: was “Beekdal College” en “De Singel”, wordt “Beekdal College” en “De Brug”.",
        "Stap 'Extra toets', alleen voor: was 'Groepsaanpak', wordt niets.",
    ]


def test_a_panel_of_another_product_is_passed_over() -> None:
    votes = """
[zetel.een]
rol = "bureau"
titel = "Een"
[zetel.twee]
rol = "bureau"
titel = "Twee"
[handeling.stemmen]
titel = "Stemmen"
gedrag = "stemmen"
door = ["bureau"]
velden.stem = { soort = "keuze", titel = "Stem", keuzes = { voor = "voor", tegen = "tegen" } }
[stap.oordeel]
titel = "Oordeel"
fase = "oordeel"
na = ["product.coach", "product.groep"]
handelingen = ["stemmen"]
panelen = [{ zetels = ["een"], producten = ["coach"] }, { zetels = ["twee"] }]
regel = { soort = "alle", voor = "goed", tegen = "slecht" }
"""
    scheme = load(TEXT + PRODUCTS + votes)
    for answers, seat in ((COACH, "een"), (GROUP, "twee")):
        acts = do([], "indienen", answers, scheme=scheme)
        assert [chair.slot for chair in standing(scheme, acts, DAY).steps["oordeel"].chairs] == [seat]


def test_each_product_may_be_filed_in_its_own_way() -> None:
    registering = """
[handeling.registreren]
titel = "Registreren"
gedrag = "indienen"
door = ["bureau"]
uitkomst = "ingediend"
producten = ["coach"]
"""
    text = TEXT.replace('handelingen = ["indienen"]', 'handelingen = ["indienen", "registreren"]')
    named = PRODUCTS.replace('sluit_uit = ["groep"]', 'sluit_uit = ["groep"]\nsluit_uit_bij = ["toetsen"]')
    scheme = load(text + named + registering)
    assert do([], "registreren", COACH, scheme=scheme)
    with pytest.raises(Refused) as refusal:
        do([], "registreren", GROUP, scheme=scheme)
    assert [reason.message for reason in refusal.value.reasons] == ["Registreren is alleen voor: Coach."]


RUNNING = Earlier("klein", product="groep", filed_on=date(2024, 8, 1))


@pytest.mark.parametrize(
    ("earlier", "blocks"),
    [
        (RUNNING, {"coach_sluit_uit_toetsen"}),
        (replace(RUNNING, running=False, closed="klaar"), set()),
        (replace(RUNNING, product="coach"), set()),
        (replace(RUNNING, scheme="anders"), set()),
    ],
)
def test_products_that_exclude_each_other_are_told_apart_after_filing(earlier: Earlier, blocks: set[str]) -> None:
    facts = Facts(earlier=(earlier,))
    acts = do([], "indienen", COACH, facts)
    (offer,) = [offer for offer in standing(SCHEME, acts, DAY, facts).offers if offer.act == "toetsen"]
    assert {reason.code for reason in offer.blocks} == blocks
    if blocks:
        assert refused(acts, "toetsen", {}, facts) == blocks
        assert "Groepsaanpak" in offer.blocks[0].message
    else:
        assert do(acts, "toetsen", {}, facts)
    assert do(do([], "indienen", GROUP, facts), "toetsen", {}, facts)


def test_what_was_seen_of_earlier_cases_is_kept_with_the_act_and_judged_again_by_it() -> None:
    facts = Facts(earlier=(replace(RUNNING, running=False, granted=500),))
    acts = do(do([], "indienen", COACH, facts), "toetsen", {}, facts)
    assert acts[-1].consequences.earlier == facts.earlier
    assert rejudge(SCHEME, acts) is None
    tampered = replace(acts[-1], consequences=replace(acts[-1].consequences, earlier=(RUNNING,)))
    assert rejudge(SCHEME, [*acts[:-1], tampered]) is not None


def test_a_case_is_told_to_a_later_one_in_codes() -> None:
    assert earlier_of(SCHEME, fold(SCHEME, [])) is None
    acts = do(do([], "indienen", COACH), "toetsen")
    running = earlier_of(SCHEME, fold(SCHEME, acts))
    assert running == Earlier(
        "klein", "coach", True, "getoetst", ("intake.ingediend", "toets.getoetst"), "", filed_on=DAY
    )
    closed = earlier_of(SCHEME, fold(SCHEME, [replace(act, fields={}) for act in do(acts, "besluiten")]))
    assert closed is not None
    assert (closed.running, closed.closed, closed.outcome, closed.product) == (False, "klaar", "besloten", "coach")


def test_a_rule_on_earlier_cases_at_an_act_of_the_applicant_is_warned_about() -> None:
    gate = '[voorwaarde.eens]\nbij = ["indienen", "toetsen"]\nals = "size(eerder) == 0"\nmelding = "Eén keer."\n'
    scheme, faults = parse(TEXT + PRODUCTS + gate)
    assert scheme is not None
    assert [(fault.key, fault.severity) for fault in faults] == [("voorwaarde.eens.bij", "waarschuwing")]
    assert "Indienen" in faults[0].message
    word = gate.replace("size(eerder) == 0", "aanvraag.vraag != 'eerder'")
    scheme, faults = parse(TEXT + PRODUCTS + word)
    assert faults == ()
    assert scheme is not None
    assert looks_back(scheme) == {"coach_sluit_uit_toetsen"}


def test_a_question_may_depend_on_a_list() -> None:
    asked = '[formulier.pilot]\nsoort = "tekst"\ntitel = "Proef"\nverplicht = ["indienen"]\nals = "aanvraag.school in lijst.pilot"\n'
    scheme = load(TEXT + PRODUCTS + asked)
    with pytest.raises(Refused) as refusal:
        do([], "indienen", COACH, scheme=scheme)
    assert [reason.field for reason in refusal.value.reasons] == ["pilot"]
    assert do([], "indienen", GROUP, scheme=scheme)


def test_a_refusal_is_still_possible_where_only_a_grant_excludes() -> None:
    deciding = """
[handeling.kiezen]
titel = "Kiezen"
door = ["bureau"]
wanneer = "open"
uitkomst_veld = "besluit"
[handeling.kiezen.velden.besluit]
soort = "keuze"
titel = "Besluit"
keuzes = { ja = "toekennen", deels = "voor een deel toekennen", nee = "afwijzen" }
verplicht = ["kiezen"]
"""
    text = PRODUCTS.replace(
        'sluit_uit = ["groep"]', 'sluit_uit = ["groep"]\nsluit_uit_bij = ["kiezen.ja", "kiezen.deels"]'
    )
    scheme = load(TEXT + text + deciding)
    facts = Facts(earlier=(RUNNING,))
    acts = do([], "indienen", COACH, facts, scheme)
    assert do(acts, "kiezen", {"besluit": "nee"}, facts, scheme)
    for granting in ("ja", "deels"):
        with pytest.raises(Refused) as refusal:
            do(acts, "kiezen", {"besluit": granting}, facts, scheme)
        assert [reason.code for reason in refusal.value.reasons] == ["coach_sluit_uit_kiezen"]
