"""How likely a word has to be a name to go, by where it stands. Chosen on texts that the weights were not learned from: see
docs/decisions/0028. From `DOUBTED` to `LIKELY` what stays is a question; a known person's name counts from `CONSIDERED`."""

from maatwerk.anonymisation.engine.kinds import Form
from maatwerk.anonymisation.engine.lexicon import Lexicon
from maatwerk.anonymisation.engine.reading import Reading

CONSIDERED = 0.02
DOUBTED = 0.1
LIKELY = 0.5
NO_CAPITALS = 0.16
STRANGE = 0.18
OPENING = 0.4
CARELESS = 0.5
SUBJECT = 0.95
NEVER = 2.0


def least(reading: Reading, index: int, form: Form, lexicon: Lexicon) -> float:
    """Much where an ordinary word begins a sentence, stands in small letters in a text that has capitals, or is a language or subject;
    little where nothing has a capital and a name shows only by its neighbours. A course of a provider (Kentalis-cursus) is none."""
    word = reading.words[index]
    if word.low in lexicon.provider_words and reading.gap(index) == "-":
        return NEVER
    if word.low in lexicon.proper or word.low in lexicon.cues["between"]:
        return OPENING if word.capital else SUBJECT
    if reading.without_capitals:
        return NO_CAPITALS
    if form.strange:
        return STRANGE
    if not word.capital:
        return CARELESS
    return OPENING if word.first and not form.named else STRANGE
