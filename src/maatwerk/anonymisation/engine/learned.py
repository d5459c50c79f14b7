"""Layer 4: persons, institutions and places nobody listed, by weights over the evidence of `features`. How the weights were made
stands in data/README.md; what is too doubtful to remove comes out with a low confidence."""

import gzip
import math
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import repeat

from maatwerk.anonymisation.engine.features import Evidence

_SCALE = 100
_NOTHING = repeat(0)


@cache
def _weights() -> dict[str, int]:
    data = resources.files("maatwerk.anonymisation.engine").joinpath("data", "weights.txt.gz").read_bytes()
    fields = gzip.decompress(data).decode("utf-8").replace("\n", "\t").split("\t")
    numbers = {weight: int(weight) for weight in set(fields[1::2])}
    return dict(zip(fields[::2], map(numbers.__getitem__, fields[1::2]), strict=True))


def name_words(evidence: Evidence, least: float) -> Iterator[tuple[int, float]]:
    """Numbers of words that are part of a name with at least this probability, and the probability."""
    weight = _weights().get
    last, before = -2, False
    for index in evidence.candidates():
        odds = sum(map(weight, evidence.of(index, before and last == index - 1), _NOTHING))
        last, before = index, odds > 0
        if odds > -30 * _SCALE:
            chance = 1 / (1 + math.exp(-min(odds, 30 * _SCALE) / _SCALE))
            if chance >= least:
                yield index, chance
