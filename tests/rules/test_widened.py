"""What a region may say of days, amounts and numbers: a term for some cases only, a computed day from which one counts, how many
there may be, a tariff per line, and a book's part that is computed.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.conditions import UNCLEAR, evaluate
from maatwerk.rules.eligibility import examine
from maatwerk.rules.history import fold
from maatwerk.rules.loading import parse
from maatwerk.rules.parts import pots
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.rooms import Pot
from maatwerk.rules.standing import standing
from tests.schemes import SMALL, done, small

DAY = "2024-09-02"
TERM = """
[formulier.einde]
soort = "berekend"
titel = "Einde"
berekening = "plus_maanden(aanvraag.vanaf, aanvraag.aantal)"
uitkomst_soort = "datum"
[termijn.t]
titel = "T"
soort = "streef"
als = "aanvraag.aantal > 3"
start = ["formulier.einde"]
duur = "P1W"
"""


def due(scheme: Any, acts: Any, at: str = DAY) -> list[date]:
    return [clock.due for clock in standing(scheme, acts, date.fromisoformat(at)).clocks]


FILED = ("indienen", DAY, {"vraag": "x", "vanaf": "2024-09-10", "aantal": 4})


def test_a_term_counts_from_a_computed_day_and_only_in_cases_of_which_its_condition_holds() -> None:
    scheme, fewer = small(TERM), ("aanvullen", DAY, {"aantal": 3})
    assert due(scheme, done(scheme, FILED)) == [date(2025, 1, 17)]
    assert due(scheme, done(scheme, FILED, fewer)) == []
    assert due(scheme, done(scheme, FILED, fewer, ("aanvullen", DAY, {"aantal": 5}))) == [date(2025, 2, 17)]
    assert due(scheme, done(scheme, ("indienen", DAY, {"vraag": "x", "vanaf": "2024-09-10"}))) == []


def test_what_a_term_looked_at_may_be_erased() -> None:
    scheme = small(TERM)
    assert due(scheme, [replace(act, fields={}) for act in done(scheme, FILED)]) == [date(2025, 1, 17)]


@pytest.mark.parametrize("formula", ["'geen dag'", "plus_maanden(aanvraag.vanaf, 20000)", "'9998-01-01'"])
def test_what_is_no_day_of_a_lifetime_is_no_computed_day(formula: str) -> None:
    scheme = small(TERM.replace("plus_maanden(aanvraag.vanaf, aanvraag.aantal)", formula))
    filed = done(scheme, FILED)
    assert "einde" not in filed[0].fields
    assert due(scheme, filed) == []


@given(amount=st.integers(0, 10**9), part=st.integers(0, 60), whole=st.integers(1, 60))
def test_a_share_is_whole_cents_nearest_to_what_it_is(amount: int, part: int, whole: int) -> None:
    found = evaluate(f"naar_rato({amount}, {part}, {whole})", {})
    assert isinstance(found, int)
    assert abs(2 * (found * whole - amount * part)) <= whole


def test_a_share_of_nothing_or_of_less_than_nothing_is_unclear() -> None:
    for text in ("naar_rato(100, 1, 0)", "naar_rato(100, -1, 5)", "naar_rato(-1, 1, 5)"):
        assert evaluate(text, {}) == UNCLEAR


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2025-09-01", "2025-09-01", 1),
        ("2025-09-01", "2025-09-30", 1),
        ("2025-09-01", "2025-10-01", 2),
        ("2025-09-15", "2025-10-14", 1),
        ("2025-09-15", "2025-10-15", 2),
        ("2025-08-01", "2026-07-31", 12),
        ("2026-01-31", "2026-02-27", 1),
    ],
)
def test_a_month_of_which_one_day_is_used_counts(first: str, last: str, months: int) -> None:
    assert evaluate(f"begonnen_maanden('{first}', '{last}')", {}) == months


@given(st.dates(date(2000, 1, 1), date(2050, 1, 1)), st.integers(0, 2000))
def test_a_month_more_begins_when_a_whole_one_is_over(first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    whole = evaluate(f"maanden_tussen('{first}', '{last}')", {})
    assert evaluate(f"begonnen_maanden('{first}', '{last}')", {}) == whole + 1
    assert evaluate(f"vroegste_dag('{first}', '{last}')", {}) == first.isoformat()
    assert evaluate(f"laatste_dag('{first}', '{last}')", {}) == last.isoformat()


MANY = """
[formulier.keuzes]
soort = "meerkeuze"
titel = "Keuzes"
keuzes = { a = "a", b = "b", c = "c" }
minimum = 2
maximum = 2
[formulier.regels]
soort = "tabel"
titel = "Regels"
maximum = 1
[formulier.regels.kolommen.wat]
soort = "tekst"
titel = "Wat"
"""


@pytest.mark.parametrize(
    ("answers", "mend"),
    [
        ({"keuzes": ["a"]}, "Geef minstens 2 en hooguit 2; het zijn er nu 1."),
        ({"keuzes": ["a", "b", "c"]}, "Geef minstens 2 en hooguit 2; het zijn er nu 3."),
        ({"regels": [{"wat": "x"}, {"wat": "y"}]}, "Geef hooguit 1; het zijn er nu 2."),
        ({"keuzes": ["a", "b"], "regels": [{"wat": "x"}]}, ""),
        ({"keuzes": []}, ""),  # left open, which is a matter of verplicht
    ],
)
def test_how_many_there_may_be_is_told(answers: dict[str, Any], mend: str) -> None:
    scheme = small(MANY)
    if not mend:
        assert done(scheme, ("indienen", DAY, {"vraag": "x", **answers}))
        return
    with pytest.raises(Invalid) as refusal:
        done(scheme, ("indienen", DAY, {"vraag": "x", **answers}))
    assert [reason.mend for reason in refusal.value.reasons] == [mend]


LINES = """
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
[formulier.kosten.kolommen.soort]
soort = "keuze"
titel = "Soort"
keuzes = { a = "a", b = "b" }
[formulier.kosten.kolommen.uren]
soort = "getal"
titel = "Uren"
[tarief.uur]
titel = "Per uur"
tabel = "kosten"
rijen = [{ als = "regel.soort == 'a'", bedrag = 1000, titel = "rij a" }, { als = "regel.soort == 'b' && regel.uren > 1", bedrag = 500 }]
[tarief.vast]
titel = "Vast"
rijen = [{ bedrag = 7 }]
[bekostiging.k]
titel = "K"
tabel = "kosten"
regel = "tarief.uur * regel.uren + tarief.vast"
"""


def test_a_tariff_is_read_anew_for_each_line() -> None:
    scheme = small(LINES)
    rows = [{"soort": "a", "uren": 2}, {"soort": "b", "uren": 3}]
    (found,) = examine(scheme, {"kosten": rows}, date.fromisoformat(DAY)).fundings
    assert [(line.asked, [rate.row.title for rate in line.rates]) for line in found.lines] == [
        (2007, ["rij a"]),
        (1507, [""]),
    ]
    (unclear,) = examine(scheme, {"kosten": [{"soort": "b", "uren": 1}]}, date.fromisoformat(DAY)).fundings
    assert unclear.unclear == "kosten.0: regel"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (LINES + '\n[voorwaarde.v]\nbij = ["indienen"]\nals = "tarief.uur > 0"\nmelding = "x"\n', "voorwaarde.v.als"),
        (LINES + 'maximum = "tarief.uur"\nmelding = "x"\n', "bekostiging.k.maximum"),
        (LINES.replace('tabel = "kosten"\nrijen', 'tabel = "vraag"\nrijen'), "tarief.uur.tabel"),
    ],
)
def test_outside_its_lines_a_tariff_per_line_is_not_there(text: str, key: str) -> None:
    _, faults = parse(SMALL + text)
    assert key in {fault.key for fault in faults}


BOOK = """
[formulier.jaar]
soort = "berekend"
titel = "Jaar"
berekening = "schooljaar(aanvraag.vanaf)"
uitkomst_soort = "tekst"
[boek.b]
titel = "B"
eenheid = "eurocent"
beleid = "hard"
per = "jaar"
delen = { "2024-2025" = 100, "2025-2026" = 200 }
[handeling.geven]
titel = "Geven"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vastleggen", boek = "b", bedrag = "50" }]
[handeling.verdelen]
titel = "Verdelen"
door = ["bureau"]
wanneer = "open"
effecten = [{ soort = "vastleggen", boek = "b", bedrag = "50", deel = "deze.welk" }]
velden.dag = { soort = "datum", titel = "Dag" }
velden.welk = { soort = "berekend", titel = "Welk", berekening = "schooljaar(deze.dag)", uitkomst_soort = "tekst" }
"""


def test_a_part_of_a_book_may_be_computed_and_is_known_before_it_is_locked() -> None:
    scheme = small(BOOK)
    filing = ("indienen", DAY, {"vraag": "x", "vanaf": "2025-08-01"})
    filed = done(scheme, filing)
    assert pots(scheme, "geven", fold(scheme, filed).answers, {}) == [Pot("b", "2025-2026")]
    assert pots(scheme, "verdelen", fold(scheme, filed).answers, {"dag": "2024-09-01"}) == [Pot("b", "2024-2025")]
    held = fold(scheme, done(scheme, filing, ("geven", DAY))).held
    assert {pot: balance.committed for pot, balance in held.items()} == {Pot("b", "2025-2026"): 50}


def test_a_part_that_is_computed_from_a_person_or_a_text_is_refused() -> None:
    for source in ("schooljaar(aanvraag.vanaf) + aanvraag.naam", "string(aanvraag.gezond)"):
        fields = (
            '\n[formulier.naam]\nsoort = "tekst"\nklasse = "direct"\ntitel = "Naam"\n'
            '[formulier.gezond]\nsoort = "getal"\nklasse = "gezondheid"\ntitel = "Gezond"\n'
        )
        _, faults = parse(SMALL + fields + BOOK.replace("schooljaar(aanvraag.vanaf)", source))
        assert ("boek.b.per", True) in {(fault.key, "niemand aanwijzen" in fault.message) for fault in faults}, source
