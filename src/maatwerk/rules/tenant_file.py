"""Faults of a tenant.toml: it is readable, and names the partnership. The rest are settings that each part reads for itself."""

from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import placed, read_toml
from maatwerk.rules.positions import lines_of


def tenant_faults(text: str) -> tuple[Fault, ...]:
    """Every fault, with its line."""
    raw, fault = read_toml(text)
    if fault is not None:
        return (fault,)
    found = tuple(
        Fault(key, f"hier hoort de {what} van het partnerschap te staan.", f'schrijf {key} = "...".')
        for key, what in (("code", "korte naam"), ("naam", "naam"))
        if not isinstance(raw.get(key), str) or not raw[key].strip()
    )
    return placed(found, lines_of(text)) if found else ()
