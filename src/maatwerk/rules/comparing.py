"""Two versions of a scheme compared: a sentence in plain Dutch for each rule that changes, from the decoded parts and never
from lines of text. What only moves within its file changes nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from typing import Any

from maatwerk.rules import comparing_words as words
from maatwerk.rules.comparing_values import apart, is_part, name_of, said, titled
from maatwerk.rules.composing import as_written
from maatwerk.rules.decoding import key_of
from maatwerk.rules.matrix import without_choices
from maatwerk.rules.outline import ColumnDef, HeadingDef
from maatwerk.rules.scheme import DisclosureDef, EffectDef, Panel, Scheme, Signatory

EMPTY: tuple[Any, ...] = (None, "", (), {})


@dataclass(frozen=True)
class Sentence:
    """One change: under which heading, at which key of the file, and what it is."""

    group: str
    place: str
    text: str


def compare(old: Scheme, new: Scheme) -> tuple[Sentence, ...]:
    """Every rule that differs, in the order in which a file has them."""
    return tuple(_Comparison(without_choices(as_written(old)), without_choices(as_written(new))).all())


@dataclass(frozen=True)
class _Comparison:
    old: Scheme
    new: Scheme

    def all(self) -> Iterator[Sentence]:
        for item in fields(Scheme):
            key, was, becomes = key_of(item), getattr(self.old, item.name), getattr(self.new, item.name)
            group = words.GROUPS.get(key, words.GENERAL)
            general = group == words.GENERAL
            for place, text in self.value(self.old, self.new, key, was, becomes, "De regeling" if general else ""):
                yield Sentence(group, place, f"{text[:1].upper()}{text[1:]}.")

    def part(self, was: Any, becomes: Any, subject: str, place: str) -> Iterator[tuple[str, str]]:
        """(key, text) of what differs between two parts of a kind."""
        for item in fields(becomes):
            key, before, after = key_of(item), getattr(was, item.name), getattr(becomes, item.name)
            for below, text in self.value(was, becomes, key, before, after, subject):
                yield f"{place}.{below}", text

    def value(
        self, was: Any, becomes: Any, key: str, before: Any, after: Any, subject: str
    ) -> Iterator[tuple[str, str]]:
        """The same for what stands under one key."""
        if before == after:
            return
        sample = next(iter(_values(before) or _values(after)), None)
        label = words.label(type(becomes).__name__, key)
        if is_part(before) != is_part(after) and None in (before, after):
            lead = f"{subject}, {label}" if subject else label
            yield key, f"{lead} {'vervalt' if after is None else 'komt erbij'}"
        elif is_part(before) and is_part(after):
            yield from self.part(before, after, f"{subject}, {label}" if subject else label, key)
        elif is_part(sample):
            yield from self.entries(_entries(self.old, before), _entries(self.new, after), subject, key)
        elif isinstance(before, dict):
            yield from self.choices(before, after, f"{subject}, {label}" if subject else label, key)
        else:
            lead = f"{subject}, {label}" if subject and label else subject or label
            yield key, f"{lead}: {self.leaf(was, becomes, key, before, after)}"

    def leaf(self, was: Any, becomes: Any, key: str, before: Any, after: Any) -> str:
        old = "niets" if before in EMPTY else said(self.old, was, key, before)
        new = "niets" if after in EMPTY else said(self.new, becomes, key, after)
        if old == new:
            old, new = f"'{before}'", f"'{after}'"
        elif isinstance(before, str) and isinstance(after, str):
            old, new = apart(old, new)
        return f"was {old}, wordt {new}"

    def entries(
        self, before: Mapping[str, tuple[str, Any]], after: Mapping[str, tuple[str, Any]], subject: str, key: str
    ) -> Iterator[tuple[str, str]]:
        """Entries of a table or list by id: (name, part)."""
        lead = f"{subject}, " if subject else ""
        for item_id in dict.fromkeys((*before, *after)):
            name, part = after.get(item_id) or before[item_id]
            place = key if "'" in item_id else f"{key}.{item_id}"
            noun = words.NOUNS.get(type(part).__name__, key)
            if item_id not in after:
                yield place, f"{lead}{noun} {name} vervalt"
            elif item_id not in before:
                new, told = "nieuw" if noun in words.NEUTER else "nieuwe", "; ".join(self.told(part))
                yield place, f"{lead}{new} {noun} {name}{': ' if told else ''}{told}"
            else:
                yield from self.part(before[item_id][1], part, f"{lead}{noun} {name}", place)

    def told(self, part: Any) -> Iterator[str]:
        """What a new part says, key by key, less its name and what every part of its kind says anyhow."""
        for item in fields(part):
            value, key = getattr(part, item.name), key_of(item)
            default = item.default_factory() if item.default_factory is not MISSING else item.default
            if value == default or (key == "titel" and not isinstance(part, EffectDef)):
                continue
            label = words.label(type(part).__name__, key)
            if is_part(value):
                yield f"{label} ({'; '.join(self.told(value))})"
            elif is_part(next(iter(_values(value)), None)):
                yield f"{label} {', '.join(name for name, _ in _entries(self.new, value).values())}"
            elif isinstance(value, dict):
                yield f"{label} {', '.join(f'“{text}”' for text in value.values())}"
            else:
                yield f"{label} {said(self.new, part, key, value)}".strip()

    def choices(
        self, before: Mapping[str, str], after: Mapping[str, str], subject: str, key: str
    ) -> Iterator[tuple[str, str]]:
        """A table of texts, such as the answers to choose from."""
        for name in dict.fromkeys((*before, *after)):
            place = f"{key}.{name}"
            if name not in after:
                yield place, f"{subject}: “{before[name]}” vervalt"
            elif name not in before:
                yield place, f"{subject}: “{after[name]}” komt erbij"
            elif before[name] != after[name]:
                old, new = apart(f"“{before[name]}”", f"“{after[name]}”")
                yield place, f"{subject}: was {old}, wordt {new}"


def _values(value: Any) -> Sequence[Any]:
    return tuple(value.values()) if isinstance(value, dict) else value if isinstance(value, tuple) else ()


def _entries(scheme: Scheme, value: Any) -> dict[str, tuple[str, Any]]:
    """id -> (name, part). A list has no ids: its parts are known by what they are about, and by number when that is equal."""
    if isinstance(value, dict):
        return {item_id: (f"'{name_of(item_id, part)}'", part) for item_id, part in value.items()}
    found: dict[str, tuple[str, Any]] = {}
    for number, part in enumerate(value, 1):
        name = _about(scheme, part, number)
        item_id = next(
            f"{name}#{n}" if n else name for n in range(len(value)) if (f"{name}#{n}" if n else name) not in found
        )
        found[item_id] = (f"{name} ({item_id.rpartition('#')[2]})" if "#" in item_id else name, part)
    return found


def _about(scheme: Scheme, part: Any, number: int) -> str:
    match part:
        case EffectDef(book=book) if book:
            return f"'{part.kind}' op {titled(scheme, 'boek', book)}"
        case EffectDef():
            return f"'{part.kind}' {titled(scheme, 'tekst', part.text) if part.text else f'“{part.title}”'}"
        case Signatory():
            return (
                f"{titled(scheme, 'rol', part.role)} vanaf {part.from_age} jaar"
                if part.from_age
                else titled(scheme, "rol", part.role)
            )
        case DisclosureDef():
            return titled(scheme, "rol", part.audience)
        case HeadingDef():
            return f"'{part.label}'"
        case ColumnDef():
            return f"'{part.column}' voor {titled(scheme, 'formulier', part.field)}"
        case Panel():
            return str(number)
        case _:
            return str(number)
