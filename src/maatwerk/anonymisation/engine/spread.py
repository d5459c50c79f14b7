"""Layer 5: what was found once is found everywhere in the text, and a user name around a known name goes whole."""

import re
from collections.abc import Iterable, Iterator

from maatwerk.anonymisation.engine.findings import Finding
from maatwerk.anonymisation.engine.kinds import ordinary
from maatwerk.anonymisation.engine.lexicon import Lexicon, phrase
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.reading import Reading

_FILE = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|jpe?g|png|txt|msg|eml|pptx?)\b", re.IGNORECASE)
_MONTH_NAMES = frozenset(("mei", "april", "juni", "juli", "augustus"))
_GENERATION = re.compile(r",? (?:sr|jr|senior|junior)\b", re.IGNORECASE)
_CHUNK = re.compile(r"[\w.@\-]+")


def spread(reading: Reading, findings: Iterable[Finding], lexicon: Lexicon) -> Iterator[Finding]:
    """The names of persons and institutions that were found, wherever else they stand; De Brug is no brug."""
    words: set[str] = set()
    names: set[tuple[str, ...]] = set()
    for finding in findings:
        if finding.label == "instelling":
            names.add(phrase(reading.plain[finding.start : finding.end]))
        elif finding.label == "persoon" and not finding.who:
            words.update(phrase(reading.plain[finding.start : finding.end]))
    words -= lexicon.cues["particle"]
    words = {word for word in words if len(word) > 2 and (word not in lexicon.cues["never"] or word in _MONTH_NAMES)}
    inside = {low for low in words if any(_inside(reading, at) for at in reading.places.get(low, ()))}
    for low in words | {word + "s" for word in words}:
        for at in reading.places.get(low, ()):
            if _again(reading, at, lexicon, surely=low in inside):
                yield Finding(reading.words[at].start, reading.words[at].end, "persoon", 0.8)
    several = [name for name in names if len(name) > 1]
    for begin, end in Phrases(several).found_in(reading) if several else ():
        last = reading.words[end - 1]
        if ordinary(last.low) and not last.capital and not reading.without_capitals:
            continue
        yield Finding(reading.words[begin].start, reading.words[end - 1].end, "instelling", 0.8)


def with_generation(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The sr. or jr. behind a person's name."""
    for finding in findings:
        found = _GENERATION.match(reading.plain, finding.end) if finding.label == "persoon" else None
        if found:
            yield finding._replace(end=found.end())


def _inside(reading: Reading, at: int) -> bool:
    """Whether it has a capital that its place does not explain."""
    return reading.words[at].capital and not reading.words[at].first and not reading.all_capitals


def _again(reading: Reading, at: int, lexicon: Lexicon, *, surely: bool) -> bool:
    """An ordinary word needs a capital that its place does not explain, here or elsewhere in the text; a month no year behind it."""
    word = reading.words[at]
    if word.low in _MONTH_NAMES and any(map(str.isdigit, reading.gap(at))):
        return False
    if ordinary(word.low):
        return word.capital and (surely or word.low in lexicon.first_names)
    return True


def around_names(reading: Reading, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The whole of emre2012, joy.mee_ or jan-de-boer_2; of a file name only the name itself."""
    done = 0
    for start, end in sorted(finding[:2] for finding in findings if finding.label == "persoon"):
        if start < done:
            continue
        begin, chunk = start, _CHUNK.match(reading.plain, start)
        while begin and start - begin < 61 and _CHUNK.match(reading.plain, begin - 1):
            begin -= 1
        done = chunk.end() if chunk else start
        text = reading.plain[begin:done]
        if len(text) <= 60 and (start > begin or end < done) and _user_name(text):
            yield Finding(begin, begin + len(text.rstrip(".-")), "url", 0.8)


def _user_name(text: str) -> bool:
    """Letters glued to digits, underscores or dots."""
    if text.isalpha() or _FILE.search(text):
        return False
    core = text.strip(".-")
    glued = re.search(r"[^\W\d_]\d{1,6}|\d[^\W\d_]", core) or "_" in core
    return bool(glued) or bool(re.search(r"[^\W\d_]{2}\.[^\W\d_]{2}", core))
