"""Schemes by themselves, without a server: loading one, and trying an application with all its rules explained. Each figure is of the
scheme that takes longest.
"""

import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measuring import Timing, timing
from maatwerk.rules import conditions
from maatwerk.rules.loading import load
from maatwerk.rules.trial import run_trial
from maatwerk.rules.trial_data import as_data
from maatwerk.rules.trial_input import application_of
from tests.tenants.cases import FILES, INVENTED, TENANTS

TRY_GOAL_MS, LOAD_GOAL_MS = 5.0, 50.0
COMPILED = vars(conditions)["_program"]  # what was compiled before, by its text
EXAMPLES = TENANTS.parent / "examples/proberen"


def measure(times: int) -> dict[str, Any]:
    """Milliseconds per application (and for the whole course of its example, decision and all), and per scheme."""
    loading = {name(path): _loading(path.read_text(encoding="utf-8"), max(times // 10, 5)) for path in FILES}
    tried = [path for path in FILES if example(path).exists()]
    trying = {name(path): _trying(path, times) for path in tried}
    course = {name(path): _trying(path, max(times // 4, 2), whole=True) for path in tried}
    slowest, longest, last = (max(found, key=lambda each: found[each].median) for found in (loading, trying, course))
    return {
        "proef": longest,
        "proef_mediaan_ms": round(trying[longest].median, 3),
        "proef_p99_ms": round(trying[longest].p99, 3),
        "proef_doel_ms": TRY_GOAL_MS,
        "verloop": last,
        "verloop_mediaan_ms": round(course[last].median, 3),
        "laden": slowest,
        "laden_mediaan_ms": round(loading[slowest].median, 1),
        "laden_p99_ms": round(loading[slowest].p99, 1),
        "laden_doel_ms": LOAD_GOAL_MS,
        "laden_in_proeven": round(loading[slowest].median / trying[longest].median, 1),
    }


def name(path: Path) -> str:
    return path.stem if path in INVENTED else f"{path.parent.name}/{path.stem}"


def example(path: Path) -> Path:
    """The application that a scheme is tried with: one of the partnership's own, or of the invented region."""
    if path in INVENTED:
        return path.with_suffix(".json")
    return EXAMPLES / f"{path.parent.name}.json" if path.stem == "scheme" else path.with_suffix(".json")


def _loading(text: str, times: int) -> Timing:
    """As for a file that was never seen before: nothing of it was compiled yet."""

    def once() -> None:
        COMPILED.cache_clear()
        load(text)

    return timing(_timed(once, times))


def _trying(path: Path, times: int, *, whole: bool = False) -> Timing:
    scheme = load(path.read_text(encoding="utf-8"))
    given = json.loads(example(path).read_text(encoding="utf-8"))
    deeds = given.pop("handelingen", [])
    days = sorted(deed["op"] for deed in deeds) or [given.get("op", "2025-09-01")]
    application = application_of(scheme, {**given, "handelingen": deeds} if whole else given)
    at = date.fromisoformat(days[-1] if whole else days[0])
    return timing(_timed(lambda: as_data(scheme, run_trial(scheme, application, at)), times))


def _timed(call: Callable[[], object], times: int) -> list[float]:
    """Of the processor, so that it says the same whatever else the machine is doing."""
    seconds = []
    for turn in range(times + 3):
        begin = time.process_time()
        call()
        if turn >= 3:
            seconds.append(time.process_time() - begin)
    return seconds
