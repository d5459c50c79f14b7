"""Numbers that are dictated, broken, scanned or half written down go as a tidy one does."""

import pytest

from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    "phone",
    [
        "nul drie vijf, zes achtentwintig, elf vierenveertig",
        "nul zes twaalf vierendertig zesenvijftig achtenzeventig",
        "nul zes twee en twintig vierenveertig drieendertig zeventien",
        "nul zes dubbelnul drie keer vier een twee drie vier",
        "nul zes dubbel vier eh drie een negen nul twee zeven",
        "06 twaalf vierendertig zesenvijftig achtenzeventig",
        "nul zes een acht vier vier twee nul negen drie een",
        "nul-zes-een-twee-drie-vier-vijf-zes-zeven-acht",
        "o6-12345678",
        "O6-12B45678",
        "6-12345678",
        "614233",
        "06_12345678",
        "0 6 1 2 3 4 5 6 7 8",
        "06-123456789",
        "06 123 456",
    ],
)
def test_a_phone_that_is_not_written_as_one_disappears(phone: str) -> None:
    assert cleaned(f"U kunt bellen: tel. {phone}.") == "U kunt bellen: tel. [telefoon]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leerlingnummer is twee nul vier een zeven.", "Leerlingnummer is [nummer]."),
        ("Het leerlingnummer van hem is twee nul vier een zeven.", "Het leerlingnummer van hem is [nummer]."),
        ("Het leerlingnummer twintig vier zeventien klopt.", "Het leerlingnummer [nummer] klopt."),
        ("Het leerlingnummer 2o417 klopt.", "Het leerlingnummer [nummer] klopt."),
        ("Het lnr 20417 klopt.", "Het lnr [nummer] klopt."),
        ("Zijn nummer bij ons is 20417.", "Zijn nummer bij ons is [nummer]."),
        ("Hij staat in Magister onder 20417.", "Hij staat in Magister onder [nummer]."),
        ("En 20417 is zijn leerlingnummer.", "En [nummer] is zijn leerlingnummer."),
        ("Het bsn een twee drie vier vijf zes zeven acht twee.", "Het bsn [bsn]."),
        ("Het llnr van haar is vx-20417.", "Het llnr van haar is [nummer]."),
        ("Nog een keer: een acht acht vijf twee.", "Nog een keer: [nummer]."),
        ("Het bestand heet opp_20417.pdf.", "Het bestand heet opp_[nummer].pdf."),
        ("Het nummer 2021-0471 stond er.", "Het nummer [nummer] stond er."),
        ("Daar stond 123456792 op.", "Daar stond [nummer] op."),
        ("De postcode is vijfendertig elf a b.", "De postcode is [postcode]."),
        ("De postcode drie acht een vijf tk klopt.", "De postcode [postcode] klopt."),
    ],
)
def test_a_number_of_somebody_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hij telt een, twee, drie, vier, vijf, zes, zeven, acht, negen, tien.",
        "De cijfers waren zes, zeven, acht, vijf en zes.",
        "Er zijn een of twee kinderen en drie leraren.",
        "In groep 5 zaten tien, elf en twaalf leerlingen.",
        "Het dossier van juni 2024 is zoek.",
        "Het gesprek begon om 08:12 en duurde tot 9.30 uur.",
        "Bel na 16.00 uur of voor 9 uur.",
        "Er is 1250 euro nodig, 40 uur en 12 weken.",
        "Hij zit in 3b, daarna in 4tl, op nummer 12b.",
        "In groep 8 zaten drie en twintig kinderen.",
        "Zie opp 2024.pdf en bijlage 3.pdf.",
        "Op de schaal van nul tot tien geeft hij een vier.",
    ],
)
def test_a_number_that_is_nobodys_stays(text: str) -> None:
    assert cleaned(text) == text
