"""Which placeholder a finding gets: the same person or institution the same one through the whole text."""

import re

from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase

_FIXED = {
    "adres": "[adres]",
    "postcode": "[postcode]",
    "plaats": "[plaats]",
    "datum": "[datum]",
    "telefoon": "[telefoon]",
    "email": "[e-mail]",
    "url": "[link]",
    "iban": "[rekeningnummer]",
    "bsn": "[bsn]",
    "leerlingnummer": "[nummer]",
    "nummer": "[nummer]",
}
_NUMBERED = re.compile(r"\[(persoon|instelling) (\d{1,6})\]")


class Placeholders:
    """Numbers persons and institutions in the order in which they appear, after those the text already had."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._seen: dict[tuple[str, str], int] = {}
        self._last = {"persoon": 0, "instelling": 0}
        for kind, number in _NUMBERED.findall(text):
            self._last[kind] = max(self._last[kind], int(number))

    def of(self, label: str, who: str, name: str) -> str:
        """The placeholder of one finding; `name` is the text it replaces."""
        if label in _FIXED:
            return _FIXED[label]
        if who:
            return f"[{who}]"
        return f"[{label} {self._number(label, name)}]"

    def _number(self, label: str, name: str) -> int:
        """A person is known again by first name, else by surname; an institution by its whole name."""
        words = phrase(name)
        if label == "persoon":
            kernel = tuple(w for w in words if len(w) > 1 and w not in self._lexicon.cues["particle"]) or words
            keys = [(label, self._bare(word)) for word in kernel]
        else:
            keys = [(label, " ".join(words))]
        number = self._seen.get(keys[0]) if keys else None
        if number is None:
            self._last[label] += 1
            number = self._last[label]
        for key in keys:
            self._seen.setdefault(key, number)
        return number

    def _bare(self, word: str) -> str:
        """Without the s of a genitive, when that leaves a name."""
        return word[:-1] if word.endswith("s") and word[:-1] in self._lexicon.first_names else word
