"""Numbers and addresses with a shape disappear, also when they are spelled carelessly."""

import pytest

from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    "phone", ["06-00001234", "06 0000 1234", "+31 6 00001234", "0031 6 0000 1234", "(0500) 00 12 34"]
)
def test_a_phone_disappears(phone: str) -> None:
    assert cleaned(f"Bel {phone} na vijven.") == "Bel [telefoon] na vijven."


@pytest.mark.parametrize(
    "date",
    [
        "3-2-2010",
        "03/02/10",
        "2010-02-03",
        "03022010",
        "3 februari 2010",
        "3 feb. '10",
        "zondag 3 februari",
        "wo 3/2",
        "3 maart",
    ],
)
def test_an_exact_date_disappears(date: str) -> None:
    assert cleaned(f"Wij spraken elkaar {date} op school.") == "Wij spraken elkaar [datum] op school."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mail m.tuinstra@school.example even.", "Mail [e-mail] even."),
        ("Mail iemand (at) post (punt) example even.", "Mail [e-mail] even."),
        ("Zie https://video.example/@q/12 en @quinty.zw.", "Zie [link] en [link]."),
        ("Rekening NL13TEST0123456789.", "Rekening [rekeningnummer]."),
        ("Rekening NL13 TEST 0123 4567 89.", "Rekening [rekeningnummer]."),
        ("Postcode 1234AB of 1234  AB.", "Postcode [postcode] of [postcode]."),
        ("BSN: 123 456 782.", "BSN: [bsn]."),
        ("BSN 123 456 789 (fout).", "BSN [bsn] (fout)."),
        ("Leerlingnummer 184944, dossier 2902.", "Leerlingnummer [nummer], dossier [nummer]."),
        ("Onder 2021 0417 geregistreerd.", "Onder [nummer] geregistreerd."),
    ],
)
def test_this_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_the_full_stop_after_a_month_stays() -> None:
    assert cleaned("Het was 3 september. Toen regende het.") == "Het was [datum]. Toen regende het."
