"""Trying a scheme: the standing of a filed application with all its rules, once the scheme is loaded."""

import time
from datetime import date
from typing import Any

from benchmarks.measuring import timing
from maatwerk.rules.acts import Act, Actor, Facts
from maatwerk.rules.judge import judge
from maatwerk.rules.standing import standing
from tests.regio36 import SCHEME, answers

GOAL_MS = 5.0


def measure(times: int) -> dict[str, Any]:
    """Milliseconds of judging the filing and deriving the standing with every rule explained."""
    day = date(2024, 9, 2)
    seconds = []
    for _ in range(times + 20):
        begin = time.perf_counter()
        filed = judge(SCHEME, (), Act("indienen", day, Actor("coordinator", "x"), answers()), Facts())
        standing(SCHEME, (filed,), day)
        seconds.append(time.perf_counter() - begin)
    found = timing(seconds[20:])
    return {"mediaan_ms": round(found.median, 3), "p99_ms": round(found.p99, 3), "doel_ms": GOAL_MS}
