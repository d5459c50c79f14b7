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
        ({"regeling": "3"}, "budget.0.regeling", "heeft een regeling nodig"),
        ({"boek": '"potje"'}, "budget.0.boek", "staat niet in die regeling"),
        ({"periode": '"2026"'}, "budget.0.periode", "geen schooljaar"),
        ({"periode": '"2026-2028"'}, "budget.0.periode", "geen schooljaar"),
        ({"plafond": "-1"}, "budget.0.plafond", "geheel getal"),
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


def test_budgets_that_are_no_list_are_one_fault() -> None:
    (fault,) = tenant_faults('code = "x"\nnaam = "X"\nbudget = 3\n')
    assert (fault.key, fault.line) == ("budget", 3)
