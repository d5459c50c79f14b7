"""De Meierij's programme as data: its scheme, and what the file of actions says of every goal."""

from datetime import date
from typing import Any

import pytest

from maatwerk.rules.outline import FileDef, OutlineDef
from maatwerk.rules.outline_rows import completed, numbered, read_rows
from maatwerk.rules.refusals import Refused
from tests.tenants.cases import TENANTS, Case, scheme

PROGRAMME = scheme("de-meierij", "programma")
GOALS = {heading.number: heading for heading in (PROGRAMME.outline.headings if PROGRAMME.outline else ())}


def actions() -> dict[str, dict[str, Any]]:
    """Every action of the file by its number."""
    outline, file = parts()
    found, wrong = read_rows(PROGRAMME, outline, file, (TENANTS / "de-meierij/acties.csv").read_text(encoding="utf-8"))
    whole, more = completed(PROGRAMME, outline, file, numbered(outline, found, {}))
    assert not wrong
    assert not more
    return {row.number: dict(row.answers) for row in whole}


def parts() -> tuple[OutlineDef, FileDef]:
    assert PROGRAMME.outline is not None
    assert PROGRAMME.outline.file is not None
    return PROGRAMME.outline, PROGRAMME.outline.file


ACTIONS = actions()


def registered(number: str = "1.6.1", **changes: Any) -> Case:
    case = Case(PROGRAMME, {"voorgangers_gereed": True})
    return case.do("registreren", "2021-09-28", ACTIONS[number] | changes)


@pytest.mark.requirement("DM-01", "DM-02")
def test_the_programme_has_its_label_and_explains_19_abbreviations() -> None:
    assert (PROGRAMME.version, PROGRAMME.valid_from) == ("concept 1.0", date(2021, 9, 28))
    short = PROGRAMME.references["afkortingen"].abbreviations
    assert len(short) == 19
    assert (short["LEA"], short["SWV PO"], short["RMC"]) == (
        "Lokaal Educatieve Agenda", "Samenwerkingsverband po", "Regionale Meld- en Coördinatiefunctie",
    )  # fmt: skip


@pytest.mark.requirement(
    "DM-14",
    "DM-15",
    "DM-16",
    "DM-17",
    "DM-20",
    "DM-21",
    "DM-23",
    "DM-24",
    "DM-25",
    "DM-26",
    "DM-31",
    "DM-32",
    "DM-33",
    "DM-34",
    "DM-35",
)
@pytest.mark.parametrize(
    ("goal", "year", "level", "words"),
    [
        ("1.1", {"doorlopend", "2023"}, "lokaal", ["signaleren van ontwikkelachterstanden", "contactpersoon (Integrale Vroeghulp)"]),
        ("1.2", {"2023"}, "regionaal", ["warme overdracht", "gestandaardiseerd overdrachtsprotocol"]),
        ("1.3", {"2022"}, "regionaal", ["risico-inventarisatie"]),
        ("1.4", {"2022"}, "lokaal", ["vast aanspreekpunt", "zorgstructuren op poscholen", "smw uren"]),
        ("2.1", {"2024", "2025"}, "regionaal", ["pilot", "pilot", "kosten-baten analyse"]),
        ("2.2", {"2023"}, "regionaal", ["continuering van jeugdhulp"]),
        ("2.4", {"doorlopend"}, "lokaal_regionaal", ["informeren en inspireren"]),
        ("2.5", {"doorlopend"}, "regionaal", ["Jongerenaanpak BNO en Rivierenland"]),
        ("3.1", {"2024"}, "regionaal", ["leerrecht", "jeugdhulp-settings"]),
        ("3.2", {"2024"}, "regionaal", ["arbeidsmatige dagbesteding (WSD, Weener XL, Werkzaak)"]),
        ("4.1", {"2022"}, "regionaal", ["thuiszitterspact"]),
        ("4.2", {"2023"}, "regionaal", ["preventieve inzet leerplicht"]),
        ("4.3", {"2023"}, "regionaal", ["afgeven vrijstellingen met betrokkenheid van swv"]),
        ("4.4", {"2023"}, "regionaal", ["actietafel thuiszitters"]),
        ("5.1", {"2022"}, "lokaal", ["vast aanspreekpunt"]),
    ],
)  # fmt: skip
def test_every_goal_has_the_actions_of_the_source(goal: str, year: set[str], level: str, words: list[str]) -> None:
    found = [each for number, each in ACTIONS.items() if number.rpartition(".")[0] == goal]
    assert len(found) == len(words)
    assert [part in each["wat"] for part, each in zip(words, found, strict=True)] == [True] * len(words)
    assert {each["gereed"] for each in found} == year
    assert {each["niveau"] for each in found} == {level}


@pytest.mark.requirement("DM-33", "DM-35")
def test_who_takes_part_in_exemptions_and_whom_the_fixed_contact_point_is_for() -> None:
    assert ACTIONS["4.3.1"]["partners"] == ["swv_po", "swv_vo", "leerplicht", "ggd"]
    assert "Scholen met een regionale functie hebben een vast aanspreekpunt" in GOALS["5.1"].title


@pytest.mark.requirement("DM-39")
def test_the_learning_network_and_the_yearly_meeting_are_actions_of_5_5() -> None:
    assert [
        ("leernetwerk" in ACTIONS["5.5.1"]["wat"]),
        ("jaarlijkse inspiratiebijeenkomst" in ACTIONS["5.5.2"]["wat"]),
    ] == [True] * 2
    assert (ACTIONS["5.5.1"]["niveau"], ACTIONS["5.5.2"]["niveau"]) == ("lokaal", "regionaal")
    assert {ACTIONS[number]["gereed"] for number in ("5.5.1", "5.5.2")} == {"2023"}


@pytest.mark.requirement("DM-40", "DM-41")
def test_the_frames_that_it_joins_and_its_age_span_are_in_its_words() -> None:
    assert "beleidsplan en uitvoeringsplan Jeugdhulp 2020-2023" in PROGRAMME.references["kaders"].items
    assert "kaders van VNG en regio" in PROGRAMME.references["kaders"].items
    assert GOALS["1"].title.endswith("(0 tot 23 jaar)")


@pytest.mark.requirement("DM-25")
def test_cover_that_is_split_names_each_of_its_sources() -> None:
    assert ACTIONS["3.1.1"]["dekking_bronnen"] == ["jw", "onderwijs", "swv_po", "swv_vo"]
    assert ACTIONS["3.1.1"]["dekking_soort"] == "regulier"


@pytest.mark.requirement("DM-08")
def test_partners_come_from_one_list_however_the_source_writes_them() -> None:
    assert ACTIONS["3.1.1"]["partners"] == [
        "po",
        "vo",
        "so",
        "vso",
        "gemeente",
        "swv_po",
        "swv_vo",
        "jeugdhulpaanbieders",
    ]
    assert ACTIONS["3.5.1"]["partners"] == ["wijkteam", "swv_po", "swv_vo"]
    assert ACTIONS["2.5.1"]["partners"] == ["arbeidsmarktregio"]
    assert len(PROGRAMME.form["partners"].choices) == 18


@pytest.mark.requirement("DM-13")
def test_the_same_words_under_two_goals_are_two_actions_with_partners_of_their_own() -> None:
    assert ACTIONS["1.4.1"]["wat"] == ACTIONS["5.1.1"]["wat"]
    assert "gemeente" in ACTIONS["1.4.1"]["partners"]
    assert "wijkteam" in ACTIONS["5.1.1"]["partners"]


@pytest.mark.requirement("DM-18")
def test_the_route_of_the_ladder_and_of_the_programme_has_no_beschikking() -> None:
    assert "Beschikingsvrije inzet" in ACTIONS["1.5.1"]["wat"]
    for each in (PROGRAMME, scheme("de-meierij")):
        assert each.regime == "privaat"
        effects = [effect for act in each.acts.values() for effect in act.effects]
        effects += [effect for step in each.steps.values() for on in step.on.values() for effect in on.effects]
        assert "brief" not in {effect.kind for effect in effects}


@pytest.mark.requirement("DM-05", "DM-09")
def test_an_action_runs_from_registration_to_done_or_stopped_and_its_year_is_told() -> None:
    case = registered()
    assert case.at("2021-10-01").phase == "niet gestart"
    assert case.due("gereed", "2021-10-01") == date(2023, 12, 31)
    assert case.do("starten", "2022-01-10").at("2022-01-10").phase == "in uitvoering"
    assert (case.status("gereed", "2023-12-31"), case.status("gereed", "2024-01-01")) == ("loopt", "verstreken")
    case.do("voortgang", "2022-03-01", {"voortgang": "Twintig gesprekken."})
    assert case.do("afronden", "2023-06-01").at("2023-06-01").closed == "gereed"
    assert case.status("gereed", "2024-01-01") == "gestopt"
    stopped = registered().do("stoppen", "2022-01-10", {"reden": "Geen geld."})
    assert stopped.at("2022-01-10").closed == "gestopt"


@pytest.mark.requirement("DM-05")
def test_what_goes_on_has_no_last_day() -> None:
    assert registered("2.4.1").at("2030-01-01").clocks == ()


@pytest.mark.requirement("DM-11")
def test_an_action_that_waits_can_not_start_and_unknown_never_holds() -> None:
    for facts in ({"voorgangers_gereed": False}, {}):
        case = Case(PROGRAMME, facts).do("registreren", "2021-09-28", ACTIONS["1.6.2"])
        with pytest.raises(Refused) as refusal:
            case.do("starten", "2021-10-01")
        assert [reason.code for reason in refusal.value.reasons] == ["voorganger_gereed"]
