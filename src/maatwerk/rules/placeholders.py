"""The closed list of placeholders a text may use, per kind of text. None of them can carry what identifies a pupil in a mail."""

import re
from collections.abc import Iterator

from maatwerk.rules.decoding import Fault
from maatwerk.rules.scheme import EffectDef, Scheme

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


def text_faults(scheme: Scheme) -> Iterator[Fault]:
    """A placeholder that isn't on the list; a letter of an Awb regime without its clause on objection (Awb 3:45)."""
    letters = {effect.text for effect in _effects(scheme) if effect.kind == "brief"}
    for name, text in scheme.texts.items():
        allowed = LETTER if name in letters else MAIL
        for part in (text.subject, text.body, *text.sections.values()):
            for found in used(part):
                if found not in allowed:
                    yield Fault(
                        f"tekst.{name}",
                        f"de invulplek '{found[:40]}' bestaat niet.",
                        f"kies uit: {', '.join(sorted(allowed))}.",
                    )
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


def _effects(scheme: Scheme) -> Iterator[EffectDef]:
    for act in scheme.acts.values():
        yield from act.effects
    for step in scheme.steps.values():
        for on in step.on.values():
            yield from on.effects
