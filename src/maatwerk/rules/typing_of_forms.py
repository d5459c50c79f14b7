"""The form of a scheme as protobuf messages, so that CEL refuses a misspelt field or a wrong comparison at load.

These messages exist only to check types: evaluation works on plain maps, where an absent answer is an error. A capital letter
joins the parts of a message's name: ids have none, so that no two names can meet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cel_expr_python import cel
from google.protobuf import descriptor_pb2, descriptor_pool

from maatwerk.rules import funding, rates
from maatwerk.rules.books import BOOK_SUMS
from maatwerk.rules.conditions import functions, is_unusual, renamed
from maatwerk.rules.follow_ups import COUNTS
from maatwerk.rules.scheme import FieldDef, Scheme

_STRING, _INT, _BOOL, _MESSAGE = 9, 3, 8, 11
_SCALARS = {"getal": _INT, "bedrag": _INT, "ja_nee": _BOOL, "verklaring": _BOOL}
_FACTS = {"ja_nee": _BOOL, "getal": _INT, "tekst": _STRING, "datum": _STRING}
OF_AN_ACT = {"op": _STRING, "rol": _STRING, "volgnummer": _INT}
EARLIER: Mapping[str, int] = {
    "regeling": _STRING, "product": _STRING, "loopt": _BOOL, "uitkomst": _STRING, "gesloten": _STRING,
    "ingediend_op": _STRING, "toegekend": _INT,
}  # fmt: skip
FORM = ("aanvraag", "lijst")
RATE, FUNDING = rates.ROOTS, funding.ROOTS
CASE = (*FUNDING, "alle", "stap", "toestemming", "bekostiging", "matrix", "opvolging")
EVERYTHING = (*CASE, "feit", "termijn", "vandaag", "eerder")


@dataclass(frozen=True)
class Place:
    """Where an expression stands: which roots it may read there, the fields of which act as `deze`, a row of which table (a field of the
    act, else of the form) as `regel`."""

    messages: "Messages"
    names: tuple[str, ...]
    act: str = ""
    table: str = ""

    def compile(self, text: str) -> Any:
        """As of a checking environment. One more of those costs as much as ten expressions, so that the acts share one."""
        if self.act and not self.table and not is_unusual(text):
            return self.messages.env(self.names).compile(renamed(text, "deze", self.messages.deze[self.act]))
        return self.messages.env(self.names, self.act, self.table).compile(text)


class Messages:
    """One protobuf file per scheme. In its environments `deze` of every act has a name of its own, as long as that word, so that what
    CEL says of a position stays right; with a capital letter, so that no root can have it."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self.deze = {name: f"D{number:03}" for number, name in enumerate(scheme.acts)}
        self.file = descriptor_pb2.FileDescriptorProto(name="regeling.proto", package="r", syntax="proto3")
        self._message("Aanvraag", scheme.form)
        acts = {name: f"HandelingX{name}" for name in scheme.acts}
        for name, act in scheme.acts.items():
            self._message(acts[name], act.fields, extra=OF_AN_ACT)
        self._references("Laatste", acts, repeated=False)
        self._references("Alle", acts, repeated=True)
        self._flags("Stap", {step: scheme.outcomes(step) for step in scheme.steps}, _BOOL)
        self._flags("Zaak", dict.fromkeys(scheme.books, BOOK_SUMS), _INT, ("ingediend_op",))
        self._flags("Termijn", dict.fromkeys(scheme.clocks, ("verstreken",)), _BOOL)
        self._plain("Toestemming", dict.fromkeys(scheme.consents, _STRING))
        self._plain("Feit", {name: _FACTS[fact.kind] for name, fact in scheme.facts.items()})
        self._plain("Lijst", dict.fromkeys(scheme.lists, _STRING), repeated=tuple(scheme.lists))
        self._plain("Tarief", {name: _INT for name, rate in scheme.rates.items() if not rate.table})
        for table in {rate.table for rate in scheme.rates.values() if rate.table}:
            own = {name: _INT for name, rate in scheme.rates.items() if rate.table in ("", table)}
            self._plain(f"TariefX{table}", own)
        self._flags("Bekostiging", dict.fromkeys(scheme.fundings, funding.SUMS), _INT)
        self._matrices(scheme)
        self._flags("Opvolging", dict.fromkeys(scheme.follow_ups, COUNTS), _INT)
        self._plain("Eerder", {**EARLIER, "uitkomsten": _STRING}, repeated=("uitkomsten",))
        self.pool = descriptor_pool.DescriptorPool()
        self.pool.Add(self.file)
        self._envs: dict[tuple[str, str, tuple[str, ...]], Any] = {}

    def env(self, names: tuple[str, ...], act: str = "", table: str = "") -> Any:
        """A checking environment for what may be read in a place."""
        place = (act, table, names)
        if place not in self._envs:
            variables: dict[str, Any] = {name: cel.Type(f"r.{name.capitalize()}") for name in names}
            variables |= {own: cel.Type(f"r.HandelingX{name}") for name, own in self.deze.items()}
            if "vandaag" in names:
                variables["vandaag"] = cel.Type.STRING
            if "eerder" in names:
                variables["eerder"] = cel.Type.List(cel.Type("r.Eerder"))
            if act:
                variables["deze"] = cel.Type(f"r.HandelingX{act}")
            if table:
                own = act and table in self.scheme.acts[act].fields
                if names == FUNDING and any(rate.table == table for rate in self.scheme.rates.values()):
                    variables["tarief"] = cel.Type(f"r.TariefX{table}")
                variables["regel"] = cel.Type(f"r.{f'HandelingX{act}' if own else 'Aanvraag'}X{table}")
            declared = list(functions())
            self._envs[place] = cel.NewEnv(descriptor_pool=self.pool, variables=variables, functions=declared)
        return self._envs[place]

    def _message(self, name: str, fields: Mapping[str, FieldDef], extra: Mapping[str, int] | None = None) -> None:
        message = self.file.message_type.add(name=name)
        for number, (field_id, definition) in enumerate(fields.items(), start=1):
            repeated = definition.kind in ("meerkeuze", "tabel", "personen", "bestand")
            item: Any = message.field.add(name=field_id, number=number, label=3 if repeated else 1)
            item.type = _SCALARS.get(
                definition.outcome_kind if definition.kind == "berekend" else definition.kind, _STRING
            )
            if definition.kind in ("tabel", "persoon", "personen"):
                item.type, item.type_name = _MESSAGE, f".r.{name}X{field_id}"
                columns = definition.columns
                if definition.kind != "tabel":
                    columns = {part: FieldDef(kind="tekst", title=part) for part in definition.parts}
                self._message(f"{name}X{field_id}", columns)
        for number, (field_id, kind) in enumerate((extra or {}).items(), start=len(fields) + 1):
            message.field.add(name=field_id, number=number, label=1, type=kind)

    def _matrices(self, scheme: Scheme) -> None:
        """Who pays is one for a question with one answer, a list for one with more."""
        kinds = {"gekozen": _STRING, "poreus": _BOOL, "betaler": _STRING}
        for name, matrix in scheme.matrices.items():
            many = matrix.field in scheme.form and scheme.form[matrix.field].kind == "meerkeuze"
            self._plain(f"MatrixX{name}", kinds, repeated=("gekozen", "betaler") if many else ("gekozen",))
        self._references("Matrix", {name: f"MatrixX{name}" for name in scheme.matrices}, repeated=False)

    def _references(self, name: str, targets: Mapping[str, str], *, repeated: bool) -> None:
        message = self.file.message_type.add(name=name)
        for number, (field_id, target) in enumerate(targets.items(), start=1):
            message.field.add(
                name=field_id, number=number, label=3 if repeated else 1, type=_MESSAGE, type_name=f".r.{target}"
            )

    def _flags(self, name: str, groups: Mapping[str, tuple[str, ...]], kind: int, texts: tuple[str, ...] = ()) -> None:
        for group, flags in groups.items():
            self._plain(f"{name}X{group}", dict.fromkeys(flags, kind))
        self._references(name, {group: f"{name}X{group}" for group in groups}, repeated=False)
        message = self.file.message_type[-1]
        for text in texts:
            message.field.add(name=text, number=len(message.field) + 1, label=1, type=_STRING)

    def _plain(self, name: str, fields: Mapping[str, int], repeated: tuple[str, ...] = ()) -> None:
        message = self.file.message_type.add(name=name)
        for number, (field_id, kind) in enumerate(fields.items(), start=1):
            message.field.add(name=field_id, number=number, label=3 if field_id in repeated else 1, type=kind)
