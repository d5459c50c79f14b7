"""What an anonymiser left and what it took too much, counted over cases with gold spans. A span leaks when two letters or
digits in a row survive of it; one of single signs only (S.B.) when any survives."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.anonymisation.gold import GoldCase, Span

_WORD = re.compile(r"[^\W_]+")
_HONORIFIC = re.compile(r"(?<!\w)(?:de heer|heer|mevrouw|mw|mevr|dhr|hr|meneer|dr|drs|mr|dokter)\.?\s+$", re.IGNORECASE)
FORMED = ("bsn", "iban", "email", "telefoon", "postcode", "datum")
CLOSE = ("leerling", "ouder_bekend", "aanvrager")
Ranges = Sequence[tuple[int, int]]


@dataclass
class Tally:
    """Sums; `left` and `over` hold examples for who tunes."""

    cases: int = 0
    spans: int = 0
    leaks: int = 0
    formed: int = 0
    formed_leaks: int = 0
    clean: int = 0
    close_clean: int = 0
    pupil_clean: int = 0
    words: int = 0
    words_gone: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    kept_lost: Counter[str] = field(default_factory=Counter)
    per_label: Counter[str] = field(default_factory=Counter)
    leaks_per_label: Counter[str] = field(default_factory=Counter)
    left: list[tuple[str, str, str]] = field(default_factory=list)
    over: Counter[str] = field(default_factory=Counter)
    lost: list[tuple[str, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Percentages, by the names of the goals."""
        own = sum(self.kept_lost[kind] for kind in ("school", "woongemeente", "leeftijd"))
        own_all = sum(self.kept[kind] for kind in ("school", "woongemeente", "leeftijd"))
        return {
            "spans leaked": _percent(self.leaks, self.spans),
            "clean cases": _percent(self.clean, self.cases),
            "clean of pupil, parents, applicant": _percent(self.close_clean, self.cases),
            "clean of the pupil": _percent(self.pupil_clean, self.cases),
            "numbers and dates leaked": _percent(self.formed_leaks, self.formed),
            "other words removed": _percent(self.words_gone, self.words),
            "keep-terms lost": _percent(self.kept_lost["term"], self.kept["term"]),
            "school, municipality, age lost": _percent(own, own_all),
        }


def count(tally: Tally, case: GoldCase, removed: Ranges) -> None:
    """Adds one case to the sums."""
    gone = bytearray(len(case.text))
    for start, end in removed:
        gone[start:end] = b"\1" * (min(end, len(case.text)) - start)
    leaked = [span for span in case.gone if _leaks(case.text, gone, span)]
    tally.cases += 1
    tally.spans += len(case.gone)
    tally.leaks += len(leaked)
    tally.formed += sum(span.label in FORMED for span in case.gone)
    tally.formed_leaks += sum(span.label in FORMED for span in leaked)
    tally.clean += not leaked
    tally.close_clean += not any(span.who in CLOSE for span in leaked)
    tally.pupil_clean += not any(span.who == "leerling" for span in leaked)
    tally.per_label.update(span.label for span in case.gone)
    tally.leaks_per_label.update(span.label for span in leaked)
    tally.left += [(case.id, span.who or span.label, case.text[span.start : span.end]) for span in leaked]
    _count_words(tally, case, gone)
    for span in case.kept:
        tally.kept[span.label] += 1
        if any(gone[at] for at in range(span.start, span.end) if case.text[at].isalnum()):
            tally.kept_lost[span.label] += 1
            tally.lost.append((case.id, case.text[span.start : span.end]))


def _leaks(text: str, gone: bytearray, span: Span) -> bool:
    longest = max((len(word) for word in _WORD.findall(text[span.start : span.end])), default=0)
    run = 0
    for at in range(span.start, span.end):
        run = run + 1 if text[at].isalnum() and not gone[at] else 0
        if run >= min(longest, 2) > 0:
            return True
    return False


def _count_words(tally: Tally, case: GoldCase, gone: bytearray) -> None:
    """Words outside every span; a form of address before a name counts neither way."""
    kind = bytearray(len(case.text))
    for span in case.neutral:
        kind[span.start : span.end] = b"\2" * (span.end - span.start)
    for span in case.gone:
        title = _HONORIFIC.search(case.text[: span.start]) if span.label == "persoon" else None
        if title:
            kind[title.start() : title.end()] = b"\2" * (title.end() - title.start())
    for span in case.gone:
        kind[span.start : span.end] = b"\1" * (span.end - span.start)
    for word in _WORD.finditer(case.text):
        if not any(kind[word.start() : word.end()]):
            tally.words += 1
            if any(gone[word.start() : word.end()]):
                tally.words_gone += 1
                tally.over[word.group()] += 1


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
