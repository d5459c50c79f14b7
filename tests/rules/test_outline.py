"""Outlines of schemes: what loads, what adds up, and how a file of cases is read, for a region unlike De Meierij."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.decoding import Fault
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load, parse
from maatwerk.rules.outline import OutlineDef
from maatwerk.rules.outline_rows import completed, numbered, read_rows
from maatwerk.rules.outline_tree import Entry, choose, grow, total, waits_for
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing

YEARPLAN = """
code = "jaarplan"
versie = "2027"
titel = "Jaarplan Zoutkust"
geldig_van = 2027-01-01
regime = "privaat"
intake = "registratie"
onderwerp = { soort = "geen" }
[rol.bureau]
titel = "Bureau"
plaats = "bureau"
[formulier.code]
soort = "tekst"
titel = "Code"
[formulier.thema]
soort = "meerkeuze"
titel = "Thema"
keuzes_uit = "indeling"
verplicht = ["opnemen"]
[formulier.omschrijving]
soort = "tekst"
titel = "Omschrijving"
verplicht = ["opnemen"]
[formulier.bedrag]
soort = "bedrag"
titel = "Begroot"
[formulier.loopt]
soort = "ja_nee"
titel = "Loopt al"
[formulier.klaar_op]
soort = "datum"
titel = "Klaar op"
[formulier.betaler]
soort = "keuze"
titel = "Wie betaalt"
keuzes = { fonds = "het fonds", open = "nog open" }
[formulier.na]
soort = "tekst"
titel = "Na"
[formulier.contact]
soort = "tekst"
titel = "Contact"
klasse = "direct"
[handeling.opnemen]
titel = "Opnemen"
gedrag = "indienen"
door = ["bureau"]
uitkomst = "opgenomen"
[handeling.bijstellen]
titel = "Bijstellen"
gedrag = "aanvullen"
door = ["bureau"]
wanneer = "open"
[handeling.afronden]
titel = "Afronden"
door = ["bureau"]
uitkomst = "klaar"
[stap.begin_van]
titel = "Begin"
fase = "begin"
na = ["begin"]
handelingen = ["opnemen"]
[stap.gang]
titel = "Gang"
fase = "loopt"
na = ["stap.begin_van.opgenomen"]
handelingen = ["afronden"]
bij.klaar = { sluit = "klaar" }
[termijn.klaar]
titel = "Klaar"
soort = "streef"
start = ["formulier.klaar_op"]
duur = "P1W"
[feit.mag]
soort = "ja_nee"
titel = "Mag"
opzoeken = "voorgangers_gereed"
[[inzage]]
wie = "bureau"
stappen = ["begin_van"]
uitkomsten = ["*"]
velden = ["*"]
[indeling]
titel = "Jaarplan"
niveaus = ["Thema"]
zaak = "Project"
veld = "thema"
nummer = "code"
naam = "omschrijving"
voor = ["bureau"]
filters = ["betaler", "loopt"]
toon = ["klaar_op"]
bedrag = "bedrag"
dekking = "betaler"
onbekend = ["open"]
wacht_op = "na"
gereed = ["klaar"]
[[indeling.koppen]]
code = "water"
titel = "Water"
nummer = "W"
[[indeling.koppen]]
code = "wind"
titel = "Wind"
zonder = "dit jaar niets"
[indeling.bestand]
handeling = "opnemen"
wijziging = "bijstellen"
kopkolom = "thema"
sleutel = ["project"]
kolommen = [
  { kolom = "code", vraag = "code" },
  { kolom = "project", vraag = "omschrijving" },
  { kolom = "euro", vraag = "bedrag" },
  { kolom = "loopt", vraag = "loopt" },
  { kolom = "klaar", vraag = "klaar_op" },
  { kolom = "na", vraag = "na" },
]
"""
PLAN = load(YEARPLAN)
OUTLINE = PLAN.outline or OutlineDef(
    title="", levels=(), case="", field="", number="", name="", audiences=(), headings=()
)


def faults(old: str, new: str) -> list[tuple[str, str]]:
    """(key, message) of every fault once a text was changed."""
    assert old in YEARPLAN
    return [(each.key, each.message) for each in parse(YEARPLAN.replace(old, new, 1))[1]]


@pytest.mark.parametrize(
    ("old", "new", "key", "part"),
    [
        ('onderwerp = { soort = "geen" }', 'onderwerp = { soort = "individu", veld = "contact" }', "indeling", "gaan over een leerling"),
        ('filters = ["betaler"', 'filters = ["contact"', "indeling.filters", "kan van iemand zijn (klasse direct)"),
        ('toon = ["klaar_op"]', 'toon = ["contact"]', "indeling.toon", "kan van iemand zijn"),
        ('kolom = "na", vraag = "na"', 'kolom = "na", vraag = "contact"', "indeling.bestand.kolommen.5.vraag", "niet verzegeld"),
        ('filters = ["betaler"', 'filters = ["omschrijving"', "indeling.filters", "soort tekst kan hier niet"),
        ('naam = "omschrijving"', 'naam = "naam"', "indeling.naam", "bestaat niet"),
        ('keuzes_uit = "indeling"', 'keuzes = { water = "w" }', "indeling.veld", "niet uit de indeling"),
        ('voor = ["bureau"]', 'voor = ["school"]', "indeling.voor", "de rol 'school' bestaat niet"),
        ('voor = ["bureau"]', "voor = []", "indeling.voor", "niemand ziet"),
        ('onbekend = ["open"]', 'onbekend = ["weg"]', "indeling.onbekend", "geen antwoord op de vraag naar de dekking"),
        ('gereed = ["klaar"]', 'gereed = ["af"]', "indeling.gereed", "geen zaak sluit als 'af'"),
        ('gereed = ["klaar"]', "gereed = []", "indeling.gereed", "wanneer een zaak waarop een andere wacht"),
        ('niveaus = ["Thema"]', 'niveaus = ["Doel", "Thema"]', "indeling.koppen.0", "hangt geen thema"),
        ('niveaus = ["Thema"]', "niveaus = []", "indeling.niveaus", "minstens een niveau"),
        ('titel = "Wind"\n', 'titel = "Wind"\nonder = "water"\n', "indeling.koppen.1.onder", "niveau 2, en er zijn er 1"),
        ('titel = "Wind"\n', 'titel = "Wind"\nonder = "wind"\n', "indeling.koppen.1.onder", "staat hier niet boven"),
        ('code = "wind"', 'code = "water"', "indeling.koppen.1.code", "twee keer"),
        ('titel = "Wind"\n', 'titel = "Wind"\nnummer = "W"\n', "indeling.koppen.1.nummer", "twee keer"),
        ('titel = "Wind"\n', 'titel = "Wind"\nzie = ["zon"]\n', "indeling.koppen.1.zie", "de kop 'zon' bestaat niet"),
        ('handeling = "opnemen"', 'handeling = "afronden"', "indeling.bestand.handeling", "hiermee begint geen zaak"),
        ('wijziging = "bijstellen"', 'wijziging = "afronden"', "indeling.bestand.wijziging", "wijzigt niemand antwoorden"),
        ('sleutel = ["project"]', 'sleutel = ["nr"]', "indeling.bestand.sleutel", "wordt niet gelezen"),
        ('sleutel = ["project"]', "sleutel = []", "indeling.bestand.sleutel", "elke regel de volgende keer een nieuwe zaak"),
        ('kopkolom = "thema"', 'kopkolom = "thema"\nzaakregel = "p"', "indeling.bestand.soortkolom", "wat een regel is"),
        ('  { kolom = "project", vraag = "omschrijving" },\n', "", "indeling.bestand.kolommen", "moet beantwoord zijn"),
        ('vraag = "loopt" }', 'vraag = "betaler", woorden = [{ lees = "x", antwoord = ["y"] }] }', "indeling.bestand.kolommen.3.woorden.0.antwoord", "kent de keuze 'y' niet"),
        ('wacht_op = "na"\n', "", "feit.mag.opzoeken", "geen zaak zegt op welke andere zij wacht"),
    ],
)  # fmt: skip
def test_an_outline_that_can_not_be_honoured_is_refused(old: str, new: str, key: str, part: str) -> None:
    assert [message for place, message in faults(old, new) if place == key and part in message], faults(old, new)


def test_a_question_that_chooses_a_heading_needs_an_outline() -> None:
    without = YEARPLAN.partition("[indeling]")[0].replace('opzoeken = "voorgangers_gereed"', "")
    found = {each.key: each.message for each in parse(without)[1]}
    assert found["formulier.thema.keuzes_uit"] == "de matrix 'indeling' bestaat niet."


def entry(number: str, closed: str = "", **traits: str) -> Entry:
    return Entry(uuid4(), "loopt", closed, {"code": [number], **{name: [value] for name, value in traits.items()}})


def test_a_sum_is_a_lower_bound_as_long_as_something_is_unknown() -> None:
    known = entry("W.1", betaler="fonds", bedrag="120000")
    priced = entry("W.2", betaler="open", bedrag="99")
    bare = entry("W.3", betaler="fonds")
    assert total(OUTLINE, [known]).words == "€ 1.200,00"
    assert total(OUTLINE, [known, priced, bare]).words == "minstens € 1.200,00, 2 onbekend"
    assert total(OUTLINE, [known, priced, bare]).uncovered == 1
    assert total(OUTLINE, [entry("W.4")]).uncovered == 1, "who said nothing of cover knows no cover"


def test_whatever_a_case_is_numbered_the_tree_grows() -> None:
    cases = [entry(number, thema="water") for number in ("1.²", "1.10", "1.9", "", ".", "1." + "9" * 5000, "١.٢")]
    tree = grow(OUTLINE, cases, {each.case_id for each in cases}, {"water"})
    found = [each.one("code") for each in tree.branches[0].entries]
    assert sorted(found) == sorted(each.one("code") for each in cases)
    assert found.index("1.9") < found.index("1.10")


@given(st.lists(st.tuples(st.sampled_from(["fonds", "open", ""]), st.none() | st.integers(0, 10**9)), max_size=12))
def test_what_is_unknown_is_never_in_the_amount(cases: list[tuple[str, int | None]]) -> None:
    entries = [
        entry(f"W.{n}", **{name: value for name, value in (("betaler", who), ("bedrag", str(much) if much is not None else "")) if value})
        for n, (who, much) in enumerate(cases)
    ]  # fmt: skip
    found = total(OUTLINE, entries)
    counted = [much for who, much in cases if who == "fonds" and much is not None]
    assert (found.minimum, found.unknown) == (sum(counted), len(cases) - len(counted))


def test_headings_without_a_case_say_so_whatever_is_chosen() -> None:
    cases = [entry("W.10", thema="water"), entry("W.9", thema="water", betaler="fonds"), entry("X", thema="zon")]
    chosen = choose(cases, {"betaler": ["fonds"]})
    tree = grow(OUTLINE, cases, chosen, {"water"})
    assert [(branch.heading.code, branch.gap, len(branch.entries)) for branch in tree.branches] == [
        ("water", "", 1), ("wind", "dit jaar niets", 0),
    ]  # fmt: skip
    whole = grow(OUTLINE, cases, {each.case_id for each in cases}, {"water"})
    assert [each.one("code") for each in whole.branches[0].entries] == ["W.9", "W.10"]
    assert [each.one("code") for each in whole.astray] == ["X"]


def test_a_case_waits_until_what_it_waits_for_is_done_and_not_merely_closed() -> None:
    done, stopped, open_ = entry("a", "klaar"), entry("b", "gestopt"), entry("c")
    waits = waits_for(OUTLINE, entry("d", na="a, b, c,  , z"), {"a": done, "b": stopped, "c": open_})
    assert [(each.number, each.done) for each in waits] == [("a", True), ("b", False), ("c", False), ("z", False)]


def rows(text: str, scheme: Scheme = PLAN) -> tuple[list[dict[str, Any]], list[Fault]]:
    assert scheme.outline is not None
    assert scheme.outline.file is not None
    found, wrong = read_rows(scheme, scheme.outline, scheme.outline.file, text)
    found = numbered(scheme.outline, found, {})
    whole, more = completed(scheme, scheme.outline, scheme.outline.file, found)
    return [dict(row.answers) for row in whole], [*wrong, *more]


HEAD = "thema;code;project;euro;loopt;klaar;na\n"


def test_a_file_with_semicolons_amounts_days_and_its_own_numbers_is_read() -> None:
    found, wrong = rows(f"{HEAD}W;W.7;Dijk;1.240,50;ja;2-9-2027;\n\nwind;;Molen;€ 300;nee;2027-10-01;W.7\n")
    assert wrong == []
    assert found == [
        {"thema": ["water"], "code": "W.7", "omschrijving": "Dijk", "bedrag": 124_050, "loopt": True, "klaar_op": "2027-09-02"},
        {"thema": ["wind"], "code": "wind.1", "omschrijving": "Molen", "bedrag": 30_000, "loopt": False, "klaar_op": "2027-10-01", "na": "W.7"},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "part"),
    [
        ("W;;Dijk;veel;;;", "euro", "geen bedrag"), ("W;;Dijk;12,5;;;", "euro", "geen bedrag"), ("W;;Dijk;;soms;;", "loopt", "ja of nee"),
        ("W;;Dijk;;;31-2-2027;", "klaar", "geen datum"), ("Z;;Dijk;;;;", "thema", "geen kop"), ("W;;;;;;", "project", "nog niet ingevuld"),
        ("W;;Dijk;;;;W.99", "na", "geen andere zaak"), ("W;W.1;Dijk;;;;W.1", "na", "geen andere zaak"),
        ("W;;Dijk 111222333;;;;", "project", "burgerservicenummer"),
    ],
)  # fmt: skip
def test_each_fault_of_a_row_is_told_with_its_line_and_column(row: str, column: str, part: str) -> None:
    _, wrong = rows(f"{HEAD}W;;Kade;;;;\n{row}\n")
    assert [(each.line, each.key) for each in wrong] == [(3, column)], wrong
    assert part in wrong[0].message
    assert wrong[0].mend


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    for content in (text, HEAD + text, HEAD + "W;;" + text):
        _, wrong = rows(content)
        assert all(each.message and each.mend and each.line >= 1 for each in wrong)


def test_cases_that_wait_for_each_other_in_a_circle_are_refused_where_it_begins() -> None:
    circle = f"{HEAD}W;W.1;Dijk;;;;W.2\nW;W.2;Molen;;;;W.3\nW;W.3;Sluis;;;;W.1\nW;W.4;Gemaal;;;;W.1\n"
    _, (fault,) = rows(circle)
    assert fault.message.endswith(": zo kan geen van deze zaken beginnen.")
    told = fault.message.partition(":")[0].split(" wacht op ")
    follows = {"W.1": "W.2", "W.2": "W.3", "W.3": "W.1"}
    assert [follows[number] for number in told[:-1]] == told[1:]
    assert rows(circle.replace(";;;;W.1\nW;W.4", ";;;;\nW;W.4"))[1] == []


def test_numbers_go_on_where_they_were_and_are_given_once() -> None:
    assert PLAN.outline is not None
    assert PLAN.outline.file is not None
    found, _ = read_rows(PLAN, PLAN.outline, PLAN.outline.file, f"{HEAD}W;;Nieuw;;;;\nW;;Oud;;;;\nW;W.2;Eigen;;;;\n")
    known = {row.key: "W.1" for row in found if row.answers["omschrijving"] == "Oud"}
    assert [row.number for row in numbered(PLAN.outline, found, known)] == ["W.3", "W.1", "W.2"]


def test_a_day_that_is_taken_away_ends_the_term_that_began_with_it() -> None:
    acts: list[Act] = []
    filed = {"thema": ["water"], "omschrijving": "Dijk", "klaar_op": "2027-02-01"}
    for kind, on, fields in (("opnemen", "2027-01-04", filed), ("bijstellen", "2027-01-05", {"klaar_op": None})):
        acts.append(
            judge(PLAN, acts, Act(kind, date.fromisoformat(on), Actor("bureau", str(UUID(int=1))), fields), Facts())
        )
        clocks = standing(PLAN, acts, date(2027, 1, 6)).clocks
        assert [clock.due for clock in clocks] == ([date(2027, 2, 8)] if kind == "opnemen" else [])
