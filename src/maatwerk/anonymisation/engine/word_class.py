"""What an ordinary word can be, read off the word list: a finite verb, an infinitive or participle, a noun, an adjective. A word is
a verb when the list has its infinitive and the participle of that; a noun when it has a diminutive. Often right, never proof."""

from functools import lru_cache

from maatwerk.anonymisation.engine.lexicon import lexicon

_VOWELS = frozenset("aeiou")
_SOFT = {"f": "v", "s": "z"}
_MOST = 30_000


@lru_cache(maxsize=_MOST)
def word_class(low: str) -> str:
    """V finite, I infinitive or participle, N noun, A adjective, or several in this order; empty when the list does not tell."""
    words = lexicon().words
    return (
        ("V" if _finite(low, words) else "")
        + ("I" if _infinite(low, words) else "")
        + ("N" if _noun(low, words) else "")
        + ("A" if _adjective(low, words) else "")
    )


def finite(low: str) -> bool:
    """Whether a person may do this: a verb in the present or past tense; one that may be a noun too only if a list names it."""
    cues = lexicon().cues
    if low in cues["verb"] or low in cues["strong-verb"]:
        return True
    can_be = word_class(low)
    return "V" in can_be and "N" not in can_be


def _finite(low: str, words: frozenset[str]) -> bool:
    """Present or past tense: belt, vindt, belde, werkte, and the strong ones that a list names."""
    cues = lexicon().cues
    if low in cues["verb"] or low in cues["strong-verb"]:
        return True
    return (low[-1:] == "t" and _stem(low[:-1], words)) or (low[-2:] in ("de", "te") and _stem(low[:-2], words))


def _infinite(low: str, words: frozenset[str]) -> bool:
    if low[-2:] == "en" and (low + "d" in words or low + "de" in words):
        return True
    return (
        low[:2] == "ge" and len(low) > 4 and ((low[-1] in "dt" and _stem(low[2:-1], words)) or low[2:] + "d" in words)
    )


def _stem(stem: str, words: frozenset[str]) -> bool:
    """Whether it is the stem of a verb."""
    return len(stem) > 1 and any(
        base + "en" in words and (base + "end" in words or base + "ende" in words) for base in _bases(stem)
    )


def _bases(stem: str) -> tuple[str, ...]:
    """A stem as it is spelt before a vowel: werk, bell, lop, schrijv, lez."""
    last = stem[-1]
    soft = stem[:-1] + _SOFT.get(last, last)
    if len(stem) > 2 and last not in _VOWELS and stem[-2] == stem[-3] and stem[-2] in _VOWELS:
        return soft, soft[:-2] + soft[-1]
    return soft, stem, stem + last


def _noun(low: str, words: frozenset[str]) -> bool:
    if len(low) < 3:
        return False
    singular = [low, low[:-1]] if low[-1] == "s" else [low]
    singular += [low[:-2], low[:-3]] if low[-2:] == "en" and len(low) > 4 else []
    diminutives = (one + tail for one in singular for tail in ("je", "tje", "pje", one[-1] + "etje"))
    return any(form in words for form in diminutives) or (low[-3:] == "ing" and low[:-1] + "kje" in words)


def _adjective(low: str, words: frozenset[str]) -> bool:
    bases = _bases(low[:-1] if low[-1] == "e" and len(low) > 3 else low) if len(low) > 2 else ()
    return any(base + "e" in words and base + "er" in words for base in bases)
