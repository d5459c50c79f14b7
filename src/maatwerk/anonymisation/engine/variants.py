"""The spellings of a known person's name: order, initials, joined, genitive, plural. Near misses are in `known`."""

from typing import NamedTuple

from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.persons import Person


class Variant(NamedTuple):
    """`words` in plain lower case; a plain one needs a capital, because it is an ordinary word too."""

    words: tuple[str, ...]
    roles: tuple[str, ...]
    confidence: float
    plain: bool
    surname: bool


def variants(persons: tuple[Person, ...], lists: Lexicon) -> dict[tuple[str, ...], Variant]:
    """Every spelling with the roles that bear it; genitive and plural too, an apostrophe with s being a word of its own."""
    found: dict[tuple[str, ...], Variant] = {}
    for person in persons:
        surname = phrase(f"{person.particle} {person.last}")
        family = {*surname, "".join(surname), "s"}
        family |= {f"{word}s" for word in family}
        own = (person.role,)
        for words in _spellings(person, lists):
            roles = found[words].roles if words in found else ()
            if person.role not in roles:
                roles += own
            confidence = 0.99 if len(words) > 1 else 0.97
            found[words] = Variant(words, roles, confidence, _plain(words, lists), family.issuperset(words))
    return found


def _spellings(person: Person, lists: Lexicon) -> set[tuple[str, ...]]:
    first, nick = phrase(person.first), phrase(person.nickname)
    particle, last = phrase(person.particle), phrase(person.last)
    surname = particle + last
    whole = [first + surname, first + last, surname + first, last + first + particle, surname, last, first, nick]
    joined = [("".join(words),) for words in (*whole[:6], first)]
    parts = [(part,) for part in (*first, *last) if len(part) > 2]
    parts += [(nick,) for part in (*first, "".join(first)) for nick in lists.nicknames.get(part, ())]
    short: list[tuple[str, ...]] = []
    if first and last:
        letters = "".join(word[0] for word in particle)
        short = [(first[0][0], *surname), (first[0][0] + "".join(surname),), (*last, first[0][0])]
        short += [(first[0][0] + letters + "".join(last),), (letters + "".join(last),)] if letters else []
    known = {words for words in (*whole, *joined, *parts, *short) if max(map(len, words), default=0) > 1}
    longer = [words for words in known if len(words[-1]) > 1]
    known.update([(*words[:-1], words[-1] + "s") for words in longer])
    known.update([(*words, "s") for words in longer])
    return known


def _plain(words: tuple[str, ...], lists: Lexicon) -> bool:
    """Whether the spelling is an ordinary word, with or without particles before or an s behind it."""
    particles = lists.cues["particle"]
    if len(words) == 1:
        return words[0] in lists.words or words[0] in particles
    kernel = [word for word in words if word not in particles]
    return not kernel or (len(kernel) == 1 and kernel[0] in lists.words)
