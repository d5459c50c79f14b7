"""The table of requirements and the tests that prove them: `make requirements` writes docs/requirements.md.

Reads the marks from the tests' source, so it also sees tests that were skipped on this machine.
"""

import ast
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROWS = ROOT / "docs/requirements.tsv"
TABLE = ROOT / "docs/requirements.md"


@dataclass(frozen=True)
class Row:
    id: str
    kind: str
    statement: str


def rows() -> list[Row]:
    """Every requirement, in the order of the list."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Row(item["id"], item["kind"], item["statement"]) for item in reader]


def proofs() -> dict[str, list[str]]:
    """Requirement id -> the tests that carry it, as `path::name`."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name, ids in _marked(ast.parse(path.read_text(encoding="utf-8"))):
            for identifier in ids:
                found.setdefault(identifier, []).append(f"{path.relative_to(ROOT)}::{name}")
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            ids = [identifier for decorator in node.decorator_list for identifier in _ids(decorator)]
            if ids:
                yield node.name, ids


def _ids(decorator: ast.expr) -> list[str]:
    if not isinstance(decorator, ast.Call) or not ast.unparse(decorator.func).endswith("mark.requirement"):
        return []
    return [str(ast.literal_eval(argument)) for argument in decorator.args]


def table() -> str:
    """docs/requirements.md: every row with its tests, then the rows that have none."""
    proven = proofs()
    lines = ["# Eisen en bewijs", "", "Gemaakt door `make requirements` uit de merktekens in de tests.", ""]
    lines += [f"{sum(row.id in proven for row in rows())} van de {len(rows())} eisen hebben een test.", ""]
    lines += ["| eis | soort | wat | tests |", "|---|---|---|---|"]
    for row in rows():
        if row.id in proven:
            names = "<br>".join(f"`{name}`" for name in proven[row.id])
            lines.append(f"| {row.id} | {row.kind} | {_cell(row.statement)} | {names} |")
    lines += ["", "## Nog zonder test", ""]
    lines += [f"- {row.id} ({row.kind}): {row.statement}" for row in rows() if row.id not in proven]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    known = {row.id for row in rows()}
    for unknown in sorted(set(proofs()) - known):
        print(f"Een test draagt {unknown}, maar die eis bestaat niet.")
    print(f"{TABLE.relative_to(ROOT)} is geschreven: {len(known & set(proofs()))} van de {len(known)} eisen bewezen.")
