"""The spellings of a known person's name: order, initials, joined, genitive, plural. Near misses are in `known`."""

from dataclasses import dataclass

from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.persons import Person


@dataclass(frozen=True)
class Variant:
    """`words` in plain lower case; a plain one needs a capital, because it is an ordinary word too."""

    words: tuple[str, ...]
    roles: tuple[str, ...]
    confidence: float
    plain: bool
    surname: bool


def variants(persons: tuple[Person, ...], lexicon: Lexicon) -> dict[tuple[str, ...], Variant]:
    """Every spelling with the roles that bear it."""
    found: dict[tuple[str, ...], Variant] = {}
    for person in persons:
        for words in _spellings(person):
            bearers = found[words].roles if words in found else ()
            roles = tuple(dict.fromkeys((*bearers, person.role)))
            confidence = 0.99 if len(words) > 1 else 0.97
            plain, surname = _plain(words, lexicon), _surname_only(words, person)
            found[words] = Variant(words, roles, confidence, plain, surname)
    return found


def _spellings(person: Person) -> list[tuple[str, ...]]:
    first, nick = phrase(person.first), phrase(person.nickname)
    particle, last = phrase(person.particle), phrase(person.last)
    surname = particle + last
    whole = [first + surname, first + last, surname + first, last + first + particle, surname, last, first, nick]
    joined = [("".join(words),) for words in (*whole[:6], first)]
    parts = [(part,) for part in (*first, *last) if len(part) > 2]
    short = [(first[0][0], *surname), (first[0][0] + "".join(surname),)] if first and last else []
    known = [words for words in (*whole, *joined, *parts, *short) if any(len(word) > 1 for word in words)]
    return [*known, *(ending for words in known for ending in _endings(words))]


def _endings(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Genitive and plural; an apostrophe with s is a word of its own."""
    if len(words[-1]) < 2:
        return []
    return [(*words[:-1], words[-1] + "s"), (*words, "s")]


def _plain(words: tuple[str, ...], lexicon: Lexicon) -> bool:
    """Whether the spelling is an ordinary word, with or without particles before or an s behind it."""
    kernel = [word for word in words if word not in lexicon.cues["particle"]]
    return len(kernel) <= 1 and all(word in lexicon.words for word in kernel)


def _surname_only(words: tuple[str, ...], person: Person) -> bool:
    """Whether nothing but the surname stands here."""
    surname = phrase(f"{person.particle} {person.last}")
    family = {*surname, "".join(surname), "s"}
    return all(word in family or word.removesuffix("s") in family for word in words)
