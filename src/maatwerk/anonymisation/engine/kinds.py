"""What the learned layer sees of a word: its kind by the lists, and what its neighbours announce. Short codes, kept per word."""

from functools import cache

from maatwerk.anonymisation.engine.lexicon import Lexicon, lexicon

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


@cache
def kind(low: str) -> str:
    """o ordinary (with how frequent it is, 3 most), c compound, f first name, s surname, q other name, p nationality and the like, k protected, u unknown."""
    lists = lexicon()
    code = "k" if low in lists.terms else ""
    code += "o" + lists.frequent.get(low, "") if low in lists.words else "c" if lists.ordinary(low) else ""
    code += "p" if low in lists.proper else ""
    named = _named(lists, low)
    if not named and not code and low.endswith("s"):
        named = _named(lists, low[:-1])
    return code + named or "u"


@cache
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
    return kind(low)


def _named(lists: Lexicon, low: str) -> str:
    first, last = low in lists.first_names, low in lists.surnames
    if first or last:
        return "b" if first and last else "f" if first else "s"
    return "q" if low in lists.names else ""
