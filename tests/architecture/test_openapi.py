"""The description of the API: it keeps the national design rules, bounds what comes in, and says who may call what."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maatwerk import asgi, glossary
from maatwerk.settings import Settings

HERE = Path(__file__).parent
LINTER = HERE / "spectral"
ROOT = HERE.parents[1]

PUBLIC = {
    "POST /sessies", "POST /uitnodigingen/_aanvaard", "POST /account/wachtwoord/_vergeten", "POST /account/wachtwoord/_kies",
    "POST /account/app/_kwijt",
}  # fmt: skip


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    built: dict[str, Any] = asgi.build(Settings.from_environment({}), start=False).state.openapi
    return built


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def _install_linter() -> None:
    """Or skips, where there is no npm or no registry; what CI calls installs the linter itself, and stops when it can't."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not on this machine, so the linter of the design rules can't be installed")
    installing = subprocess.run(
        [npm, "ci", "--silent", "--fetch-retries=0", "--prefix", str(LINTER)], capture_output=True, check=False
    )
    if installing.returncode:
        pytest.skip("npm could not install the linter of the design rules: " + installing.stderr.decode()[-200:])


def test_spectral_finds_nothing_against_the_design_rules(document: dict[str, Any], tmp_path: Path) -> None:
    spectral = LINTER / "node_modules" / ".bin" / "spectral"
    if not spectral.exists():
        _install_linter()
    described = tmp_path / "openapi.json"
    described.write_text(json.dumps(document), encoding="utf-8")
    linted = subprocess.run(
        [str(spectral), "lint", "--fail-severity=warn", "-r", str(HERE / "adr-ruleset.yml"), str(described)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert described.exists()
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_only_these_operations_need_no_login(document: dict[str, Any]) -> None:
    assert {name for name, operation in operations(document) if not operation["security"]} == PUBLIC


def test_every_operation_is_described_in_dutch_and_has_a_name_of_its_own(document: dict[str, Any]) -> None:
    found = list(operations(document))
    assert all(operation["summary"] and operation["tags"] for _, operation in found)
    assert len({operation["operationId"] for _, operation in found}) == len(found)


def test_every_operation_can_say_no_in_the_one_way(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        refusals = {status for status in operation["responses"] if status >= "400"}
        assert {"400", "406", "500"} <= refusals, name
        for status in refusals:
            assert operation["responses"][status] == {"$ref": f"#/components/responses/Probleem{status}"}, name


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema


def unbounded(document: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[str]:
    """Every place in a request where anything of any size would be let in."""
    schema = resolved(document, schema)
    for alternative in schema.get("anyOf", schema.get("oneOf", [])):
        yield from unbounded(document, alternative, place)
    kind = schema.get("type")
    if kind == "string" and not {"maxLength", "format", "enum", "const"} & schema.keys():
        yield place
    if kind in ("integer", "number") and not ({"minimum", "maximum"} <= schema.keys() or "enum" in schema):
        yield place
    if kind == "array":
        yield from [] if "maxItems" in schema else [f"{place}[]"]
        yield from unbounded(document, schema.get("items", {}), f"{place}[]")
    if kind == "object":
        for name, member in schema.get("properties", {}).items():
            yield from unbounded(document, member, f"{place}.{name}")
        if "properties" in schema and schema.get("additionalProperties") is not False:
            yield f"{place} (unknown members)"


def test_everything_that_comes_in_is_bounded(document: dict[str, Any]) -> None:
    found = []
    for name, operation in operations(document):
        for kind, content in operation.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                found += list(unbounded(document, content["schema"], name))
        for parameter in operation.get("parameters", []):
            if parameter["in"] != "header":
                found += list(unbounded(document, parameter["schema"], f"{name}?{parameter['name']}"))
    assert found == []


def patterns(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("pattern"), str):
            yield schema["pattern"]
        schema = list(schema.values())
    for part in schema if isinstance(schema, list) else ():
        yield from patterns(part)


def test_a_pattern_means_the_same_in_json_schema_and_in_python(document: dict[str, Any]) -> None:
    found = set(patterns(document))
    assert sorted(one for one in found if re.search(r"\\[wdsbWDSB]", one)) == []
    assert sorted(one for one in found if not (one.startswith("^") and one.endswith(r"$(?!\n)"))) == []


def test_names_on_the_surface_are_those_of_the_glossary(document: dict[str, Any]) -> None:
    words = {term.dutch for term in glossary.TERMS}
    standard = {"status", "title", "detail", "type", "instance", "code", "invalidParams", "redenen", "melding", "veld"}
    standard |= {"herstel", "resultaten", "volgende"}
    for name, schema in document["components"]["schemas"].items():
        assert name.removeprefix("Pagina") in words
        assert set(schema.get("properties", {})) <= words | standard, name
    segments = {part for path in document["paths"] for part in path.split("/") if part.startswith("{")}
    assert {part.strip("{}") for part in segments} <= words


def test_the_glossary_in_print_is_the_table_in_the_code() -> None:
    assert (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8") == glossary.table()


def test_a_dutch_word_has_one_identifier_and_the_other_way_round() -> None:
    for column in (0, 1):
        words = [term[column] for term in glossary.TERMS]
        assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_ruleset_is_the_one_of_the_standard_with_its_source(document: dict[str, Any]) -> None:
    text = (HERE / "adr-ruleset.yml").read_text(encoding="utf-8")
    assert text.startswith("# Bron: Logius")
    assert len(re.findall(r"^  nlgov:", text, re.MULTILINE)) > 15
