"""The law beside a consent of a scheme: asking less is warned about with article and ages, asking more is not."""

import json
from pathlib import Path

import pytest

from maatwerk import cli
from maatwerk.rules.consent_law import law
from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import parse
from tests.schemes import SMALL

PARENTS_TO_16 = '{ rol = "ouder", tot_leeftijd = 16 }'
YOUTH_FROM_12 = '{ rol = "jeugdige", vanaf_leeftijd = 12 }'


def consent(act: str, *who: str) -> str:
    return f'[toestemming.t]\ntitel = "T"\nvoor = "{act}"\nwie = [{", ".join(who)}]\n'


def found(act: str, *who: str, since: str = "2024-01-01") -> tuple[Fault, ...]:
    """The warnings; a fault that keeps the scheme from loading has no place here."""
    scheme, faults = parse(SMALL.replace("2024-01-01", since) + consent(act, *who))
    assert scheme is not None, faults
    assert all(fault.severity == "waarschuwing" for fault in faults)
    return faults


def test_what_the_law_asks_gives_no_warning() -> None:
    assert found("jeugdhulp", PARENTS_TO_16, YOUTH_FROM_12) == ()
    assert found("gegevens_delen", PARENTS_TO_16, '{ rol = "jeugdige", vanaf_leeftijd = 16 }') == ()
    assert found("behandeling_wgbo", PARENTS_TO_16, YOUTH_FROM_12) == ()
    assert (
        found("indienen_jeugdhulp", '{ rol = "ouder", tot_leeftijd = 18 }', '{ rol = "jeugdige", vanaf_leeftijd = 18 }')
        == ()
    )


def test_asking_more_than_the_law_is_accepted() -> None:
    assert found("jeugdhulp", '{ rol = "ouder" }', '{ rol = "jeugdige", vanaf_leeftijd = 10 }') == ()
    assert found("gegevens_delen", '{ rol = "ouder" }', YOUTH_FROM_12) == ()


@pytest.mark.requirement("KOP-05", "KOP-06")
def test_a_youth_of_12_to_16_who_is_only_heard_is_less_than_the_law_and_16_is_not() -> None:
    speaks = '{ rol = "jeugdige", vanaf_leeftijd = 12, tot_leeftijd = 16, weegt = "spreekt_mee" }'
    (warning,) = found("jeugdhulp", PARENTS_TO_16, speaks, '{ rol = "jeugdige", vanaf_leeftijd = 16 }')
    assert warning.key == "toestemming.t.wie"
    assert "van 12 tot 16 jaar" in warning.message
    assert "Jeugdwet art. 7.3.4 lid 1" in warning.message
    assert "gehoord" in warning.message
    assert 'weegt = "beslist"' in warning.mend


@pytest.mark.requirement("KOP-08")
def test_a_family_guardian_does_not_stand_in_for_the_parents_and_a_guardian_does() -> None:
    assert found("jeugdhulp", '{ rol = "voogd", tot_leeftijd = 16 }', YOUTH_FROM_12) == ()
    warned = found("jeugdhulp", '{ rol = "gezinsvoogd", tot_leeftijd = 16 }', YOUTH_FROM_12)
    assert [fault.message.partition(" jaar")[0] for fault in warned] == ["van 0 tot 12", "van 12 tot 16"]
    assert all("heeft geen gezag" in fault.message for fault in warned)


def test_ages_at_which_less_is_asked_in_another_way_are_told_apart() -> None:
    warned = found(
        "behandeling_wgbo", '{ rol = "ouder" }',
        '{ rol = "jeugdige", vanaf_leeftijd = 14, tot_leeftijd = 16, weegt = "informatief" }',
    )  # fmt: skip
    told = [(fault.message.partition(" is ")[0], fault.message.rpartition("hier ")[2]) for fault in warned]
    assert told == [
        ("van 12 tot 14 jaar", "niet gevraagd."),
        ("van 14 tot 16 jaar", "alleen ingelicht."),
        ("vanaf 16 jaar", "niet gevraagd."),
    ]


def test_a_law_counts_from_the_day_on_which_it_holds() -> None:
    whole = '{ rol = "ouder", tot_leeftijd = 18 }', '{ rol = "jeugdige", vanaf_leeftijd = 18 }'
    (heard,) = found("opp_handelingsdeel", *whole)
    assert "hoorrecht" in heard.message
    ended = SMALL.replace("geldig_van = 2024-01-01", "geldig_van = 2024-01-01\ngeldig_tot = 2025-07-31")
    assert parse(ended + consent("opp_handelingsdeel", *whole))[1] == ()


def test_a_role_of_another_name_says_as_what_it_agrees() -> None:
    named = '{ rol = "leerling", hoedanigheid = "jeugdige", vanaf_leeftijd = 16 }'
    assert found("gegevens_delen", PARENTS_TO_16, named) == ()
    stranger = '{ rol = "oom", hoedanigheid = "oom" }'
    scheme, (fault,) = parse(SMALL + consent("gegevens_delen", PARENTS_TO_16, named, stranger))
    assert scheme is None
    assert (fault.key, "'oom' kent de wet niet" in fault.message) == ("toestemming.t.wie.2.hoedanigheid", True)
    scheme, (fault,) = parse(SMALL + consent("gegevens_delen", '{ rol = "leerling" }'))
    assert scheme is None
    assert (fault.key, "hoedanigheid" in fault.mend) == ("toestemming.t.wie", True)


def test_every_rule_of_law_has_its_article_its_day_and_people_that_it_knows() -> None:
    for rule in law().rules:
        assert rule.article
        assert rule.valid_from.year >= 2015
        assert set(rule.who) <= law().capacities.keys() - law().unfit.keys()


def test_a_file_with_warnings_only_passes_the_check_and_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "regeling.toml"
    path.write_text(SMALL + consent("jeugdhulp", PARENTS_TO_16), encoding="utf-8")
    assert cli.main(["tenants", "check", str(path)]) == 0
    out = capsys.readouterr().out
    assert "toestemming.t.wie: waarschuwing: van 12 tot 16 jaar" in out
    assert out.rstrip().endswith("1 bestand nagekeken: geen fouten, 1 waarschuwing.")
    path.write_text(
        SMALL + consent("jeugdhulp", PARENTS_TO_16) + "[zetel.a]\ntitle = 'A'\ntitel = 'A'\n", encoding="utf-8"
    )
    assert cli.main(["tenants", "check", str(path), "--json"]) == 1
    assert [fault["ernst"] for fault in json.loads(capsys.readouterr().out)] == ["waarschuwing", "fout"]
