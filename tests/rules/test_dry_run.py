"""What another version would change in a case: the first difference, in the words of the schemes, without an answer in it."""

import random
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.acts import Act
from maatwerk.rules.dry_run import Change, change_of
from maatwerk.rules.judge import judge
from maatwerk.rules.loading import load, read
from tests.regio36 import COORDINATOR, FACTS, SCHEME, answers, filed, under_review, vote
from tests.schemes import SMALL, done, small
from tests.tenants.test_all_schemes import good_answers, play

TENANTS = Path(__file__).parents[2] / "tenants"
FILES = sorted(path for path in TENANTS.glob("*/*.toml") if path.name not in ("tenant.toml", "demo.toml"))
TEXT = (TENANTS / "regio-36" / "scheme.toml").read_text(encoding="utf-8")


def changed(new: str, acts: list[Act]) -> Change:
    found = change_of(SCHEME, load(new), acts)
    assert found is not None
    return found


def decided() -> list[Act]:
    return vote(vote(under_review(), "de_meierij", "dm1", "voor", "2024-09-03"), "swv_3006", "s1", "voor", "2024-09-05")


def test_a_gate_that_became_stricter_refuses_and_says_so_in_its_own_words() -> None:
    stricter = TEXT.replace("< 23", "< 15")
    found = changed(stricter, filed())
    assert (found.act, found.title, found.becomes) == ("indienen", "Aanvraag indienen", "geweigerd")
    assert found.group.startswith("Aanvraag indienen: wordt geweigerd. De leerling moet ouder dan 11 jaar")
    assert found.reasons == (load(stricter).gates["leeftijd"].message,)


def test_a_question_that_became_required_is_named_by_its_title() -> None:
    found = changed(
        TEXT.replace(
            '[formulier.opleiding]\nsoort = "tekst"', '[formulier.opleiding]\nverplicht = ["indienen"]\nsoort = "tekst"'
        ),
        filed(),
    )
    assert found.reasons == ("Klas of opleiding: nog niet ingevuld.",)


def test_another_outcome_is_told_as_step_and_choice() -> None:
    found = changed(TEXT.replace("nodig = 2", "nodig = 3"), decided())
    assert found.group == "Advies uitbrengen: was “Beoordeling: akkoord; Besluit begint”, wordt “er volgt niets”"
    assert found.was == "Beoordeling: akkoord; Besluit begint; € 1.240,00 vastgelegd op Interventiebudget"
    assert found.becomes == "er volgt niets"


def test_cases_in_which_only_amounts_differ_are_one_group_and_each_has_its_own_amounts() -> None:
    halved = TEXT.replace(
        'bedrag = "bekostiging.interventie.toekenbaar"', 'bedrag = "bekostiging.interventie.toekenbaar / 2"'
    )
    assert halved != TEXT
    found = changed(halved, decided())
    assert found.group.endswith(": een ander bedrag")
    assert found.was == "€ 1.240,00 vastgelegd op Interventiebudget"
    assert found.becomes == "€ 620,00 vastgelegd op Interventiebudget"


def test_other_seats_are_told_by_their_titles() -> None:
    seats = 'zetels = ["de_meierij", "swv_3006", "jongerenaanpak"]'
    found = changed(TEXT.replace(seats, seats.replace(', "jongerenaanpak"', "")), under_review())
    assert found.act == "vrijgeven"
    assert "Projectleider van de regionale jongerenaanpak" in found.was
    assert found.becomes == "Beoordeling begint met Samenwerkingsverband VO De Meierij, Samenwerkingsverband VO 3006"


def test_a_step_that_has_another_name_is_another_step() -> None:
    renamed = (
        SMALL.replace("stap.intake", "stap.loket")
        .replace('["intake"]', '["loket"]')
        .replace('titel = "Intake"', 'titel = "Loket"')
    )
    found = change_of(small(), load(renamed), done(small(), ("indienen", "2024-09-02")))
    assert found is not None
    assert found.was == "in de stap Intake; Intake: ingediend"
    assert found.becomes == "in de stap Loket; Loket: ingediend"


def test_new_words_alone_change_nothing() -> None:
    words = TEXT.replace('titel = "Beoordeling"', 'titel = "Weging"').replace("De leerling moet", "Een leerling moet")
    assert words != TEXT
    assert change_of(SCHEME, load(words), decided()) is None


def test_a_number_that_was_declared_to_be_no_bsn_is_no_difference() -> None:
    number = "111222333"
    fields, marks = answers(behoefte=f"Bestelnummer {number}."), {number: "een bestelnummer"}
    acts = [judge(SCHEME, [], Act("indienen", date(2024, 9, 2), COORDINATOR, fields, not_bsn=marks), FACTS)]
    assert change_of(SCHEME, SCHEME, acts) is None


def without_one(rng: random.Random, tree: dict[str, Any]) -> dict[str, Any]:
    """The file with one entry of one table less, or one number or duration other."""
    tables = [
        table
        for table in ("voorwaarde", "stap", "handeling", "termijn", "boek", "formulier", "toestemming")
        if tree.get(table)
    ]
    table = tree[rng.choice(tables)]
    name = rng.choice([*table])
    if rng.random() < 0.4:
        del table[name]
        return tree
    entry = table[name]
    if rng.random() < 0.5 and isinstance(entry, dict) and len(entry) > 2:
        del entry[rng.choice([*entry])]
    else:
        other = rng.choice([*table])
        table[name], table[other] = table[other], table[name]
    return tree


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_whatever_another_version_left_out_there_is_an_answer(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    scheme, good = load(text), good_answers(path)
    rng = random.Random(f"{path.parent.name} {path.name}")
    courses = [play(rng, scheme, good) for _ in range(6)]
    tried = 0
    while tried < 12:
        new, _ = read(without_one(rng, tomllib.loads(text)))
        if new is None:
            continue
        tried += 1
        for acts in courses:
            found = change_of(scheme, new, acts)
            if found is not None:
                assert found.title
                assert found.group
                assert found.was != found.becomes
