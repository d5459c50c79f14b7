"""Examples as folders: aanvraag.json with its attachments, verloop.toml with who does what. Days in them move along to today:
by whole weeks, so that a Monday stays one and a pupil keeps his age."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from maatwerk.local.faults import LocalFault


@dataclass(frozen=True)
class Step:
    """One line of verloop.toml: `who` is an alias, `does` what it is, `more` what belongs to it."""

    who: str
    does: str
    says: str
    more: Mapping[str, Any]

    @property
    def refused(self) -> str:
        """The code of the refusal that is expected ("*" for any); "" when it should succeed."""
        return str(self.more.get("geweigerd", ""))

    @property
    def phase(self) -> str:
        return str(self.more.get("fase", ""))

    @property
    def mailed(self) -> Sequence[str]:
        """The aliases of who gets a mail of it."""
        return tuple(self.more.get("post", ()))


@dataclass(frozen=True)
class Example:
    """A case to play: `people` maps an alias to the address of an account, `files` a field to its attachments."""

    folder: Path
    title: str
    scheme: str
    tenant: str
    answers: Mapping[str, Any]
    files: Mapping[str, Sequence[Path]]
    people: Mapping[str, str]
    steps: Sequence[Step]


def read_examples(folder: Path, today: date) -> list[Example]:
    """Every example of a folder, in order of name, with its days moved to `today`. Raises LocalFault."""
    found = [path.parent for path in sorted(folder.glob("*/verloop.toml"))]
    if not found:
        raise LocalFault(f"In {folder} staan geen voorbeelden.", "Geef de map met voorbeelden op: maatwerk demo MAP.")
    return [_read(each, today) for each in found]


def _read(folder: Path, today: date) -> Example:
    try:
        case = json.loads((folder / "aanvraag.json").read_text(encoding="utf-8"))
        course = tomllib.loads((folder / "verloop.toml").read_text(encoding="utf-8"))
        weeks = timedelta(weeks=(today - date.fromisoformat(case["op"])).days // 7)
        return Example(
            folder=folder,
            title=case["titel"],
            scheme=case["regeling"],
            tenant=course["partnerschap"],
            answers=moved(case["antwoorden"], weeks),
            files={field: [folder / name for name in names] for field, names in case.get("bijlagen", {}).items()},
            people=course["wie"],
            steps=[_step(moved(step, weeks)) for step in course["stap"]],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LocalFault(f"Het voorbeeld {folder.name} is niet te lezen ({type(error).__name__}).",
                         "Kijk aanvraag.json en verloop.toml na.") from error  # fmt: skip


def _step(table: Mapping[str, Any]) -> Step:
    does = table.get("doet", "handeling")
    return Step(table["wie"], does, table["zegt"], table)


def moved(value: Any, by: timedelta) -> Any:
    """The value with every ISO date in it moved, at any depth."""
    match value:
        case dict():
            return {name: moved(part, by) for name, part in value.items()}
        case list():
            return [moved(part, by) for part in value]
        case str() if len(value) == 10 and value[4:5] == value[7:8] == "-":
            return (date.fromisoformat(value) + by).isoformat()
        case _:
            return value
