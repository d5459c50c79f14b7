"""Training texts: marked cases in which every name is replaced by an invented one, in several spellings of the whole text.
What a list knows of a name is sometimes hidden, so that the weights learn to do without."""

import random
import re
from dataclasses import dataclass
from pathlib import Path

from maatwerk.anonymisation.engine.kinds import kind, unknown
from maatwerk.anonymisation.engine.lexicon import lexicon
from tests.anonymisation.gold import GoldCase, marked

_SLOT = re.compile(r"\{([PFSILTOo])\}")
_SENTENCE = re.compile(r"(?<=[.!?:\n])(?=\s)")
_WORD = re.compile(r"[^\W\d_]+")
_PARTICLES = ("van", "de", "van de", "van der", "van den", "ter", "ten", "el", "den", "v.d.", "van 't")
_TAILS = ("Zorg", "Jeugdhulp", "Jeugd", "Groep", "Jeugdzorg", "Kliniek", "Hulpverlening", "en Zonen", "Thuis", "Advies")
_HEADS = (
    "Stichting",
    "Praktijk",
    "Zorgboerderij",
    "Bureau",
    "Buro",
    "GGZ",
    "Gezinshuis",
    "Centrum",
    "Logeerhuis",
    "Hoeve",
)
_SYLLABLES = ("ka", "lo", "mer", "vi", "tra", "dok", "zon", "per", "ra", "bel", "tum", "sis", "ko", "ny", "lin", "ex", "um", "or", "jar", "bee")  # fmt: skip


@dataclass(frozen=True)
class Lesson:
    """A text, what of it goes, what says nothing, and the kinds that stand in for what the lists know."""

    text: str
    gone: tuple[tuple[int, int], ...]
    unsaid: tuple[tuple[int, int], ...]
    masked: dict[str, str]


class Inventor:
    """Names out of the open lists, ordinary words as names, and names of no list."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        lists = lexicon()
        self.first = sorted(lists.first_names - lists.words)
        self.last = sorted((lists.surnames | lists.names) - lists.words)
        self.both = sorted(w for w in lists.words & (lists.first_names | lists.surnames) if len(w) > 2)
        self.words = sorted(w for w in lists.words if 2 < len(w) < 9 and w not in lists.cues["never"])
        self.places = [line for line in _listed("places.txt") if " " not in line]
        self.frequent = sorted(w for w, band in lists.frequent.items() if len(w) > 3 and band != "3")
        self.terms = [line for line in _listed("protected.txt") if len(line) > 2]
        self.masked: dict[str, str] = {}

    def person(self, *, last: bool = False) -> str:
        """One word, capitalised; now and then a kind is hidden."""
        pick = self.random.random()
        if pick < 0.45:
            low = self.random.choice(self.last if last else self.first)
            if self.random.random() < 0.4:
                self.masked[low] = unknown(low)
        else:
            low = self.random.choice(self.both if pick < 0.9 else self.words)
            if self.random.random() < 0.3:
                self.masked[low] = kind(low).translate({ord(sign): None for sign in "fsbqp"}) or unknown(low)
        return low.capitalize()

    def surname(self) -> str:
        pick = self.random.random()
        particle = self.random.choice(_PARTICLES) + " " if pick < 0.2 else ""
        second = "-" + self.person(last=True) if pick > 0.95 else ""
        return particle + self.person(last=True) + second

    def institution(self) -> str:
        noun = self.random.choice(self.words).capitalize()
        made = "".join(self.random.choices(_SYLLABLES, k=self.random.choice((2, 3)))).capitalize()
        choice = self.random.randrange(10)
        if choice < 3:
            return self.random.choice(("De ", "Het ")) + noun
        if choice < 5:
            return self.random.choice((made, noun))
        if choice < 6:
            return f"{self.random.choice((made, noun))} {self.random.choice(_TAILS)}"
        if choice < 8:
            return f"{self.random.choice(_HEADS)} {self.random.choice(('De ', 'Het ', ''))}{self.random.choice((noun, made))}"
        return (
            made if choice < 9 else "".join(self.random.choices("ABCDEGHIKLMNOPRSTVWZ", k=self.random.choice((3, 4))))
        )

    def term(self) -> str:
        """What stays, though no list may know it."""
        term = self.random.choice(self.terms)
        if self.random.random() < 0.3:
            self.masked[term.lower()] = kind(term.lower()).translate({ord(sign): None for sign in "km"}) or unknown(
                term.lower()
            )
        return term

    def of_slot(self, slot: str) -> str:
        if slot == "P":
            initials = self.random.random() < 0.2
            first = (
                "".join(self.random.choice("ABCDEFGHJKLMNPRSTW") + "." for _ in range(2)) if initials else self.person()
            )
            return f"{first} {self.surname()}"
        if slot == "F":
            return self.person()
        return self.surname() if slot == "S" else self.institution() if slot == "I" else self.random.choice(self.places)

    def of_sentences(self, sentences: list[str]) -> Lesson:
        """A text of several sentences; a slot may repeat a name."""
        self.masked, said = {}, {}
        codes = {"P": "p", "F": "p", "S": "p", "I": "g", "L": "l"}

        def fill(slot: re.Match[str]) -> str:
            code = slot.group(1)
            if code == "T":
                return self.term()
            if code in "Oo":
                word = self.random.choice(self.frequent)
                return word.capitalize() if code == "O" else word
            if code not in said or self.random.random() < 0.7:
                said[code] = self.of_slot(code)
            return "{" + codes[code] + ":" + said[code] + "}"

        text = self.random.choice((" ", " ", "\n")).join(_SLOT.sub(fill, sentence) for sentence in sentences)
        return self._lesson(marked("", {}, text))

    def of_case(self, case: GoldCase, *, same: bool) -> Lesson:
        """A marked case with other names, the same for the same."""
        self.masked, said = {}, {}
        text, last = "", 0
        for span in sorted(case.gone, key=lambda span: span.start):
            if span.start < last:
                continue
            text += _bare(case.text[last : span.start])
            words = case.text[span.start : span.end]
            if not same and span.label == "persoon" and words.count(" ") < 5:
                words = _WORD.sub(lambda word: self._again(word.group(), word.start() > 0, said), words)
            elif not same and span.label == "instelling" and self.random.random() < 0.7:
                words = said.setdefault(words, self.institution())
            code = "p" if span.label == "persoon" else "g" if span.label in ("instelling", "plaats", "adres") else "~"
            text += "{" + code + ":" + _bare(words) + "}"
            last = span.end
        return self._lesson(marked("", {}, text + _bare(case.text[last:])))

    def _again(self, word: str, later: bool, said: dict[str, str]) -> str:
        """The invented word for this one; particles and initials stay, small letters stay small."""
        low = word.lower()
        if len(word) < 3 or low in lexicon().cues["particle"]:
            return word
        stem = low.removesuffix("s") if low.removesuffix("s") in said else low
        other = said.setdefault(stem, self.person(last=later)) + ("s" if stem != low else "")
        return other.lower() if word.islower() else other.upper() if word.isupper() else other

    def _lesson(self, case: GoldCase) -> Lesson:
        text, pick = case.text, self.random.random()
        if pick < 0.3:
            text = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
        elif pick < 0.45:
            text = self._carelessly(text)
        elif pick < 0.51:
            text = "".join(sign.upper() if len(sign.upper()) == 1 else sign for sign in text)
        if self.random.random() < 0.45:
            text = self._misspelt(text, case)
        gone = tuple((span.start, span.end) for span in case.gone)
        return Lesson(text, gone, tuple((span.start, span.end) for span in case.neutral), self.masked)

    def _carelessly(self, text: str) -> str:
        """Some of the sentences without capitals."""
        share = self.random.choice((0.2, 0.5, 0.8))
        parts = _SENTENCE.split(text)
        return "".join(
            part.lower() if len(part.lower()) == len(part) and self.random.random() < share else part for part in parts
        )

    def _misspelt(self, text: str, case: GoldCase) -> str:
        """One word in twelve with two letters swapped or one changed: what no list knows is not always a name."""
        signs, marked_at = list(text), bytearray(len(text))
        for span in (*case.gone, *case.neutral):
            marked_at[span.start : span.end] = b"\1" * (span.end - span.start)
        for word in _WORD.finditer(text):
            if len(word.group()) > 3 and not any(marked_at[word.start() : word.end()]) and self.random.random() < 0.08:
                at = word.start() + self.random.randrange(1, len(word.group()) - 1)
                if self.random.random() < 0.5:
                    signs[at], signs[at + 1] = signs[at + 1], signs[at]
                else:
                    signs[at] = self.random.choice("aeioudtnrsk")
        return "".join(signs)


def _bare(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def _listed(name: str) -> list[str]:
    source = Path(__file__).parents[2] / "src/maatwerk/anonymisation/engine/data" / name
    return [line.strip() for line in source.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
