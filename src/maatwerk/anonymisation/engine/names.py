"""Layers 3 and 4: names nobody told of: behind a cue word such as juf or mentor, and by the learned weights."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from maatwerk.anonymisation.engine.features import Evidence
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import ordinary
from maatwerk.anonymisation.engine.learned import name_words
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading, Word
from maatwerk.anonymisation.engine.thresholds import CONSIDERED, DOUBTED, least
from maatwerk.anonymisation.engine.word_class import word_class

_SMALL_OPENERS = frozenset(("in", "op", "aan", "te", "la", "le", "di", "da", "dos", "bin"))
_ARTICLES_IN_NAMES = frozenset(("de", "den", "het", "t"))
_ARTICLES = frozenset(("de", "het"))
_CUE_GAPS = frozenset(
    (" ", "  ", ": ", ":", ". ", ".: ", " (", " - ", ", ", "\n", " = ", ".", ",\n", ",\n\n", "\n\n", " '", ' "', "/")
)
_LIST_GAPS = frozenset((", ", " / ", "/", " & ", " + "))


class Names:
    """Finds names in one reading."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = lexicon
        self._particles = lexicon.cues["particle"]
        self._taken: frozenset[int] = frozenset()
        evidence = Evidence(reading)
        self.forms = evidence.forms
        self.chances = dict(name_words(evidence, CONSIDERED))

    def take(self, spans: Iterable[tuple[int, int]]) -> None:
        """Spans that belong to places, institutions and what must stay."""
        self._taken = _numbers(self._reading, spans)

    def after_cues(self) -> Iterator[Finding]:
        """The name after a form of address, a trade or a salutation, and the names listed behind it."""
        announcing = [at for at, form in enumerate(self.forms) if form.cue]
        for index in announcing:
            strength = self._strength(index)
            begin = self._begin(index) if strength else 0
            while begin and begin not in self._taken:
                end = self._end(begin, strength)
                if not end:
                    break
                yield self._finding(self._kernel(begin, end), end, 0.9 if strength == "address" else 0.8)
                begin = self._next_of_list(end)

    def by_weights(self) -> Iterator[Finding]:
        """Runs of words that the learned layer takes for a name, particles between them included."""
        chances = {
            index: chance
            for index, chance in self.chances.items()
            if chance >= DOUBTED
            and index not in self._taken
            and chance >= least(self._reading, index, self.forms[index], self._lexicon)
        }
        done = -1
        for index in sorted(chances):
            if index <= done:
                continue
            end, best, after = index + 1, chances[index], index + 1
            while after < len(self._words) and self._continues(after) and not self._begins_another(after):
                if after in chances:
                    end, best = after + 1, max(best, chances[after])
                elif self._words[after].low not in self._particles or after - end > 3:
                    break
                after += 1
            done = end - 1
            yield self._finding(self._back(index), end, round(min(best, 0.89), 2))

    def _begins_another(self, index: int) -> bool:
        """De Toekomst behind "van", Driebergen behind "in": another name, and no part of the person's before it."""
        word = self._words[index]
        if word.low in _SMALL_OPENERS and not word.capital:
            following = self._words[index + 1].low if index + 1 < len(self._words) else ""
            return following not in _ARTICLES_IN_NAMES
        return word.capital and word.low in _ARTICLES and not self._words[index - 1].capital

    def _finding(self, begin: int, end: int, confidence: float) -> Finding:
        return Finding(self._words[begin].start, self._close(end), "persoon", confidence)

    def _strength(self, index: int) -> str:
        """The strength of a cue; a header is one only before a colon."""
        cue = self.forms[index].cue
        return cue if cue != "header" else "letter" if self._reading.gap(index).startswith(":") else ""

    def _begin(self, cue: int) -> int:
        """The word where the name would begin; 0 when the cue announces none."""
        cues = self._lexicon.cues
        for index in range(cue + 1, min(cue + 4, len(self._words))):
            gap, low = self._reading.gap(index - 1), self._words[index].low
            if gap not in _CUE_GAPS or (gap in (", ", ". ", "/") and low in cues["link"]):
                return 0
            if self._words[index].capital and low in self._particles:
                return index
            if low not in cues["link"] and low not in cues["address"] and low not in cues["between"]:
                return index
        return 0

    def _end(self, begin: int, strength: str) -> int:
        """One past the last word of the name that begins here; 0 when it is none."""
        index, names, initials, particles = begin, 0, 0, 0
        while index < len(self._words) and index not in self._taken:
            word = self._words[index]
            if index > begin and not self._continues(index):
                break
            if len(word.text) == 1 and word.capital and not names:
                initials += 1
            elif word.low in self._particles and (
                index > begin or word.low not in self._lexicon.cues["inner-particle"]
            ):
                particles += 1
            elif self._is_part(index, strength, names + initials, particles):
                names, particles = names + 1, 0
            else:
                break
            index += 1
        return index - particles if names or (initials > 1 and strength == "address") else 0

    def _continues(self, index: int) -> bool:
        gap = self._reading.gap(index - 1)
        return gap in (" ", "  ", "-", "'", " '") or (gap in (".", ". ", "/") and len(self._words[index - 1].text) == 1)

    def _is_part(self, index: int, strength: str, sofar: int, particles: int) -> bool:
        """Whether this word may be a part of a name, given what announced it and what came before."""
        word = self._words[index]
        if len(word.low) < 2 or _camel(word.text):
            return False
        if word.low in self._lexicon.cues["never"]:
            return strength == "address" and not sofar and self._titled(index)
        if word.capital:
            return self._capital_part(index, word, strength, sofar)
        if ordinary(word.low):
            return self._small_ordinary_part(index, word, strength, sofar, particles)
        if self._lexicon.name(word.low):
            return True
        return self._reading.small(index) and strength in ("address", "role", "letter")

    def _titled(self, index: int) -> bool:
        """Juf Vrij komt, meneer Best: a surname that is a small word too, right behind a title and before what a person does, or nothing."""
        lists, low = self._lexicon, self._words[index].low
        if (
            low not in lists.surnames
            or low in lists.cues["verb"]
            or self._words[index - 1].low not in lists.cues["title"]
        ):
            return False
        if self._reading.gap(index) != " " or index + 1 == len(self._words):
            return True
        follower = self._words[index + 1].low
        return "V" in word_class(follower)

    def _capital_part(self, index: int, word: Word, strength: str, sofar: int) -> bool:
        lexicon, gap = self._lexicon, self._reading.gap(index - 1) if index else ""
        explained = ordinary(word.low) or word.low in lexicon.proper
        if word.capitals and not lexicon.name(word.low):
            return not explained and self._reading.all_capitals and strength != "list"
        if self._reading.all_capitals and explained:
            return False
        if sofar:
            return word.low not in lexicon.cues["verb"]
        bracketed = gap == " (" and self._reading.gap(index)[:1] in (")", " ")
        if not explained or lexicon.name(word.low):
            return True
        return strength in ("address", "role") and (gap in (" ", "  ", ". ", "-") or bracketed)

    def _small_ordinary_part(self, index: int, word: Word, strength: str, sofar: int, particles: int) -> bool:
        """An ordinary word in small letters is a name only behind a title or particle, in a text without capitals."""
        lexicon = self._lexicon
        if word.low in lexicon.cues["verb"] or not self._reading.small(index) or (strength == "list" and not sofar):
            return False
        if sofar:
            return word.low in lexicon.surnames
        before = self._words[index - 1].low if index else ""
        if strength == "role" and before not in (lexicon.cues["between"] | self._particles):
            return False
        titled = before not in lexicon.cues["address"] or before in lexicon.cues["title"]
        return word.low in lexicon.first_names or (titled and word.low in lexicon.surnames)

    def _next_of_list(self, end: int) -> int:
        """After "Fatiha, Ronald en": the next name of an enumeration; 0 when there is none."""
        if end >= len(self._words):
            return 0
        gap, word = self._reading.gap(end - 1), self._words[end]
        if word.low in ("en", "of") and gap in (" ", "  ") and end + 1 < len(self._words):
            follower = self._words[end + 1]
            return end + 1 if follower.capital or self._lexicon.name(follower.low) else 0
        return end if gap in _LIST_GAPS and word.capital and self._lexicon.name(word.low) else 0

    def _kernel(self, begin: int, end: int) -> int:
        """Without small particles before a first name: "zoon van Anja" names Anja."""
        kernel = begin
        while kernel < end - 1 and self._words[kernel].low in self._particles and not self._words[kernel].capital:
            kernel += 1
        return kernel if self._words[kernel].low in self._lexicon.first_names else begin

    def _back(self, index: int) -> int:
        """Back over particles, and over initials before those, as far as they belong to the name that begins here."""
        begin = self._before_particles(index)
        initials = begin
        while begin and len(self._words[begin - 1].text) == 1 and self._words[begin - 1].capital:
            start = self._words[begin - 1].start
            joined = self._reading.plain[start - 1 : start]
            if self._reading.gap(begin - 1) not in (".", ". ", " ") or joined.isalnum() or joined in ("-", "/"):
                break
            begin -= 1
        if begin < initials:
            return begin
        before = self._words[begin - 1].low if begin else ""
        titled = before in self._lexicon.cues["title"] or self._lexicon.name(before)
        if titled and self._reading.gap(begin - 1) in (" ", ". "):
            return begin
        while begin < index and not self._words[begin].capital and self._words[begin].low in _SMALL_OPENERS:
            begin += 1
        low = self._words[index].low
        if self._reading.small(index) and low not in self._lexicon.first_names and self._bears_particle(low):
            return begin
        if self._words[begin].capital or (
            index - begin > 1 and self._words[index].low not in self._lexicon.first_names
        ):
            return begin
        return index

    def _bears_particle(self, low: str) -> bool:
        return low in self._lexicon.surnames or low in self._lexicon.names

    def _before_particles(self, index: int) -> int:
        """The first of the particles right before a word; one with a capital begins the name."""
        begin = index
        while (
            begin
            and self._words[begin - 1].low in self._particles
            and self._reading.gap(begin - 1) in (" ", "'", " '", "/")
        ):
            if self._words[begin].capital and begin < index:
                break
            begin -= 1
            if self._words[begin].low == self._words[begin + 1].low:
                return begin + 1
        opener = self._words[begin]
        if opener.first and opener.low in _SMALL_OPENERS and begin + 1 == index:
            return index
        return begin

    def _close(self, end: int) -> int:
        """The end of a name, its genitive included."""
        stop = self._words[end - 1].end
        if self._reading.plain[stop : stop + 1] == "'":
            if end < len(self._words) and self._words[end].low == "s" and self._reading.gap(end - 1) == "'":
                return self._words[end].end
            if self._reading.plain[stop + 1 : stop + 2] in ("", " "):
                return stop + 1
        return stop


def _numbers(reading: Reading, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The numbers of the words that begin in the spans."""
    starts = reading.starts
    return frozenset(at for start, end in spans for at in range(bisect_left(starts, start), bisect_left(starts, end)))


def _camel(text: str) -> bool:
    """WhatsApp, ParnasSys: capitals inside, but not McDonald or all capitals."""
    inside = any(sign.isupper() for sign in text[1:])
    return inside and not text.isupper() and not text.startswith(("Mc", "Mac", "De", "Van"))
