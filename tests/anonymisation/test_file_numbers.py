"""The number of a file or a pupil goes in every form, behind every word that announces it; other numbers stay."""

import pytest

from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Uw cliëntnummer is C 55.018.", "Uw cliëntnummer is [nummer]."),
        ("Meldingsnummer MEL/24/308.", "Meldingsnummer [nummer]."),
        ("Zaaknummer C/02/412345 / JE RK 24-733. Verder niets.", "Zaaknummer [nummer]. Verder niets."),
        ("Bel onder dossiernummer 21-AB-4410; dat helpt.", "Bel onder dossiernummer [nummer]; dat helpt."),
        ("Het V-nummer dat u vroeg is 211 554 1903. Dank.", "Het V-nummer dat u vroeg is [nummer]. Dank."),
        ("Kenmerk AB/2025/1187-L, eerder 24/7551.", "Kenmerk [nummer], eerder [nummer]."),
        ("Nummer formulier: VI-2024-12.", "Nummer formulier: [nummer]."),
        ("Parketnummer 11/223344-25, en verder.", "Parketnummer [nummer], en verder."),
        ("Kandidaatnummer: 0313.", "Kandidaatnummer: [nummer]."),
        ("Het dossier 88-451 is dicht.", "Het dossier [nummer] is dicht."),
        ("Haar leerlingnumer is 3 1 0 7 en zij leest.", "Haar leerlingnumer is [nummer] en zij leest."),
        ("Ons kenm. AC 2O25 / 338 hoort erbij.", "Ons kenm. [nummer] hoort erbij."),
        ("Haar leerlingnr. : ll82O4 staat erbij.", "Haar leerlingnr. : [nummer] staat erbij."),
        ("Haar BSN is geloof ik 9 99 97 62O 1 1.", "Haar BSN is geloof ik [bsn]."),
        ("Zij belde O6 ll 9O 73 52 gisteren.", "Zij belde [telefoon] gisteren."),
    ],
)
def test_the_number_of_a_file_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In lokaalnummer 123 en op huisnummer 44.",
        "Het dossier is 3 jaar oud en telt 120 bladzijden.",
        "Een kenmerk van hem is dat hij 12 uur slaapt.",
        "Rugnummer 1214 won op pagina 200.",
        "Zij telde 4 l melk en 3 l water.",
    ],
)
def test_another_number_stays(text: str) -> None:
    assert cleaned(text) == text


def test_an_age_beside_a_number_stays() -> None:
    assert cleaned("BSN 9999 47 236 / 11 JR.") == "BSN [bsn] / 11 JR."
    assert cleaned("Leerlingnummer 12345 12 jaar.") == "Leerlingnummer [nummer] 12 jaar."
