"""The terms that a scheme protects, and the care providers of a tenant: what is wrong with them is told in Dutch, with its place."""

from pathlib import Path

import pytest

from maatwerk.rules.loading import load, parse
from maatwerk.rules.tenant_file import tenant_faults

TENANTS = Path(__file__).parents[2] / "tenants"
SCHEME = (TENANTS / "voorbeeld/scheme.toml").read_text(encoding="utf-8")
LINE = 'anonimisering = { beschermd = ["Rots en Water"] }'
TENANT = 'code = "x"\nnaam = "X"\n'


def protecting(terms: str) -> str:
    return SCHEME.replace(LINE, f"anonimisering = {{ beschermd = {terms} }}")


def test_a_scheme_names_terms_that_stay() -> None:
    assert load(SCHEME).anonymising.protected == ("Rots en Water",)
    assert load(SCHEME.replace(LINE, "")).anonymising.protected == ()


@pytest.mark.parametrize(
    ("terms", "key", "message"),
    [
        ('["12"]', "anonimisering.beschermd.0", "een beschermde term heeft letters."),
        ('["Rots", "llnr 2021 0417"]', "anonimisering.beschermd.1", "dit lijkt een nummer of een mailadres, en dat gaat altijd weg."),
        ('["budget@x.example"]', "anonimisering.beschermd.0", "dit lijkt een nummer of een mailadres, en dat gaat altijd weg."),
        (f'["{"a" * 81}"]', "anonimisering.beschermd.0", "deze term is langer dan 80 tekens."),
        ('["Rots en Water", "rots en  water"]', "anonimisering.beschermd.1", "'rots en  water' staat er twee keer."),
        ('"Rots"', "anonimisering.beschermd", "hier hoort een lijst te staan."),
        ("[3]", "anonimisering.beschermd.0", "hier hoort een tekst te staan."),
    ],
)  # fmt: skip
def test_a_term_that_can_not_be_one_is_refused_with_its_place(terms: str, key: str, message: str) -> None:
    (fault,) = parse(protecting(terms))[1]
    assert (fault.key, fault.message) == (key, message)
    assert fault.mend
    assert fault.line == SCHEME.splitlines().index(next(line for line in SCHEME.splitlines() if LINE in line)) + 1


@pytest.mark.parametrize(
    ("given", "keys"),
    [
        ('["Praktijk Zon", { naam = "Kinderpraktijk Maan", ook = ["KPM"] }]', []),
        ('"Praktijk Zon"', ["instellingen"]),
        ("[3]", ["instellingen.0"]),
        ('[{ ook = ["KPM"] }]', ["instellingen.0"]),
        ('["Praktijk Zon", { naam = "Maan", afkorting = "M" }]', ["instellingen.1.afkorting"]),
        ('[""]', ["instellingen.0"]),
        ('[{ naam = "Maan", ook = ["-"] }]', ["instellingen.0"]),
    ],
)
def test_a_care_provider_is_a_name_or_a_name_with_others(given: str, keys: list[str]) -> None:
    found = tenant_faults(f"{TENANT}instellingen = {given}\n")
    assert [fault.key for fault in found] == keys
    assert all(fault.mend and fault.line == 3 for fault in found)
