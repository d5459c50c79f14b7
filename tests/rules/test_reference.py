"""The reference and the JSON Schema of scheme files are what the code makes now, and agree with what the loader takes."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from maatwerk.commands.scheme_files import schemes_in
from maatwerk.rules.json_schema import json_schema
from maatwerk.rules.reference import reference
from tests.tenants.cases import INVENTED

TENANTS = Path(__file__).parents[2] / "tenants"
FILES = [*schemes_in(TENANTS), *INVENTED]
VALID = jsonschema_rs.validator_for(json_schema())


def content(file: Path) -> Any:
    return json.loads(json.dumps(tomllib.loads(file.read_text(encoding="utf-8")), default=str))


def test_the_files_in_the_tree_are_what_is_made_now() -> None:
    assert (TENANTS / "SLEUTELS.md").read_text(encoding="utf-8") == reference(), "draai make reference"
    kept = json.loads((TENANTS / "regeling.schema.json").read_text(encoding="utf-8"))
    assert kept == json_schema(), "draai make reference"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_every_scheme_fits_the_json_schema(file: Path) -> None:
    assert [error.message for error in VALID.iter_errors(content(file))] == []


def test_the_json_schema_refuses_what_the_loader_refuses_of_keys_and_kinds() -> None:
    whole = content(TENANTS / "voorbeeld" / "scheme.toml")
    step = next(iter(whole["stap"]))
    for change in (
        {"onbekend": 1},
        {"titel": 7},
        {"regime": "anders"},
        {"stap": {step: {**whole["stap"][step], "fasse": "x"}}},
        {"stap": {step: {name: value for name, value in whole["stap"][step].items() if name != "fase"}}},
        {"inzage": {"wie": "school"}},
    ):
        assert not VALID.is_valid({**whole, **change}), change


def test_every_table_of_the_file_has_its_place_in_the_reference() -> None:
    for place in ("[handeling.<naam>.velden.<naam>]", "[boek.<naam>]", "[[inzage]]", "[stap.<naam>.bij.<naam>]"):
        assert f"## {place}\n" in reference(), place
