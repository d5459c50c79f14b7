"""Whether a sentence was written without capitals. Judged by its first word, not by the text: one message in small letters may
stand between tidy ones."""

from maatwerk.anonymisation.engine.reading import Reading

_FURTHEST = 60


def careless(reading: Reading, index: int) -> bool:
    """Whether the sentence, line or message of this word begins with a small letter."""
    if reading.without_capitals:
        return True
    begin = index
    while begin and index - begin < _FURTHEST and not reading.words[begin].first:
        begin -= 1
    return reading.words[begin].first and not reading.words[begin].capital
