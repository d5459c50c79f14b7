"""What holds of every book, whatever cases book on it: parts add up, a hard ceiling is never passed, nothing is settled above what
was granted, and going back leaves what was there before.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.books import Balance, totals
from maatwerk.rules.history import fold
from maatwerk.rules.judge import judge
from maatwerk.rules.refusals import Refused
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.rooms import Pot, Room
from tests.schemes import done, small

KINDS = ("reserveren", "vastleggen", "vrijgeven", "betalen", "vaststellen")
ENTRY = """
[handeling.{kind}]
titel = "{kind}"
door = ["bureau"]
uitkomst_veld = "klaar"
effecten = [{{ soort = "{kind}", boek = "budget", deel = "deze.deel", bedrag = "deze.bedrag" }}]
velden.bedrag = {{ soort = "bedrag", titel = "Bedrag", verplicht = ["{kind}"] }}
velden.deel = {{ soort = "gemeente", titel = "Deel", verplicht = ["{kind}"] }}
velden.klaar = {{ soort = "keuze", titel = "Klaar", keuzes = {{ klaar = "klaar" }} }}
"""
WORK = f"""
[formulier.gemeente]
soort = "gemeente"
titel = "Gemeente"
verplicht = ["indienen"]
[stap.werk]
titel = "Werk"
fase = "werk"
na = ["stap.intake.ingediend"]
handelingen = {list(KINDS)}
[handeling.terug]
titel = "Terug"
door = ["bureau"]
wanneer = "open"
heropent = ["werk"]
[boek.budget]
titel = "Budget"
eenheid = "eurocent"
beleid = "POLICY"
per = "gemeente"
delen = {{ Boxtel = 100, Vught = 60 }}
""" + "".join(ENTRY.format(kind=kind) for kind in KINDS)
SCHEMES = {policy: small(WORK.replace("POLICY", policy)) for policy in ("hard", "melden")}
CEILINGS = {Pot("budget", "Boxtel"): 100, Pot("budget", "Vught"): 60}
tries = st.lists(
    st.tuples(
        st.integers(0, 2), st.sampled_from([*KINDS, "vastleggen", "terug"]), st.integers(0, 70),
        st.sampled_from(["Boxtel", "Vught"]),
    ),
    max_size=25,
)  # fmt: skip
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def held(policy: str, acts: list[Act]) -> dict[Pot, Balance]:
    return fold(SCHEMES[policy], acts).held


def rooms(policy: str, cases: list[list[Act]], own: list[Act]) -> dict[Pot, Room]:
    """The envelopes as somebody who locks them sees them."""
    found = {}
    for pot, ceiling in CEILINGS.items():
        every = [held(policy, acts).get(pot, Balance()) for acts in cases]
        mine = held(policy, own).get(pot, Balance())
        reserved, committed = sum(each.reserved for each in every), sum(each.committed for each in every)
        found[pot] = Room(ceiling, reserved, committed, mine.reserved, mine.committed)
    return found


def unpaid(balances: Mapping[Pot, Balance]) -> dict[Pot, Balance]:
    """What is reserved, committed and settled; paid is paid, whoever goes back."""
    found = {pot: replace(balance, paid=0) for pot, balance in balances.items()}
    return {pot: balance for pot, balance in found.items() if balance != Balance()}


def play(policy: str, course: list[tuple[int, str, int, str]]) -> list[list[Act]]:
    """Three cases that book on one book in turn; what is refused changes nothing."""
    scheme = SCHEMES[policy]
    cases = [done(scheme, ("indienen", "2024-09-02", {"vraag": "x", "gemeente": "Boxtel"})) for _ in range(3)]
    for number, kind, amount, part in course:
        fields: dict[str, Any] = {} if kind == "terug" else {"bedrag": amount, "deel": part}
        act = Act(kind, cases[number][-1].on, Actor("bureau", "p"), fields)
        try:
            judged = judge(scheme, cases[number], act, Facts(room=rooms(policy, cases, cases[number])))
        except Refused as refusal:
            assert all(reason.message and reason.mend for reason in refusal.reasons)
            continue
        cases[number] = [*cases[number], judged]
        if kind == "terug":
            assert unpaid(held(policy, cases[number])) == {}
    return cases


@quick
@given(tries)
def test_a_hard_ceiling_is_never_passed(course: list[Any]) -> None:
    cases = play("hard", course)
    for pot, room in rooms("hard", cases, cases[0]).items():
        assert room.reserved + room.committed <= CEILINGS[pot]
        assert all(held("hard", acts).get(pot, Balance()).over == 0 for acts in cases)


@quick
@given(tries, st.sampled_from(["hard", "melden"]))
def test_parts_add_up_and_no_balance_is_below_nothing(course: list[Any], policy: str) -> None:
    for acts in play(policy, course):
        parts = held(policy, acts)
        whole = totals(parts).get("budget", Balance())
        assert fold(SCHEMES[policy], acts).books.get("budget", Balance()) == whole
        assert sum((balance for balance in parts.values()), Balance()) == whole
        for balance in parts.values():
            assert min(balance.reserved, balance.committed, balance.over, balance.settled, balance.returned) >= 0
            assert balance.settled <= balance.granted


@quick
@given(tries, st.sampled_from(["hard", "melden"]))
def test_nothing_is_settled_above_what_was_granted_and_the_rest_is_free_again(course: list[Any], policy: str) -> None:
    for acts in play(policy, course):
        for act in acts:
            settled = {e.part for e in act.consequences.effects if e.kind == "vaststellen" and e.amount > 0}
            after = held(policy, acts[: act.seq])
            for part in settled:
                balance = after[Pot("budget", part)]
                assert balance.settled == balance.committed <= balance.granted


@quick
@given(tries, st.sampled_from(["hard", "melden"]))
def test_after_a_soft_ceiling_every_euro_above_it_was_told(course: list[Any], policy: str) -> None:
    cases = play(policy, course)
    for pot, room in rooms(policy, cases, cases[0]).items():
        over = sum(held(policy, acts).get(pot, Balance()).over for acts in cases)
        assert over >= room.committed - CEILINGS[pot] or policy == "hard"


@quick
@given(tries, st.sampled_from(["hard", "melden"]))
def test_what_was_judged_is_judged_the_same_again(course: list[Any], policy: str) -> None:
    for acts in play(policy, course):
        assert rejudge(SCHEMES[policy], acts) is None
