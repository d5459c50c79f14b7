"""The closed list of placeholders a text may use, per kind of text. None of them can carry what identifies a pupil in a mail."""

import re
from collections.abc import Iterable, Iterator, Mapping

from maatwerk.rules.decoding import Fault
from maatwerk.rules.disclosure import PLAIN
from maatwerk.rules.private_answers import is_private
from maatwerk.rules.scheme import EffectDef, FieldDef, Scheme

MAIL = frozenset(
    ("zaaknummer", "regeling", "partnerschap", "ondersteuner", "ondersteuner_telefoon", "ondersteuner_mail", "link", "datum",
     "uiterlijk", "fase", "ontvangen_op", "stappen", "grens")
)  # fmt: skip
LETTER = MAIL | {"school", "bedrag", "periode", "advies", "motivering", "bezwaar_tot", "besluit", "verleend", "vastgesteld",
                 "begunstigde", "kenmerk", "schooljaar"}  # fmt: skip
REFERENCE = frozenset(("zaaknummer", "regeling"))
_PLACEHOLDER = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")


def used(text: str) -> list[str]:
    """The placeholders in a text, in order."""
    return _PLACEHOLDER.findall(text)


def answered(scheme: Scheme, placeholder: str) -> tuple[FieldDef | None, Mapping[str, FieldDef]]:
    """The question that a letter may cite the answer of, as `aanvraag.<veld>` or `laatste.<handeling>.<veld>`, with those beside it;
    None for any other."""
    root, _, rest = placeholder.partition(".")
    act, _, name = rest.rpartition(".")
    if root == "aanvraag" and not act:
        return scheme.form.get(name), {}
    fields = scheme.acts[act].fields if root == "laatste" and act in scheme.acts else {}
    return fields.get(name), fields


def may_cite(scheme: Scheme, placeholder: str) -> bool:
    """Whether a letter may carry that answer: one in figures or from a choice, that points at nobody and tells of no health."""
    field, beside = answered(scheme, placeholder)
    return field is not None and field.kind in (*PLAIN, "berekend") and not is_private(scheme, field, beside)


def text_faults(scheme: Scheme) -> Iterator[Fault]:
    """A placeholder that isn't on the list; a letter of an Awb regime without its clause on objection (Awb 3:45)."""
    letters = {effect.text for effect in _effects(scheme) if effect.kind == "brief"}
    for name, text in scheme.texts.items():
        allowed, letter = LETTER if name in letters else MAIL, set(text.sections.values()) if name in letters else set()
        for part in (text.subject, text.body, *text.sections.values()):
            for found in used(part):
                if found not in allowed and not (part in letter and may_cite(scheme, found)):
                    yield _unknown(f"tekst.{name}", found, allowed, cites=part in letter)
        if (
            name in letters
            and scheme.regime in ("awb", "awb_analoog", "jeugdwet")
            and "bezwaar_tot" not in used("".join(text.sections.values()))
        ):
            yield Fault(
                f"tekst.{name}.alineas",
                "een beschikking heeft een rechtsmiddelenclausule met de laatste dag nodig (Awb 3:45).",
                "voeg een alinea toe met {{bezwaar_tot}}.",
            )


def _unknown(here: str, found: str, allowed: Iterable[str], *, cites: bool) -> Fault:
    mend = f"kies uit: {', '.join(sorted(allowed))}"
    more = "; of aanvraag.<veld> of laatste.<handeling>.<veld>, van een datum, getal, bedrag of keuze die niemand aanwijst."
    return Fault(here, f"de invulplek '{found[:40]}' bestaat niet.", mend + (more if cites else "."))


def _effects(scheme: Scheme) -> Iterator[EffectDef]:
    for act in scheme.acts.values():
        yield from act.effects
    for step in scheme.steps.values():
        for on in step.on.values():
            yield from on.effects
