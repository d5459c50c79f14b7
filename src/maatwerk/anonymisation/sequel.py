"""What is written after a pack was made, as one story with it: who or what has a placeholder in the pack, in an attachment too, has the
same here. It is known from the marks, so no text of the pack is read again; a word that a person took out goes here too."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from maatwerk.anonymisation.checking import FAMILY
from maatwerk.anonymisation.deciding import NAMED, Going, is_called
from maatwerk.anonymisation.engine import Known, Story
from maatwerk.anonymisation.engine.lexicon import lexicon, phrase
from maatwerk.anonymisation.engine.reading import ROLES
from maatwerk.anonymisation.items import Content, Item
from maatwerk.anonymisation.marks import DOUBT, GONE, POINTED_OUT, Choice, Mark, decided, marks_of
from maatwerk.anonymisation.verdicts import word_of

GIVEN = (*FAMILY, "[aanvrager]")
BY_LIST = ("[medewerker ", "[school ", "[instelling ")
INSTITUTION = "instelling"
ARTICLES = (("de",), ("het",))
_NUMBERED = re.compile(r"\[([^\[\]\d]+?)(?: (\d{1,6}))?\]")


class Sequel:
    """Redacts texts in their order, after those of a pack."""

    def __init__(self, known: Known, items: Sequence[Item]) -> None:
        self._story = Story(known)
        self._last = {"school": 1}
        self._by_word: dict[tuple[str, str], str] = {}
        self._became: dict[str, str] = {}
        self._gone: dict[str, str] = {}
        for item in items:
            self._reserve(item.content.redacted)
            for mark in item.content.marks:
                if is_called(mark):
                    self._remember(item, mark)
        self._going = Going(self._gone)

    def redact(self, text: str) -> str:
        """The text without direct identification, and without what was taken out of the pack by hand."""
        self._reserve(text)
        found = self._story.redact(text)
        marks = [
            msgspec.structs.replace(mark, placeholder=self._placeholder(mark, text[mark.start : mark.end]))
            for mark in marks_of(found)
            if mark.kind != DOUBT
        ]
        redacted, kept = decided(text, found.redacted, marks, dict.fromkeys(range(len(marks)), Choice(GONE, "")))
        return self._going.taken_out(Content(text, redacted, kept)).redacted

    def _placeholder(self, mark: Mark, name: str) -> str:
        """As the pack calls him, else the next number of his kind."""
        if mark.kind not in NAMED or mark.placeholder.startswith(GIVEN):
            return mark.placeholder
        keys = _keys(mark.kind, name)
        known = next((self._by_word[key] for key in keys[:1] if key in self._by_word), "")
        known = known or self._became.get(mark.placeholder) or self._next(mark.placeholder)
        self._became.setdefault(mark.placeholder, known)
        self._call(keys, known)
        return known

    def _remember(self, item: Item, mark: Mark) -> None:
        name = item.content.original[mark.start : mark.end]
        self._reserve(mark.placeholder)
        if mark.kind in (DOUBT, POINTED_OUT) and mark.decision == GONE:
            self._gone.setdefault(word_of(item, mark), mark.placeholder)
        if mark.placeholder.startswith(GIVEN):
            return
        keys = _keys(INSTITUTION if mark.kind == INSTITUTION else "persoon", name)
        if mark.placeholder.startswith(BY_LIST) and not all(key in self._by_word for key in keys):
            self._became |= {told: mark.placeholder for told in self._alone(name, mark) if told not in self._became}
        self._call(keys, mark.placeholder)

    def _alone(self, name: str, mark: Mark) -> Iterable[str]:
        """What a name that is on a list becomes by itself: such a one may go by several names, which only the list says."""
        spans = self._story.redact(name).spans
        whole = [span.placeholder for span in spans if (span.start, span.end) == (0, len(name))]
        return [told for told in whole if _kind(told) == _kind(mark.placeholder)]

    def _call(self, keys: Iterable[tuple[str, str]], placeholder: str) -> None:
        for key in keys:
            self._by_word.setdefault(key, placeholder)

    def _next(self, told: str) -> str:
        kind = _kind(told)
        number = self._last[kind] = self._last.get(kind, 0) + 1
        return f"[{kind}]" if kind in ROLES and number == 1 else f"[{kind} {number}]"

    def _reserve(self, text: str) -> None:
        for kind, number in _NUMBERED.findall(text):
            self._last[kind] = max(self._last.get(kind, 0), int(number or 1))


def _kind(placeholder: str) -> str:
    found = _NUMBERED.fullmatch(placeholder)
    return found[1] if found else placeholder


def _keys(label: str, name: str) -> list[tuple[str, str]]:
    """Under what somebody is known again, as in the pack: by first name, else by surname; an institution by its whole name."""
    words = phrase(name)
    if label == INSTITUTION:
        return [(label, " ".join(words[words[:1] in ARTICLES :]))]
    telling = [word for word in words if len(word) > 1 and word not in lexicon().cues["particle"]] or list(words)
    return [("persoon", _bare(word)) for word in telling]


def _bare(word: str) -> str:
    """Without the s of a genitive, when that leaves a name."""
    return word[:-1] if word.endswith("s") and word[:-1] in lexicon().first_names else word
