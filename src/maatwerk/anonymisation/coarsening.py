"""A redacted text as coarse as its release: what a chosen coarsening took out of the fields may not stand in the texts either, also not
where the school goes by a shorter name."""

from maatwerk.anonymisation.engine.lexicon import lexicon
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.protect import school_names
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.rules.smallcells import Cell, coarsen


def coarser(text: str, cell: Cell | None, coarse: frozenset[str]) -> str:
    """The text without the own school's name and the exact age, as far as `coarse` says."""
    if cell is None or not coarse:
        return text
    text = coarsen(text, cell, coarse)
    return _without_school(text, cell.school) if "schooltype" in coarse else text


def _without_school(text: str, school: str) -> str:
    reading = Reading(text)
    for begin, end in reversed([*Phrases(school_names(school, lexicon())).found_in(reading)]):
        if end - begin > 1 or reading.words[begin].capital or reading.without_capitals:
            start, stop = reading.original(reading.words[begin].start, reading.words[end - 1].end)
            text = f"{text[:start]}[school]{text[stop:]}"
    return text
