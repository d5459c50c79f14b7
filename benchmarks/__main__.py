"""`make bench`: writes var/bench.json and prints a table of ratios within this run."""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import anonymising, dry_running, submitting, trying, work_list

PARTS = ("regelingen", "indienen", "werklijst", "proefdraaien", "anonimiseren")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Meet verhoudingen binnen een run.")
    parser.add_argument("--zaken", type=int, default=1_000_000, help="hoeveel zaken de grote werklijst heeft")
    parser.add_argument("--keer", type=int, default=200, help="hoe vaak elk paar wordt gemeten")
    parser.add_argument(
        "--proefdraaien", type=int, default=10_000, help="over hoeveel zaken een concept wordt gedraaid"
    )
    parser.add_argument("--alleen", nargs="+", choices=PARTS, default=PARTS, help="meet alleen deze")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="maatwerk-bench-") as folder:
        found = {part: _measure(part, Path(folder) / part, args) for part in args.alleen}
    out = Path("var/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(found, indent=2), encoding="utf-8")
    for name, figures in found.items():
        print(name)
        for key, value in figures.items():
            print(f"  {key:32} {value}")
    print(f"Geschreven: {out}")
    return 0


def _measure(part: str, folder: Path, args: argparse.Namespace) -> dict[str, Any]:
    """The figures of a part, which may use a folder of its own."""
    folder.mkdir()
    match part:
        case "regelingen":
            return trying.measure(args.keer)
        case "proefdraaien":
            return asyncio.run(dry_running.measure(folder, args.proefdraaien))
        case "anonimiseren":
            return anonymising.measure()
        case "indienen":
            return asyncio.run(submitting.measure(folder, args.keer))
        case _:
            return asyncio.run(work_list.measure(folder, args.zaken, args.keer))


if __name__ == "__main__":
    raise SystemExit(main())
