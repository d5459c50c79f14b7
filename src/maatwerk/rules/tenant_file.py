"""Faults of a tenant.toml: it is readable, names the partnership, and its school calendar can be. The rest are settings that
each part reads for itself."""

from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import placed, read_toml
from maatwerk.rules.positions import lines_of
from maatwerk.rules.tenant_calendar import MEND, read_calendar


def tenant_faults(text: str, *, needs_region: bool = False) -> tuple[Fault, ...]:
    """Every fault, with its line. `needs_region`: a scheme of this partnership counts by school holidays."""
    raw, fault = read_toml(text)
    if fault is not None:
        return (fault,)
    found = tuple(
        Fault(key, f"hier hoort de {what} van het partnerschap te staan.", f'schrijf {key} = "...".')
        for key, what in (("code", "korte naam"), ("naam", "naam"))
        if not isinstance(raw.get(key), str) or not raw[key].strip()
    )
    calendar, faults = read_calendar(raw)
    if needs_region and calendar is None and not faults:
        faults = (Fault("vakantieregio", "een regeling telt hier met schoolvakanties.", MEND),)
    found += faults
    return placed(found, lines_of(text)) if found else ()
