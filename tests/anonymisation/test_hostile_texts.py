"""Whatever a text is made of, its time grows as its length does: a text comes from outside, and a worker reads it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maatwerk.anonymisation.engine import redact
from tests.anonymisation.invented import KNOWN

# Runs of one sign, of one sign and a mark, nested quotes, marks that nobody sees, endless words, short lines; and one piece or
# more for each layer. `Lag` was given up one word a reading: time in the square of its length.
PIECES = (
    "1", "a", ".", " ", "\n", "-", "_", "@", "(", "[", "\"'", "\u200b", "\u0301e", "1 ", "12", "1-", "1-1-", "1.", "€ 1", "a.", "a_", "a1", "a\n",
    "a@", "a@b.", "at ", "nul een ", "06 ", "+31", "123456782 ", "NL13", "1234 AB ", "x-1-", "GX-412-K ", "3 mei ", "mei ", "12/3/", "12-11-",
    "de tweede van de ", "http://a", "www.", "juf Jan ", "B.v.d.", "A.", "S. ", "Roos. ", "Roos.", "van ", "Quinty ", "Lag ", "achtbaan\n",
    "Egomaniakaal pitste Deel ", "straat 4 ", "praktijk ", "De ", "AB ", "5aid ", "nr. 12 ", "[persoon 1] ", "ﬁ", "İ",
    "dossiernr a/1 ", "nr A.1/", "O6 l ", "l/l2 ", "&nbsp;1", "%20", "12 ja nu ", "NL9O I ", "3 en 4 ", "wijk 1 nr ", "Straat van de ", "OO1 ", "AB1 ", "quinty_", "jr ",
    "&amp;", "Ã«", "=C3", "=\n", "<b>", "q u i n t y ", "quin-\n", "q1", "quint?y ",
    "Regenbog ", "Ber gen ", "B'gen ",
    "Q*", "Q**y ", "q. ", "Q's ", "q-u-", "Quinty d. Z. ",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_twice_the_text_takes_at_most_thrice_the_time(piece: str) -> None:
    """Processor time, since others work on the machine; half a second is what a pause may cost."""
    short, long = (_seconds(piece * (size // len(piece))) for size in (12_000, 24_000))
    assert long < 3 * short + 0.5


@settings(max_examples=20, deadline=None)
@given(st.text(st.sampled_from(" .,-/@_:'\"()[]\n\u200b\u03010127aenstvAJMé€"), min_size=1, max_size=7))
def test_so_does_any_piece(piece: str) -> None:
    short, long = (_seconds(piece * (size // len(piece))) for size in (5_000, 10_000))
    assert long < 3 * short + 0.5


@pytest.mark.parametrize("piece", ["9", "a", " ", "\"'", "\u200b", "["])
def test_a_million_signs_that_say_nothing_are_done_in_seconds(piece: str) -> None:
    """About one second; the bound is only there to end a run that would not."""
    assert _seconds(piece * (1_000_000 // len(piece))) < 20


def _seconds(text: str) -> float:
    begun = time.process_time()
    redact(text, KNOWN)
    return time.process_time() - begun
