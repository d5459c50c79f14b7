"""The anonymiser on texts that it wasn't tuned on, beside deduce and Presidio in the same run. Those two live in an environment of
their own under var/, made here and never a dependency of the project; where they can't be installed, one sentence says so."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.leaks import Tally, count
from maatwerk.anonymisation.engine import Known, redact
from tests.anonymisation.gold import DEVELOPMENT, FOLDER, GoldCase, json_cases, own_cases

ENVIRONMENT = Path("var/bench-anonymisers")
OTHERS = Path(__file__).parent / "other_anonymisers.py"
PACKAGES = ("deduce", "presidio-analyzer")
GIVE_UP = 1800
_FIRST_ANSWER = """
import sys, time
from maatwerk.cli import main
sys.argv = ["maatwerk", "anonymise"]
try:
    main()
finally:
    held = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
    print(held, time.process_time(), file=sys.stderr)
"""


def measure() -> dict[str, Any]:
    """Per set of texts and per system the percentages of the goals; cases per second of processor time; start and memory."""
    sets = texts()
    found: dict[str, Any] = {f"{name} ({len(cases)})": _own(cases) for name, cases in sets.items()}
    found["start"] = _start()
    python = _environment()
    if python is None:
        found["anderen"] = (
            "deduce en Presidio zijn hier niet te installeren; zie docs/anonymisation.md voor eerdere cijfers."
        )
        return found
    for system in ("deduce", "presidio"):
        for name, cases in sets.items():
            found[f"{name}, {system}"] = _other(python, system, cases)
    return found


def texts() -> dict[str, list[GoldCase]]:
    """The development set's templates that training left alone, and the own cases: two other hands' held out, the project's held out,
    and those that are tuned on."""
    return {
        "dev, ongezien": [case for case in json_cases(DEVELOPMENT) if int(case.template[1:]) % 2],
        "andere hand, held-out": json_cases(FOLDER / "other_hand_held_out.jsonl"),
        "andere hand, held-out moeilijk": json_cases(FOLDER / "other_hand_hard_held_out.jsonl"),
        "derde hand, held-out": own_cases("exam_prose"),
        "derde hand, held-out moeilijk": own_cases("exam_hard"),
        "eigen, held-out": own_cases("held_out_prose"),
        "eigen, held-out moeilijk": own_cases("held_out_hard"),
        "eigen, op afgestemd": own_cases("tuned"),
        "andere hand, op afgestemd": json_cases(FOLDER / "other_hand_tune.jsonl"),
        "andere hand, op afgestemd moeilijk": json_cases(FOLDER / "other_hand_hard_tune.jsonl"),
    }


def _own(cases: list[GoldCase]) -> dict[str, float]:
    redact(cases[0].text, Known.from_mapping(cases[0].known))
    seconds, loop, done = 0.0, 0.0, []
    for case in cases:
        begun = time.process_time()
        done.append(redact(case.text, Known.from_mapping(case.known)))
        seconds += time.process_time() - begun
        loop += _bare_loop()
    tally = Tally()
    for case, redaction in zip(cases, done, strict=True):
        count(tally, case, [(span.start, span.end) for span in redaction.spans])
    return {
        **tally.figures(),
        "cases per second": round(len(cases) / seconds),
        "in bare loops per case": round(seconds / loop, 1),
    }


def _bare_loop() -> float:
    """Seconds of processor time for a hundred thousand additions: what else runs on the machine slows it as it slows a case."""
    begun, total = time.process_time(), 0
    for number in range(100_000):
        total += number
    return time.process_time() - begun


def _start() -> dict[str, float]:
    """Seconds from nothing to the first answer, and what the process held at most (of its own, so not ru_maxrss of a fork)."""
    line = json.dumps({"id": 1, "known": {}, "text": "Mentor Ineke Kaya belde op 3 mei 2025."}).encode()
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _FIRST_ANSWER], input=line, capture_output=True, check=True)
    held, used = done.stderr.split()
    return {
        "wall seconds": round(time.perf_counter() - begun, 2),
        "processor seconds": round(float(used), 2),
        "memory, MB": round(int(held) / 1024),
    }


def _environment() -> str | None:
    """The interpreter of the throw-away environment; None when the packages can't be had."""
    python = ENVIRONMENT / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    install = [str(python), "-m", "pip", "install", "--quiet", *PACKAGES]
    try:
        done = subprocess.run(install, capture_output=True, check=False, timeout=GIVE_UP)
    except subprocess.TimeoutExpired:
        return None
    return str(python.absolute()) if done.returncode == 0 else None


def _other(python: str, system: str, cases: list[GoldCase]) -> dict[str, Any]:
    """Another system's spans, scored as our own."""
    lines = "\n".join(json.dumps({"id": case.id, "known": case.known, "text": case.text}) for case in cases)
    try:
        done = subprocess.run(
            [python, str(OTHERS), system], input=lines.encode(), capture_output=True, check=False, timeout=GIVE_UP
        )
    except subprocess.TimeoutExpired:
        return {"fout": f"{system} was na {GIVE_UP} seconden niet klaar."}
    if done.returncode:
        return {"fout": f"{system} draait hier niet: {done.stderr.decode(errors='replace').strip().splitlines()[-1:]}"}
    *answers, last = [json.loads(line) for line in done.stdout.splitlines()]
    tally = Tally()
    for case, answer in zip(cases, answers, strict=True):
        count(tally, case, [(start, end) for start, end in answer])
    return {
        **tally.figures(),
        "cases per second": round(len(cases) / max(last["seconds"], 1e-9)),
        "start": last["start"],
    }
