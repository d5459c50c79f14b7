"""The abbreviations of a scheme's own words, marked where they stand in a text. A template makes the markup; here are only parts."""

import re
from collections.abc import Mapping, Sequence

from maatwerk.rules.scheme import Scheme


def abbreviations(scheme: Scheme) -> dict[str, str]:
    """Every abbreviation that the scheme explains, with what it stands for."""
    return {short: long for each in scheme.references.values() for short, long in each.abbreviations.items()}


def marked(text: str, known: Mapping[str, str]) -> Sequence[tuple[str, str]]:
    """The text in parts, each with what it stands for, or "" for what is no abbreviation; in either case, as whole words."""
    if not known:
        return [(text, "")]
    longest = sorted(known, key=len, reverse=True)
    found = re.split(rf"(?<!\w)({'|'.join(re.escape(short) for short in longest)})(?!\w)", text, flags=re.IGNORECASE)
    meant = {short.casefold(): long for short, long in known.items()}
    return [(part, meant[part.casefold()] if place % 2 else "") for place, part in enumerate(found) if part]
