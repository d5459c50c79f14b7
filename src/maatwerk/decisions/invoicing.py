"""Who is paid and what must stand on the invoice, for letters only: an entry keeps where the name stands, the name itself stays with
the sealed answers."""

from collections.abc import Mapping
from typing import Any

from maatwerk.cases.case import Case
from maatwerk.mail.templates import fill
from maatwerk.rules.acts import Act
from maatwerk.rules.history import History
from maatwerk.rules.names import full_name
from maatwerk.rules.placeholders import REFERENCE
from maatwerk.rules.scheme import Scheme


def invoicing(case: Case, history: History) -> dict[str, str]:
    """`begunstigde` and `kenmerk` of the last act that booked money for somebody or under a reference; empty when none did."""
    return {"begunstigde": _payees(case.scheme, history), "kenmerk": _references(case, history)}


def _payees(scheme: Scheme, history: History) -> str:
    act = next((act for act in reversed(history.acts) if any(e.payee for e in act.consequences.effects)), None)
    if act is None:
        return ""
    named = (_name(scheme, history, act, effect.payee) for effect in act.consequences.effects if effect.payee)
    return ", ".join(dict.fromkeys(name for name in named if name))


def _name(scheme: Scheme, history: History, act: Act, place: str) -> str:
    """The answer at `veld`, or at `tabel.2.kolom` of a table of the act itself, else of the form."""
    root, _, rest = place.partition(".")
    asked = {**scheme.form, **(scheme.acts[act.kind].fields if act.kind in scheme.acts else {})}.get(root)
    value: Any = act.fields.get(root, history.answers.get(root))
    if rest and asked is not None and isinstance(value, list):
        number, _, column = rest.partition(".")
        asked, value = asked.columns.get(column), value[int(number)].get(column)
    if isinstance(value, Mapping):
        return full_name(value)
    return asked.choices.get(str(value), str(value)) if asked is not None and value else ""


def _references(case: Case, history: History) -> str:
    every = [e.reference for act in history.acts for e in act.consequences.effects if e.reference]
    values = {"zaaknummer": case.number or "", "regeling": case.scheme.title}
    return fill(every[-1], values, REFERENCE) if every else ""
