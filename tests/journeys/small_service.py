"""A service small enough for tests, run as a program: `small_service.py DATA [koppig]`. Engines and a child under the
real supervisor, and when asked a child that is deaf to SIGTERM; it prints every line that a user would see."""

import os
import sys
from pathlib import Path

from maatwerk.local.engines import Engines
from maatwerk.local.supervisor import Child, Supervisor

STAY = "import time; time.sleep(3600)"
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(3600)
"""


def say(line: str) -> None:
    print(line, flush=True)


def main(data: Path, *, stubborn: bool) -> None:
    deaf = data / "koppig"
    deaf.unlink(missing_ok=True)
    programs = {"rustig": STAY} | ({"koppig": STUBBORN} if stubborn else {})
    children = [
        Child(name, (sys.executable, "-c", program, str(deaf)), os.environ) for name, program in programs.items()
    ]
    with Engines.start(data, fast=True, say=say) as engines:
        supervisor = Supervisor(data, engines, children, say)
        supervisor.run(lambda: not stubborn or deaf.exists(), lambda: say("Klaar"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), stubborn="koppig" in sys.argv[2:])
