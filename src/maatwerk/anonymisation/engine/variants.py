"""The spellings of a known person's name: order, initials, joined, genitive, plural. Near misses are in `known`."""

from typing import NamedTuple

from maatwerk.anonymisation.engine.lexicon import Lexicon, lexicon, phrase
from maatwerk.anonymisation.engine.persons import Person


class Variant(NamedTuple):
    """`words` in plain lower case, the roles that bear them, and what the last of those is called by surname."""

    words: tuple[str, ...]
    roles: tuple[str, ...]
    family: frozenset[str]

    @property
    def confidence(self) -> float:
        return 0.99 if len(self.words) > 1 else 0.97

    @property
    def surname(self) -> bool:
        """Only that: a stranger's first name before it makes another person."""
        return self.family.issuperset(self.words)

    @property
    def plain(self) -> bool:
        """Whether it is an ordinary word too, with or without particles before or an s behind it: then it needs a capital."""
        lists = lexicon()
        if len(self.words) == 1:
            return self.words[0] in lists.words or self.words[0] in lists.cues["particle"]
        kernel = [word for word in self.words if word not in lists.cues["particle"]]
        return not kernel or (len(kernel) == 1 and kernel[0] in lists.words)


def variants(persons: tuple[Person, ...], lists: Lexicon) -> dict[tuple[str, ...], Variant]:
    """Every spelling with who bears it; genitive and plural too, an apostrophe with s being a word of its own."""
    found: dict[tuple[str, ...], Variant] = {}
    for person in persons:
        surname = phrase(f"{person.particle} {person.last}")
        particle = phrase(person.particle)
        shortened = {word[0] for word in particle} | {"".join(particle), letters_of(particle)}
        names = {*surname, "".join(surname), "s", *shortened}
        family, own = frozenset((*names, *(f"{word}s" for word in names))), (person.role,)
        for words in _spellings(person, lists):
            before = found.get(words)
            roles = own if before is None else tuple(dict.fromkeys(before.roles + own))
            found[words] = Variant(words, roles, family)
    return found


def letters_of(words: tuple[str, ...]) -> str:
    """The first letters of words."""
    return "".join(word[0] for word in words)


def _spellings(person: Person, lists: Lexicon) -> set[tuple[str, ...]]:
    first, nick = phrase(person.first), phrase(person.nickname)
    particle, last = phrase(person.particle), phrase(person.last)
    surname = particle + last
    whole = [first + surname, first + last, surname + first, last + first + particle, surname, last, first, nick]
    joined = [("".join(words),) for words in (*whole[:6], first)]
    parts: list[tuple[str, ...]] = [(part,) for part in (*first, *last) if len(part) > 2]
    parts += [(nick,) for part in (*first, "".join(first)) for nick in lists.nicknames.get(part, ())]
    short: list[tuple[str, ...]] = []
    if first and last:
        letters = "".join(word[0] for word in particle)
        short = [(first[0][0], *surname), (first[0][0] + "".join(surname),), (*last, first[0][0])]
        short += [(first[0][0] + letters + "".join(last),), (letters + "".join(last),)] if letters else []
        short += [("".join(first) + letters + "".join(last),)] if letters else []
    if last and len(particle) > 1:
        parts += [("".join(particle), *last), (letters_of(particle), *last), (*letters_of(particle), *last)]
    known = {words for words in (*whole, *joined, *parts, *short) if len("".join(words)) > len(words)}
    longer = [words for words in known if len(words[-1]) > 1]
    known.update([(*words[:-1], words[-1] + "s") for words in longer])
    known.update([(*words, "s") for words in longer])
    return known
