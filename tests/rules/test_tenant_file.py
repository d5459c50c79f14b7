"""What a tenant.toml can have wrong beside its name: budgets of books that are not there, of a part or a period that can't be."""

import pytest

from maatwerk.rules.tenant_file import tenant_faults
from tests.schemes import small

SCHEMES = [
    small("""
[formulier.gemeente]
soort = "gemeente"
titel = "Gemeente"
verplicht = ["indienen"]
[boek.budget]
titel = "Budget"
eenheid = "eurocent"
beleid = "hard"
periode = "schooljaar"
[boek.per_gemeente]
titel = "Per gemeente"
eenheid = "eurocent"
beleid = "hard"
per = "gemeente"
periode = "kalenderjaar"
[vergadering.commissie]
titel = "Commissie"
bij_geen_datum = { taak = "Plan de commissie", rol = "bureau" }
[termijn.commissie]
titel = "Vergadering"
soort = "streef"
start = ["handeling.indienen"]
vergadering = "commissie"
""")
]
BEGIN = 'code = "x"\nnaam = "X"\n[[budget]]\n'
GOOD = {"regeling": '"klein"', "boek": '"budget"', "periode": '"2026-2027"', "plafond": "100"}


def faults(**changes: str) -> list[tuple[str, int, str]]:
    lines = {**GOOD, **changes}
    text = BEGIN + "".join(f"{key} = {value}\n" for key, value in lines.items() if value)
    return [(fault.key, fault.line, fault.message) for fault in tenant_faults(text, SCHEMES)]


@pytest.mark.parametrize(
    ("changes", "key", "told"),
    [
        ({"regeling": '"groot"'}, "budget.0.regeling", "staat niet in deze map"),
        ({"regeling": "3"}, "budget.0.regeling", "hier hoort een tekst"),
        ({"regeling": ""}, "budget.0", "de sleutel 'regeling' ontbreekt"),
        ({"boek": '"potje"'}, "budget.0.boek", "staat niet in die regeling"),
        ({"periode": '"2026"'}, "budget.0.periode", "geen schooljaar"),
        ({"periode": '"2026-2028"'}, "budget.0.periode", "geen schooljaar"),
        ({"plafond": "-1"}, "budget.0.plafond", "niet negatief"),
        ({"plafond": "true"}, "budget.0.plafond", "geheel getal"),
        ({"deel": '"Boxtel"'}, "budget.0.deel", "geen delen"),
        ({"boek": '"per_gemeente"', "periode": '"2026"'}, "budget.0.deel", "per deel"),
        ({"boek": '"per_gemeente"', "periode": '"2026-2027"', "deel": '"Boxtel"'}, "budget.0.periode", "geen kalenderjaar"),
        ({"bedrag": "3"}, "budget.0.bedrag", "onbekend"),
    ],
)  # fmt: skip
def test_a_budget_must_fit_a_book_of_the_partnerships_schemes(changes: dict[str, str], key: str, told: str) -> None:
    found = faults(**changes)
    assert [fault for fault in found if fault[0] == key and told in fault[2] and fault[1] >= 3], found


def test_a_budget_that_fits_has_no_fault() -> None:
    assert faults() == []
    assert faults(boek='"per_gemeente"', periode='"2026"', deel='"Boxtel"') == []
    assert tenant_faults(BEGIN + 'regeling = "elders"\nboek = "b"\nperiode = "p"\nplafond = 1\n') == ()


MEETS = 'code = "x"\nnaam = "X"\n[[vergadering]]\nregeling = "klein"\nvergadering = {}\ndata = {}\n'


@pytest.mark.parametrize(
    ("meeting", "days", "key", "told"),
    [
        ('"bestuur"', "[2026-09-10]", "vergadering.0.vergadering", "staat niet in die regeling"),
        ('"commissie"', "[]", "vergadering.0.data", "horen de data"),
        ('"commissie"', '["10 september"]', "vergadering.0.data.0", "hier hoort een datum"),
        ('"commissie"', "[2026-09-10T10:00:00]", "vergadering.0.data.0", "hier hoort een datum"),
        ("3", "[2026-09-10]", "vergadering.0.vergadering", "hier hoort een tekst"),
    ],
)  # fmt: skip
def test_dates_must_be_days_of_a_meeting_of_the_partnerships_schemes(
    meeting: str, days: str, key: str, told: str
) -> None:
    found = tenant_faults(MEETS.format(meeting, days), SCHEMES)
    assert [fault for fault in found if fault.key == key and told in fault.message], found
    assert tenant_faults(MEETS.format('"commissie"', "[2026-09-10]"), SCHEMES) == ()


def test_budgets_that_are_no_list_are_one_fault() -> None:
    (fault,) = tenant_faults('code = "x"\nnaam = "X"\nbudget = 3\n')
    assert (fault.key, fault.line) == ("budget", 3)


OFF = '[[organisatie.eigen_vakantie]]\nnaam = "studieweek"\nvan = {first}\ntot_en_met = 2026-03-13\n'


@pytest.mark.parametrize(
    ("kind", "first", "region", "told"),
    [
        ("school", "2026-03-09", 'vakantieregio = "zuid"\n', []),
        ("school", "2026-03-20", 'vakantieregio = "zuid"\n', ["deze dagen eindigen voor zij beginnen."]),
        ("gemeente", "2026-03-09", 'vakantieregio = "zuid"\n', ["alleen een school heeft vakanties."]),
        ("school", "2026-03-09", "", ["vakanties van een school horen bij een vakantieregio."]),
    ],
)
def test_only_a_school_has_days_off_of_its_own_in_a_partnership_with_a_region(
    kind: str, first: str, region: str, told: list[str]
) -> None:
    organisation = f'[[organisatie]]\nnaam = "D"\nsoort = "{kind}"\nsector = "vo"\n'
    text = f'code = "klein"\nnaam = "Klein"\n{region}{organisation}{OFF.format(first=first)}'
    assert [fault.message for fault in tenant_faults(text)] == told


COUNTED = (
    'code = "x"\nnaam = "X"\n[[bevolking]]\npeildatum = {on}\nbron = "{by}"\naantallen = [\n'
    '  {{ school = "D", gemeente = "M", leeftijd = {age}, aantal = {count} }},\n]\n'
)
MORE = '[[bevolking]]\npeildatum = 2025-10-01\nbron = "DUO"\naantallen = []\n'


@pytest.mark.requirement("R36-37")
@pytest.mark.parametrize(
    ("changes", "more", "told"),
    [
        ({}, "", []),
        ({"on": '"2025-10-01"'}, "", []),
        ({"on": '"gisteren"'}, "", ["hier hoort een datum"]),
        ({"by": " "}, "", ["hier hoort wie er telde."]),
        ({"count": "-1"}, "", ["deze leeftijd of dit aantal kan niet."]),
        ({"age": "150"}, "", ["deze leeftijd of dit aantal kan niet."]),
        ({"count": '"veel"'}, "", ["hier hoort een geheel getal"]),
        ({}, MORE, ["deze peildatum staat er al."]),
    ],
)
def test_counts_of_pupils_have_a_day_a_source_and_numbers_that_can_be(
    changes: dict[str, str], more: str, told: list[str]
) -> None:
    text = COUNTED.format(**{"on": "2025-10-01", "by": "DUO", "age": "15", "count": "40"} | changes) + more
    found = [fault.message for fault in tenant_faults(text)]
    assert len(found) == len(told)
    assert all(message.startswith(begin) for message, begin in zip(found, told, strict=True)), found
