"""A redacted text as coarse as its release: what a chosen coarsening took out of the fields may not stand in the texts either, also not
where school or municipality goes by another name."""

from collections.abc import Sequence

from maatwerk.anonymisation.engine.lexicon import lexicon, phrase
from maatwerk.anonymisation.engine.phrases import Phrases
from maatwerk.anonymisation.engine.protect import board_names, school_names, short_form
from maatwerk.anonymisation.engine.reading import Reading
from maatwerk.rules.smallcells import Cell, coarsen


def coarser(text: str, cell: Cell, coarse: frozenset[str], board: str = "") -> str:
    """The text without the own school's names, the exact age and the municipality's names, as far as `coarse` says. With the school goes
    its `board`, which may have no other."""
    if not coarse:
        return text
    text = coarsen(text, cell, coarse)
    if "schooltype" in coarse:
        names = [*school_names(cell.school, lexicon()), *short_form(cell.school, lexicon())]
        text = _without(text, names, "[school]")
        text = _without(text, board_names(board), "[bestuur]")
    if "zonder_gemeente" in coarse:
        also = lexicon().also_called.get(" ".join(phrase(cell.municipality)), ())
        text = _without(text, [phrase(name) for name in also], "[gemeente]")
    return text


def _without(text: str, names: Sequence[tuple[str, ...]], instead: str) -> str:
    reading = Reading(text)
    for begin, end in reversed([*Phrases(names).found_in(reading)]):
        if end - begin > 1 or reading.words[begin].capital or reading.without_capitals:
            start, stop = reading.original(reading.words[begin].start, reading.words[end - 1].end)
            text = f"{text[:start]}{instead}{text[stop:]}"
    return text
