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
    assert reviewer["ontdaan"]
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


DE_VERBINDING = str(ROOT / "tenants/de-verbinding")
GROUP = ROOT / "examples/proberen/de-verbinding.json"
OFFERING = """
[product.steun]
titel = "Steun"
bron = "art. 1"
[lijst.ver]
titel = "Verre scholen"
waarden = ["De Top"]
[tarief.maand]
titel = "Maandbedrag"
rijen = [{ als = "aanvraag.vraag in lijst.ver", bedrag = 30_000, titel = "ver", bron = "art. 2" }, { bedrag = 20_000 }]
[tarief.dag]
titel = "Dagbedrag"
rijen = [{ tot = 2020-01-01, bedrag = 5 }]
[formulier.dubbel]
soort = "berekend"
titel = "Dubbel"
uitkomst_soort = "bedrag"
berekening = "aanvraag.aantal * 200"
[formulier.inkomen]
soort = "bedrag"
titel = "Inkomen"
verplicht = ["indienen"]
weigert_te_geven = true
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
[formulier.kosten.kolommen.wat]
soort = "tekst"
titel = "Wat"
[formulier.kosten.kolommen.bedrag]
soort = "bedrag"
titel = "Bedrag"
btw = "exclusief"
[bekostiging.steun]
titel = "Steun per maand"
per = "per leerling"
tabel = "kosten"
btw = "21"
vast = "tarief.maand * aanvraag.aantal"
grenzen = [{ als = "regel.bedrag > 10000", maximum = "euro(100)", melding = "Een regel is hooguit € 100,-.", bron = "art. 3" }]
eigen_bijdrage = "euro(10)"
aandeel = "60"
medefinancier = "de gemeente"
maximum = "euro(500)"
melding = "Het totaal is hooguit € 500,-."
bron = "art. 4"
[voorwaarde.eens]
bij = ["besluiten"]
als = "!eerder.exists(e, e.product == 'steun' && e.toegekend > 0)"
melding = "Dit kan een keer."
"""
STEUN: dict[str, Any] = {
    "antwoorden": {
        "product": "steun", "vraag": "De Top", "aantal": 3, "weigert": ["inkomen"],
        "kosten": [{"wat": "Coach", "bedrag": 12_000}, {"wat": "Boek", "bedrag": 1_000}],
    },
    "eerder": [{"regeling": "klein", "product": "steun", "gesloten": "klaar", "ingediend_op": "2023-09-01", "toegekend": 9_900}],
}  # fmt: skip


def offering(folder: Path) -> str:
    (folder / "klein.toml").write_text(SMALL + OFFERING, encoding="utf-8")
    return str(folder / "klein.toml")


def test_the_funding_of_e8_is_shown_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    found = tried(capsys, GROUP, "2022-02-02", DE_VERBINDING)
    assert found["product"]["titel"] == "Groepsaanpak"
    individual, group = found["bekostiging"]
    assert (individual["geldt"], individual["toekenbaar"]) == (False, 0)
    assert (group["gevraagd"], group["toekenbaar"], group["geweigerd"]) == (4_100_000, 3_900_000, 200_000)
    assert [(line["omschrijving"], line["toekenbaar"], line["geweigerd"]) for line in group["regels"]] == [
        ("Trainers", 3_900_000, False),
        ("Lessen ontwikkelen", 0, True),
    ]
    (reason,) = group["regels"][1]["redenen"]
    assert (reason["bedrag"], reason["bron"]) == (200_000, "DV-29")
    assert cli.main(["scheme", "try", DE_VERBINDING, str(GROUP), "--at", "2022-02-02"]) == 0
    told = capsys.readouterr().out
    assert "regel 2 Lessen ontwikkelen: gevraagd € 2.000,00, toekenbaar € 0,00 GEWEIGERD" in told
    assert "Individueel maatwerkbudget [individueel] (DV-10): geldt hier niet" in told


def test_product_tariff_funding_and_earlier_cases_are_told_in_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = tried(capsys, written(tmp_path, STEUN), "2024-09-02", offering(tmp_path))
    assert found["handelingen"][0]["gelukt"], found["handelingen"][0]["redenen"]
    assert found["product"] == {"id": "steun", "titel": "Steun", "intake": "formulier", "bron": "art. 1"}
    assert found["berekend"] == [{"veld": "dubbel", "titel": "Dubbel", "soort": "bedrag", "waarde": 600}]
    assert found["nietGegeven"] == [{"veld": "inkomen", "titel": "Inkomen"}]
    month, day = found["tarieven"]
    assert (month["bedrag"], month["rij"], month["bron"], month["peildag"]) == (30_000, "ver", "art. 2", "2024-09-02")
    assert (day["bedrag"], day["rij"], day["peildag"]) == (None, None, None)
    (funding,) = found["bekostiging"]
    assert funding["btw"] == ["kosten.bedrag: exclusief"]
    assert [(line["gevraagd"], line["btw"], line["toekenbaar"]) for line in funding["regels"]] == [
        (14_520, 2_520, 10_000),
        (1_210, 210, 1_210),
    ]
    sums = {
        key: funding[key]
        for key in ("vast", "gevraagd", "inAanmerking", "eigenBijdrage", "aandeel", "medefinanciering")
    }
    assert sums == {"vast": 90_000, "gevraagd": 105_730, "inAanmerking": 101_210, "eigenBijdrage": 1_000, "aandeel": 60,
                    "medefinanciering": 40_084}  # fmt: skip
    assert (funding["toekenbaar"], funding["geweigerd"], funding["redenen"][0]["bedrag"]) == (50_000, 14_646, 10_126)
    assert [case["gesloten"] for case in found["eerder"]] == ["klaar"]
    assert [gate["houdt"] for gate in found["voorwaarden"] if gate["id"] == "eens"] == [False]
    documented = (ROOT / "tenants/README.md").read_text(encoding="utf-8")
    parts = [
        funding,
        *funding["regels"],
        *funding["redenen"],
        month,
        found["product"],
        *found["berekend"],
        *found["eerder"],
    ]
    for key in {key for part in parts for key in part}:
        assert f"`{key}`" in documented, key


def test_the_same_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, STEUN)
    assert cli.main(["scheme", "try", offering(tmp_path), str(path), "--at", "2024-09-02"]) == 0
    told = capsys.readouterr().out
    for line in (
        "Product: Steun",
        "  Dubbel [dubbel]: € 6,00",
        "  Inkomen [inkomen]: niet van toepassing, of niet gegeven (telt als beantwoord)",
        "  Maandbedrag [maand]: € 300,00 (ver), peildag maandag 2 september 2024 (art. 2)",
        "  Dagbedrag [dag]: geen rij geldt, of het is nog niet te bepalen",
        "  Steun per maand [steun] (art. 4), per leerling",
        "    kosten.bedrag: exclusief btw",
        "    regel 1 Coach: gevraagd € 145,20 (waarvan € 25,20 btw), toekenbaar € 100,00",
        "      - € 45,20 eraf: Een regel is hooguit € 100,-. (art. 3)",
        "    vast bedrag: € 900,00",
        "    eigen bijdrage: € 10,00",
        "    aandeel 60%; de gemeente betaalt € 400,84",
        "    toekenbaar: € 500,00",
        "      - € 101,26 eraf: Het totaal is hooguit € 500,-. (art. 4)",
        "  klein, steun: ingediend vrijdag 1 september 2023, gesloten: klaar, toegekend € 99,00",
    ):
        assert line in told.splitlines(), told
    for word in ("None", "True", "False", "{", "Traceback"):
        assert word not in told


def test_what_can_not_be_told_yet_says_which_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unclear = {"antwoorden": {**STEUN["antwoorden"], "kosten": [{"wat": "Coach"}]}}
    path = written(tmp_path, unclear)
    assert cli.main(["scheme", "try", offering(tmp_path), str(path), "--at", "2024-09-02"]) == 0
    told = capsys.readouterr().out
    assert "    regel 1 Coach: niet te bepalen (regel)" in told.splitlines()
    assert "    toekenbaar: niet te bepalen (kosten.0: regel)" in told.splitlines()
    assert tried(capsys, path, "2024-09-02", offering(tmp_path))["bekostiging"][0]["toekenbaar"] is None


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
        ({**GOOD, "eerder": {}}, "eerder: Hier hoort een lijst"),
        ({**GOOD, "eerder": [{"product": "a"}]}, "eerder.0: Hier ontbreekt 'regeling'."),
        ({**GOOD, "eerder": [{"regeling": "a"}]}, "eerder.0: Hier ontbreekt 'ingediend_op'."),
        ({**GOOD, "eerder": [{"regeling": "x", "loopt": 1}]}, "eerder.0.loopt: Hier hoort true of false"),
        ({**GOOD, "eerder": [{"regeling": "x", "naam": "y"}]}, "eerder.0.naam: Deze sleutel is onbekend."),
        ({**GOOD, "eerder": [{"regeling": "x", "ingediend_op": "toen"}]}, "eerder.0.ingediend_op: Dit is geen datum."),
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
keys = st.sampled_from(["antwoorden", "bijlagen", "handelingen", "feiten", "zetels", "ruimte", "geen_bsn", "eerder"])
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
