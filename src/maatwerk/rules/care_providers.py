"""The care providers of a tenant.toml: names that are taken out of texts for readers who may not learn who the pupil is, each with what
else the provider is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maatwerk.rules.decoding import BROKEN, Fault, decode, key

KEY = "instellingen"


@dataclass(frozen=True, kw_only=True)
class CareProvider:
    """`also` are abbreviations and short names."""

    name: str = key("naam")
    also: tuple[str, ...] = key("ook", ())


def read_providers(settings: Mapping[str, Any]) -> tuple[tuple[CareProvider, ...], tuple[Fault, ...]]:
    """(those that can be read, faults): each is a text, or a table with `naam` and `ook`."""
    rows = settings.get(KEY, [])
    if not isinstance(rows, list):
        return (), (Fault(KEY, "hier hoort een lijst te staan.", "zet de namen tussen [ en ]."),)
    found: list[CareProvider] = []
    faults: list[Fault] = []
    for index, row in enumerate(rows):
        here = f"{KEY}.{index}"
        one = decode(CareProvider, {"naam": row} if isinstance(row, str) else row, here, faults)
        if one is BROKEN:
            continue
        found.append(one)
        for name in (one.name, *one.also):
            if not any(map(str.isalpha, name)):
                faults.append(
                    Fault(here, "een instelling heeft een naam met letters.", "vul haar naam in, of haal de regel weg.")
                )
    return tuple(found), tuple(faults)
