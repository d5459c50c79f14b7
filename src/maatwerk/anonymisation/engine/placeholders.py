"""Which placeholder a finding gets: the same person or institution the same one, in all texts that share these placeholders."""

import re
from collections.abc import Mapping

from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.reading import ROLES
from maatwerk.anonymisation.engine.seasons import season

_FIXED = {
    "adres": "[adres]",
    "postcode": "[postcode]",
    "plaats": "[plaats]",
    "telefoon": "[telefoon]",
    "email": "[e-mail]",
    "url": "[link]",
    "iban": "[rekeningnummer]",
    "bsn": "[bsn]",
    "leerlingnummer": "[nummer]",
    "nummer": "[nummer]",
}
STAFF = "medewerker"
_NUMBERED = re.compile(rf"\[(persoon|instelling|school|{STAFF}|{'|'.join(ROLES)})(?: (\d{{1,6}}))?\]")
_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,30}+)(?: is| heet|:)? ?[(:,]? ?$")
_AFTER = re.compile(r" ?(?:\(|, )(?:de |haar |zijn |een )?([^\W\d_]{2,30})")


class Placeholders:
    """Numbers persons, institutions and schools in the order in which they appear, after those that a text already had; `kinds` are
    the organisations that go by several names. The pupil's own school is the first."""

    def __init__(self, lexicon: Lexicon, kinds: Mapping[tuple[str, ...], tuple[str, str]]) -> None:
        self._lexicon = lexicon
        self._kinds = kinds
        self._seen: dict[tuple[str, str], str] = {}
        self._last: dict[str, int] = {"school": 1}

    def reserve(self, text: str) -> None:
        """Leaves the numbers alone that stand in a text."""
        for kind, number in _NUMBERED.findall(text):
            self._last[kind] = max(self._last.get(kind, 0), int(number or 1))

    def of(self, label: str, who: str, text: str, start: int, end: int) -> str:
        """The placeholder of one finding, [start, end) of the text."""
        name = text[start:end]
        if label in _FIXED:
            return _FIXED[label]
        if label == "datum":
            return season(name)
        if who.startswith(STAFF):
            return self._met((STAFF, who)) or self._new([(STAFF, who)], STAFF)
        if who:
            return f"[{who}]"
        words = phrase(name)
        if label == "instelling":
            kind, known = self._kinds.get(words, (label, " ".join(words)))
            return self._met((kind, known)) or self._new([(kind, known)], kind)
        kernel = [w for w in words if len(w) > 1 and w not in self._lexicon.cues["particle"]] or list(words)
        keys = [(label, self._bare(word)) for word in kernel]
        return self._met(*keys) or self._new(keys, self._role(text, start, end))

    def _met(self, *keys: tuple[str, str]) -> str:
        """A person is known again by first name, else by surname; an institution by its whole name."""
        known = self._seen.get(keys[0], "") if keys else ""
        for key in keys if known else ():
            self._seen.setdefault(key, known)
        return known

    def _new(self, keys: list[tuple[str, str]], kind: str) -> str:
        number = self._last[kind] = self._last.get(kind, 0) + 1
        new = f"[{kind}]" if kind in ROLES and number == 1 else f"[{kind} {number}]"
        for key in keys:
            self._seen.setdefault(key, new)
        return new

    def _role(self, text: str, start: int, end: int) -> str:
        """What the word before or after the name says of the person, when it says so at the first mention."""
        before = _BEFORE.search(text[max(0, start - 40) : start])
        after = _AFTER.match(text, end, end + 50)
        for found in (before, after):
            role = self._lexicon.roles.get(found.group(1).lower()) if found else None
            if role:
                return role
        return "persoon"

    def _bare(self, word: str) -> str:
        """Without the s of a genitive, when that leaves a name."""
        return word[:-1] if word.endswith("s") and word[:-1] in self._lexicon.first_names else word
