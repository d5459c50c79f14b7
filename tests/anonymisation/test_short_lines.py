"""What stands alone in a cell or a heading begins with a capital and is no name for that: lines that the weights never learned from."""

import pytest

from maatwerk.anonymisation.engine import Known, redact

LINES = (
    "Paardrijden, 6 keer", "Boksles", "Kunsttherapie", "Thuisbegeleiding", "Zwemles", "Werkplekbegeleiding", "Kookcursus",
    "Rekencoach", "Leesbegeleiding, 10 uur", "Rouwbegeleiding", "Slaapcursus", "Tolk", "Vervangend lesmateriaal",
    "Dagstructuur", "Groepstraining", "Schoolbegeleider, 3 uur", "Kindercoach", "Tegemoetkoming reiskosten",
    "Intensieve ondersteuning", "Maatwerkplek", "Inzet jongerenwerker", "Concentratietraining", "Tussenvoorziening",
)  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_a_budget_is_left_as_it_is(line: str) -> None:
    assert redact(line, Known.from_mapping({})).spans == ()
