"""Answers that point at somebody or tell of health: they stand in no ledger, which outlives the case, and in no letter of a scheme's own
words. What is computed tells what it was computed from.
"""

from collections.abc import Mapping
from typing import Final

from maatwerk.rules.conditions import is_unusual, paths
from maatwerk.rules.scheme import FieldDef, Scheme

_PEOPLE: Final = ("persoon", "personen", "bestand", "lange_tekst", "tabel")
_PRIVATE: Final = ("direct", "gezondheid", "vrije_tekst")


def is_private(scheme: Scheme, field: FieldDef, own: Mapping[str, FieldDef]) -> bool:
    """Whether an answer points at somebody or tells of health, itself or by what it was computed from; `own` are the fields of its
    act."""
    if field.privacy in _PRIVATE:
        return True
    if field.kind != "berekend":
        return False
    if is_unusual(field.formula):
        return True
    for path in paths(field.formula):
        root, _, rest = path.partition(".")
        source = {"aanvraag": scheme.form, "deze": own}.get(root, {}).get(rest.partition(".")[0])
        if root in ("aanvraag", "deze") and (
            source is None or source.kind in _PEOPLE or is_private(scheme, source, own)
        ):
            return True
    return False
