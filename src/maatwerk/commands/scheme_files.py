"""What commands about schemes are given: a file, a tenant's folder or a folder of tenants, and days."""

from datetime import date
from pathlib import Path
from typing import Any, Final

from maatwerk.commands.dutch import brief
from maatwerk.rules.day_texts import day_of
from maatwerk.rules.decoding import SchemeRefused
from maatwerk.rules.loading import load, read_toml
from maatwerk.rules.refusals import Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.tenant_data import as_kept

_NO_SCHEMES: Final = ("tenant.toml", "demo.toml")


def schemes_in(path: Path) -> list[Path]:
    """Every scheme file at or below a path, in order. Raises Invalid, in Dutch, when there is nothing to read."""
    try:
        if path.is_file():
            return [path]
        found = [*path.glob("*.toml"), *path.glob("*/*.toml")] if path.is_dir() else []
    except (OSError, ValueError):
        found = []
    found = sorted(each for each in found if each.name not in _NO_SCHEMES)
    if not found:
        mend = "Geef een map met regelingen, zoals tenants, of een .toml-bestand."
        raise Invalid.because("geen_regeling", "Hier staat geen regeling.", mend=mend, field=brief(str(path)))
    return found


def the_scheme_in(path: Path) -> Path:
    """The one scheme a path names: a file, or the folder's scheme.toml, or its only scheme. Raises Invalid."""
    found = schemes_in(path)
    main = [each for each in found if each.name == "scheme.toml"]
    chosen = found if len(found) == 1 else main
    if len(chosen) != 1:
        mend = f"Kies er een: {', '.join(str(each) for each in found[:6])}."
        raise Invalid.because("meer_regelingen", "Hier staat meer dan een regeling.", mend=mend, field=brief(str(path)))
    return chosen[0]


def settings_beside(path: Path) -> dict[str, Any]:
    """What the tenant.toml in the folder of a scheme says; nothing without one that can be read."""
    file = path.parent / "tenant.toml"
    return read_toml(read_text(file))[0] if file.is_file() else {}


def read_text(path: Path) -> str:
    """The text of a scheme file. Raises Invalid, in Dutch."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        message = "Dit bestand is niet als tekst (UTF-8) te lezen."
        raise Invalid.because("onleesbaar", message, mend="Sla het op als UTF-8.", field=brief(str(path))) from None


def scheme_at(text: str) -> Scheme:
    """The one scheme that a path names, as the partnership whose folder it is in keeps it."""
    return as_kept(scheme_text_at(text), settings_beside(the_scheme_in(Path(text))))


def scheme_text_at(text: str) -> Scheme:
    """The same as its text says. Raises Invalid, and for one with faults says which command shows them."""
    path = the_scheme_in(Path(text))
    try:
        return load(read_text(path))
    except SchemeRefused as refused:
        count = len(refused.faults)
        message = f"Deze regeling heeft {'een fout' if count == 1 else f'{count} fouten'}."
        mend = f"Bekijk ze met: maatwerk tenants check {path}"
        raise Invalid.because("regeling", message, mend=mend, field=brief(str(path))) from None


def a_day(text: str, option: str) -> date:
    """A day as it was typed. Raises Invalid."""
    try:
        return day_of(text)
    except ValueError:
        mend = "Schrijf jaar-maand-dag, zoals 2024-09-02."
        raise Invalid.because("datum", "Dit is geen datum.", mend=mend, field=f"{option} {brief(text)}") from None
