"""How surely a word begins a person's name when no cue announces it. A capital alone is not enough at a sentence start."""

from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading, Word

_WORD_GAPS = frozenset((" ", "-", "'", ". "))


class Likeness:
    """Judges the words of one reading."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._words = reading.words
        self._lexicon = lexicon

    def of(self, index: int) -> float:
        """Between 0 and 1; 0 when nothing says that a name begins here."""
        word, lexicon = self._words[index], self._lexicon
        if word.low in lexicon.cues["never"] or word.low in lexicon.cues["letter"] or camel(word.text):
            return 0
        if len(word.text) == 1:
            return 0.8 if self._initials_of_name(index) else 0
        ordinary = lexicon.ordinary(word.low)
        first_name = word.low in lexicon.first_names or word.low.removesuffix("s") in lexicon.first_names
        if not word.capital:
            return self._small(index, word, ordinary, first_name)
        if word.capitals and (ordinary or not lexicon.name(word.low)):
            return 0
        if first_name and not ordinary:
            return 0.85
        if first_name:
            return 0.75 if not word.first or self._acts(index) else 0
        return 0.6 if self._unexplained(index, word, ordinary) else 0

    def _initials_of_name(self, index: int) -> bool:
        """Capitals with full stops, perhaps particles, then a word with a capital."""
        if not self._words[index].capital or (index and len(self._words[index - 1].text) == 1):
            return False
        at, particles = index, 0
        while at + 1 < len(self._words) and len(self._words[at].text) == 1 and self._words[at].capital:
            if not self._reading.gap(at).startswith(".") or len(self._reading.gap(at)) > 2:
                return False
            at += 1
        while at + 1 < len(self._words) and self._words[at].low in self._lexicon.cues["particle"]:
            at, particles = at + 1, particles + 1
        word = self._words[at]
        if not word.capital or word.low in self._lexicon.cues["never"] or len(word.text) == 1:
            return False
        return bool(particles) or not self._lexicon.ordinary(word.low) or self._lexicon.name(word.low) or not word.first

    def _small(self, index: int, word: Word, ordinary: bool, first_name: bool) -> float:
        """In a text without capitals: a name of the lists, or a word that is none behind "tegen" or "met"."""
        if not self._reading.without_capitals or len(word.low) < 3:
            return 0
        if first_name:
            if ordinary:
                return 0.5 if self._kin_follows(index) or self._company(index) else 0
            return 0.7
        if ordinary or word.low in self._lexicon.proper or len(word.low) < 4:
            return 0
        if self._kin_follows(index):
            return 0.7
        before = self._words[index - 1].low if index else ""
        towards = before in self._lexicon.cues["towards-person"] and self._reading.gap(index - 1) == " "
        return 0.45 if towards and not word.low.endswith(self._lexicon.endings["method"]) else 0

    def _company(self, index: int) -> bool:
        """Behind "met", "tegen" or "door" without an article."""
        before = self._words[index - 1].low if index else ""
        return before in ("met", "tegen", "door") and self._reading.gap(index - 1) == " "

    def _kin_follows(self, index: int) -> bool:
        """As in "zuzanna zijn zusje"."""
        if index + 2 >= len(self._words) or self._words[index + 1].low not in ("zijn", "haar", "hun", "mijn", "z'n"):
            return False
        return self._words[index + 2].low in self._lexicon.cues["address"]

    def _acts(self, index: int) -> bool:
        """A verb of persons follows, or a surname."""
        if index + 1 >= len(self._words) or self._reading.gap(index) != " ":
            return False
        follower = self._words[index + 1]
        return (
            follower.low in self._lexicon.cues["verb"]
            or follower.low == "van"
            or (follower.capital and not follower.capitals)
        )

    def _unexplained(self, index: int, word: Word, ordinary: bool) -> bool:
        """A capital on a word that is no word, no nationality, no part of a term or school; or a surname in its place."""
        lexicon = self._lexicon
        if word.low in lexicon.proper or word.low.removesuffix("s") in lexicon.proper or len(word.low) < 3:
            return False
        if ordinary:
            return not word.first and self._ordinary_surname(index, word)
        if word.low.endswith((*lexicon.endings["school"], *lexicon.endings["method"])) or self._in_term(index):
            return False
        return not word.first or self._acts(index)

    def _ordinary_surname(self, index: int, word: Word) -> bool:
        """Groot, Mol, Timmer: followed by a surname, or by a comma and a role."""
        after = index + 1
        if after >= len(self._words):
            return False
        gap, follower = self._reading.gap(index), self._words[after]
        if gap in (", ", " (") and self._is_role(follower.low):
            return True
        while after + 1 < len(self._words) and self._words[after].low in self._lexicon.cues["particle"] and gap == " ":
            gap, after = self._reading.gap(after), after + 1
        follower = self._words[after]
        surname = follower.low in self._lexicon.surnames or not self._lexicon.ordinary(follower.low)
        return gap == " " and follower.capital and not follower.capitals and surname

    def _is_role(self, low: str) -> bool:
        cues = self._lexicon.cues
        return low in cues["role"] or low in cues["address"] or low.endswith(self._lexicon.endings["role-ending"])

    def _in_term(self, index: int) -> bool:
        """A neighbour says that it names a school, a method or a partnership."""
        cues, methods = self._lexicon.cues, self._lexicon.endings["method"]
        for neighbour in (index - 2, index - 1, index + 1):
            if not 0 <= neighbour < len(self._words):
                continue
            low = self._words[neighbour].low
            near = self._reading.gap(min(neighbour, index)) in _WORD_GAPS
            if near and low in cues["school"]:
                return True
            if near and abs(neighbour - index) == 1 and low.endswith(methods):
                return True
        return False


def camel(text: str) -> bool:
    """WhatsApp, ParnasSys: capitals inside, but not McDonald or all capitals."""
    inside = any(sign.isupper() for sign in text[1:])
    return inside and not text.isupper() and not text.startswith(("Mc", "Mac", "De", "Van"))
