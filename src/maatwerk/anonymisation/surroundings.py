"""What a tenant knows around a case that its answers don't say: care providers, other schools, its own people and names. Most of it
changes without any case being touched, so a pack is compared only by what its texts may say of it (`said_in`)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from maatwerk.anonymisation.engine.lexicon import lexicon, phrase
from maatwerk.anonymisation.engine.reading import fold
from maatwerk.anonymisation.engine.staff import person_of
from maatwerk.anonymisation.words import KEEP, REMOVE, tenant_words
from maatwerk.cases.case import Case
from maatwerk.organisations.queries import organisation, schools
from maatwerk.people.queries import colleagues
from maatwerk.rules.care_providers import CareProvider, read_providers
from maatwerk.tenancy import Tx, tenant_settings

MOST_SCHOOLS = 10_000
TELLING = 4
_WORD = re.compile("[a-z]+")


@dataclass(frozen=True)
class Surroundings:
    """`own_names` are the partnership's, which every reader knows; `board` is that of the pupil's school, `schools` are the others,
    `staff` the full names of those who may have to do with the case, `kept` what the partnership decided to leave in texts."""

    own_names: tuple[str, ...] = ()
    providers: tuple[CareProvider, ...] = ()
    schools: tuple[str, ...] = ()
    board: str = ""
    staff: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    def said_in(self, texts: Iterable[str]) -> "Surroundings":
        """With only those whose name may stand in a text: nothing else that the tenant knows changes what is taken out of them."""
        plain = [" ".join(("", *_WORD.findall(fold(text)), "")) for text in texts]
        words = frozenset(word for text in plain for word in text.split())
        return replace(
            self,
            providers=tuple(each for each in self.providers if any(_said(n, words) for n in (each.name, *each.also))),
            schools=tuple(name for name in self.schools if any(len(w) >= TELLING and w in words for w in phrase(name))),
            staff=tuple(name for name in self.staff if _person_said(name, words, plain)),
            kept=tuple(word for word in self.kept if _said(word, words)),
        )


async def surroundings(tx: Tx, case: Case) -> Surroundings:
    """What the tenant knows now around this case. Of its members those of the case's school and everybody who is of no other one."""
    settings, lists = await tenant_settings(tx), await tenant_words(tx)
    own, all_schools = await organisation(tx, case.organisation_id), await schools(tx, None, MOST_SCHOOLS)
    name: str = await tx.fetchval("SELECT name FROM tenant WHERE id = $1", tx.tenant_id)
    return Surroundings(
        own_names=tuple(dict.fromkeys((name, *_without_kind(name), str(settings.get("afzendernaam", name))))),
        providers=(*read_providers(settings)[0], *(CareProvider(name=word) for word in lists[REMOVE])),
        schools=tuple(sorted({each.name for each in all_schools if each.id != case.organisation_id})),
        board=own.board if own else "",
        staff=tuple(await colleagues(tx, case.organisation_id)),
        kept=tuple(lists[KEEP]),
    )


def _without_kind(name: str) -> tuple[str, ...]:
    """The name without the word in front that says what it is."""
    kind, _, rest = name.partition(" ")
    return (rest,) if rest and kind.casefold() in lexicon().cues["school"] else ()


def _said(name: str, words: frozenset[str]) -> bool:
    return words.issuperset(phrase(name))


def _person_said(name: str, words: frozenset[str], plain: Sequence[str]) -> bool:
    """A surname; one that is an ordinary word only beside a first name or its initial, or behind its particle."""
    person = person_of(name, "", lexicon())
    first, particle, last = phrase(person.first), phrase(person.particle), phrase(person.last)
    if not last or not all(word in words or f"{word}s" in words for word in last):
        return False
    if not all(map(lexicon().ordinary, last)):
        return True
    surname = " ".join((*particle, *last))
    told = [f" {first[0][0]} {surname}", f" {first[-1]} {surname}", f" {surname} {first[0]} "]
    if particle:
        told.append(f" {surname}")
    return any(one in text for one in told for text in plain)
