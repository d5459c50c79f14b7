"""Timings of one run: seconds in, median and p99 out. Two things are always timed alternately, so that both meet the same machine."""

import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Call = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Timing:
    """Milliseconds."""

    count: int
    median: float
    p99: float


def timing(seconds: list[float]) -> Timing:
    ordered = sorted(seconds)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return Timing(len(ordered), statistics.median(ordered) * 1000, p99 * 1000)


async def alternately(first: Call, second: Call, times: int, warm_up: int) -> tuple[Timing, Timing]:
    """The timings of two calls that take turns."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for turn in range(warm_up + times):
        for call, kept in zip((first, second), seconds, strict=True):
            begin = time.perf_counter()
            await call()
            if turn >= warm_up:
                kept.append(time.perf_counter() - begin)
    return timing(seconds[0]), timing(seconds[1])
