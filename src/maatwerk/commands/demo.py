"""`maatwerk demo`: the main job without a person. It uses the demo service that runs, else one of its own in a temporary folder."""

import argparse
import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import httpx

from maatwerk import clock
from maatwerk.local.accounts import FILE, read_accounts
from maatwerk.local.client import Declined
from maatwerk.local.demo_deeds import DEEDS
from maatwerk.local.demo_examples import read_examples
from maatwerk.local.demo_mail import Post
from maatwerk.local.demo_own_service import own_service
from maatwerk.local.demo_play import Crowd, Play, Unexpected
from maatwerk.local.faults import LocalFault
from maatwerk.local.running import find_running

if TYPE_CHECKING:
    from argparse import ArgumentParser, _SubParsersAction

_EXAMPLES: Final = Path("examples/regio-36")


def add(subparsers: "_SubParsersAction[ArgumentParser]") -> None:
    """Registers the command."""
    parser = subparsers.add_parser(
        "demo",
        description="Speelt voorbeelden door de API, als de mensen van de demo, en zegt wat er gebeurt.",
        epilog="Draait make up niet, dan begint er een eigen dienst in een tijdelijke map, die daarna stopt.",
    )
    parser.add_argument("map", nargs="?", type=Path, default=_EXAMPLES, help=f"map met voorbeelden ({_EXAMPLES})")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answers 0 when everything went as the examples expect, else 1 with one sentence on stderr."""
    data = Path(os.environ.get("MAATWERK_DATA", "var"))
    try:
        read_examples(args.map, clock.today())
        with contextlib.ExitStack() as stack:
            if find_running(data) is None:
                say("Er draait geen demodienst; een eigen dienst begint in een tijdelijke map.")
                data = stack.enter_context(own_service())
            play(data, args.map)
    except (LocalFault, Unexpected) as fault:
        return _failed(str(fault))
    except Declined as no:
        return _failed(f"De dienst weigerde onverwacht ({no}).")
    except httpx.HTTPError:
        return _failed("De dienst antwoordt niet meer. Kijk in de map log van de gegevensmap.")
    return 0


def play(data: Path, folder: Path) -> None:
    """Plays every example on the service of this data folder. Raises LocalFault, Unexpected, Declined."""
    running = find_running(data)
    if running is None:
        raise LocalFault("De demodienst is gestopt.", "Start haar opnieuw: make up.")
    os.environ.setdefault("MAATWERK_CLOCK", str(data / "clock"))
    examples = read_examples(folder, clock.today())
    say(f"De dienst is {running.url}; er zijn {len(examples)} voorbeelden.")
    crowd = Crowd(running.url, read_accounts(data / FILE))
    post = Post(Path(running.mails) if running.mails else None, say)
    with contextlib.closing(crowd):
        for example in examples:
            Play(example, crowd, post, DEEDS, say).run()
    say(f"\nKlaar: {len(examples)} voorbeelden gingen zoals verwacht.")


def say(line: str) -> None:
    """One line on the screen, at once."""
    print(line, flush=True)


def _failed(sentence: str) -> int:
    print(f"maatwerk demo: {sentence}", file=sys.stderr, flush=True)
    return 1
