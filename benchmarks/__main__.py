"""`make bench`: writes var/bench.json and prints a table of ratios within this run."""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import anonymising, dry_running, submitting, trying, work_list


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Meet verhoudingen binnen een run.")
    parser.add_argument("--zaken", type=int, default=1_000_000, help="hoeveel zaken de grote werklijst heeft")
    parser.add_argument("--keer", type=int, default=200, help="hoe vaak elk paar wordt gemeten")
    parser.add_argument(
        "--proefdraaien", type=int, default=10_000, help="over hoeveel zaken een concept wordt gedraaid"
    )
    parser.add_argument(
        "--alleen", choices=["indienen", "werklijst", "proef", "proefdraaien", "anonimiseren"], help="meet alleen dit"
    )
    args = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="maatwerk-bench-") as folder:
        for name in ("indienen", "werklijst", "proefdraaien"):
            (Path(folder) / name).mkdir()
        if args.alleen in (None, "proef"):
            found["regelingen"] = trying.measure(args.keer)
        if args.alleen in (None, "proefdraaien"):
            found["proefdraaien"] = asyncio.run(dry_running.measure(Path(folder) / "proefdraaien", args.proefdraaien))
        if args.alleen in (None, "anonimiseren"):
            found["anonimiseren"] = anonymising.measure()
        if args.alleen in (None, "indienen"):
            found["indienen"] = asyncio.run(submitting.measure(Path(folder) / "indienen", args.keer))
        if args.alleen in (None, "werklijst"):
            found["werklijst"] = asyncio.run(work_list.measure(Path(folder) / "werklijst", args.zaken, args.keer))
    out = Path("var/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    for name, figures in found.items():
        print(name)
        for key, value in figures.items():
            print(f"  {key:32} {value}")
    print(f"Geschreven: {out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
