"""Regio 36, from the pack to the decision and after (E2 to E5): seats, hidden votes, two of three, advice, agreements, going back."""

from dataclasses import replace
from datetime import date

import pytest

from maatwerk.rules import disclosure
from maatwerk.rules.acts import SYSTEM, Act, Actor, Candidate, Facts
from maatwerk.rules.disclosure import disclose, rules_for, visible
from maatwerk.rules.history import fold
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, Refused
from maatwerk.rules.rooms import Pot, Room
from maatwerk.rules.standing import Standing, standing
from tests.regio36 import CANDIDATES, CLEAN, COORDINATOR, FACTS, ONDERSTEUNER, SCHEME, do, filed, under_review, vote

SEATS = {"de_meierij": "dm1", "swv_3006": "s1", "jongerenaanpak": "j1"}


def stand(acts: list[Act], on: str = "2024-09-05") -> Standing:
    return standing(SCHEME, acts, date.fromisoformat(on), FACTS)


def open_acts(acts: list[Act], role: str) -> set[str]:
    return {offer.act for offer in stand(acts).offers if role in offer.roles}


def rejected() -> list[Act]:
    """A case that two seats rejected."""
    acts = vote(under_review(), "de_meierij", "dm1", "tegen", "2024-09-03")
    return vote(acts, "jongerenaanpak", "j1", "tegen", "2024-09-04")


def approved() -> list[Act]:
    acts = vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03")
    return vote(acts, "swv_3006", "s1", "voor", "2024-09-05")


@pytest.mark.requirement("R36-34", "R36-36")
def test_a_reviewer_sees_exactly_what_the_scheme_names() -> None:
    acts = under_review()
    history = fold(SCHEME, acts)
    (rule,) = rules_for(SCHEME, "beoordelaar", history)
    shown = disclose(SCHEME, rule, history.answers, date(2024, 9, 2), frozenset())
    assert shown.anonymous
    assert shown.fields["leerling.leeftijd"] == 15
    assert shown.fields["school"] == "Duinzicht College"
    assert shown.fields["woongemeente"] == "Meierijstad"
    assert shown.fields["aanvrager"]["email"] == "bas@duinzicht.example"
    case = {
        "sector",
        "soort_ondersteuning",
        "plaats_ondersteuning",
        "doelen",
        "periode_van",
        "periode_tot",
        "wachtlijst",
    }
    assert shown.fields.keys() == {"leerling.leeftijd", "school", "woongemeente", "aanvrager"} | case
    told = str(shown.fields)
    assert "Saar" not in told
    assert "2009" not in told
    assert "Mirjam" not in told
    assert {"leerling", "ouders", "toestemmingsformulier"}.isdisjoint(shown.fields)


@pytest.mark.requirement("R36-36")
def test_without_a_rule_for_the_audience_and_the_step_nothing_is_shown() -> None:
    assert rules_for(SCHEME, "beoordelaar", fold(SCHEME, filed())) == ()
    assert rules_for(SCHEME, "iemand_anders", fold(SCHEME, under_review())) == ()


def test_an_age_band_and_the_sector_can_stand_for_age_and_school() -> None:
    history = fold(SCHEME, under_review())
    (rule,) = rules_for(SCHEME, "beoordelaar", history)
    shown = disclose(SCHEME, rule, history.answers, date(2024, 9, 2), frozenset(rule.coarsening))
    assert shown.fields["leerling.leeftijdsband"] == "15-17 jaar"
    assert "leerling.leeftijd" not in shown.fields
    assert "school" not in shown.fields
    assert shown.fields["sector"] == "vo"


def test_what_identifies_a_pupil_can_not_be_named_for_an_anonymous_audience() -> None:
    rule = next(rule for rule in SCHEME.disclosures if rule.treatment == "anoniem")
    for path in (
        "leerling.voornaam",
        "leerling.geboortedatum",
        "leerling",
        "ouders",
        "toestemmingsformulier",
        "behoefte",
        "*",
    ):
        assert disclosure.fault(SCHEME, rule, path, as_text=False)


@pytest.mark.requirement("R36-38")
def test_a_vo_pupil_goes_to_both_partnerships_and_the_project_leader() -> None:
    chairs = stand(under_review()).steps["beoordeling"].chairs
    assert {chair.slot: chair.person for chair in chairs} == SEATS
    assert all(chair.why for chair in chairs)


@pytest.mark.requirement("R36-39")
def test_an_mbo_student_goes_to_the_expert_team_the_leerwerkloket_and_the_project_leader() -> None:
    chairs = stand(under_review(sector="mbo")).steps["beoordeling"].chairs
    assert [chair.slot for chair in chairs] == ["kw1c_expertiseteam", "leerwerkloket", "jongerenaanpak"]


def involved(seat: str, person: str) -> Facts:
    """The facts in which one candidate turns out to be involved."""
    changed = tuple(replace(c, involved="begeleidt de leerling") if c.person == person else c for c in CANDIDATES[seat])
    return Facts(values=CLEAN, candidates={**CANDIDATES, seat: changed})


@pytest.mark.requirement("R36-39", "R36-40")
def test_who_is_involved_is_not_put_on_a_seat_and_the_substitute_is() -> None:
    facts = involved("kw1c_expertiseteam", "k1")
    acts = do(filed(sector="mbo"), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    acts = do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02", facts=facts)
    chair = stand(acts).steps["beoordeling"].chairs[0]
    assert (chair.slot, chair.person) == ("kw1c_expertiseteam", "k2")
    assert "1 betrokkene overgeslagen" in chair.why
    with pytest.raises(Refused) as refusal:
        do(acts, "vervangen", ONDERSTEUNER, "2024-09-03", {"zetel": "kw1c_expertiseteam", "persoon": "k1"}, facts)
    assert "betrokken" in refusal.value.reasons[0].message


@pytest.mark.requirement("R36-40")
def test_who_turns_out_to_be_involved_can_no_longer_vote() -> None:
    acts = under_review(sector="mbo")
    facts = involved("kw1c_expertiseteam", "k1")
    ballot = {"stem": "voor", "motivering": "Past."}
    with pytest.raises(Forbidden):
        do(acts, "stemmen", Actor("beoordelaar", "k1", "kw1c_expertiseteam"), "2024-09-03", ballot, facts)
    acts = do(acts, "vervangen", ONDERSTEUNER, "2024-09-03", {"zetel": "kw1c_expertiseteam", "persoon": "k2"}, facts)
    assert do(acts, "stemmen", Actor("beoordelaar", "k2", "kw1c_expertiseteam"), "2024-09-03", ballot, facts)


@pytest.mark.requirement("R36-41")
def test_a_seat_is_filled_by_the_least_busy_member_who_is_there() -> None:
    team = (
        Candidate("a", load=3),
        Candidate("b", load=1),
        Candidate("c", absent=True),
        Candidate("d", substitute=True),
    )
    facts = Facts(values=CLEAN, candidates={**CANDIDATES, "de_meierij": team})
    acts = do(filed(), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    acts = do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02", facts=facts)
    assert stand(acts).steps["beoordeling"].chairs[0].person == "b"


@pytest.mark.requirement("R36-41")
def test_replacing_somebody_drops_his_vote_and_keeps_the_quorum() -> None:
    acts = vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03")
    acts = do(acts, "vervangen", ONDERSTEUNER, "2024-09-03", {"zetel": "de_meierij", "persoon": "dm2"})
    assert stand(acts).steps["beoordeling"].votes == {}
    with pytest.raises(Forbidden):
        vote(acts, "de_meierij", "dm1", "voor", "2024-09-04")
    acts = vote(acts, "de_meierij", "dm2", "voor", "2024-09-04")
    assert stand(acts).steps["beoordeling"].status == "open"
    acts = vote(acts, "jongerenaanpak", "j1", "voor", "2024-09-04")
    assert stand(acts).steps["beoordeling"].outcome == "akkoord"


@pytest.mark.parametrize(
    "fields",
    [
        {"zetel": "leerwerkloket", "persoon": "l1"},
        {"zetel": "de_meierij", "persoon": "vreemde"},
        {"zetel": "x", "persoon": ""},
    ],
)
def test_a_seat_outside_the_panel_or_a_person_outside_the_seat_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(Refused):
        do(under_review(), "vervangen", ONDERSTEUNER, "2024-09-03", fields)


@pytest.mark.requirement("R36-44")
def test_the_second_yes_decides_at_once_and_books_the_costs() -> None:
    acts = approved()
    found = stand(acts)
    assert found.steps["beoordeling"].outcome == "akkoord"
    assert found.phase == "besluit"
    assert found.books["interventiebudget"].committed == 124_000
    effects = acts[-1].consequences.effects
    assert [(e.kind, e.audience) for e in effects] == [
        ("vastleggen", ""), ("taak", "ondersteuner"), ("melding", "beoordelaar"),
    ]  # fmt: skip
    assert "2 van de 3 stemmen voor" in acts[-1].consequences.ended[0].why
    with pytest.raises(Conflict):
        vote(acts, "jongerenaanpak", "j1", "tegen", "2024-09-05")


@pytest.mark.requirement("R36-44")
def test_two_no_votes_reject_and_one_of_each_leaves_it_open() -> None:
    assert stand(rejected()).steps["beoordeling"].outcome == "afwijzing"
    acts = vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03")
    acts = vote(acts, "swv_3006", "s1", "tegen", "2024-09-03")
    assert stand(acts).steps["beoordeling"].status == "open"
    acts = vote(acts, "jongerenaanpak", "j1", "voor", "2024-09-04")
    assert stand(acts).steps["beoordeling"].outcome == "akkoord"


@pytest.mark.requirement("R36-43")
def test_a_vote_can_be_changed_until_it_is_decided_and_counts_once() -> None:
    acts = vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03")
    acts = vote(acts, "de_meierij", "dm1", "tegen", "2024-09-03")
    assert stand(acts).steps["beoordeling"].votes == {"de_meierij": "tegen"}
    acts = vote(acts, "swv_3006", "s1", "voor", "2024-09-04")
    assert stand(acts).steps["beoordeling"].status == "open"
    acts = vote(acts, "de_meierij", "dm1", "voor", "2024-09-04")
    assert stand(acts).steps["beoordeling"].outcome == "akkoord"


@pytest.mark.requirement("R36-43")
def test_a_vote_is_hidden_from_who_has_not_voted_until_the_end() -> None:
    acts = vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03")
    ballot = acts[-1]
    assert visible(SCHEME, fold(SCHEME, acts), ballot, "de_meierij")
    assert not visible(SCHEME, fold(SCHEME, acts), ballot, "swv_3006")
    assert not visible(SCHEME, fold(SCHEME, acts), ballot, "")
    acts = vote(acts, "swv_3006", "s1", "tegen", "2024-09-03")
    assert visible(SCHEME, fold(SCHEME, acts), ballot, "swv_3006")
    assert not visible(SCHEME, fold(SCHEME, acts), ballot, "jongerenaanpak")
    acts = vote(acts, "jongerenaanpak", "j1", "voor", "2024-09-03")
    assert visible(SCHEME, fold(SCHEME, acts), ballot, "")


@pytest.mark.requirement("R36-43")
@pytest.mark.parametrize(
    "by",
    [
        Actor("beoordelaar", "dm2", "de_meierij"),
        Actor("beoordelaar", "dm1", "swv_3006"),
        Actor("beoordelaar", "dm1", ""),
        Actor("beoordelaar", "", "de_meierij"),
        Actor("beoordelaar", "l1", "leerwerkloket"),
        Actor("ondersteuner", "dm1", "de_meierij"),
        SYSTEM,
    ],
)
def test_only_the_person_on_the_seat_votes(by: Actor) -> None:
    with pytest.raises(Forbidden):
        do(under_review(), "stemmen", by, "2024-09-03", {"stem": "voor", "motivering": "Past."})


@pytest.mark.parametrize("ballot", [{}, {"stem": "voor"}, {"stem": "blanco", "motivering": "x"}, {"motivering": "x"}])
def test_a_vote_needs_a_choice_and_a_motivation(ballot: dict[str, str]) -> None:
    with pytest.raises(Refused):
        do(under_review(), "stemmen", Actor("beoordelaar", "dm1", "de_meierij"), "2024-09-03", ballot)


def test_an_empty_chair_can_not_vote_and_says_why_it_is_empty() -> None:
    nobody = Facts(values=CLEAN, candidates={**CANDIDATES, "de_meierij": ()})
    acts = do(filed(), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    acts = do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02", facts=nobody)
    chair = stand(acts).steps["beoordeling"].chairs[0]
    assert (chair.person, "Niemand beschikbaar" in chair.why) == ("", True)
    with pytest.raises(Forbidden):
        vote(acts, "de_meierij", "", "voor", "2024-09-03")


@pytest.mark.requirement("R36-42")
def test_a_question_and_a_contact_are_acts_in_the_review_that_neither_end_it_nor_stop_the_clock() -> None:
    asker = Actor("beoordelaar", "s1", "swv_3006")
    acts = do(under_review(), "vragen", asker, "2024-09-03", {"vraag": "Wat is al geprobeerd?"})
    acts = do(acts, "antwoorden", COORDINATOR, "2024-09-04", {"antwoord": "Gesprekken met de mentor."})
    acts = do(acts, "antwoord_vrijgeven", ONDERSTEUNER, "2024-09-04")
    acts = do(acts, "contact_vastleggen", asker, "2024-09-04", {"met": "woongemeente", "inhoud": "Geen wachtlijst."})
    found = stand(acts)
    assert found.steps["beoordeling"].status == "open"
    target = next(clock for clock in found.clocks if clock.id == "reactie")
    assert (target.due, target.status) == (date(2024, 9, 9), "loopt")
    assert visible(SCHEME, fold(SCHEME, acts), acts[-1], "de_meierij")


@pytest.mark.requirement("R36-42")
def test_an_answer_is_released_once_and_only_when_the_school_gave_one_in_this_round() -> None:
    def nothing_new(acts: list[Act], on: str) -> None:
        offer = next(offer for offer in stand(acts, on).offers if offer.act == "antwoord_vrijgeven")
        with pytest.raises(Refused) as refused:
            do(acts, "antwoord_vrijgeven", ONDERSTEUNER, on)
        for reasons in (offer.blocks, refused.value.reasons):
            assert [reason.code for reason in reasons] == ["antwoord_nog_niet_vrijgegeven"]

    acts = under_review()
    nothing_new(acts, "2024-09-03")
    acts = do(acts, "antwoorden", COORDINATOR, "2024-09-03", {"antwoord": "Gesprekken met de mentor."})
    acts = do(acts, "antwoorden", COORDINATOR, "2024-09-03", {"antwoord": "En met het wijkteam."})
    acts = do(acts, "antwoord_vrijgeven", ONDERSTEUNER, "2024-09-03")
    nothing_new(acts, "2024-09-03")
    acts = do(acts, "antwoorden", COORDINATOR, "2024-09-03", {"antwoord": "Er is nog iets."})
    acts = do(acts, "opnieuw_beoordelen", ONDERSTEUNER, "2024-09-03", {"reden": "Een vergissing."})
    acts = do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-03")
    nothing_new(do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-03"), "2024-09-03")


@pytest.mark.requirement("R36-35")
def test_nothing_is_released_while_the_pack_is_not_clean() -> None:
    acts = do(filed(), "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    unknown = Facts(candidates=CANDIDATES)
    blocked = Facts(values={**CLEAN, "pakket_blokkades": 1}, candidates=CANDIDATES)
    for facts in (unknown, blocked):
        with pytest.raises(Refused) as refusal:
            do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02", facts=facts)
        assert [reason.code for reason in refusal.value.reasons] == ["pakket_schoon"]


@pytest.mark.requirement("R36-30")
def test_a_refused_consent_keeps_the_pack_from_the_reviewers() -> None:
    acts = do(filed(), "toestemming_vastleggen", COORDINATOR, "2024-09-02", {"wie": "ouder", "stand": "geweigerd"})
    acts = do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-02")
    with pytest.raises(Refused) as refusal:
        do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-02")
    assert [reason.code for reason in refusal.value.reasons] == ["delen_niet_geweigerd"]


@pytest.mark.requirement("R36-49", "R36-50")
def test_a_rejection_can_not_leave_without_advice_and_without_who_calls() -> None:
    acts = rejected()
    offer = next(offer for offer in stand(acts).offers if offer.act == "besluit_verzenden")
    assert {block.code for block in offer.blocks} == {"advies_bij_afwijzing", "beller_bij_afwijzing"}
    with pytest.raises(Refused):
        do(acts, "besluit_verzenden", ONDERSTEUNER, "2024-09-05")
    advice = {"advies": "Vraag het wijkteam om begeleiding thuis."}
    acts = do(acts, "advies_vastleggen", Actor("beoordelaar", "j1", "jongerenaanpak"), "2024-09-05", advice)
    with pytest.raises(Refused):
        do(acts, "besluit_verzenden", ONDERSTEUNER, "2024-09-05")
    acts = do(acts, "bellen_afspreken", ONDERSTEUNER, "2024-09-05", {"zetel": "jongerenaanpak"})
    task = acts[-1].consequences.effects[0]
    assert (task.kind, task.audience, task.done_by) == ("taak", "beoordelaar", "gebeld")
    acts = do(acts, "besluit_verzenden", ONDERSTEUNER, "2024-09-05")
    assert [(e.kind, e.text) for e in acts[-1].consequences.effects] == [("brief", "besluit_afwijzing")]
    found = stand(acts)
    assert (found.closed, found.steps["afspraken"].status) == ("afgewezen", "overgeslagen")
    assert "gebeld" in open_acts(acts, "beoordelaar")
    assert do(acts, "gebeld", Actor("beoordelaar", "j1", "jongerenaanpak"), "2024-09-06")


@pytest.mark.requirement("R36-47")
def test_an_approval_is_sent_and_three_agreements_with_a_day_are_made() -> None:
    acts = do(approved(), "besluit_verzenden", ONDERSTEUNER, "2024-09-06")
    assert [(e.kind, e.text) for e in acts[-1].consequences.effects] == [("brief", "besluit_akkoord")]
    assert stand(acts).phase == "afspraken"
    agreed = {"afspraak": "Elke maand een gesprek.", "datum": "2024-10-01"}
    for kind in ("afspraak_proces", "afspraak_evaluatie"):
        acts = do(acts, kind, ONDERSTEUNER, "2024-09-09", agreed)
    with pytest.raises(Refused) as refusal:
        do(acts, "afspraken_afronden", ONDERSTEUNER, "2024-09-09")
    assert refusal.value.reasons[0].code == "afspraken_compleet"
    with pytest.raises(Refused):
        do(acts, "afspraak_uitbetaling", ONDERSTEUNER, "2024-09-09", {"afspraak": "Na evaluatie."})
    acts = do(acts, "afspraak_uitbetaling", ONDERSTEUNER, "2024-09-09", agreed)
    acts = do(acts, "afspraken_afronden", ONDERSTEUNER, "2024-09-09")
    acts = do(acts, "afronden", ONDERSTEUNER, "2024-11-11")
    assert stand(acts).closed == "afgerond"


def test_after_an_approval_there_is_no_advice_to_give_and_nobody_to_call() -> None:
    assert {"advies_vastleggen", "bellen_afspreken", "gebeld", "overgenomen"}.isdisjoint(
        open_acts(approved(), "ondersteuner")
    )
    with pytest.raises(Conflict):
        do(approved(), "bellen_afspreken", ONDERSTEUNER, "2024-09-05", {"zetel": "de_meierij"})


def test_a_hard_ceiling_refuses_the_deciding_vote_and_nothing_of_it_stays() -> None:
    acts = vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03")
    poor = Facts(values=CLEAN, candidates=CANDIDATES, room={Pot("interventiebudget"): Room(123_999)})
    ballot = {"stem": "voor", "motivering": "Past."}
    voter = Actor("beoordelaar", "s1", "swv_3006")
    with pytest.raises(Refused) as refusal:
        do(acts, "stemmen", voter, "2024-09-04", ballot, poor)
    assert [reason.code for reason in refusal.value.reasons] == ["plafond"]
    enough = Facts(values=CLEAN, candidates=CANDIDATES, room={Pot("interventiebudget"): Room(124_000)})
    assert do(acts, "stemmen", voter, "2024-09-04", ballot, enough)[-1].consequences.effects[0].over == 0


def test_going_back_reverses_the_booking_and_starts_a_new_round() -> None:
    acts = do(approved(), "opnieuw_beoordelen", ONDERSTEUNER, "2024-09-06", {"reden": "De kosten kloppen niet."})
    found = stand(acts, "2024-09-06")
    assert found.books["interventiebudget"].committed == 0
    assert [(e.kind, e.amount) for e in acts[-1].consequences.effects] == [("terugdraaien", 124_000)]
    assert found.phase == "controle volledigheid"
    assert found.steps["volledigheid"].round == 2
    assert found.steps["beoordeling"].votes == {}
    assert "reactie" not in {clock.id for clock in found.clocks}
    acts = do(
        acts, "aanvullen", COORDINATOR, "2024-09-09", {"kosten": [{"omschrijving": "Coaching", "bedrag": 90_000}]}
    )
    acts = do(acts, "volledig_verklaren", ONDERSTEUNER, "2024-09-09")
    acts = do(acts, "vrijgeven", ONDERSTEUNER, "2024-09-09")
    target = next(clock for clock in stand(acts, "2024-09-09").clocks if clock.id == "reactie")
    assert target.due == date(2024, 9, 16)
    acts = vote(vote(acts, "de_meierij", "dm1", "voor", "2024-09-10"), "swv_3006", "s1", "voor", "2024-09-10")
    assert stand(acts, "2024-09-10").books["interventiebudget"].committed == 90_000
    assert stand(acts, "2024-09-10").steps["beoordeling"].round == 2


@pytest.mark.parametrize("made", [filed, under_review, approved])
def test_withdrawing_closes_the_case_frees_what_was_booked_and_leaves_nothing_to_do(made: object) -> None:
    acts = do(made(), "intrekken", COORDINATOR, "2024-09-06")  # type: ignore[operator]
    found = stand(acts, "2024-09-06")
    assert (found.closed, found.phase, found.offers, found.next_moment) == ("ingetrokken", "ingetrokken", (), None)
    assert all(balance.committed == 0 for balance in found.books.values())
    assert all(clock.status == "gestopt" for clock in found.clocks)
    for kind in ("aanvullen", "volledig_verklaren", "stemmen", "intrekken"):
        with pytest.raises(Refused):
            do(acts, kind, Actor(SCHEME.acts[kind].by[0], "dm1", "de_meierij"), "2024-09-06")


def test_an_empty_case_offers_filing_only() -> None:
    assert [offer.act for offer in stand([]).offers] == ["indienen"]
    with pytest.raises(Conflict):
        do([], "intrekken", COORDINATOR, "2024-09-02")


def test_an_unknown_act_and_a_field_that_is_not_asked_are_refused() -> None:
    with pytest.raises(Refused):
        do(filed(), "bestaat_niet", ONDERSTEUNER, "2024-09-02")
    with pytest.raises(Invalid):
        do(filed(), "volledig_verklaren", ONDERSTEUNER, "2024-09-02", {"vreemd": 1})
