"""Points that are followed: numbered over the whole case, late from the day after their last, done one by one, gone back on together."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.catching_up import alarms
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import parse
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done, small

TALK = """
[handeling.bespreken]
titel = "Bespreken"
door = ["bureau"]
wanneer = "open"
[handeling.bespreken.velden.afspraken]
soort = "tabel"
titel = "Afspraken"
[handeling.bespreken.velden.afspraken.kolommen.wat]
soort = "tekst"
titel = "Wat"
verplicht = ["bespreken"]
[handeling.bespreken.velden.afspraken.kolommen.wie]
soort = "tekst"
titel = "Wie"
verplicht = ["bespreken"]
[handeling.bespreken.velden.afspraken.kolommen.dag]
soort = "datum"
titel = "Dag"
[handeling.afvinken]
titel = "Afvinken"
door = ["bureau"]
wanneer = "open"
velden.nummer = { soort = "getal", titel = "Nummer", verplicht = ["afvinken"] }
"""
LIST = """
[opvolging.afspraken]
titel = "Afspraken"
handeling = "bespreken"
tabel = "afspraken"
wat = "wat"
wie = "wie"
uiterlijk = "dag"
klaar_met = "afvinken"
nummer = "nummer"
waarschuw = ["P2D"]
bij_waarschuwing = { taak = "Bijna", rol = "bureau" }
bij_te_laat = { taak = "Te laat", rol = "bureau" }
"""
SCHEME = small(TALK + LIST)
Deed = tuple[str, str, dict[str, Any]]


def talk(on: str, *days: str) -> Deed:
    rows = [{"wat": "x", "wie": "y", **({"dag": day} if day else {})} for day in days]
    return ("bespreken", on, {"afspraken": rows})


def tick(on: str, number: int) -> Deed:
    return ("afvinken", on, {"nummer": number})


def states(acts: list[Act], on: str) -> list[tuple[int, str]]:
    day = date.fromisoformat(on)
    return [(point.number, point.state(day)) for point in standing(SCHEME, acts, day).points["afspraken"]]


def test_points_count_on_over_the_talks_and_are_late_from_the_day_after_their_last() -> None:
    acts = done(
        SCHEME, ("indienen", "2024-09-02"), talk("2024-09-03", "2024-09-10", ""), talk("2024-09-05", "2024-09-12")
    )
    assert states(acts, "2024-09-10") == [(1, "open"), (2, "open"), (3, "open")]
    assert states(acts, "2024-09-11") == [(1, "te_laat"), (2, "open"), (3, "open")]


def test_a_point_is_done_once_and_by_its_number() -> None:
    acts = done(SCHEME, ("indienen", "2024-09-02"), talk("2024-09-03", "2024-09-10", ""), tick("2024-09-04", 2))
    assert states(acts, "2024-09-11") == [(1, "te_laat"), (2, "afgedaan")]
    for number in (0, 2, 3):
        with pytest.raises(Invalid) as refusal:
            judge(SCHEME, acts, Act("afvinken", date(2024, 9, 5), Actor("bureau"), {"nummer": number}), Facts())
        assert [(r.code, r.mend, r.field) for r in refusal.value.reasons] == [
            ("punt_onbekend", "Kies uit: 1.", "nummer")
        ]


def test_nothing_is_agreed_for_a_day_that_is_past() -> None:
    with pytest.raises(Invalid) as refusal:
        done(SCHEME, ("indienen", "2024-09-02"), talk("2024-09-03", "2024-09-02"))
    assert refusal.value.reasons[0].code == "uiterlijk_voorbij"


@pytest.mark.parametrize(
    ("ticked", "told"),
    [
        ("", [("waarschuwing", "2024-09-08", "Bijna (nummer 1)"), ("verstreken", "2024-09-11", "Te laat (nummer 1)")]),
        ("2024-09-05", []),
        ("2024-09-10", [("waarschuwing", "2024-09-08", "Bijna (nummer 1)")]),
        ("2024-09-20", [("waarschuwing", "2024-09-08", "Bijna (nummer 1)"), ("verstreken", "2024-09-11", "Te laat (nummer 1)")]),
    ],
)  # fmt: skip
def test_somebody_is_warned_before_and_told_the_day_after_unless_it_was_done(
    ticked: str, told: list[tuple[str, str, str]]
) -> None:
    deeds = [tick(ticked, 1)] if ticked else []
    acts = done(SCHEME, ("indienen", "2024-09-02"), talk("2024-09-03", "2024-09-10"), *deeds)
    found = alarms(SCHEME, acts, date(2024, 9, 3), date(2024, 12, 31))
    assert [(alarm.kind, alarm.on.isoformat(), alarm.follow.task) for alarm in found] == told
    assert {alarm.due for alarm in found} <= {date(2024, 9, 10)}


def test_the_case_is_looked_at_on_the_days_of_its_points_and_no_more_once_it_is_closed() -> None:
    acts = done(SCHEME, ("indienen", "2024-09-02"), talk("2024-09-03", "2024-09-10"))
    assert standing(SCHEME, acts, date(2024, 9, 3)).next_moment == date(2024, 9, 8)
    assert standing(SCHEME, acts, date(2024, 9, 8)).next_moment == date(2024, 9, 11)
    closed = done(SCHEME, ("indienen", "2024-09-02"), talk("2024-09-03", "2024-09-10"), ("besluiten", "2024-09-04"))
    assert standing(SCHEME, closed, date(2024, 9, 4)).next_moment is None
    assert alarms(SCHEME, closed, date(2024, 9, 3), date(2024, 12, 31)) == ()


def test_a_condition_counts_what_is_open() -> None:
    scheme = small(
        TALK
        + LIST
        + "[voorwaarde.klaar]\nbij = ['besluiten']\nals = 'opvolging.afspraken.open == 0'\nmelding = 'Nog open.'\n"
    )
    acts = done(scheme, ("indienen", "2024-09-02"), talk("2024-09-03", ""))
    assert [r.code for r in _blocks(scheme, acts)] == ["klaar"]
    assert (
        _blocks(scheme, done(scheme, ("indienen", "2024-09-02"), talk("2024-09-03", ""), tick("2024-09-04", 1))) == []
    )


def _blocks(scheme: Any, acts: list[Act]) -> list[Any]:
    return next(list(o.blocks) for o in standing(scheme, acts, date(2024, 9, 4)).offers if o.act == "besluiten")


@pytest.mark.parametrize(
    ("was", "becomes", "key", "words"),
    [
        ('handeling = "bespreken"', 'handeling = "indienen"', "handeling", "beantwoordt het formulier"),
        ('handeling = "bespreken"', 'handeling = "zwaaien"', "handeling", "'zwaaien' bestaat niet"),
        ('klaar_met = "afvinken"', 'klaar_met = "bespreken"', "klaar_met", "doet ze niet ook af"),
        ('tabel = "afspraken"', 'tabel = "wat"', "tabel", "geen tabel"),
        ('wie = "wie"', 'wie = "dag"', "wie", "zegt niet wie dat doet"),
        ('wat = "wat"', 'wat = "x"', "wat", "zegt niet wat er moet gebeuren"),
        ('uiterlijk = "dag"', 'uiterlijk = "wat"', "uiterlijk", "zegt niet wanneer"),
        ('uiterlijk = "dag"\n', "", "bij_te_laat", "zonder laatste dag"),
        ('nummer = "nummer"', 'nummer = "x"', "nummer", "noemt het nummer"),
        ('waarschuw = ["P2D"]', 'waarschuw = ["twee"]', "waarschuw.0", ""),
        ('waarschuw = ["P2D"]', 'toon = ["wat"]', "toon.0", "geen keuze"),
        ('bij_te_laat = { taak = "Te laat", rol = "bureau" }', 'bij_te_laat = { taak = "x" }', "bij_te_laat", "voor iemand"),
    ],
)  # fmt: skip
def test_a_list_that_can_not_be_followed_is_refused(was: str, becomes: str, key: str, words: str) -> None:
    assert was in LIST
    scheme, faults = parse(SMALL + TALK + LIST.replace(was, becomes))
    assert scheme is None
    assert any(
        fault.key == f"opvolging.afspraken.{key}" and words in fault.message and fault.mend for fault in faults
    ), faults


def test_a_point_always_says_what_and_who() -> None:
    scheme, faults = parse(SMALL + TALK.replace('titel = "Wie"\nverplicht = ["bespreken"]', 'titel = "Wie"') + LIST)
    assert scheme is None
    assert [(fault.key, fault.message) for fault in faults] == [
        ("opvolging.afspraken.wie", "een punt zegt altijd wie dat doet.")
    ]
