"""Conditions in CEL: checked against the form at load, evaluated on plain maps, and closed: unknown never holds.

CEL itself fails open (an error is a truthy value that may carry text of the data), so only a BOOL that is true counts and no
message of an evaluation ever leaves this module. An expression gets only what it looks at: converting a case costs more
than judging it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from cel_expr_python import cel

from maatwerk.rules.ages import age_on
from maatwerk.rules.arithmetic import RECKONING
from maatwerk.rules.lengths import Length, Unit, add
from maatwerk.rules.refusals import Refused

_ROOTS = ("aanvraag", "deze", "laatste", "alle", "stap", "zaak", "feit", "toestemming", "termijn", "vandaag", "lijst", "tarief",
          "regel", "bekostiging", "eerder", "matrix", "opvolging")  # fmt: skip
_STRING = re.compile(r"'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"")
_PATH = re.compile(rf"\b({'|'.join(_ROOTS)})\b((?:\.[a-z_][a-z0-9_]*)*)")
_UNUSUAL = re.compile(r"(?<![\w'\"])[rRbB]+['\"]|\"\"\"|'''|//")
_POSITION = re.compile(r"<input>:(\d+):(\d+): (.*)")
MAX_LENGTH = 2_000


def _months(start: str, end: str) -> int:
    """Full calendar months from start to end (both ISO dates)."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if months > 0 and add(first, Length(months, "month")) > last else months


def _shift(start: str, amount: int, unit: Unit) -> str:
    day = date.fromisoformat(start)
    return (add(day, Length(amount, unit)) if amount > 0 else day).isoformat()


def _plain(items: Any) -> Iterator[int]:
    for item in items:
        yield item if isinstance(item, int) else item.plain_value()


_T = cel.Type
_HELPERS: tuple[tuple[str, Any, list[Any], Any], ...] = (
    ("leeftijd_op", _T.INT, [_T.STRING, _T.STRING], lambda b, d: age_on(date.fromisoformat(b), date.fromisoformat(d))),
    ("som", _T.INT, [_T.List(_T.INT)], lambda items: sum(_plain(items))),
    ("minste", _T.INT, [_T.INT, _T.INT], min),
    ("grootste", _T.INT, [_T.INT, _T.INT], max),
    ("euro", _T.INT, [_T.INT], lambda amount: amount * 100),
    ("datum", _T.STRING, [_T.STRING], lambda text: date.fromisoformat(text).isoformat()),
    ("maanden_tussen", _T.INT, [_T.STRING, _T.STRING], _months),
    ("plus_maanden", _T.STRING, [_T.STRING, _T.INT], lambda day, n: _shift(day, n, "month")),
    ("plus_dagen", _T.STRING, [_T.STRING, _T.INT], lambda day, n: _shift(day, n, "day")),
    *RECKONING,
)


@cache
def functions() -> tuple[Any, ...]:
    """The helper functions of conditions: dates are ISO texts, money whole eurocents."""
    return tuple(
        cel.FunctionDecl(name, [cel.Overload(f"{name}_1", result, parameters, False, impl)])
        for name, result, parameters, impl in _HELPERS
    )


@cache
def _open_env() -> Any:
    return cel.NewEnv(variables={**dict.fromkeys(_ROOTS, _T.DYN), "vandaag": _T.STRING}, functions=list(functions()))


@lru_cache(maxsize=4096)
def _program(text: str) -> Any:
    return _open_env().compile(text)


def is_unusual(text: str) -> bool:
    """Whether `paths` may miss what an expression looks at: it has raw or long texts, or a comment."""
    return _UNUSUAL.search(text) is not None


def ready(text: str) -> None:
    """Compiles what will be evaluated, once and beforehand."""
    _program(text)


@lru_cache(maxsize=4096)
def _reads(text: str) -> tuple[tuple[str, frozenset[str] | None], ...]:
    """Per root the names below it that an expression looks at; None when it may look at all of them."""
    if is_unusual(text):
        return tuple((root, None) for root in _ROOTS)
    found: dict[str, set[str] | None] = {}
    for path in paths(text):
        root, _, rest = path.partition(".")
        names = found.setdefault(root, set())
        if not rest:
            found[root] = None
        elif names is not None:
            names.add(rest.partition(".")[0])
    return tuple((root, None if names is None else frozenset(names)) for root, names in found.items())


def _seen(text: str, context: Mapping[str, Any]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for root, names in _reads(text):
        if root in context:
            whole = context[root]
            part_will_do = names is not None and isinstance(whole, dict)
            seen[root] = {name: whole[name] for name in names or () if name in whole} if part_will_do else whole
    return seen


@dataclass(frozen=True)
class Unclear:
    """A condition that can't be judged: something it looks at is absent or has the wrong shape."""


UNCLEAR = Unclear()
_NO_VALUE = (_T.ERROR, _T.UNKNOWN)


def evaluate(text: str, context: Mapping[str, Any]) -> Any:
    """The plain value of an expression, or UNCLEAR. `context` maps hold str, int, bool, list, dict only."""
    try:
        result = _program(text).eval(data=_seen(text, context))
        value = result.plain_value()
        if isinstance(value, int):  # also True and False; of an error the value is a text
            return value
        return UNCLEAR if result.type() in _NO_VALUE else value
    except (RuntimeError, ValueError, TypeError, Refused):
        return UNCLEAR


def holds(text: str, context: Mapping[str, Any]) -> bool | None:
    """True or False when certain, None when it can't be judged. An empty condition holds."""
    if not text:
        return True
    value = evaluate(text, context)
    return value if isinstance(value, bool) else None


def whole(text: str, context: Mapping[str, Any]) -> int | None:
    """The whole number an amount expression gives, None when it can't be judged."""
    value = evaluate(text, context)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


@lru_cache(maxsize=4096)
def paths(text: str) -> tuple[str, ...]:
    """The dotted names an expression looks at, in order of appearance; names inside quotes don't count."""
    bare = _STRING.sub("''", text)
    return tuple(dict.fromkeys(match.group(0) for match in _PATH.finditer(bare)))


def renamed(text: str, root: str, name: str) -> str:
    """An expression that is not unusual, with another name for one of its roots."""
    return re.sub(rf"({_STRING.pattern}|\.\s*{root}\b)|\b{root}\b", lambda found: found[1] or name, text)


@lru_cache(maxsize=4096)
def reads(text: str, root: str) -> bool:
    """Whether an expression looks at a root. Where names can't be told apart from texts the word is enough: none may be missed."""
    return root in text if is_unusual(text) else any(name == root for name, _ in _reads(text))


def looked_at(text: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """The values behind `paths`, for an explanation to the one who filled them in; absent ones are left out."""
    found: dict[str, Any] = {}
    for path in paths(text):
        root, *parts = path.split(".")
        value: Any = context.get(root)
        for part in parts:
            value = value.get(part) if isinstance(value, dict) else None
        if value is not None and not isinstance(value, dict):
            found[path] = value
    return found


def compile_fault(place: Any, text: str, expected: Any | None) -> str:
    """Why `text` does not compile where it stands, in a checking environment: one Dutch sentence with its position, or '' when it does."""
    if len(text) > MAX_LENGTH:
        return f"de uitdrukking is langer dan {MAX_LENGTH} tekens."
    try:
        program = place.compile(text)
        _program(text)  # what will be evaluated; from now on it is ready
    except (RuntimeError, ValueError, TypeError) as error:
        found = _POSITION.search(str(error))
        if not found:
            return "de uitdrukking is niet te lezen."
        return f"CEL, positie {found.group(2)}: {_dutch(found.group(3))}."
    if expected is not None and not expected.is_assignable_from(program.return_type()):
        return f"hier hoort {_kind(expected)}, maar de uitkomst is {_kind(program.return_type())}."
    return ""


def _kind(kind: Any) -> str:
    words = {"BOOL": "ja of nee", "INT": "een geheel getal", "STRING": "een tekst", "DOUBLE": "een kommagetal"}
    return words.get(str(kind.name()), "iets anders")


def _dutch(message: str) -> str:
    if undefined := re.match(r"undefined field '([^']*)'", message):
        return f"het veld '{undefined.group(1)}' bestaat niet"
    if undeclared := re.match(r"undeclared reference to '([^']*)'", message):
        root = undeclared.group(1).partition(".")[0]
        return f"'{root}' is hier niet te lezen" if root in (*_ROOTS, "deze") else f"de naam '{root}' bestaat niet"
    if overload := re.match(r"found no matching overload for '([^']*)' applied to '([^']*)'", message):
        return f"'{overload.group(1).strip('_')}' past niet op {overload.group(2)}"
    if message.startswith("Syntax error"):
        return "de schrijfwijze klopt niet (controleer haakjes, aanhalingstekens en tekens)"
    return "de uitdrukking klopt niet"
