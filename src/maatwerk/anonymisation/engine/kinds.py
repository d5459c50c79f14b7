"""What the learned layer sees of a word: its kind by the lists, and what its neighbours announce. Short codes, kept per spelling.
Only so many are kept: a worker that runs for months must not hold every word that it ever read."""

from functools import lru_cache
from typing import NamedTuple

from maatwerk.anonymisation.engine.lexicon import Lexicon, lexicon
from maatwerk.anonymisation.engine.word_class import word_class

_MOST = 30_000
_ANNOUNCING = (
    ("title", "=T"),
    ("address", "=K"),
    ("role", "=R"),
    ("letter", "=L"),
    ("header", "=H"),
    ("institution-head", "=I"),
    ("school", "=S"),
)
_WORDS_AS_THEY_ARE = ("never", "place", "towards-person", "link", "particle", "towards-institution", "determiner")


class Form(NamedTuple):
    """One spelling by itself: its shape, its kind, what it is to its neighbours, whether no list explains it as a word, whether it is in a list of names;
    `never` names nobody where names have capitals, and a `little` one of those nowhere.

    `cue` is how surely it announces a name: address, role, letter, header; empty when it does not. `institution`: head or tail of one.
    """

    low: str
    shape: str
    kind: str
    word_class: str
    around: str
    seen: str
    strange: bool
    named: bool
    never: bool
    little: bool
    cue: str
    institution: str


@lru_cache(maxsize=_MOST)
def form(text: str) -> Form:
    """What there is to know of a spelling."""
    low = text.lower()
    shape, code, around, cue = _shape(text), kind(low), context(low), _cue(low)
    seen = around + shape if shape != "l" and around[0] != "=" else around
    return Form(
        low,
        shape,
        code,
        word_class(low) if "o" in code else "",
        around,
        seen,
        strange(code),
        not {"f", "s", "b"}.isdisjoint(code),
        bool(cue) or low in lexicon().cues["never"],
        bool(cue) or not {"N", "A"} & {*word_class(low)} or low in lexicon().cues["determiner"],
        cue,
        _institution(low),
    )


def _cue(low: str) -> str:
    cues = lexicon().cues
    if low in cues["address"]:
        return "address"
    if low in cues["role"] or low.endswith(lexicon().endings["role-ending"]):
        return "role"
    return "letter" if low in cues["letter"] else "header" if low in cues["header"] else ""


def _institution(low: str) -> str:
    if low in lexicon().cues["institution-head"] or (low.endswith("praktijk") and len(low) > 11):
        return "head"
    return "tail" if low.endswith(lexicon().endings["institution-ending"]) else ""


@lru_cache(maxsize=_MOST)
def ordinary(low: str) -> bool:
    """A word of speech, chats or another language, or a compound of Dutch ones; kept per word."""
    code = kind(low)
    return "o" in code or "c" in code


def strange(code: str) -> bool:
    """Neither a word, nor a compound, nor a nationality."""
    return not ("o" in code or "c" in code or "p" in code)


def _shape(text: str) -> str:
    if text.islower():
        return "l"
    if len(text) == 1:
        return "1"
    if text.isupper():
        return "A"
    return "C" if text[1:].islower() else "X"


@lru_cache(maxsize=_MOST)
def kind(low: str) -> str:
    """o ordinary (with how frequent it is, 3 most, i of speech and chats, e foreign), c compound, m a thing with a name, f first name, s surname, q other name, p nationality and the like, k protected; if none, what `unknown` says."""
    lists = lexicon()
    code = ("k" if low in lists.terms else "") + ("m" if low in lists.things else "")
    if low in lists.words:
        code += "o" + lists.frequent.get(low, "")
    else:
        code += "oi" if low in lists.informal else "oe" if low in lists.foreign else "c" if lists.ordinary(low) else ""
    code += "p" if low in lists.proper else ""
    named = _named(lists, low)
    if not named and not code and low.endswith("s"):
        named = _named(lists, low[:-1])
    return code + named or unknown(low)


def unknown(low: str) -> str:
    """Of a word that no list has: x a slip of the pen in an ordinary one, y the beginning of one, u neither."""
    lists = lexicon()
    if not 4 < len(low) < 24:
        return "y" if len(low) > 2 and lists.shortened(low) else "u"
    return "y" if lists.shortened(low) else "x" if lists.slip(low) else "u"


@lru_cache(maxsize=_MOST)
def context(low: str) -> str:
    """A word as the neighbour of another: itself when it is a small word, else what it announces, else its kind."""
    cues, endings = lexicon().cues, lexicon().endings
    for name, code in _ANNOUNCING:
        if low in cues[name]:
            return code
    if low.endswith(endings["role-ending"]):
        return "=R"
    if any(low in cues[name] for name in _WORDS_AS_THEY_ARE):
        return low
    if low in cues["verb"]:
        return "=V"
    for name, code in (("method", "=M"), ("institution-ending", "=I")):
        if low.endswith(endings[name]):
            return code
    code = kind(low)
    return code + word_class(low) if "o" in code else code


def _named(lists: Lexicon, low: str) -> str:
    first, last = low in lists.first_names, low in lists.surnames
    if first or last:
        return "b" if first and last else "f" if first else "s"
    return "q" if low in lists.names else ""
