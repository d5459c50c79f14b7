"""The benchmarks run, and say each figure that they promise. How fast anything is they say themselves, on a quiet machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("part", ["proef", "indienen", "werklijst"])
def test_a_part_of_the_benchmarks_runs_and_writes_its_figures(part: str, tmp_path: Path) -> None:
    small = ["--zaken", "2000", "--keer", "3", "--alleen", part]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", *small],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    (figures,) = json.loads((tmp_path / "var" / "bench.json").read_text(encoding="utf-8")).values()
    assert figures
    assert all(str(figure) in ran.stdout for figure in figures.values())
