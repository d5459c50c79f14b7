"""Faults of the terms that a scheme protects when texts are cleared of names: each is a word or an expression, never somebody's number."""

import re
from collections.abc import Iterator

from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import Scheme

LONGEST = 80
_NUMBER = re.compile(r"(?:\d[ .-]?){5}|@")


def anonymising_faults(scheme: Scheme) -> Iterator[Fault]:
    """Every fault of `[anonimisering]`."""
    seen: set[str] = set()
    for index, term in enumerate(scheme.anonymising.protected):
        here, plain = f"anonimisering.beschermd.{index}", " ".join(term.casefold().split())
        if not any(map(str.isalpha, term)):
            yield Fault(
                here,
                "een beschermde term heeft letters.",
                'schrijf een woord of een uitdrukking, zoals "Rots en Water".',
            )
        elif _NUMBER.search(term):
            message = "dit lijkt een nummer of een mailadres, en dat gaat altijd weg."
            yield Fault(here, message, "haal het weg; beschermd zijn alleen woorden.")
        elif len(term) > LONGEST:
            yield Fault(here, f"deze term is langer dan {LONGEST} tekens.", "noem alleen de naam zelf.")
        elif plain in seen:
            yield Fault(here, f"'{term}' staat er twee keer.", "haal er een weg.")
        seen.add(plain)
