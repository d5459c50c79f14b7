"""The command line in Dutch: headings of the help, and one line per fault. argparse words its faults in
English; an unknown wording still gives a Dutch line."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import Any, Final, NoReturn

from maatwerk.rules.refusals import Refused

_HEADINGS: Final = {"options": "opties", "positional arguments": "argumenten"}
_LONGEST: Final = 80

_AT: Final = r"argument (?P<at>.+?): "
_FAULTS: Final = tuple(
    (re.compile(english, re.DOTALL), dutch)
    for english, dutch in (
        (
            r"the following arguments are required: (?P<at>.+)",
            "verplicht maar niet opgegeven: {at}; vul dit aan",
        ),
        (r"unrecognized arguments: (?P<what>.+)", "onbekend: {what}; haal dit weg of verbeter de spelling"),
        (r"one of the arguments (?P<at>.+) is required", "geef een van deze op: {at}"),
        (r"ambiguous option: (?P<what>.+) could match (?P<at>.+)", "{what} is onduidelijk; kies uit {at}"),
        (
            _AT + r"invalid choice: (?P<what>.+) \(choose from (?P<choices>.+)\)",
            "{at}: {what} bestaat niet; kies uit {choices}",
        ),
        (
            _AT + r"invalid int value: (?P<what>.+)",
            "{at}: {what} is geen geheel getal; geef een getal zoals 3",
        ),
        (_AT + r"invalid \S+ value: (?P<what>.+)", "{at}: {what} is niet te lezen; verbeter deze waarde"),
        (_AT + r"expected one argument", "{at}: de waarde ontbreekt; zet die erachter"),
        (_AT + r"expected .+", "{at}: het aantal waarden klopt niet; verbeter dit"),
        (
            _AT + r"not allowed with argument (?P<what>.+)",
            "{at} gaat niet samen met {what}; kies een van beide",
        ),
        (_AT + r"ignored explicit argument (?P<what>.+)", "{at} krijgt geen waarde; haal {what} weg"),
        (_AT + r"(?P<own>.+)", "{at}: {own}"),
    )
)


class DutchFormatter(argparse.HelpFormatter):
    """argparse's help with Dutch headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "gebruik: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(_HEADINGS.get(heading or "", heading))


class DutchParser(argparse.ArgumentParser):
    """A parser whose faults are one Dutch line on stderr with exit code 2; so are its subparsers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs = {"formatter_class": DutchFormatter, "allow_abbrev": False, **kwargs, "add_help": False}
        super().__init__(*args, **kwargs)
        self.add_argument("-h", "--help", action="help", help="toon deze uitleg en stop")

    def error(self, message: str) -> NoReturn:
        self.exit(2, _line(self.prog, f"{_translated(message)} (uitleg: {self.prog} --help)"))


def _translated(message: str) -> str:
    for english, dutch in _FAULTS:
        if found := english.fullmatch(message):
            parts = {name: part.replace("'", "") for name, part in found.groupdict().items()}
            return dutch.format(**{**parts, "what": brief(parts.get("what", ""))})
    return "de aanroep klopt niet; zie de uitleg"


def brief(typed: str) -> str:
    """What somebody typed, short enough to repeat in a fault."""
    return typed if len(typed) <= _LONGEST else f"{typed[:_LONGEST]}..."


def _line(prog: str, text: str) -> str:
    """One printable line, whatever was typed."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return f"{prog}: {' '.join(printable.split())}\n"


def report(prog: str, refused: Refused) -> int:
    """Writes a refusal as one Dutch line on stderr (where, what, the mend) and returns exit code 2."""
    faults = [
        f"{reason.field + ': ' if reason.field else ''}{reason.message} {reason.mend}".strip()
        for reason in refused.reasons
    ]
    sys.stderr.write(_line(prog, " ".join(faults)))
    return 2
