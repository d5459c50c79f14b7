"""What goes to reviewers is called "ontdaan van directe identificatie" wherever people read of it: it is not anonymous, and who is told
that it is handles it so (docs/anonymisation.md)."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from maatwerk import asgi, glossary
from maatwerk.settings import Settings

ROOT = Path(__file__).parents[2]
CLAIM = re.compile(r"anoniem|geanonimiseerd|anonimi[st]", re.IGNORECASE)
KEY = re.compile(r"""bewerking = ["']anoniem["']|`?anoniem`?: |`?\[?anonimisering\b""")
SCHEMES = sorted(
    [*ROOT.glob("tenants/*/*.toml"), *ROOT.glob("tests/tenants/*.toml"), *ROOT.glob("examples/*/*/*.toml")]
)


def texts(value: Any, key: str = "") -> Iterator[str]:
    """Every text of a file but the values of the key that has this name."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each, key)
    elif isinstance(value, str) and key != "bewerking":
        yield value


def sentences(source: str) -> Iterator[str]:
    """The texts in a module that are more than one word: what somebody may read."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value:
            yield node.value


def claims(text: str) -> bool:
    return CLAIM.search(KEY.sub("", text)) is not None


def test_a_claim_is_seen_and_the_name_of_the_key_is_none() -> None:
    assert claims("U krijgt het geanonimiseerd.")
    assert claims("De tekst is Anoniem.")
    assert not claims('schrijf bewerking = "anoniem".')


@pytest.mark.requirement("R36-35")
def test_no_page_or_sentence_of_the_service_calls_it_so() -> None:
    pages = {path.name: path.read_text("utf-8") for path in ROOT.glob("src/maatwerk/**/*.html")}
    assert pages
    assert [name for name, page in pages.items() if claims(page)] == []
    found = [
        (path.name, sentence)
        for path in ROOT.glob("src/maatwerk/**/*.py")
        for sentence in sentences(path.read_text("utf-8"))
        if claims(sentence)
    ]
    assert found == []


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: "/".join(path.parts[-2:]))
def test_no_text_of_a_partnership_calls_it_so(path: Path) -> None:
    assert [text for text in texts(tomllib.loads(path.read_text("utf-8"))) if claims(text)] == []


@pytest.mark.requirement("R36-35")
def test_neither_the_api_nor_the_glossary_calls_it_so() -> None:
    document = asgi.build(Settings.from_environment({}), start=False).state.openapi
    assert not claims(json.dumps(document, ensure_ascii=False))
    assert not claims(glossary.table())
