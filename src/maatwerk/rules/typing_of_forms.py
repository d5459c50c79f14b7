"""The form of a scheme as protobuf messages, so that CEL refuses a misspelt field or a wrong comparison at load.

These messages exist only to check types: evaluation works on plain maps, where an absent answer is an error.
"""

from collections.abc import Mapping
from typing import Any

from cel_expr_python import cel
from google.protobuf import descriptor_pb2, descriptor_pool

from maatwerk.rules.conditions import functions
from maatwerk.rules.scheme import FieldDef, Scheme

_STRING, _INT, _BOOL, _MESSAGE = 9, 3, 8, 11
_SCALARS = {"getal": _INT, "bedrag": _INT, "ja_nee": _BOOL, "verklaring": _BOOL}


class Messages:
    """One protobuf file per scheme; `env_for(act)` gives the checking environment of a condition on that act."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.file = descriptor_pb2.FileDescriptorProto(name="regeling.proto", package="r", syntax="proto3")
        self._message("Aanvraag", scheme.form)
        acts = {}
        for name, act in scheme.acts.items():
            acts[name] = f"Handeling_{name}"
            self._message(acts[name], act.fields, extra=("op", "rol"))
        self._references("Laatste", acts, repeated=False)
        self._references("Alle", acts, repeated=True)
        self._flags("Stap", {step: scheme.outcomes(step) for step in scheme.steps}, _BOOL)
        self._flags(
            "Zaak", dict.fromkeys(scheme.books, ("gereserveerd", "vastgelegd", "betaald")), _INT, ("ingediend_op",)
        )
        self._flags("Termijn", dict.fromkeys(scheme.clocks, ("verstreken",)), _BOOL)
        self._plain("Toestemming", dict.fromkeys(scheme.consents, _STRING))
        kinds = {"ja_nee": _BOOL, "getal": _INT, "tekst": _STRING, "datum": _STRING}
        self._plain("Feit", {name: kinds[fact.kind] for name, fact in scheme.facts.items()})
        self.pool = descriptor_pool.DescriptorPool()
        self.pool.Add(self.file)
        self._envs: dict[tuple[str, bool], Any] = {}

    def env_for(self, act: str, *, case_only: bool = False) -> Any:
        """`act` "" has no `deze`; `case_only` leaves out today, facts and clocks (for `als` of a step)."""
        if (act, case_only) not in self._envs:
            names = ["Aanvraag", "Laatste", "Alle", "Stap", "Zaak", "Toestemming"]
            names += [] if case_only else ["Feit", "Termijn"]
            variables: dict[str, Any] = {name.lower(): cel.Type(f"r.{name}") for name in names}
            if not case_only:
                variables["vandaag"] = cel.Type.STRING
            if act:
                variables["deze"] = cel.Type(f"r.Handeling_{act}")
            self._envs[(act, case_only)] = cel.NewEnv(
                descriptor_pool=self.pool, variables=variables, functions=list(functions())
            )
        return self._envs[(act, case_only)]

    def _message(self, name: str, fields: Mapping[str, FieldDef], extra: tuple[str, ...] = ()) -> None:
        message = self.file.message_type.add(name=name)
        for number, (field_id, definition) in enumerate(fields.items(), start=1):
            repeated = definition.kind in ("meerkeuze", "tabel", "personen", "bestand")
            item = message.field.add(name=field_id, number=number, label=3 if repeated else 1)
            item.type = _SCALARS.get(definition.kind, _STRING)
            if definition.kind in ("tabel", "persoon", "personen"):
                item.type, item.type_name = _MESSAGE, f".r.{name}_{field_id}"
                columns = definition.columns
                if definition.kind != "tabel":
                    columns = {part: FieldDef(kind="tekst", title=part) for part in definition.parts}
                self._message(f"{name}_{field_id}", columns)
        for number, field_id in enumerate(extra, start=len(fields) + 1):
            if field_id not in fields:
                message.field.add(name=field_id, number=number, label=1, type=_STRING)

    def _references(self, name: str, targets: Mapping[str, str], *, repeated: bool) -> None:
        message = self.file.message_type.add(name=name)
        for number, (field_id, target) in enumerate(targets.items(), start=1):
            message.field.add(
                name=field_id, number=number, label=3 if repeated else 1, type=_MESSAGE, type_name=f".r.{target}"
            )

    def _flags(self, name: str, groups: Mapping[str, tuple[str, ...]], kind: int, texts: tuple[str, ...] = ()) -> None:
        for group, flags in groups.items():
            self._plain(f"{name}_{group}", dict.fromkeys(flags, kind))
        self._references(name, {group: f"{name}_{group}" for group in groups}, repeated=False)
        message = self.file.message_type[-1]
        for text in texts:
            if text not in groups:
                message.field.add(name=text, number=len(message.field) + 1, label=1, type=_STRING)

    def _plain(self, name: str, fields: Mapping[str, int]) -> None:
        message = self.file.message_type.add(name=name)
        for number, (field_id, kind) in enumerate(fields.items(), start=1):
            message.field.add(name=field_id, number=number, label=1, type=kind)
