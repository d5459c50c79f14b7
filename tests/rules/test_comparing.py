"""Two versions of a scheme compared: every rule that differs is a sentence in plain Dutch, whatever it is."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.comparing import compare
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import Scheme
from tests.schemes import SMALL, small

TENANTS = Path(__file__).parents[2] / "tenants"
FILES = sorted(path for path in TENANTS.glob("*/*.toml") if path.name not in ("tenant.toml", "demo.toml"))
TEXT = (TENANTS / "regio-36" / "scheme.toml").read_text(encoding="utf-8")
UNSAID = re.compile(r"\b(None|True|False|\w+Def|frozenset|datetime)\b|\{\}|\(\)|  |, :|: :|\.\.$")
CLOCK = '[termijn.besluit]\ntitel = "Beslistermijn"\nsoort = "wettelijk"\nstart = ["handeling.indienen"]\nduur = "{}"\n'


def said(old: str, *changes: tuple[str, str]) -> list[str]:
    new = old
    for before, after in changes:
        assert before in new, before
        new = new.replace(before, after)
    return [f"{found.group}: {found.text}" for found in compare(load(old), load(new))]


def test_a_term_is_told_in_weeks() -> None:
    old, new = CLOCK.format("P8W"), CLOCK.format("P6W")
    assert said(SMALL + old, (old, new)) == ["Termijnen: Termijn 'Beslistermijn': was 8 weken, wordt 6 weken."]


def test_a_gate_a_quorum_seats_and_a_choice_are_told_by_their_titles() -> None:
    seats = 'zetels = ["de_meierij", "swv_3006", "jongerenaanpak"]'
    assert said(
        TEXT,
        ("nodig = 2", "nodig = 1"),
        ("< 23", "< 24"),
        ("MBO studentenfonds", "Studentenfonds mbo"),
        (seats, 'zetels = ["de_meierij", "swv_3006"]'),
        ("ouder dan 11 jaar en", "ouder dan 11 en"),
    ) == [
        "Formulier: Vraag 'Welke andere financiering is bekeken?', keuzes: was “MBO studentenfonds”, wordt “Studentenfonds mbo”.",
        "Voorwaarden: Voorwaarde 'Leeftijd': was “… && leeftijd_op(aanvraag.leerling.geboortedatum, zaak.ingediend_op) < 23”,"
        " wordt “… && leeftijd_op(aanvraag.leerling.geboortedatum, zaak.ingediend_op) < 24”.",
        "Voorwaarden: Voorwaarde 'Leeftijd', melding: was “… moet ouder dan 11 jaar en jonger dan 23 …”, wordt “… moet ouder"
        " dan 11 en jonger dan 23 …”.",
        "Stappen: Stap 'Beoordeling', paneel 1, zetels: was 'Samenwerkingsverband VO De Meierij', 'Samenwerkingsverband VO 3006'"
        " en 'Projectleider van de regionale jongerenaanpak', wordt 'Samenwerkingsverband VO De Meierij' en"
        " 'Samenwerkingsverband VO 3006'.",
        "Stappen: Stap 'Beoordeling', hoe zij eindigt, aantal stemmen dat nodig is: was 2, wordt 1.",
    ]


def test_an_estimate_is_told_in_the_unit_of_its_book() -> None:
    verbinding = (TENANTS / "de-verbinding" / "scheme.toml").read_text(encoding="utf-8")
    assert said(
        verbinding, ("gemiddelde = 5000_00", "gemiddelde = 4500_00"), ("leerlingen = 30", "leerlingen = 33")
    ) == [
        "Boeken: Boek 'Maatwerkbudget', raming, leerlingen: was 30, wordt 33.",
        "Boeken: Boek 'Maatwerkbudget', raming, gemiddeld per leerling: was € 5.000,00, wordt € 4.500,00.",
    ]
    mine = 'raming = { leerlingen = 30, gemiddelde = 5000_00, bron = "DV-06" }'
    parts = 'andere_delen = "toelaten"\nper = "school"\nramingen = { "Kasteel College" = { leerlingen = 9, gemiddelde = 4000_00 } }'
    assert "Boeken: Boek 'Maatwerkbudget', raming vervalt." in said(verbinding, (mine, parts))
    assert (
        "Boeken: Boek 'Maatwerkbudget', nieuwe raming voor 'Kasteel college': leerlingen 9; gemiddeld per leerling € 4.000,00."
        in said(verbinding, (mine, parts))
    )


def test_parts_of_a_book_meetings_rows_and_levels_are_told_too() -> None:
    kop, ladder = (TENANTS / folder / "scheme.toml" for folder in ("kop-van-noord-holland", "de-meierij"))
    row = 'titel = "diagnostiek", betaler = "gemeente"'
    assert said(kop.read_text(encoding="utf-8"), (row, 'titel = "diagnostiek", betaler = "school"')) == [
        "Verantwoordelijkheid: Matrix 'Model Integrale Samenwerking', rij 6, betaler: was “gemeente”, wordt “school”."
    ]
    data = 'titel = "Overlegtafel van gemeenten en samenwerkingsverbanden"'
    assert said(ladder.read_text(encoding="utf-8"), (data, data + "\ndata = [2026-09-10]")) == [
        "Vergaderingen: Vergadering 'Overlegtafel van gemeenten en samenwerkingsverbanden', vergadert op: was niets, wordt 10 september 2026."
    ]


def test_what_is_new_says_what_it_asks_and_what_goes_is_named() -> None:
    gate = '[voorwaarde.genoeg]\nbij = ["indienen"]\nals = "aanvraag.aantal > 0"\nmelding = "Vraag er minstens een."\n'
    book = '[boek.pot]\ntitel = "Pot"\neenheid = "eurocent"\nbeleid = "hard"\nplafond = 5_000_000\n'
    (new_gate, new_book) = [found.text for found in compare(small(), small(gate + book))]
    assert new_gate == (
        "Nieuwe voorwaarde 'Genoeg': hangt aan 'Indienen'; “aanvraag.aantal > 0”; melding “Vraag er minstens een.”."
    )
    assert new_book == "Nieuw boek 'Pot': eenheid 'eurocent'; beleid 'hard'; plafond € 50.000,00."
    assert [found.text for found in compare(small(gate + book), small())] == [
        "Voorwaarde 'Genoeg' vervalt.",
        "Boek 'Pot' vervalt.",
    ]


def test_money_days_and_moments_are_words() -> None:
    book = '[boek.pot]\ntitel = "Pot"\neenheid = "eurocent"\nbeleid = "hard"\nplafond = 5_000_000\n'
    assert said(
        SMALL + book + CLOCK.format("P8W"),
        ("5_000_000", "6_000_000"),
        ("geldig_van = 2024-01-01", "geldig_van = 2025-08-01"),
        ('start = ["handeling.indienen"]', 'start = ["stap.intake.ingediend", "formulier.vanaf"]'),
    ) == [
        "Algemeen: De regeling, geldig vanaf: was 1 januari 2024, wordt 1 augustus 2025.",
        "Termijnen: Termijn 'Beslistermijn', begint na: was 'Indienen', wordt 'Intake' is ingediend en de dag bij 'Vanaf'.",
        "Boeken: Boek 'Pot', plafond: was € 50.000,00, wordt € 60.000,00.",
    ]


def test_what_only_moves_within_its_file_changes_nothing() -> None:
    first, _, rest = SMALL.partition("[rol.school]")
    moved = first + "# een toelichting\n" + rest.replace('[rol.bureau]\ntitel = "Bureau"\nplaats = "bureau"\n', "", 1)
    moved = moved.replace(
        'titel = "School"\n', '[rol.bureau]\ntitel = "Bureau"\nplaats = "bureau"\n[rol.school]\ntitel = "School"\n', 1
    )
    assert compare(load(SMALL), load(moved)) == ()


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands in a scheme that a file can say."""
    if is_dataclass(value):
        for item in fields(value):
            yield from leaves(getattr(value, item.name), (*path, item.name))
    elif isinstance(value, dict | tuple) and value:
        yield path
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, name))
    elif value not in (None, {}, ()):
        yield path


def otherwise(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case str():
            return f"{value} anders"
        case tuple():
            return value[:-1]
        case _:
            return dict(list(value.items())[:-1])


def with_other(value: Any, path: tuple[Any, ...]) -> Any:
    """The value with what stands at a path made otherwise."""
    if not path:
        return otherwise(value)
    first, *rest = path
    if isinstance(value, dict):
        return {**value, first: with_other(value[first], tuple(rest))}
    if isinstance(value, tuple):
        return (*value[:first], with_other(value[first], tuple(rest)), *value[first + 1 :])
    return replace(value, **{first: with_other(getattr(value, first), tuple(rest))})


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_whatever_differs_there_is_a_sentence_for_it(path: Path) -> None:
    scheme: Scheme = load(path.read_text(encoding="utf-8"))
    for place in leaves(scheme):
        if place[-1] == "schools":
            continue  # a list that is not there keeps a scheme from being loaded
        other = with_other(scheme, place)
        for old, new in ((scheme, other), (other, scheme)):
            found = compare(old, new)
            assert found, place
            for sentence in found:
                assert sentence.text[0].isupper(), sentence
                assert not UNSAID.search(sentence.text.replace("{{", "").replace("}}", "")), sentence
    assert compare(scheme, load(path.read_text(encoding="utf-8"))) == ()


def test_every_scheme_can_be_compared_with_every_other() -> None:
    schemes = [load(path.read_text(encoding="utf-8")) for path in FILES]
    for old in schemes:
        for new in schemes:
            assert bool(compare(old, new)) == (old is not new)
