"""A thousand decisions at once over a large pack: what they cost grows with the pack and no faster."""

import re
from collections.abc import Callable
from time import process_time
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.deciding import held, legend, open_marks, with_verdicts
from maatwerk.anonymisation.engine import Known
from maatwerk.anonymisation.items import Content, Item
from maatwerk.anonymisation.marks import DOUBT, POINTED_OUT, Mark
from maatwerk.anonymisation.pieces import Piece
from maatwerk.anonymisation.redacting import make_items
from maatwerk.anonymisation.sequel import Sequel
from maatwerk.anonymisation.spotting import Spotter
from maatwerk.anonymisation.verdicts import Verdict
from maatwerk.rules.refusals import NotFound, Refused

NOBODY = Acquaintance(Known(), frozenset(), (), frozenset(), frozenset(), None)
BETWEEN = "zij werkt rustig met "


def item(words: list[str], unmarked: str = "") -> Item:
    """A text in which each of these words stands in doubt."""
    pieces, marks, place = [], [], 0
    for word in words:
        start = place + len(BETWEEN)
        pieces += [BETWEEN, word, " "]
        marks.append(Mark(start, start + len(word), start, start + len(word), DOUBT, 0.4, "", "geleerd"))
        place = start + len(word) + 1
    text = "".join(pieces) + unmarked
    return Item(uuid4(), 0, "tekst", "t", None, Content(text, text, tuple(marks)), (), "klaar")


def large(marks: int = 2_000) -> list[Item]:
    """Ten texts, with so many marks in each, of a fifth as many words."""
    return [item([f"Naam{chr(97 + n)}{(n * 7 + k) % (marks // 5)}" for k in range(marks)]) for n in range(10)]


def grows_with_its_size(work: Callable[[int], object], size: int) -> bool:
    """Whether twice as much costs about twice as much processor time, not four times."""
    short, long = (_seconds(work, each) for each in (size // 2, size))
    return long < 3 * short + 0.3


def _seconds(work: Callable[[int], object], size: int) -> float:
    begun = process_time()
    work(size)
    return process_time() - begun


def decided(items: list[Item]) -> int:
    return sum(bool(mark.decision) for each in items for mark in each.content.marks)


@pytest.mark.parametrize("everywhere", [False, True])
@pytest.mark.parametrize("decision", ["weg", "blijft"])
def test_what_a_thousand_verdicts_cost_grows_with_verdicts_and_marks(decision: str, everywhere: bool) -> None:
    def decide(size: int) -> list[Item]:
        items = large(size * 2)
        verdicts = [Verdict(items[n % 10].id, n // 10, decision, everywhere) for n in range(size)]  # type: ignore[arg-type]
        return with_verdicts(items, verdicts, NOBODY)

    assert decided(decide(1_000)) == (5_000 if everywhere else 1_000)
    assert grows_with_its_size(decide, 1_000)


def test_so_do_a_thousand_on_one_word_and_a_hundred_words_that_are_taken_out_and_making_the_pack_again() -> None:
    def decide(size: int) -> tuple[list[Item], list[Item]]:
        items = [item(["Zand"] * size * 2) for _ in range(10)]
        verdicts = [Verdict(items[0].id, n, "weg" if n % 2 else "blijft", True) for n in range(size)]
        return items, with_verdicts(items, verdicts, NOBODY)

    items, found = decide(1_000)
    assert decided(found) == 20_000
    assert [held(old.content, new.content, NOBODY) for old, new in zip(items, found, strict=True)] == [
        each.content for each in found
    ]
    assert decided(with_verdicts(large(), [], NOBODY, [f"naamb{n}" for n in range(100)])) == 500
    assert grows_with_its_size(decide, 1_000)


def test_of_two_verdicts_on_a_word_the_last_holds_and_one_that_may_never_stay_is_refused_in_the_first() -> None:
    both = [item(["Zand", "Berg"]), item(["zand"], unmarked="En Berg, en Zand.")]
    here, there = both[0].id, both[1].id
    first, second = with_verdicts(
        both, [Verdict(here, 0, "blijft", True), Verdict(there, 0, "weg"), Verdict(here, 1, "weg", True)], NOBODY
    )
    assert first.content.redacted == f"{BETWEEN}Zand {BETWEEN}[naam 2] "
    assert second.content.redacted == f"{BETWEEN}[naam 1] En [naam 2], en Zand."
    (only,) = with_verdicts(both[:1], [Verdict(here, 0, "weg"), Verdict(here, 0, "blijft", True)], NOBODY)
    assert (only.content.redacted, only.content.marks[0].decision) == (both[0].content.redacted, "blijft")
    known = Acquaintance(Known(), frozenset(["zand"]), (), frozenset(), frozenset(), None)
    with pytest.raises(Refused, match="naam"):
        with_verdicts(both, [Verdict(here, 0, "blijft", True), Verdict(here, 0, "weg", True)], known)


def test_of_two_words_that_overlap_the_first_named_goes_and_one_that_then_stands_nowhere_is_told() -> None:
    text = item([], unmarked="Noor de Wit en Noor\nBos zien Noor.")
    (found,) = with_verdicts([text], [], NOBODY, ["noor bos", "Noor  de Wit", "Noor"])
    assert found.content.redacted == "[naam 2] en [naam 1] zien [naam 3]."
    assert [mark.kind for mark in found.content.marks] == [POINTED_OUT] * 3
    with pytest.raises(NotFound, match="woord_onbekend"):
        with_verdicts([item([], unmarked="Noor de Wit.")], [], NOBODY, ["Noor de Wit", "Noor"])


def test_a_doubt_that_stays_is_called_nothing_and_neither_the_legend_nor_a_note_tells_otherwise() -> None:
    text = item(["Karin", "Zand"])
    (kept,) = with_verdicts([text], [Verdict(text.id, 0, "blijft", True), Verdict(text.id, 1, "weg")], NOBODY)
    assert [mark.placeholder for mark in kept.content.marks] == ["", "[naam 1]"]
    assert legend([kept]) == [("[naam 1]", ["Zand"])]
    (gone,) = with_verdicts([kept], [Verdict(text.id, 0, "weg")], NOBODY)
    assert gone.content.redacted == f"{BETWEEN}[naam 2] {BETWEEN}[naam 1] "
    (back,) = with_verdicts([gone], [Verdict(text.id, 0, "blijft")], NOBODY)
    assert legend([back]) == [("[naam 1]", ["Zand"])]
    for each in (kept, back):
        assert Sequel(Known(), [each]).redact("Dat zei mevrouw Karin.") == "Dat zei mevrouw [persoon 1]."


def test_words_that_went_are_read_once_for_all_notes_and_all_texts_of_a_pack_made_again() -> None:
    words = [f"parel{chr(97 + n // 40)}{'hoen' * (n % 40 + 1)}" for n in range(1_000)]
    (gone,) = with_verdicts([item([], unmarked=" en ".join(words))], [], NOBODY, words)

    def write(notes: int) -> list[str]:
        sequel = Sequel(Known(), [gone])
        return [sequel.redact(f"Zij zag {word} en rust.") for word in words[:notes]]

    assert (write(60)[0], len(set(write(60)))) == ("Zij zag [naam 1] en rust.", 60)
    pieces = [Piece("tekst", f"t{n}", f"Daar ging {word} ook.") for n, word in enumerate(words[:60])]
    made = make_items(pieces, [], NOBODY, {"t": gone})
    assert made[0].content.redacted == "Daar ging [naam 1] ook."
    assert all("[naam " in each.content.redacted or open_marks([each]) for each in made)
    assert _seconds(write, 60) < 10 * _seconds(write, 1)


def test_a_word_is_the_same_with_any_i_and_so_goes_everywhere_and_is_found_by_who_asks_for_it() -> None:
    text = item(["ibrahim"], unmarked="Daarna ging İbrahim weg, en Ibrahım ook.")
    gone = f"{BETWEEN}[naam 1] Daarna ging [naam 1] weg, en [naam 1] ook."
    (found,) = with_verdicts([text], [Verdict(text.id, 0, "weg", True)], NOBODY)
    assert (found.content.redacted, decided([found])) == (gone, 3)
    assert {mark.decision for mark in found.content.marks} == {"weg"}
    (asked,) = with_verdicts([text], [], NOBODY, ["Ibrahim"])
    assert asked.content.redacted == gone
    there = item(["İbrahim"], unmarked="Toen kwam ibrahim.")
    (found,) = with_verdicts([there], [Verdict(there.id, 0, "weg", True)], NOBODY)
    assert found.content.redacted == f"{BETWEEN}[naam 1] Toen kwam [naam 1]."
    assert legend([found, asked]) == [("[naam 1]", ["İbrahim"])]


letters = st.text("aAıİſsK' (é\n-", min_size=1, max_size=4)


@given(letters, st.lists(letters, max_size=12))
def test_a_spotter_finds_what_a_search_for_the_word_alone_would_find(word: str, text: list[str]) -> None:
    spoken = r"\s+".join(map(re.escape, word.split()))
    alone = re.compile(rf"(?<!\w){spoken}(?!\w)", re.IGNORECASE)
    whole = "".join(text)
    expected = [match.span() for match in alone.finditer(whole)] if word.split() else []
    assert [(first, last) for first, last, _ in Spotter([word]).spots(whole)] == expected
