"""Layer 1: the persons of the case in all their spellings, mistakes and pet names included."""

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping

from maatwerk.anonymisation.engine.broken import broken, wholes
from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.glued import glued_names
from maatwerk.anonymisation.engine.initials import family_letters, initials, initials_of
from maatwerk.anonymisation.engine.kinds import ordinary
from maatwerk.anonymisation.engine.letters import pupil_letters, signatures
from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.masked import masked_names
from maatwerk.anonymisation.engine.persons import Known
from maatwerk.anonymisation.engine.phrases import Phrases, loose
from maatwerk.anonymisation.engine.plain_names import begins_as_name, only_a_word, told
from maatwerk.anonymisation.engine.reading import Reading, Word
from maatwerk.anonymisation.engine.senders import closing, sending
from maatwerk.anonymisation.engine.small_names import spaced_names, stands_as_name
from maatwerk.anonymisation.engine.sounds import nearest, targets
from maatwerk.anonymisation.engine.variants import Variant, variants
from maatwerk.anonymisation.engine.word_class import finite

_LIKELY, _HARDLY = 0.1, 0.03
_MOST = 20_000
_AS_LETTER = {"5": "s", "0": "o", "1": "l", "8": "b", "6": "g"}
_INSIDE = frozenset((" ", "  ", ". ", ".", "/"))


class KnownPersons:
    """The spellings of one case, ready to be sought in several texts. `words`: where a spelling was only the ordinary word, in the text
    that was last read."""

    def __init__(self, known: Known, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        spellings = variants(known.persons, lexicon)
        no_name = lexicon.cues["no-name"]
        self._variants = {
            words: variant
            for words, variant in spellings.items()
            if words[0] not in no_name or not no_name.issuperset(words)
        }
        self._phrases = Phrases(self._variants)
        self._near = targets(known.persons)
        self._long = {target.name: target.role for target in self._near if len(target.name) > 3}
        self._inside = {target.name: target.role for target in self._near if len(target.name) > 2}
        self._nearly: dict[str, tuple[float, str] | None] = {}
        self._particles = frozenset(word for person in known.persons for word in phrase(person.particle))
        pupil = next((phrase(p.first) for p in known.persons if p.role == "leerling"), ())
        self._initial = pupil[0][0] if pupil else ""
        self._initials = initials_of(known)
        inner = {word for person in known.persons for word in phrase(person.last)} & lexicon.cues["particle"]
        self._small = self._particles | inner | {particle[0] for particle in self._particles} | {"vd"}
        self._families = family_letters(known)
        self._wholes = wholes(known.persons)
        self._letters: dict[str, str] = {}
        for person in sorted(known.persons, key=lambda person: person.role != "aanvrager"):
            for name in phrase(person.first)[:1]:
                self._letters.setdefault(name[0], person.role)
        self._chances: Mapping[int, float] = {}
        self._sending: frozenset[int] = frozenset()
        self.words: list[tuple[int, int]] = []
        self.passed: list[tuple[int, int]] = []

    @property
    def spellings(self) -> Container[tuple[str, ...]]:
        """Every exact spelling, as its words."""
        return self._variants

    def found_in(self, reading: Reading, chances: Mapping[int, float]) -> Iterator[Finding]:
        """Exact spellings first; a word that is part of one is not tried as a near miss. `chances` are the numbers of the words
        that may be names by the learned layer, and how likely: in a text without capitals an ordinary word needs that."""
        self._chances = chances
        self._sending = sending(reading)
        self.words, self.passed = [], []
        yield from initials(reading, self._initials)
        done = 0
        taken: set[int] = set()
        for index in self._phrases.openings(reading):
            words = self._phrases.at(reading, index) if index >= done else ()
            variant = self._variants.get(words)
            if variant and self._counts(reading, index, variant):
                done = index + len(words)
                taken.update(range(index, done))
                found = _widened(reading, index, done, variant, self._particles)
                behind = bisect_left(reading.starts, found.end) if found.end > reading.words[done - 1].end else done
                more = 0 if variant.surname else self._family_letter(reading, behind)
                yield found._replace(end=max(found.end, more))
        yield from self._near_misses(reading, taken)
        yield from self._scanned(reading)
        yield from signatures(reading, self._letters)
        yield from spaced_names(reading, self._inside)
        yield from self._broken(reading)
        yield from glued_names(reading, self._inside)
        yield from masked_names(reading, self._inside)
        for index, stop in pupil_letters(reading, self._initial, taken, self._lexicon):
            end = self._family_letter(reading, index + 1) or stop
            yield Finding(reading.words[index].start, end, "persoon", 0.7, "leerling")

    def _near_misses(self, reading: Reading, taken: set[int]) -> Iterator[Finding]:
        """A name with a slip of the pen, a pet name, or a name broken off."""
        small, words = reading.small, reading.words
        shifted = {word.low for at, word in enumerate(words) if word.capital or small(at)}
        for low, places in reading.places.items() if self._near else ():
            if len(low) < 3:
                continue
            if low not in shifted and ordinary(low):
                continue
            for index in places:
                if index not in taken and self._may_be_name(reading, index):
                    near = self._nearest(low) or ("rn" in low and self._nearest(low.replace("rn", "m")))
                    if near:
                        yield Finding(words[index].start, words[index].end, "persoon", *near)

    def _scanned(self, reading: Reading) -> Iterator[Finding]:
        """5aid for Said: a figure that a scan made of the first letter."""
        for start, end in reading.figures:
            letter = _AS_LETTER.get(reading.digits[start:end])
            following = bisect_left(reading.starts, end) if letter else 0
            if letter and following < len(reading.words) and reading.words[following].start == end:
                variant = self._variants.get((letter + reading.words[following].low,))
                if variant and (start == 0 or not reading.digits[start - 1].isalnum()):
                    yield Finding(start, reading.words[following].end, "persoon", 0.7, variant.roles[0])

    def _broken(self, reading: Reading) -> Iterator[Finding]:
        """A name with a break inside, with the initials and particles around it."""
        for start, end, name in broken(reading, self._wholes):
            at = bisect_left(reading.starts, start)
            begin = at if name.given else _before_surname(reading, at, self._lexicon)
            yield Finding(reading.words[begin].start if begin < at else start, end, "persoon", 0.9, name.role)

    def _nearest(self, low: str) -> tuple[float, str] | None:
        """How likely a word is somebody's name all the same, and whose; kept, since a story's texts share their words."""
        if low not in self._nearly:
            if len(self._nearly) > _MOST:
                self._nearly.clear()
            self._nearly[low] = nearest(low, self._near)
        return self._nearly[low]

    def _counts(self, reading: Reading, index: int, variant: Variant) -> bool:
        """A spelling that is an ordinary word counts with a capital, or in a text without capitals as a name."""
        last = reading.words[index + len(variant.words) - 1]
        if variant.words[-1] == "s" and len(variant.words) > 1:
            last = reading.words[index + len(variant.words) - 2]
        single = variant.surname and len(variant.words) == 1
        if not variant.plain or "_" in (reading.gap(index), reading.gap(index - 1) if index else ""):
            return True
        opener = reading.words[index]
        if not single and (last.capital or (opener.capital and not opener.first)):
            return True
        if index in self._sending or (len(variant.words) == 1 and not variant.surname and closing(reading, index)):
            return True
        if self._announced(reading, index) or told(reading, index):
            return True
        chance = self._chances.get(index + len(variant.words) - 1, 0.0)
        if last.capital:
            begins = begins_as_name(reading, index, chance)
            if not begins:
                self.passed.append((opener.start, last.end))
            return begins
        if len(variant.words) == 1 and only_a_word(reading, index, surname=single):
            self.words.append((reading.words[index].start, reading.words[index].end))
            return False
        determined = index > 0 and reading.words[index - 1].low in self._lexicon.cues["determiner"]
        if reading.small(index) and chance >= (_LIKELY if determined else _HARDLY):
            return True
        return len(variant.words) == 1 and stands_as_name(reading, index, self._lexicon)

    def _announced(self, reading: Reading, index: int) -> bool:
        """After a form of address, or after another known person's first name."""
        if index == 0 or len(reading.gap(index - 1)) > 2:
            return False
        before, gap = reading.words[index - 1].low, reading.gap(index - 1)
        if before in self._lexicon.cues["address"]:
            return gap != "-"
        named = self._variants.get((before,))
        return named is not None and not named.surname and gap[:1] in " ._-" and before != reading.words[index].low

    def _may_be_name(self, reading: Reading, index: int) -> bool:
        """Not an ordinary word; or one with a capital that its place does not explain."""
        word = reading.words[index]
        if word.low in self._lexicon.cues["never"] or (word.low in self._lexicon.first_names and word.capital):
            return False
        if ordinary(word.low):
            if reading.small(index) and not word.capital:
                return self._chances.get(index, 0.0) >= _LIKELY
            unexplained = not word.first or self._chances.get(index, 0.0) >= _LIKELY or self._acts(reading, index)
            return word.capital and not word.capitals and unexplained
        return True

    def _acts(self, reading: Reading, index: int) -> bool:
        """A verb of persons follows."""
        follower = reading.words[index + 1].low if index + 1 < len(reading.words) else ""
        return finite(follower) and reading.gap(index) == " "

    def _opens(self, word: Word) -> bool:
        """Whether this is a particle, and not the letter of a surname."""
        return word.low in self._small and not (len(word.text) == 1 and word.capital)

    def _family_letter(self, reading: Reading, index: int) -> int:
        """Where the letter of a surname ends that stands behind a first name: Kaj de B., kaj dB; 0 when none does."""
        begin = index
        while index < len(reading.words) and index - begin < 3 and self._opens(reading.words[index]):
            if reading.gap(index - 1) not in _INSIDE:
                return 0
            index += 1
        if index >= len(reading.words) or reading.gap(index - 1) not in _INSIDE:
            return 0
        word = reading.words[index]
        stop = reading.plain[word.end : word.end + 1] == "."
        if word.low not in self._families or not (
            word.text[-1].isupper() or (reading.small(index) and word.low != "s")
        ):
            return 0
        return word.end + stop if stop or index > begin or len(word.text) > 1 or reading.small(index) else 0


def _widened(reading: Reading, begin: int, end: int, variant: Variant, particles: frozenset[str]) -> Finding:
    """The span with initials before or after it and a genitive apostrophe."""
    start, stop = reading.words[begin].start, reading.words[end - 1].end
    while begin and len(reading.words[begin - 1].text) == 1 and reading.words[begin - 1].capital:
        if reading.plain[reading.words[begin - 1].start - 1 : reading.words[begin - 1].start] in ("-", "/"):
            break
        if reading.gap(begin - 1).strip(" ") not in (".", "") or len(reading.gap(begin - 1)) > 2:
            break
        begin -= 1
        start = reading.words[begin].start
    while end < len(reading.words) and _initial_after(reading, end):
        stop = reading.words[end].end + 1
        end += 1
        while end < len(reading.words) and reading.words[end].low in particles and reading.gap(end - 1) in (". ", " "):
            stop = reading.words[end].end
            end += 1
    if len(reading.words[end - 1].text) == 1 and reading.plain[stop : stop + 1] == ".":
        stop += 1
    while end < len(reading.words) and len(reading.words[end - 1].low) < 4 and _belongs(reading, end, particles):
        stop = reading.words[end].end
        end += 1
    if reading.plain[stop : stop + 1] == "'" and reading.plain[stop + 1 : stop + 2] in (" ", ""):
        stop += 1
    who = variant.roles[0] if len(variant.roles) == 1 else "familienaam"
    return Finding(start, stop, "persoon", variant.confidence, who, variant.surname)


def _before_surname(reading: Reading, index: int, lexicon: Lexicon) -> int:
    """Back from a surname over its particles, and over the initials before those."""
    words = reading.words
    while index and words[index - 1].low in lexicon.cues["particle"] and reading.gap(index - 1) in _INSIDE:
        index -= 1
    while index and len(words[index - 1].text) == 1 and words[index - 1].capital and reading.gap(index - 1) in _INSIDE:
        index -= 1
    return index


def _belongs(reading: Reading, index: int, particles: frozenset[str]) -> bool:
    """A particle behind the initial that stands after a surname: Boer, J. de."""
    before = reading.words[index - 1]
    return (
        reading.words[index].low in particles
        and (len(before.text) == 1 or before.low in particles)
        and reading.gap(index - 1) in (". ", " ")
    )


def _initial_after(reading: Reading, index: int) -> bool:
    word = reading.words[index]
    if len(word.text) != 1 or not word.capital or reading.plain[word.end : word.end + 1] != ".":
        return False
    return loose(reading.gap(index - 1)) and "." not in reading.gap(index - 1).rstrip()[1:] and not word.first
