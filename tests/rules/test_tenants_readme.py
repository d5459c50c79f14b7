"""tenants/README.md explains every key, every value and every helper that a scheme file can have."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest

from maatwerk.rules import conditions, placeholders
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.decoding import key_of
from maatwerk.rules.loading import parse
from maatwerk.rules.scheme import Scheme
from tests.schemes import SMALL

README = (Path(__file__).parents[2] / "tenants/README.md").read_text(encoding="utf-8")
TABLES = {"formulier", "handeling", "stap", "termijn", "boek", "toestemming", "zetel", "feit", "voorwaarde", "tekst", "rol",
          "naslag", "inzage", "product", "lijst", "tarief", "bekostiging"}  # fmt: skip


def parts_of(kind: Any, seen: set[Any]) -> set[tuple[str, str]]:
    """(what, word) of every key and every fixed value below a type."""
    if get_origin(kind) is Literal:
        return {("waarde", str(value)) for value in get_args(kind)}
    found: set[tuple[str, str]] = set()
    for inner in get_args(kind):
        found |= parts_of(inner, seen)
    if isinstance(kind, type) and is_dataclass(kind) and kind not in seen:
        seen.add(kind)
        hints = get_type_hints(kind)
        for item in fields(kind):
            found |= {("sleutel", key_of(item))} | parts_of(hints[item.name], seen)
    return found


@pytest.mark.parametrize(("what", "word"), sorted(parts_of(Scheme, set())))
def test_every_key_and_every_value_is_explained(what: str, word: str) -> None:
    named = f"[{word}." in README or f"[[{word}]]" in README
    assert f"`{word}`" in README or (what == "sleutel" and word in TABLES and named)


def test_every_behaviour_helper_root_and_placeholder_is_explained() -> None:
    for behaviour in PALETTE:
        assert f"`{behaviour}`" in README
    for declared in conditions._HELPERS:
        assert f"`{declared[0]}(" in README
    for root in (*conditions._ROOTS, "deze"):
        assert f"`{root}" in README
    for placeholder in placeholders.LETTER:
        assert "{{" + placeholder + "}}" in README


def test_every_example_of_a_table_loads() -> None:
    asked = """
[formulier.periode_van]
soort = "datum"
titel = "Van"
[formulier.zwaarte]
soort = "keuze"
titel = "Zwaarte"
keuzes = { hoog = "hoog", laag = "laag" }
"""
    examples = re.findall(r"```toml\n(\[\w+\..*?)```", README, re.DOTALL)
    assert examples
    for example in examples:
        _, faults = parse(SMALL + asked + example)
        assert faults == ()
