"""The evidence about one word, as the learned layer counts it. Training and use share this; a change asks for new weights."""

from collections import Counter

from maatwerk.anonymisation.engine.kinds import context, kind
from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.reading import Reading

_ORDINARY = frozenset("oc123")
_FEW = 6
_GAPS = {" ": "_", ", ": ",", ". ": ".", ": ": ":", "-": "-", " (": "(", ") ": ")", "/": "/", "'": "'", "": "0"}


class Evidence:
    """The candidates of one reading and the features of each."""

    def __init__(self, reading: Reading, masked: dict[str, str] | None = None) -> None:
        self.words = reading.words
        self._masked = masked or {}
        self._mode = "z" if reading.without_capitals else "a" if reading.all_capitals else "n"
        self.kinds = [self._masked.get(word.low) or kind(word.low) for word in self.words]
        self._never = lexicon().cues["never"]
        self._around = [context(word.low) for word in self.words]
        self._shapes = [_shape(word.text) for word in self.words]
        self._gaps = [_gap(reading.gap(index)) for index in range(len(self.words))]
        self._breaks = ["\n" in reading.gap(index) or index + 1 == len(self.words) for index in range(len(self.words))]
        self._short_lines = self._heads_of_lines()
        self._middle = Counter(w.low for w in self.words if not w.first and w.text[0].isupper())
        self._small = {word.low for word in self.words if word.text.islower()}

    def candidates(self) -> list[int]:
        """The numbers of the words that may be part of a name at all."""
        found = []
        for index, word in enumerate(self.words):
            code, shape = self.kinds[index], self._shapes[index]
            if (
                len(word.low) > 1
                and not self._everyday(index)
                and not self._heads(index)
                and (shape != "l" or self._mode == "z" or _strange(code))
            ):
                found.append(index)
        return found

    def _everyday(self, index: int) -> bool:
        """One of the words that never name anybody, unless a capital inside a sentence says that it names something."""
        word = self.words[index]
        if word.low not in self._never:
            return False
        begins = word.first or (index > 0 and "." in self._gaps[index - 1])
        return self._mode != "n" or begins or not word.capital

    def _heads(self, index: int) -> bool:
        """An ordinary word and no name of a list, with a capital because a heading, a cell or a short line begins with it."""
        word = self.words[index]
        if self._mode != "n" or not set(self.kinds[index]) <= _ORDINARY or self._middle[word.low]:
            return False
        return index in self._short_lines

    def _heads_of_lines(self) -> set[int]:
        """The first words of lines of a few words that are no sentence."""
        found, begin = set(), 0
        for index, gap in enumerate(self._breaks):
            if gap:
                sentence = any("=V" in self._around[each] for each in range(begin, index + 1))
                if index - begin < _FEW and not sentence:
                    found.add(begin)
                begin = index + 1
        return found

    def of(self, index: int, before: bool) -> list[str]:
        """The features of one word; `before`: the word before it was taken for a name."""
        word, code, shape, mode = self.words[index], self.kinds[index], self._shapes[index], self._mode
        left, left2 = self._neighbour(index - 1), self._neighbour(index - 2)
        right, right2 = self._neighbour(index + 1), self._neighbour(index + 2)
        gap = self._gaps[index - 1] if index else "^"
        after = self._gaps[index]
        me = mode + shape + code
        first = "1" if word.first else "0"
        middle = min(self._middle[word.low], 2) if word.first else 0
        small = "1" if word.low in self._small else "0"
        found = [
            "b",
            f"m{me}{first}",
            f"l{me}|{gap}{left}",
            f"r{me}|{after}{right}",
            f"L{shape}{first}|{gap}{left}",
            f"R{shape}{first}|{after}{right}",
            f"B{mode}{shape}|{left2}|{gap}{left}",
            f"A{mode}{shape}|{after}{right}|{right2}",
            f"M{mode}{shape}|{gap}{left}|{after}{right}",
            f"p{before:d}{me}|{gap}",
            f"d{shape}{code}{first}{middle}{small}",
        ]
        if "o" in code or "c" in code or "p" in code or "k" in code:
            found.append(f"w{shape}{word.low}")
        else:
            low = word.low
            found += [f"3{shape}{low[-3:]}", f"4{low[-4:]}", f"s{low[:3]}", f"n{mode}{min(len(low), 12)}{code}"]
        return found

    def _neighbour(self, index: int) -> str:
        if not 0 <= index < len(self.words):
            return "$"
        around = self._around[index]
        shape = self._shapes[index]
        return around + shape if shape != "l" and around[0] != "=" else around


def _strange(code: str) -> bool:
    return not ("o" in code or "c" in code or "p" in code)


def _shape(text: str) -> str:
    if text.islower():
        return "l"
    if len(text) == 1:
        return "1"
    if text.isupper():
        return "A"
    return "C" if text[1:].islower() else "X"


def _gap(gap: str) -> str:
    known = _GAPS.get(gap)
    if known is None:
        if "\n" in gap:
            return "n"
        signs = gap.strip()
        known = signs[:1] if signs and not signs[0].isdigit() else "9" if signs else "_"
    return known
