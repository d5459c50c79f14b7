"""`maatwerk up`: the whole service on this machine, as a demo, until Ctrl-C. Never a way to run production."""

import argparse
import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING, Final

from maatwerk.crypto.kek import KekUnusable
from maatwerk.local import tether
from maatwerk.local.accounts import ensure_demo_accounts
from maatwerk.local.demo_service import DemoService
from maatwerk.local.faults import LocalFault
from maatwerk.rules.refusals import Refused
from maatwerk.settings import Settings

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_PROG: Final = "maatwerk up"


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "up",
        description="Start databank, wachtrij, postvanger, API en werkers op deze machine, als demo, tot Ctrl-C.",
        epilog="MAATWERK_PORT, MAATWERK_DATA, MAATWERK_DATABASE_URL, MAATWERK_REDIS_URL en MAATWERK_SMTP_URL wijzen elders.",
    )
    parser.add_argument(
        "--met-ouder", action="store_true", help="stop ook wanneer het proces dat dit startte verdwijnt (voor make)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers 0 when it was asked to stop, 1 when something stood in the way (one sentence on stderr)."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if args.met_ouder:
        tether.die_with_parent(signal.SIGTERM, os.getppid())
    try:
        settings = Settings.from_environment()
    except ValueError:
        return _refused("Een van de getallen in MAATWERK_* is geen getal. Kijk MAATWERK_PORT en MAATWERK_POOL_SIZE na.")
    try:
        DemoService(settings, say, ensure_demo_accounts).run()
    except (LocalFault, KekUnusable) as fault:
        return _refused(str(fault))
    except Refused as refusal:
        return _refused(" ".join(f"{reason.message} {reason.mend}".strip() for reason in refusal.reasons))
    except PermissionError as error:
        return _refused(f"U mag niet schrijven in {error.filename}. Kies met MAATWERK_DATA een andere map.")
    except KeyboardInterrupt:
        say("Gestopt.")
    return 0


def say(line: str) -> None:
    """One line on the screen, at once; a screen that is gone is no reason to stop less carefully."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def _refused(sentence: str) -> int:
    print(f"{_PROG}: {sentence}", file=sys.stderr, flush=True)
    return 1
