"""Makes the weights of the learned layer again: `python -m benchmarks.training`. Logistic regression, no library.
Half of the development set's templates and the held-out cases stay unseen."""

import argparse
import gzip
import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.training.inventing import Inventor, Lesson
from maatwerk.anonymisation.engine.features import Evidence
from maatwerk.anonymisation.engine.reading import Reading
from tests.anonymisation.gold import DEVELOPMENT, FOLDER, GoldCase, json_cases, marked_cases, own_cases

HERE = Path(__file__).parent
HANDS = HERE / "hands"
TARGET = HERE.parents[1] / "src/maatwerk/anonymisation/engine/data/weights.txt.gz"
SCALE = 100
PULL = 2e-5
LEAST = 0.12
Sample = tuple[list[int], int]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.training")
    parser.add_argument("--rounds", type=int, default=12)
    args = parser.parse_args()
    names: Counter[str] = Counter()
    raw = [sample for lesson in lessons(DEVELOPMENT) for sample in samples(lesson)]
    for features, _ in raw:
        names.update(features)
    known = {name: number for number, name in enumerate(name for name, times in names.items() if times > 5)}
    learned = learn(
        [([known[f] for f in features if f in known], gone) for features, gone in raw], len(known), args.rounds
    )
    lines = sorted(
        f"{name}\t{round(learned[number] * SCALE)}" for name, number in known.items() if abs(learned[number]) > LEAST
    )
    TARGET.write_bytes(gzip.compress("\n".join(lines).encode(), 9, mtime=0))
    print(f"{len(raw)} woorden, {len(lines)} gewichten, {TARGET.stat().st_size} bytes")


def lessons(development: Path) -> Iterator[Lesson]:
    """The cases in many guises, and texts of loose sentences."""
    inventor = Inventor(20251128)
    sentences = [line for line in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines() if line[:2] != "# "]
    seen = [case for case in json_cases(development) if int(case.template[1:]) % 2 == 0]
    other = [
        case for name in ("other_hand_tune", "other_hand_hard_tune") for case in json_cases(FOLDER / f"{name}.jsonl")
    ]
    for cases, times in ((own_cases("tuned"), 40), (other, 30), (seen, 6), (many_hands(), 5)):
        for case in cases:
            yield inventor.of_case(case, same=True)
            for _ in range(times):
                yield inventor.of_case(case, same=False)
    for _ in range(6000):
        yield inventor.of_sentences(inventor.random.sample(sentences, inventor.random.randrange(1, 9)))


def many_hands() -> list[GoldCase]:
    """The texts of several writers who knew of the engine nothing but how to mark a text."""
    return [case for path in sorted(HANDS.glob("*.txt")) for case in marked_cases(path)]


def samples(lesson: Lesson) -> Iterator[tuple[list[str], int]]:
    """Features and answer of each candidate; where the text says nothing there is none."""
    evidence = Evidence(Reading(lesson.text), lesson.masked)
    candidates, before, last = set(evidence.candidates()), False, -2
    for index in sorted(candidates):
        word = evidence.words[index]
        gone = any(start < word.end and word.start < end for start, end in lesson.gone)
        if not any(start < word.end and word.start < end for start, end in lesson.unsaid):
            yield evidence.of(index, before and last == index - 1), int(gone)
        before, last = gone, index


def learn(data: list[Sample], size: int, rounds: int) -> list[float]:
    """Stochastic gradient descent with a falling step, averaged over the last half. What pulls a weight back to nothing is spread over
    the times that its feature occurs: a rare one must not hang on the one text that it stood in."""
    order, shuffler = list(data), random.Random(7)  # noqa: S311
    times = Counter(feature for features, _ in data for feature in features)
    pull = [PULL * len(data) / times[feature] for feature in range(size)]
    weights, total, steps = [0.0] * size, [0.0] * size, 0
    for turn in range(rounds):
        shuffler.shuffle(order)
        rate = 0.1 / (1 + turn)
        for features, gone in order:
            odds = sum(map(weights.__getitem__, features))
            error = gone - 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
            for feature in features:
                weights[feature] += rate * (error - min(pull[feature], 5.0) * weights[feature])
        if turn >= rounds // 2:
            steps += 1
            total = [sofar + weight for sofar, weight in zip(total, weights, strict=True)]
    return [weight / max(steps, 1) for weight in total]


if __name__ == "__main__":
    main()
