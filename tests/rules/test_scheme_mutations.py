"""A thousand broken scheme files: the loader only ever answers with a scheme or with faults in Dutch."""

import pickle
import random
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maatwerk.rules.decoding import Fault
from maatwerk.rules.graph import mermaid
from maatwerk.rules.loading import is_fatal, parse, placed, read
from maatwerk.rules.positions import lines_of
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing
from tests.tenants.cases import FILES

STRANGE: list[Any] = [
    "", "x", "begin", "stap.x.y", "P999999Y", "9" * 300, "\x00", "a\nb", "{{leerling}}", "true ||", "'", "aanvraag", "*", "💥" * 50,
    0, -1, 10**18, 10**400, True, 1.5, float("nan"), [], [[]], {}, [{}], {"a": {"b": {}}}, ["x"] * 50,
    ["begin", "begin"], {"soort": "tekst"}, "deze.x", "1/0", "leeftijd_op('', '')", "aanvraag.x.y.z", "[" * 200,
]  # fmt: skip
ENGLISH = ("undefined", "undeclared", "invalid", "error", "expected", "found no", "traceback", "object has")


def judged(scheme: Scheme | None, faults: tuple[Fault, ...], text: str) -> None:
    assert (scheme is None) == any(is_fatal(fault) for fault in faults)
    if scheme:
        standing(scheme, (), date(2024, 9, 2))
        mermaid(scheme)
    lines = text.count("\n") + 1
    for fault in faults:
        assert isinstance(fault, Fault)
        assert fault.message
        assert fault.mend
        assert 1 <= fault.line <= lines, fault
        assert not any(word in fault.message.lower() for word in ENGLISH), fault


def in_bytes(rng: random.Random, text: str) -> str:
    """Some letters replaced, dropped, doubled or moved."""
    letters = list(text)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(letters))
        match rng.randrange(5):
            case 0:
                letters[at] = chr(
                    rng.choice(
                        [0, 9, 10, 13, 34, 39, 46, 61, 91, 93, 123, 125, 127, 233, 0x202E, rng.randrange(0xD7FF)]
                    )
                )
            case 1:
                del letters[at : at + rng.randint(1, 30)]
            case 2:
                letters[at:at] = letters[max(0, at - rng.randint(1, 200)) : at]
            case 3:
                letters[at:at] = list(
                    rng.choice(["[[", "]]", '"""', "\n[stap.x]\n", "=", "#", "{", "}", "é", "\\", "'"])
                )
            case _:
                end = rng.randrange(len(letters))
                letters[at], letters[end] = letters[end], letters[at]
    return "".join(letters)


def in_lines(rng: random.Random, text: str) -> str:
    """Some lines dropped, doubled, moved or cut off."""
    lines = text.splitlines()
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines))
        match rng.randrange(4):
            case 0:
                del lines[at : at + rng.randint(1, 20)]
            case 1:
                lines.insert(rng.randrange(len(lines) + 1), lines[at])
            case 2:
                lines[at] = lines[rng.randrange(len(lines))]
            case _:
                lines[at] = lines[at][: rng.randrange(len(lines[at]) + 1)]
        lines = lines or [""]
    return "\n".join(lines)


def broken_tree(rng: random.Random, tree: dict[str, Any]) -> dict[str, Any]:
    """The file as read, with values and tables replaced, dropped, renamed or swapped."""
    for _ in range(rng.randint(1, 4)):
        holder, key = rng.choice(_places(tree))
        match rng.randrange(4):
            case 0:
                del holder[key]
            case 1:
                holder[key] = rng.choice(STRANGE)
            case 2:
                other, name = rng.choice(_places(tree))
                holder[key], other[name] = other[name], holder[key]
            case _:
                if isinstance(holder, dict):
                    holder[rng.choice(["x", "X y", "", "titel", "true", "a.b", "_", "é" * 70])] = holder.pop(key)
    return tree


def _places(tree: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    items = list(tree.items()) if isinstance(tree, dict) else list(enumerate(tree)) if isinstance(tree, list) else []
    found = [(tree, key) for key, _ in items]
    if depth < 12:
        for _, value in items:
            found += _places(value, depth + 1)
    return found


def trials(path: Path, way: str) -> tuple[random.Random, str]:
    return random.Random(f"{path.parent.name} {path.name} {way}"), path.read_text(encoding="utf-8")


by_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")


@by_file
@pytest.mark.parametrize(("mutate", "rounds"), [(in_bytes, 140), (in_lines, 110)])
def test_a_broken_text_gives_faults_and_never_a_crash(
    path: Path, mutate: Callable[[random.Random, str], str], rounds: int
) -> None:
    rng, text = trials(path, mutate.__name__)
    for _ in range(rounds):
        judged(*parse(broken := mutate(rng, text)), broken)


@by_file
def test_a_broken_structure_gives_faults_and_never_a_crash(path: Path) -> None:
    rng, text = trials(path, "structure")
    lines, whole = lines_of(text), pickle.dumps(tomllib.loads(text))
    for _ in range(40):
        scheme, faults = read(broken_tree(rng, pickle.loads(whole)))
        judged(scheme, placed(faults, lines), text)
