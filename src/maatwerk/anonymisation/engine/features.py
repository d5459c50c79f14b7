"""The evidence about one word, as the learned layer counts it. Training and use share this; a change asks for new weights."""

from collections import Counter
from functools import lru_cache

from maatwerk.anonymisation.engine.kinds import Form, form, strange
from maatwerk.anonymisation.engine.reading import Reading

_ORDINARY = frozenset("ocie123")
_UNEXPLAINED = frozenset("fsbquxy")
_FEW = 6
_GAPS = {" ": "_", ", ": ",", ". ": ".", ": ": ":", "-": "-", " (": "(", ") ": ")", "/": "/", "'": "'", "": "0"}


class Evidence:
    """The candidates of one reading and the features of each."""

    def __init__(self, reading: Reading, masked: dict[str, str] | None = None) -> None:
        self.words = reading.words
        self._reading = reading
        self._mode = "z" if reading.without_capitals else "a" if reading.all_capitals else "n"
        self.forms = [form(word.text) for word in self.words]
        if masked:
            self.forms = [_masked(each, masked) for each in self.forms]
        self._short_lines = self._heads_of_lines() if self._mode == "n" else set()
        self._seen = ["$", "$", *[each.seen for each in self.forms], "$", "$"]
        self._lows = ["$", "$", *[each.low for each in self.forms], "$", "$"]
        self._middle = Counter([word.low for word in self.words if word.capital and not word.first])
        self._small = {each.low for each in self.forms if each.shape == "l"}

    def candidates(self) -> list[int]:
        """The numbers of the words that may be part of a name at all."""
        if self._mode == "z":
            return [at for at, each in enumerate(self.forms) if len(each.low) > 1 and not (each.never and each.little)]
        small = self._reading.small
        return [
            at
            for at, each in enumerate(self.forms)
            if (each.strange or each.shape != "l" or (not each.never and (each.named or small(at))))
            and len(each.low) > 1
            and not (each.never and self._everyday(at))
            and not (at in self._short_lines and self._heads(at))
        ]

    def _everyday(self, index: int) -> bool:
        """Whether a word that never names anybody stands where a capital inside a sentence does not say that it names something."""
        word = self.words[index]
        begins = word.first or (index > 0 and "." in gap_code(self._reading.gap(index - 1)))
        return self._mode != "n" or begins or not word.capital

    def _heads(self, index: int) -> bool:
        """An ordinary word and no name of a list, with a capital because a heading, a cell or a short line begins with it."""
        return _ORDINARY.issuperset(self.forms[index].kind) and not self._middle[self.forms[index].low]

    def _heads_of_lines(self) -> set[int]:
        """The first words of lines of a few words that are no sentence."""
        found, begin = set(), 0
        for index in range(len(self.words)):
            gap = self._reading.gap(index)
            if (gap != " " and "\n" in gap) or index + 1 == len(self.words):
                if index - begin < _FEW and not any("=V" in self.forms[at].around for at in range(begin, index + 1)):
                    found.add(begin)
                begin = index + 1
        return found

    def of(self, index: int, before: bool) -> list[str]:
        """The features of one word; `before`: the word before it was taken for a name."""
        word, (low, shape, code, sort, *_) = self.words[index], self.forms[index]
        mode = "s" if self._mode == "n" and self._reading.small(index) else self._mode
        gap = gap_code(self._reading.gap(index - 1)) if index else "^"
        after = gap_code(self._reading.gap(index))
        left2, left, _, right, right2 = self._lows[index : index + 5]
        seen2, seen, _, follows, follows2 = self._seen[index : index + 5]
        to_left, to_right = f"|{gap}{seen}", f"|{after}{follows}"
        mine, first = mode + shape, "1" if word.first else "0"
        middle = min(self._middle[low], 2) if word.first else 0
        small = "1" if low in self._small else "0"
        found = [
            "b",
            f"L{shape}{first}{to_left}",
            f"R{shape}{first}{to_right}",
            f"B{mine}|{seen2}{to_left}",
            f"A{mine}{to_right}|{follows2}",
            f"M{mine}{to_left}{to_right}",
            f"p{before:d}{mine}{code}|{gap}",
            f"d{shape}{code}{first}{middle}{small}",
            f"c{mine}{sort}",
            f"i{shape}|{gap}{left}",
            f"j{shape}|{after}{right}",
            f"I{code}|{gap}{left}",
            f"J{code}|{after}{right}",
            f"k{shape}|{left2}",
            f"h{shape}|{right2}",
        ]
        if _UNEXPLAINED.issuperset(code):
            found += [f"3{shape}{low[-3:]}", f"4{low[-4:]}", f"s{low[:3]}"]
        else:
            found += [f"w{shape}{low}", f"e{mine}{first}{low[-3:]}", f"E{shape}{first}{low[-4:]}"]
        return found


def _masked(known: Form, masked: dict[str, str]) -> Form:
    code = masked.get(known.low)
    return known._replace(kind=code, strange=strange(code)) if code else known


@lru_cache(maxsize=2048)
def _short_gap(gap: str) -> str:
    known = _GAPS.get(gap)
    if known is None:
        if "\n" in gap:
            return "n"
        signs = gap.strip()
        known = signs[:1] if signs and not signs[0].isdigit() else "9" if signs else "_"
    return known


def gap_code(gap: str) -> str:
    """What stands between two words, in one sign."""
    return "_" if gap == " " else _short_gap(gap) if len(gap) < 9 else _short_gap.__wrapped__(gap)
