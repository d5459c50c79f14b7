"""Facts of a story that point at somebody without a name: a twin, a court case, the press. They are pointed at and never replaced; a
person weighs them. Phrases and reasons stand in data/rare.txt. Every repetition is bounded, so the time is linear in the text."""

import re
from functools import cache
from importlib import resources
from typing import NamedTuple

from maatwerk.anonymisation.engine.reading import Reading

AROUND = 60
MOST = 40
_PIECES = {"*": r"[a-z]{0,24}", "~": r"(?:[\s,]{1,3}[\w¤-]{1,24}){0,3}"}
_TOKEN = re.compile(r"\s*~\s*|\*|\s+|[^\s*~]+")


class Pointer(NamedTuple):
    """`words` as they stand in the text; `passage`: with what is around them."""

    category: str
    words: str
    passage: str


class _Facts(NamedTuple):
    pattern: re.Pattern[str]
    categories: tuple[str, ...]
    reasons: dict[str, str]


def pointers(text: str) -> tuple[Pointer, ...]:
    """The rare facts of a text in its order, equal words once, at most 40."""
    facts, reading = _facts(), Reading(text)
    found: dict[tuple[str, str], Pointer] = {}
    for match in facts.pattern.finditer(reading.low):
        if match.lastgroup and match.lastgroup.startswith("k"):
            start, end = reading.original(*match.span())
            category = facts.categories[int(match.lastgroup[1:])]
            around = " ".join(text[max(0, start - AROUND) : end + AROUND].split())
            found.setdefault((category, match.group()), Pointer(category, text[start:end], around))
        if len(found) == MOST:
            break
    return tuple(found.values())


def reason(category: str) -> str:
    """Why a category is pointed at, in one Dutch sentence."""
    return _facts().reasons[category]


@cache
def _facts() -> _Facts:
    lines = (
        resources.files("maatwerk.anonymisation.engine").joinpath("data", "rare.txt").read_text("utf-8").splitlines()
    )
    reasons: dict[str, str] = {}
    phrases: dict[str, list[str]] = {}
    never: list[str] = []
    category = ""
    for line in lines:
        if line.startswith("= "):
            category, _, why = line[2:].partition(": ")
            reasons[category] = why
        elif line and not line.startswith("#"):
            kept = never if line.startswith("- ") else phrases.setdefault(category, [])
            kept += [phrase.strip() for phrase in line.removeprefix("- ").split(";")]
    groups = [f"(?P<k{n}>{_any(found)})" for n, found in enumerate(phrases.values())]
    # What never counts is tried first and eats its words.
    pattern = re.compile(rf"(?<![\w-])(?:(?P<never>{_any(never)})|{'|'.join(groups)})(?![\w-])")
    return _Facts(pattern, tuple(phrases), reasons)


def _any(phrases: list[str]) -> str:
    return "|".join(_as_pattern(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _as_pattern(phrase: str) -> str:
    parts = []
    for token in _TOKEN.findall(phrase):
        if token.strip() in _PIECES:
            parts.append(_PIECES[token.strip()] + (r"\s{1,3}" if token.strip() == "~" else ""))
        else:
            parts.append(r"\s{1,3}" if token.isspace() else re.escape(token))
    return "".join(parts)
