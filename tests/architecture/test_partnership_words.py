"""Nothing of a partnership stands in the code: no name, no word of its scheme, no amount, no term. What is looked for comes from the
partnerships' own files, so that a new one is looked for too. Ids of requirements (R36-44) may be cited.
"""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from maatwerk import glossary
from maatwerk.rules import conditions, placeholders
from maatwerk.rules.behaviours.palette import PALETTE
from maatwerk.rules.care_providers import read_providers
from maatwerk.rules.loading import load
from maatwerk.rules.scheme import Scheme
from tests.rules.test_tenants_readme import parts_of

ROOT = Path(__file__).parents[2]
FOLDERS, SUFFIXES = ("src", "workers", "migrations"), (".py", ".sql", ".typ", ".html", ".js", ".css")
EXAMPLE, CITED_PATH = "voorbeeld", "examples/regio-36"  # a scheme to copy from; where the demonstration's files stand
SHORTEST = 4
TABLES = (
    "rol", "product", "boek", "zetel", "toestemming", "escalatie", "matrix", "vergadering", "naslag", "tarief", "bekostiging",
    "stap", "handeling", "formulier", "termijn", "voorwaarde", "feit", "lijst",
)  # fmt: skip
OURS: Mapping[str, str] = {
    # a word of a partnership's file -> why the code has it too
    "plan": "English",
    "taken": "English, and the tasks of a member",
    "signaal": "of an operating system, to a process",
    "volledigheid": "Awb 4:5, in a mend",
    "ouders": "who is known of a case, to take their names out of texts",
    "woongemeente": "the same",
    "afronden": "to end a task, a permission",
    "intrekken": "to withdraw a version of a scheme",
    "pakket_blokkades": "what holds that pack back",
    "pakket_klaar": "a fact that the service declares of its own pack",
    "periode_van": "the first day of {{periode}}, documented with the placeholders",
    "periode_tot": "its last day",
    "contactpersoon": "a way to be involved with a pupil",
    "ondersteuning": "the same",
    "bezwaar": "Awb 6:7",
    "beschikking": "Awb 1:3",
    "overleg": "whom to ask, in a mend",
    "besluiten": "what the service is for, in the description of its API",
    "onderwijs": "the same",
    "starten": "what a machine does with a program",
    "stoppen": "the same",
    "wijzigen": "what one does with a password",
    "gebeld": "what may stand behind a day in a sentence (the 14th called)",
}
NUMBERS: Mapping[int, str] = {
    150_000: "letters of a text that is searched for names",
    8_000: "milliseconds to end in",
    50_000_000: "points of a picture",
}
LENGTH = re.compile(r"P\d+[DWMY]")


@cache
def files() -> tuple[tuple[str, Mapping[str, Any]], ...]:
    """(what it is, what it says) of every file of a partnership."""
    found = [path for path in sorted((ROOT / "tenants").glob("*/*.toml")) if path.parent.name != EXAMPLE]
    return tuple((path.name, tomllib.loads(path.read_text(encoding="utf-8"))) for path in found)


def names() -> Iterator[str]:
    """Proper names, as they are written."""
    for name, said in files():
        if name == "tenant.toml":
            yield from (said["naam"], said.get("afzendernaam", ""), *said.get("ondersteuner", {}).values())
            for each in said.get("organisatie", ()):
                yield from (each["naam"], each.get("gemeente", ""))
            for provider in read_providers(said)[0]:
                yield from (provider.name, *provider.also)
        elif name == "demo.toml":
            yield from (account["naam"] for account in said.get("account", ()))
        else:
            yield from (said["titel"], said.get("regio", ""), *said.get("aliassen", ()))
            yield from (
                each["titel"] for table in ("rol", "product", "boek", "zetel") for each in said.get(table, {}).values()
            )


def words() -> Iterator[str]:
    """Ids of what a scheme has, in any case."""
    for name, said in files():
        if name not in ("tenant.toml", "demo.toml"):
            yield said["code"]
            yield from (each for table in TABLES for each in said.get(table, {}))
        elif name == "tenant.toml":
            yield said["code"]


@cache
def language() -> frozenset[str]:
    """The words that the scheme language, the API and the law's own data have: nobody's."""
    found = {word for _, word in parts_of(Scheme, set())} | {*PALETTE, *placeholders.LETTER, *conditions._ROOTS}
    found |= {helper[0] for helper in conditions._HELPERS} | {*glossary.ROLES.values()}
    spoken = " ".join(f"{term.dutch} {term.meaning}" for term in (*glossary.TERMS, *glossary.TIME, *glossary.MONEY))
    found |= {word.casefold() for word in re.findall(r"[A-Za-zë]+", re.sub("([a-z])([A-Z])", r"\1 \2", spoken))}
    return frozenset(word.casefold() for word in found)


def lines() -> Iterator[tuple[str, str]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and "__pycache__" not in path.parts:
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                    yield f"{path.relative_to(ROOT)}:{number}", line.replace(CITED_PATH, "")


def pattern(found: Iterator[str], *, flags: int = 0, ours: Iterable[str] = ()) -> re.Pattern[str]:
    kept = {" ".join(word.split()) for word in found if len(word.strip()) >= SHORTEST}
    kept = {word for word in kept if word.casefold() not in language() and word.casefold() not in ours}
    spelled = (re.escape(word) for word in sorted(kept, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(spelled)})(?![\w-])", flags)


def hits(looked_for: re.Pattern[str], stands: Iterator[tuple[str, str]]) -> list[str]:
    return [f"{place}: {found.group()}" for place, line in stands for found in looked_for.finditer(line)]


def amounts() -> set[int]:
    """Every amount in a scheme, in euros and in cents: ceilings, tariffs, and what an expression says."""
    found: set[int] = set()

    def look(value: Any) -> None:
        if isinstance(value, Mapping):
            for each in value.values():
                look(each)
        elif isinstance(value, list):
            for each in value:
                look(each)
        elif isinstance(value, str):
            found.update(int(n) for n in re.findall(r"euro\((\d+)\)", value))
        elif isinstance(value, int) and not isinstance(value, bool) and value >= 1000:
            found.add(value)

    for _, said in files():
        look(said)
    return {amount * factor for amount in found for factor in (1, 100)} | {a // 100 for a in found if a % 100 == 0}


def numbers() -> Iterator[tuple[str, int]]:
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and type(node.value) is int and node.value >= 1000:
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def is_round(number: int) -> bool:
    """A limit of the service itself: a power of ten, or of two."""
    return str(number).strip("0") == "1" or number & (number - 1) == 0


def test_no_name_of_a_partnership_stands_in_the_code() -> None:
    assert hits(pattern(names()), lines()) == []


def test_no_word_of_a_scheme_stands_in_the_code() -> None:
    found = hits(pattern(words(), flags=re.IGNORECASE, ours=OURS), lines())
    assert found == [], "take it to the partnership's file, or say in OURS why the code has the word too"


def test_no_amount_of_a_scheme_stands_in_the_code() -> None:
    theirs = {amount for amount in amounts() if not is_round(amount) and amount >= 1000} - {*NUMBERS}
    assert [f"{place}: {number}" for place, number in numbers() if number in theirs] == []


def test_no_term_of_a_scheme_stands_in_the_code() -> None:
    """Those of the law are data with their dates; an example in a message is no term."""
    found = []
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                whole = isinstance(node, ast.Constant) and isinstance(node.value, str) and LENGTH.fullmatch(node.value)
                if whole:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}")
    assert found == []


def test_what_is_looked_for_is_found_when_it_is_there() -> None:
    named, spoken = pattern(names()), pattern(words(), flags=re.IGNORECASE, ours=OURS)
    for line in (
        "naam = 'De Verbinding'",
        "Stichting SPRING",
        "Diederik Prins besluit",
        "Halderberge",
        "Plusvoorziening",
    ):
        assert hits(named, iter([("x", line)])), line
    for line in ("programmadirecteur", "maatwerkbudget", "REGIO-36", "overlegtafel"):
        assert hits(spoken, iter([("x", line)])), line
    assert not hits(named, iter([("x", "De verbinding met de database (R36-44)")]))
    assert {800_000, 4_000_000, 8000, 150_000, 15_000_000} <= amounts()


def test_every_exception_is_still_a_word_of_a_partnership_that_the_code_has() -> None:
    theirs = {word.casefold() for word in words()}
    text = "\n".join(line for _, line in lines()).casefold()
    assert [word for word in OURS if word not in theirs or word not in text] == []
    assert [word for word in OURS if word in language()] == []


def test_the_schemes_that_were_looked_at_are_those_that_load() -> None:
    for path in (ROOT / "tenants").glob("*/scheme.toml"):
        assert load(path.read_text(encoding="utf-8")).code
