"""The benchmarks run, and say each figure that they promise. How fast anything is they say themselves, on a quiet machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
# The anonymiser's part installs other systems beside ours; the figures of ours are a test of their own.
PARTS = ["regelingen", "proefdraaien", "indienen", "werklijst"]
SMALL = ["--zaken", "2000", "--keer", "2", "--proefdraaien", "20", "--alleen", *PARTS]


def test_the_benchmarks_run_and_write_their_figures(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", *SMALL],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    parts = json.loads((tmp_path / "var" / "bench.json").read_text(encoding="utf-8"))
    assert list(parts) == PARTS
    assert all(str(figure) in ran.stdout for part in parts.values() for figure in part.values())
