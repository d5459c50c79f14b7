"""Institutions that nobody listed, by what is said of them: behandeling bij X, aangemeld bij X, de begeleider van X, instelling: X.
Where capitals are used the name has one; in careless writing the phrase ends where the words do that may stand in a name."""

from collections.abc import Iterator
from functools import cache

from maatwerk.anonymisation.engine.careless import careless
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.lexicon import Lexicon, lexicon, phrase
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.reading import Reading

_PLACED = frozenset(("bij", "naar", "via", "vanuit", "door", "van"))
_ARTICLES = frozenset(("de", "het", "t"))
_INNER = frozenset(("de", "het", "van", "der", "den", "voor"))
_BACK = 4


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What heads a phrase that names no institution, what is never a name, where a name in small letters ends."""
    cues = lexicon().cues
    heads = cues["no-institution"] | cues["school"] | cues["school-kind"]
    never = (cues["never"] | heads) - _ARTICLES
    return heads, never, never | cues["verb"] | cues["particle"] | cues["link"] | _PLACED


class Referrals:
    """Finds them in one reading."""

    def __init__(self, reading: Reading, known: Known, lists: Lexicon) -> None:
        self._reading, self._words, self._lexicon = reading, reading.words, lists
        self._persons = {word for person in known.persons for word in phrase(f"{person.first} {person.last}")}
        self._heads, self._never, self._stops = _words()
        self._workers = lists.cues["care-worker"]

    def found(self) -> Iterator[Finding]:
        """What follows a word of care and "bij", and what follows a header."""
        for low in sorted(_PLACED & self._reading.places.keys()):
            for at in self._reading.places[low]:
                if self._announced(at):
                    yield from self._name(at + 1, self._never)
                elif low != "van":
                    yield from self._titled(at + 1)
        for low in sorted(self._lexicon.cues["institution-header"] & self._reading.places.keys()):
            for at in self._reading.places[low]:
                if self._reading.gap(at).startswith((":", " :")) and "\n" not in self._reading.gap(at):
                    yield from self._name(at + 1, never=frozenset())

    def _announced(self, at: int) -> bool:
        """Whether a word of care stands a few words before this preposition, in the same sentence."""
        begin = max(0, at - _BACK)
        for index in range(at - 1, begin - 1, -1):
            if self._reading.gap(index) not in (" ", ", "):
                return False
            low = self._words[index].low
            if low in self._workers or (low.endswith(self._lexicon.endings["role-ending"]) and index == at - 1):
                return index == at - 1 or self._words[at].low != "van"
            if low in self._lexicon.cues["care"]:
                return self._words[at].low != "van" or low.startswith("wacht")
        return False

    def _name(self, begin: int, never: frozenset[str]) -> Iterator[Finding]:
        """The name that begins here, with its article."""
        if begin >= len(self._words) or (never and self._reading.gap(begin - 1) not in (" ", " '", ' "')):
            return
        first = begin + (self._words[begin].low in _ARTICLES)
        if first > begin and (first >= len(self._words) or self._reading.gap(begin) != " "):
            return
        if self._words[first].capital:
            end = self._capitals(first, never)
        else:
            end = self._small(first) if careless(self._reading, first) else first
        if end > first and not self._other(first, end):
            yield Finding(self._words[begin].start, self._words[end - 1].end, "instelling", 0.7)

    def _titled(self, begin: int) -> Iterator[Finding]:
        """Naar De Kade: an article with a capital inside a sentence belongs to a name."""
        if begin + 1 >= len(self._words) or self._reading.gap(begin - 1) != " " or self._reading.gap(begin) != " ":
            return
        article, word = self._words[begin], self._words[begin + 1]
        if article.low in _ARTICLES and article.capital and word.capital and not self._surname(word.low):
            end = self._capitals(begin + 1, self._never)
            if end > begin + 1 and not self._other(begin + 1, end):
                yield Finding(article.start, self._words[end - 1].end, "instelling", 0.6)

    def _capitals(self, first: int, never: frozenset[str]) -> int:
        """One past the last word of a name in capitals; small words may stand between two of its words."""
        end = first
        while end < len(self._words) and end - first < 6:
            if end > first and self._reading.gap(end - 1) not in (" ", "-", " & "):
                break
            if self._reading.gap(end).startswith(":"):
                break
            word = self._words[end]
            following = self._words[end + 1] if end + 1 < len(self._words) else None
            if word.capital and word.low not in never:
                end += 1
            elif (
                word.low in _INNER and end > first and following and following.capital and self._reading.gap(end) == " "
            ):
                end += 2
            else:
                break
        return end

    def _small(self, first: int) -> int:
        """One past the last word of a name in small letters: two words at most, or nothing when one of them is no part of a name."""
        end = first
        while end < len(self._words) and end - first < 3 and (end == first or self._reading.gap(end - 1) == " "):
            if self._words[end].low in self._stops or len(self._words[end].low) < 3:
                break
            end += 1
        if end == first or end - first > 2 or self._plain(self._words[end - 1].low):
            return first
        follows = self._words[end].low if end < len(self._words) and self._reading.gap(end - 1) == " " else ""
        return first if follows in self._heads else end

    def _plain(self, low: str) -> bool:
        """A trade, a body, an activity: what care is given by or about, and no name."""
        lexicon = self._lexicon
        endings = (*lexicon.endings["no-institution-ending"], *lexicon.endings["role-ending"])
        announces = low in lexicon.cues["address"] or low in lexicon.cues["role"]
        return low.endswith(endings) or low in lexicon.terms or lexicon.frequent.get(low, "") == "3" or announces

    def _other(self, first: int, end: int) -> bool:
        """A person or a nationality, which other layers judge."""
        low = self._words[first].low
        if low in self._persons or low in self._lexicon.proper or low in self._lexicon.cues["address"]:
            return True
        return end == first + 1 and low in self._lexicon.first_names and not self._words[first].capitals

    def _surname(self, low: str) -> bool:
        return low in self._persons or low in self._lexicon.surnames
