"""`maatwerk scheme try` and `draw` as they are typed: the standing with its reasons, and one Dutch line for every fault."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maatwerk import cli
from maatwerk.commands.application_file import read_application
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.trial import run_trial
from tests.regio36 import SCHEME, answers
from tests.schemes import SMALL

ROOT = Path(__file__).parents[2]
REGIO_36 = str(ROOT / "tenants/regio-36")
EXAMPLES = sorted((ROOT / "examples/regio-36").glob("*/aanvraag.json"))
COURSE = ROOT / "examples/proberen/regio-36.json"


def tried(capsys: pytest.CaptureFixture[str], application: Path, at: str, scheme: str = REGIO_36) -> dict[str, Any]:
    assert cli.main(["scheme", "try", scheme, str(application), "--at", at, "--json"]) == 0
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def written(folder: Path, content: Any) -> Path:
    path = folder / "aanvraag.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_the_application_of_e1_is_filed_and_counts_on_9_september(capsys: pytest.CaptureFixture[str]) -> None:
    found = tried(capsys, EXAMPLES[0], "2024-09-02")
    assert found["fase"] == "controle volledigheid"
    assert all(gate["houdt"] for gate in found["voorwaarden"] if gate["opFormulier"])
    assert found["ontbreekt"] == []
    assert found["bedragen"] == [{"soort": "vastleggen", "boek": "interventiebudget", "bedrag": 124_000}]
    target = next(clock for clock in found["nogNietBegonnen"] if clock["id"] == "reactie")
    assert target["uiterlijk"] == "2024-09-09"
    assert [step["datum"] for step in target["waarom"]] == ["2024-09-02", "2024-09-09"]
    assert [seat["zetel"] for seat in found["zetels"]] == ["de_meierij", "swv_3006", "jongerenaanpak"]
    assert "volledig_verklaren" in {offer["handeling"] for offer in found["openHandelingen"]}


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_every_example_of_the_demo_can_be_tried(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = tried(capsys, path, "2024-11-04")
    assert found["regeling"]["code"] == "interventiebudget"
    assert found["onjuist"] == []


def test_a_course_of_acts_leads_to_the_decision_of_e3(capsys: pytest.CaptureFixture[str]) -> None:
    found = tried(capsys, COURSE, "2024-09-06")
    assert found["fase"] == "afspraken"
    assert found["boeken"]["interventiebudget"]["vastgelegd"] == 124_000
    assert [deed["gelukt"] for deed in found["handelingen"]] == [True] * 7 + [False, True]
    (late,) = [deed for deed in found["handelingen"] if not deed["gelukt"]]
    assert late["redenen"][0]["code"] == "niet_aan_de_orde"
    chairs = {seat["zetel"]: seat["persoon"] for seat in found["zetels"]}
    assert chairs == {"de_meierij": "dorien", "swv_3006": "tom", "jongerenaanpak": "fleur"}
    reviewer = next(rule for rule in found["inzage"] if rule["wie"] == "beoordelaar")
    assert reviewer["geanonimiseerd"]
    assert reviewer["velden"]["leerling.leeftijd"] == 15
    assert "leerling" not in reviewer["velden"]


def test_acts_after_the_day_one_looks_do_not_count_yet(capsys: pytest.CaptureFixture[str]) -> None:
    found = tried(capsys, COURSE, "2024-09-03")
    assert (found["fase"], found["later"]) == ("beoordeling", 4)
    assert found["op"] == "2024-09-03"


@pytest.mark.parametrize(("at", "refused"), [("2024-10-15", []), ("2024-11-01", ["leeftijd"])])
def test_the_same_application_can_be_too_late_for_the_age(
    at: str, refused: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    student = {"voornaam": "Daan", "achternaam": "Vos", "geboortedatum": "2001-11-01"}
    found = tried(capsys, written(tmp_path, {"antwoorden": answers(sector="mbo", leerling=student)}), at)
    assert [reason["code"] for reason in found["handelingen"][0]["redenen"]] == refused
    assert [gate["id"] for gate in found["voorwaarden"] if gate["opFormulier"] and gate["houdt"] is False] == refused


def test_what_is_missing_and_what_does_not_fit_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    without = answers(kosten=None, behoefte=None, toestemmingsformulier=None)
    found = tried(capsys, written(tmp_path, {"antwoorden": without}), "2024-09-02")
    assert {(item["bij"], item["veld"], item["stuk"]) for item in found["ontbreekt"]} == {
        ("indienen", "behoefte", False),
        ("volledig_verklaren", "kosten", False),
        ("volledig_verklaren", "toestemmingsformulier", True),
    }
    found = tried(capsys, written(tmp_path, {"antwoorden": {**answers(), "sector": "po", "vreemd": 1}}), "2024-09-02")
    assert {reason["veld"] for reason in found["onjuist"]} == {"sector", "vreemd"}
    assert found["fase"] == "aanvraag"


def test_the_json_has_the_documented_keys_and_no_others(capsys: pytest.CaptureFixture[str]) -> None:
    documented = (ROOT / "tenants/README.md").read_text(encoding="utf-8")

    def keys(value: Any) -> set[str]:
        if isinstance(value, dict):
            return {*value} | {key for item in value.values() for key in keys(item)}
        return {key for item in value for key in keys(item)} if isinstance(value, list) else set()

    found = tried(capsys, COURSE, "2024-09-06")
    free = ("antwoorden", "velden", "waarden", "boeken", "stappen", "eenheden")
    inner = [part for name in ("boeken", "stappen") for part in found[name].values()]
    for place in [found, *found["inzage"], *found["voorwaarden"]]:
        for name in free:
            if isinstance(place.get(name), dict):
                place[name] = {}
    for key in keys(found) | {key for part in inner for key in part}:
        assert f"`{key}`" in documented, key


def test_the_text_answers_every_question_in_dutch(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "try", REGIO_36, str(COURSE), "--at", "2024-09-06"]) == 0
    told = capsys.readouterr().out
    for heading in (
        "HANDELINGEN",
        "VOORWAARDEN",
        "BEDRAG",
        "ZETELS",
        "TERMIJNEN",
        "OPEN HANDELINGEN",
        "TOESTEMMING",
        "INZAGE",
    ):
        assert heading in told
    assert "vastleggen op interventiebudget: € 1.240,00" in told
    assert "akkoord (2 van de 3 stemmen voor; 2 nodig.)" in told
    assert "1 betrokkene overgeslagen" in told
    assert "uiterlijk maandag 9 september 2024" in told
    for word in ("None", "True", "False", "{", "Traceback"):
        assert word not in told


def test_a_scheme_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "draw", REGIO_36]) == 0
    assert capsys.readouterr().out.startswith("flowchart TD\n  s_intake")


GOOD: dict[str, Any] = {"antwoorden": {}}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "geen geldige JSON (regel 1"),
        ('{"antwoorden": }', "geen geldige JSON (regel 1, positie 16)"),
        ("[]", "een object { }"),
        ('{"antwoorden": NaN}', "geen leesbare JSON"),
        ("[" * 100_000, "te diep genest"),
        ({"antwoord": {}}, "antwoord: Deze sleutel is onbekend."),
        ({"antwoorden": []}, "antwoorden: Hier hoort een object"),
        ({**GOOD, "handelingen": {}}, "handelingen: Hier hoort een lijst"),
        ({**GOOD, "handelingen": [{"op": "2024-09-02"}]}, "handelingen.0: Hier ontbreekt 'handeling'."),
        (
            {**GOOD, "handelingen": [{"handeling": "indienen", "op": "2 september"}]},
            "handelingen.0.op: Dit is geen datum.",
        ),
        ({**GOOD, "handelingen": [{"handeling": "indienen", "op": "2024-09-02", "wie": "ik"}]}, "handelingen.0.wie"),
        ({**GOOD, "feiten": {"weer": True}}, "feiten.weer: Deze sleutel is onbekend."),
        ({**GOOD, "feiten": {"pakket_klaar": "ja"}}, "feiten.pakket_klaar: Dit feit is van de soort ja_nee."),
        ({**GOOD, "feiten": {"pakket_blokkades": True}}, "van de soort getal"),
        ({**GOOD, "zetels": {"troon": []}}, "zetels.troon: Deze zetel bestaat niet."),
        ({**GOOD, "zetels": {"de_meierij": "dorien"}}, "een lijst [ ] van personen"),
        ({**GOOD, "zetels": {"de_meierij": [{"persoon": "d", "afwezig": 1}]}}, "true of false"),
        ({**GOOD, "ruimte": {"kas": 1}}, "ruimte.kas"),
        ({**GOOD, "ruimte": {"interventiebudget": 1.5}}, "een geheel getal"),
    ],
)
def test_an_unreadable_application_is_one_dutch_line_with_exit_code_2(
    content: Any, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["scheme", "try", REGIO_36, str(written(tmp_path, content)), "--at", "2024-09-02"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["try", "bestaat-niet", "x.json"], "Hier staat geen regeling."),
        (["try", REGIO_36, "bestaat-niet.json"], "niet te lezen"),
        (["try", REGIO_36, REGIO_36], "niet te lezen"),
        (["try", REGIO_36, "x.json", "--at", "morgen"], "--at morgen: Dit is geen datum."),
        (["try", REGIO_36, "x.json", "--at", "2024-W36-1"], "Dit is geen datum."),
        (["try", REGIO_36], "verplicht maar niet opgegeven: AANVRAAG"),
        (["draw", "bestaat-niet"], "Hier staat geen regeling."),
        (["draw", "\x00"], "Hier staat geen regeling."),
        (["draw", str(ROOT / "README.md")], "heeft een fout"),
        (["draw", str(ROOT / "tenants")], "meer dan een regeling"),
        (["zingen"], "zingen bestaat niet"),
    ],
)
def test_a_wrong_call_is_one_dutch_line_with_exit_code_2(
    typed: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["scheme", *typed]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_a_scheme_with_faults_points_to_the_command_that_shows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scheme.toml").write_text(SMALL.replace("titel = ", "title = "), encoding="utf-8")
    assert cli.main(["scheme", "draw", str(tmp_path)]) == 2
    assert "maatwerk tenants check" in capsys.readouterr().err


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
keys = st.sampled_from(["antwoorden", "bijlagen", "handelingen", "feiten", "zetels", "ruimte", "geen_bsn"])
deed = st.fixed_dictionaries(
    {"handeling": st.sampled_from([*SCHEME.acts, "x"]), "op": st.sampled_from(["2024-09-02", "2024-09-03", "2025-01-01"])},
    optional={"velden": st.dictionaries(st.sampled_from(["stem", "zetel", "reden"]), json_values, max_size=2),
              "zetel": st.sampled_from(["de_meierij", "x"]), "rol": st.sampled_from([*SCHEME.roles, "x"])},
)  # fmt: skip
field_answers = st.dictionaries(st.sampled_from([*SCHEME.form]), json_values, max_size=6)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(keys, json_values, max_size=4)
    | st.fixed_dictionaries(
        {"antwoorden": field_answers.map(lambda some: {**answers(), **some}), "handelingen": st.lists(deed, max_size=5)}
    )
)
def test_whatever_an_application_holds_there_is_a_trial_or_a_refusal(tmp_path: Path, content: Any) -> None:
    path = written(tmp_path, content)
    try:
        application = read_application(path, SCHEME)
    except Invalid as refusal:
        assert refusal.reasons
        return
    for at in (date(2024, 9, 2), date(2025, 9, 2)):
        assert run_trial(SCHEME, application, at).standing.phase


def test_school_weeks_go_by_the_holidays_of_the_tenant_file_beside_the_scheme(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weeks = '[termijn.t]\ntitel = "T"\nsoort = "streef"\nstart = ["begin"]\nduur = "P4W"\neenheid = "schoolweek"\n'
    (tmp_path / "scheme.toml").write_text(SMALL + weeks, encoding="utf-8")
    application = written(tmp_path, {"antwoorden": {"vraag": "x"}})

    def last_day(more: str) -> str:
        (tmp_path / "tenant.toml").write_text('code = "x"\nnaam = "X"\n' + more, encoding="utf-8")
        (clock,) = tried(capsys, application, "2025-09-17", str(tmp_path))["termijnen"]
        return str(clock["uiterlijk"])

    assert last_day('vakantieregio = "noord"\n') == "2025-10-15"
    assert last_day('vakantieregio = "zuid"\n') == "2025-10-22"
    own = "[[eigen_vakantie]]\nnaam = 'x'\nvan = 2025-09-22\ntot_en_met = 2025-09-26\n"
    assert last_day('vakantieregio = "zuid"\n' + own) == "2025-10-29"
