"""Regio 36 as data: what the scheme says of itself, of its words, its people and its papers."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from maatwerk.rules.graph import mermaid, reachable
from maatwerk.rules.loading import load
from maatwerk.rules.rejudge import rejudge
from maatwerk.rules.standing import standing
from tests.regio36 import SCHEME, under_review, vote

TENANT = Path(__file__).parents[2] / "tenants/regio-36"


@pytest.mark.requirement("R36-01")
def test_the_scheme_names_its_region_year_and_former_name() -> None:
    assert (SCHEME.region, SCHEME.version, SCHEME.title) == ("regio 36", "2024-2025", "Interventiebudget")
    assert SCHEME.former_titles == ("plusvoorziening (36b)",)
    assert SCHEME.valid_from == date(2024, 8, 1)


@pytest.mark.requirement("R36-02")
def test_the_target_group_is_shown_to_applicant_and_reviewers() -> None:
    group = SCHEME.references["doelgroep"]
    assert "opeenstapeling van problemen" in group.body
    assert "startkwalificatie" in group.body
    assert {"coordinator", "beoordelaar"} <= {*group.audiences}


@pytest.mark.requirement("R36-06", "R36-08", "R36-09")
def test_goals_road_and_success_factors_can_be_cited() -> None:
    assert "voortijdig schoolverlaten" in SCHEME.references["doel"].body
    assert len(SCHEME.references["route"].items) == 4
    assert len(SCHEME.references["succesfactoren"].items) == 5


@pytest.mark.requirement("R36-29")
def test_three_forms_exist() -> None:
    assert SCHEME.form
    assert SCHEME.form["toestemmingsformulier"].kind == "bestand"
    assert "evaluatieformulier" in SCHEME.references


@pytest.mark.requirement("R36-07", "R36-38", "R36-39")
def test_every_seat_belongs_to_an_organisation_and_blocks_who_is_involved() -> None:
    organisations = {name: seat.organisation for name, seat in SCHEME.seats.items()}
    assert organisations == {
        "de_meierij": "swv-de-meierij", "swv_3006": "swv-3006", "jongerenaanpak": "jongerenaanpak",
        "kw1c_expertiseteam": "kw1c", "leerwerkloket": "leerwerkloket",
    }  # fmt: skip
    assert all(seat.involved_blocks for seat in SCHEME.seats.values())
    tenant = tomllib.loads((TENANT / "tenant.toml").read_text(encoding="utf-8"))
    assert {*organisations.values()} <= {each["code"] for each in tenant["organisatie"]}


def test_every_step_can_be_reached_and_the_road_can_be_drawn() -> None:
    assert reachable(SCHEME) == {*SCHEME.steps}
    drawn = mermaid(SCHEME).splitlines()
    assert drawn[0] == "flowchart TD"
    assert "  s_beoordeling -- akkoord --> s_besluit" in drawn
    assert '  s_uitvoering -- afgerond --> e_uitvoering_afgerond(["afgerond"])' in drawn


@pytest.mark.requirement("R36-58")
def test_a_running_case_keeps_the_rules_of_its_version_and_that_version_stays_readable() -> None:
    acts = vote(vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03"), "swv_3006", "s1", "voor", "2024-09-05")
    text = (TENANT / "scheme.toml").read_text(encoding="utf-8").replace('versie = "2024-2025"', 'versie = "2025-2026"')
    newer = load(text.replace("nodig = 2", "nodig = 3"))
    assert (newer.code, newer.version) == (SCHEME.code, "2025-2026")
    assert standing(SCHEME, acts, date(2025, 10, 1)).steps["beoordeling"].outcome == "akkoord"
    difference = rejudge(newer, acts)
    assert difference is not None
    assert (difference.seq, difference.kind) == (acts[-1].seq, "stemmen")
    assert difference.before.startswith("beoordeling: akkoord")
    assert difference.after == "geen gevolgen"


def test_no_text_of_a_mail_can_carry_what_identifies_a_pupil() -> None:
    for text in SCHEME.texts.values():
        assert "leerling" not in "".join((text.subject, text.body))
