"""The project's own cases with what must go and what must stay, as marked text. `{p:Storm}` is a span, `{k:gym}` stays.

A case begins with `@ name | leerling: ... | ouders: ...`; in names `_` binds words, small words are the particle."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "cases"
DEVELOPMENT = FOLDER / "development.jsonl"  # 100 invented cases in 16 templates, by another hand
LABELS = {
    "p": ("persoon", "derde"), "pl": ("persoon", "leerling"), "po": ("persoon", "ouder_bekend"),
    "pa": ("persoon", "aanvrager"), "pg": ("persoon", "gezin_overig"), "d": ("datum", ""), "t": ("telefoon", ""),
    "m": ("email", ""), "u": ("url", ""), "b": ("bsn", ""), "i": ("iban", ""), "n": ("leerlingnummer", ""),
    "a": ("adres", ""), "c": ("postcode", ""), "l": ("plaats", ""), "g": ("instelling", ""),
}  # fmt: skip
KEEPS = {"k": "term", "ks": "school", "kw": "woongemeente", "kl": "leeftijd"}
_MARK = re.compile(r"\{(~|[a-z]{1,2}):([^{}]+)\}")
_PARTICLES = frozenset(
    [
        "van",
        "de",
        "den",
        "der",
        "het",
        "ter",
        "ten",
        "te",
        "op",
        "t",
        "'t",
        "el",
        "la",
        "le",
        "von",
        "ben",
        "in",
        "del",
        "dos",
        "v/d",
        "d'",
    ]
)


@dataclass(frozen=True)
class Span:
    """Half-open; `who` tells of a person whether he is known."""

    start: int
    end: int
    label: str
    who: str = ""


@dataclass(frozen=True)
class GoldCase:
    """`neutral` may go or stay."""

    id: str
    known: dict[str, Any]
    text: str
    gone: tuple[Span, ...]
    kept: tuple[Span, ...]
    neutral: tuple[Span, ...] = field(default=())
    template: str = ""


def own_cases(part: str) -> list[GoldCase]:
    """The cases of one part: "tuned" or "held_out"."""
    return [case for path in sorted(FOLDER.glob(f"{part}*.txt")) for case in marked_cases(path)]


def marked_cases(path: Path) -> list[GoldCase]:
    """The cases of one file of marked text."""
    return list(_read(path.read_text(encoding="utf-8")))


def json_cases(path: Path) -> list[GoldCase]:
    """Cases in the shape of the development set."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        GoldCase(
            id=row["id"],
            known=row["known"],
            text=row["text"],
            gone=tuple(Span(s["start"], s["end"], s["label"], s.get("wie", "")) for s in row["spans"]),
            kept=tuple(Span(s["start"], s["end"], s["label"]) for s in row["keep"]),
            neutral=tuple(Span(s["start"], s["end"], "") for s in row["neutral"]),
            template=row["template"],
        )
        for row in rows
    ]


def marked(identity: str, known: dict[str, Any], text: str) -> GoldCase:
    """A case from marked text."""
    spans: dict[str, list[Span]] = {"gone": [], "kept": [], "neutral": []}
    plain, last = "", 0
    for mark in _MARK.finditer(text):
        plain += text[last : mark.start()]
        start, (code, words) = len(plain), mark.groups()
        plain, last = plain + words, mark.end()
        if code in LABELS:
            spans["gone"].append(Span(start, len(plain), *LABELS[code]))
        elif code in KEEPS:
            spans["kept"].append(Span(start, len(plain), KEEPS[code]))
        else:
            spans["neutral"].append(Span(start, len(plain), ""))
    plain += text[last:]
    return GoldCase(identity, known, plain, tuple(spans["gone"]), tuple(spans["kept"]), tuple(spans["neutral"]))


def _read(text: str) -> Iterator[GoldCase]:
    for block in re.split(r"^@ ", text, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        identity, *parts = [part.strip() for part in head.split(" | ")]
        yield marked(identity, _known(dict(part.split(": ", 1) for part in parts)), body.strip())


def _known(parts: dict[str, str]) -> dict[str, Any]:
    known: dict[str, Any] = {
        "leerling": _person(parts["leerling"]),
        "ouders": [_person(name) for name in parts["ouders"].split(", ")] if "ouders" in parts else [],
        "aanvrager": _person(parts["aanvrager"]) if "aanvrager" in parts else None,
        "school": parts.get("school"),
        "woongemeente": parts.get("gemeente"),
        "leeftijd": int(parts["leeftijd"]) if "leeftijd" in parts else None,
    }
    for key, name in (("geb", "geboortedatum"), ("bsn", "bsn"), ("nr", "leerlingnummer")):
        known["leerling"][name] = parts.get(key)
    if "adres" in parts:
        known["leerling"]["adres"] = _address(parts["adres"])
    return known


def _person(name: str) -> dict[str, Any]:
    words = name.split()
    particle = list(takewhile(_PARTICLES.__contains__, words[1:]))
    last = words[1 + len(particle) :]
    return {
        "voornaam": words[0].replace("_", " "),
        "tussenvoegsel": " ".join(particle),
        "achternaam": " ".join(last).replace("_", " "),
    }


def _address(text: str) -> dict[str, str]:
    street, _, town = text.partition(", ")
    found = re.match(r"(.+?) (\d.*)", street)
    return {
        "straat": found.group(1) if found else street,
        "huisnummer": found.group(2) if found else "",
        "postcode": town[:7],
        "plaats": town[8:],
    }
