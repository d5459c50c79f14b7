"""Requirements are traced: a mark names a row that exists."""

from tests.requirements import proofs, rows


def test_every_mark_names_a_requirement_that_exists() -> None:
    assert set(proofs()) - {row.id for row in rows()} == set()
