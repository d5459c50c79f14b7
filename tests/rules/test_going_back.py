"""Going back more than once: what was booked is undone exactly once, whatever each act went back to."""

from datetime import date

from maatwerk.rules.acts import Act, Actor, Consequences, Effect
from maatwerk.rules.books import reversals

DAY = date(2024, 9, 2)


def booked(step: str, amount: int) -> Act:
    return Act("besluiten", DAY, Actor("bureau"), consequences=Consequences(step, effects=(_commit(amount),)))


def gone_back(step: str, *again: str, freed: int) -> Act:
    undone = Effect("vrijgeven", "budget", freed)
    return Act("terug", DAY, Actor("bureau"), consequences=Consequences(step, reopened=again, effects=(undone,)))


def _commit(amount: int) -> Effect:
    return Effect("vastleggen", "budget", amount)


def freed(acts: list[Act], *again: str) -> list[tuple[str, int]]:
    return [(effect.kind, effect.amount) for effect in reversals(acts, frozenset(again))]


def test_what_was_undone_by_an_act_outside_the_reopened_steps_is_not_undone_again() -> None:
    acts = [booked("besluit", 100), gone_back("bezwaar", "besluit", freed=100), booked("besluit", 80)]
    assert freed(acts, "besluit") == [("vrijgeven", 80)]
    assert freed([*acts, gone_back("bezwaar", "besluit", freed=80)], "besluit") == []


def test_going_back_to_more_steps_before_does_not_spare_the_one_step_now() -> None:
    acts = [
        *(booked("besluit", 100), booked("aanvulling", 50), gone_back("slot", "besluit", "aanvulling", freed=150)),
        booked("besluit", 80),
    ]
    assert freed(acts, "besluit") == [("vrijgeven", 80)]


def test_only_the_named_steps_are_undone() -> None:
    acts = [booked("besluit", 100), booked("aanvulling", 50)]
    assert freed(acts, "aanvulling") == [("vrijgeven", 50)]
