"""What holds of every case: offers and judgements agree, whatever is tried is refused properly, the fold tells one story."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerk.rules.acts import SYSTEM, Act, Actor, Consequences, Facts
from maatwerk.rules.history import extend, fold
from maatwerk.rules.judge import judge
from maatwerk.rules.refusals import Forbidden, Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.standing import standing
from tests.regio36 import CANDIDATES, FACTS, SCHEME, answers

SEATED = {seat: [c.person for c in team] for seat, team in CANDIDATES.items()}
PEOPLE = [Actor("beoordelaar", person, seat) for seat, team in SEATED.items() for person in team]
FIELDS: dict[str, dict[str, Any]] = {
    "indienen": answers(),
    "aanvullen": {"opleiding": "3 havo"},
    "terugsturen": {"ontbrekend": "De begroting."},
    "toestemming_vastleggen": {"wie": "ouder", "stand": "gegeven"},
    "opnieuw_beoordelen": {"reden": "Een vergissing."},
    "stemmen": {"stem": "voor", "motivering": "Past."},
    "vervangen": {"zetel": "de_meierij", "persoon": "dm2"},
    "vragen": {"vraag": "Wat is geprobeerd?"},
    "antwoorden": {"antwoord": "Gesprekken."},
    "contact_vastleggen": {"met": "school", "inhoud": "Gebeld."},
    "advies_vastleggen": {"advies": "Vraag het wijkteam."},
    "bellen_afspreken": {"zetel": "de_meierij"},
    "afspraak_proces": {"afspraak": "Elke maand.", "datum": "2024-10-01"},
    "afspraak_evaluatie": {"afspraak": "In mei.", "datum": "2024-10-01"},
    "afspraak_uitbetaling": {"afspraak": "Na de facturen.", "datum": "2024-10-01"},
}
kinds = st.sampled_from(
    [*SCHEME.acts, "stemmen", "stemmen", "volledig_verklaren", "vrijgeven", "besluit_verzenden", "opnieuw_beoordelen"]
)
deeds = st.tuples(kinds, st.integers(0, 3), st.sampled_from(PEOPLE), st.sampled_from(["voor", "tegen"]), st.booleans())
courses = st.lists(deeds, max_size=14)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def candidate(kind: str, person: Actor, stem: str, on: date, acts: list[Act]) -> Act:
    """An act that is filled in as it should be, by somebody in a role that may."""
    by = Actor(SCHEME.acts[kind].by[0], "iemand")
    fields = dict(FIELDS.get(kind, {}))
    if kind == "stemmen":
        chairs = fold(SCHEME, acts).steps["beoordeling"].chairs
        seated = {chair.slot: chair.person for chair in chairs}
        by = replace(person, person=seated.get(person.seat, person.person))
        fields["stem"] = stem
    return Act(kind, on, by, fields)


def play(course: list[tuple[str, int, Actor, str, bool]], *, filed: bool = True, back: int = 0) -> list[Act]:
    """Every deed that is allowed, done; a refusal is passed over, anything else raised. Each other deed is dated `back` days."""
    acts: list[Act] = []
    day = date(2024, 9, 2)
    start = [("indienen", 0, PEOPLE[0], "voor", True)] if filed else []
    for number, (kind, wait, person, stem, fill) in enumerate([*start, *course]):
        day += timedelta(days=wait)
        on = day - timedelta(days=back if number % 2 else 0)
        act = replace(candidate(kind, person, stem, on, acts), at=datetime.combine(day, time(12), tzinfo=UTC))
        try:
            acts.append(judge(SCHEME, acts, act if fill else replace(act, fields={}), FACTS, day))
        except Refused as refusal:
            assert refusal.reasons
            assert all(reason.code and reason.message for reason in refusal.reasons)
    return acts


@quick
@given(courses, kinds, st.sampled_from(PEOPLE))
def test_an_act_that_is_offered_without_blocks_is_judged_and_one_that_is_not_is_refused(
    course: list[Any], kind: str, person: Actor
) -> None:
    acts = play(course)
    today = acts[-1].on
    offer = next((o for o in standing(SCHEME, acts, today, FACTS).offers if o.act == kind), None)
    act = candidate(kind, person, "voor", today, acts)
    open_to_all = not (offer and offer.seats) or act.by.seat in offer.seats
    try:
        judge(SCHEME, acts, act, FACTS)
        assert offer is not None
        assert not offer.blocks
        assert open_to_all
    except Forbidden:
        assert offer is not None
        assert not open_to_all
    except Refused as refusal:
        seat_gone = {"zetel_onbekend", "geen_lid"} & {reason.code for reason in refusal.reasons}
        assert offer is None or offer.blocks or seat_gone


@quick
@given(courses, st.booleans())
def test_whatever_people_do_the_fold_tells_one_story(course: list[Any], filed: bool) -> None:
    acts = play(course, filed=filed)
    history = fold(SCHEME, acts)
    assert fold(SCHEME, acts) == history
    grown = fold(SCHEME, [])
    for act in acts:
        grown = extend(SCHEME, grown, act)
    assert grown == history
    assert [act.seq for act in acts] == [*range(1, len(acts) + 1)]


@quick
@given(courses)
def test_judging_again_under_the_same_version_finds_no_difference(course: list[Any]) -> None:
    assert rejudge(SCHEME, play(course)) is None


@quick
@given(courses, st.integers(0, 200))
def test_after_erasure_steps_books_clocks_and_the_end_still_tell_the_truth(course: list[Any], later: int) -> None:
    acts = play(course)
    at = acts[-1].on + timedelta(days=later)
    erased = [replace(act, fields={}) for act in acts]
    before, after = standing(SCHEME, acts, at, FACTS), standing(SCHEME, erased, at, FACTS)
    assert after.steps == before.steps
    assert after.clocks == before.clocks
    assert after.books == before.books
    assert (after.phase, after.closed, after.seq) == (before.phase, before.closed, before.seq)


@quick
@given(courses)
def test_looking_changes_nothing_and_a_case_only_moves_forward_by_acts(course: list[Any]) -> None:
    acts = play(course)
    at = acts[-1].on
    assert standing(SCHEME, acts, at, FACTS) == standing(SCHEME, acts, at, FACTS)
    later = standing(SCHEME, acts, at + timedelta(days=400), FACTS)
    assert later.steps == standing(SCHEME, acts, at, FACTS).steps


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
actors = st.builds(
    Actor, st.sampled_from([*SCHEME.roles, "systeem", "", "vreemde"]), st.text(max_size=3), st.text(max_size=3)
)


@quick
@given(
    st.lists(
        st.tuples(
            kinds, actors, st.dictionaries(st.sampled_from([*SCHEME.form, "stem", "x"]), json_values, max_size=5)
        ),
        max_size=4,
    ),
    st.dates(),
)
def test_random_acts_are_refused_and_never_crash(tries: list[Any], on: date) -> None:
    acts = play([])
    for kind, by, fields in tries:
        given_fields = {**FIELDS.get(kind, {}), **fields}
        try:
            judge(SCHEME, acts, Act(kind, on, by, given_fields), FACTS)
        except Refused as refusal:
            assert refusal.reasons
        standing(SCHEME, acts, max(on, date(2000, 1, 1)), Facts())


def test_a_system_act_of_a_kind_the_scheme_lacks_is_refused() -> None:
    try:
        judge(SCHEME, play([]), Act("vanzelf", date(2024, 9, 2), SYSTEM, {}, consequences=Consequences()), FACTS)
    except Refused as refusal:
        assert refusal.reasons[0].code == "handeling_onbekend"
