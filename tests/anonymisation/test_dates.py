"""An exact date goes in every spelling that people use; a month with its year, an hour and a rank stay."""

import pytest

from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    ("date", "left"),
    [
        ("zaterdag de twaalfde", "[datum]"),
        ("donderdag de 12e", "[datum]"),
        ("de tweede van de vierde", "[datum]"),
        ("de derde van de vierde tweeduizend tien", "[datum]"),
        ("twaalf drie tweeduizendvijfentwintig", "[datum]"),
        ("zondag twaalf drie", "[datum]"),
        ("twaalf maart vijfentwintig", "[datum: voorjaar]"),
        ("elf nov '24", "[datum: najaar]"),
        ("nacht 14 op 15 mei", "nacht [datum: voorjaar]"),
        ("13, 14 en 15 mei", "[datum: voorjaar]"),
        ("ma 12 + di 13 mei", "[datum: voorjaar]"),
        ("13 mei t/m 15", "[datum: voorjaar]"),
        ("17 rnaart 2O25", "[datum: voorjaar 2025]"),
        ("12-o3-2025", "[datum]"),
        ("12mrt2025", "[datum: voorjaar 2025]"),
        ("12-mrt-25", "[datum: voorjaar]"),
        ("12 febr. 2025", "[datum: winter 2025]"),
        ("12 maar 2025", "[datum: voorjaar 2025]"),
        ("12 oktbr", "[datum: najaar]"),
        ("maart de 12e", "[datum: voorjaar]"),
        ("maondig 3 november", "[datum: najaar]"),
        ("maandag 3 november", "[datum: najaar]"),
        ("12_03_2025", "[datum]"),
        ("12 06 2024", "[datum]"),
        ("twee en twintig maart", "[datum: voorjaar]"),
        ("vr 13", "[datum]"),
        ("dinsdag 14 om 10 uur", "[datum] om 10 uur"),
        ("donderdagochtend 6 maart", "[datum: voorjaar]"),
        ("23 juni tot en met 27 juni", "[datum: zomer] tot en met [datum: zomer]"),
        ("23 juni t/m 27 juni", "[datum: zomer] t/m [datum: zomer]"),
        ("23 juni t/m 27", "[datum: zomer]"),
        ("den 3en mei 2O25", "[datum: voorjaar 2025]"),
        ("28 ap ril", "[datum]"),
        ("3 novernber", "[datum: najaar]"),
        ("l7 ju1i 2O26", "[datum: zomer 2026]"),
        ("op 3decmber", "op [datum: winter]"),
        ("18-XI", "[datum]"),
        ("03.XI.25", "[datum]"),
        ("za op zo 9 november", "[datum: najaar]"),
        ("woensdag drie tot en met vrijdag vijf december", "[datum: winter]"),
        ("van den 10den dezer", "van den [datum]"),
        ("den achtsten november", "[datum: najaar]"),
        ("vrijdag de dertiende (van juni)", "[datum] (van juni)"),
        ("3 mayo", "[datum: voorjaar]"),
    ],
)
def test_an_exact_date_disappears(date: str, left: str) -> None:
    assert cleaned(f"Het gesprek met haar was {date}.") == f"Het gesprek met haar was {left}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zij belde op de 14e en toen weer.", "Zij belde op [datum] en toen weer."),
        ("Zij belde op de veertiende van deze maand.", "Zij belde op [datum]."),
        ("Gesproken (14-3) met haar.", "Gesproken ([datum: voorjaar]) met haar."),
        ("Gesproken op 12-3 en 13-3.", "Gesproken op [datum: voorjaar] en [datum: voorjaar]."),
        ("Zie verslag-12-06-2024.pdf.", "Zie verslag-[datum: zomer 2024].pdf."),
        ("Geb. 12 3 2011.", "Geb. [datum]."),
        ("OBS gr 3, 12 november.", "OBS gr 3, [datum: najaar]."),
        ("Het gesprek op zaterdag6 mei.", "Het gesprek op [datum: voorjaar]."),
        ("Afspraak w0ensdag 28 nove mber 2O26 om tien uur.", "Afspraak [datum: najaar 2026] om tien uur."),
        ("Gesproken op drie elf vijfentwintig over hem.", "Gesproken op [datum] over hem."),
        ("Intake op elf elf hier.", "Intake op [datum] hier."),
        ("Gebeld dd 12.11 en vr 14.11.", "Gebeld dd [datum: najaar] en [datum: najaar]."),
        ("Zij komt 24 en 25/11.", "Zij komt [datum]."),
        (
            "Gezien op 3-9, ziek op 14-9, verzuim 4-9 gemeld.",
            "Gezien op [datum: najaar], ziek op [datum: najaar], verzuim [datum: najaar] gemeld.",
        ),
        ("Zij komen de 17e terug.", "Zij komen [datum] terug."),
        ("Hij komt de zevende om acht uur.", "Hij komt [datum] om acht uur."),
        ("Op dinsdag de 9e gaan zij kijken.", "Op [datum] gaan zij kijken."),
        ("Turven 10/11-14/11 in de klas.", "Turven [datum] in de klas."),
    ],
)
def test_a_date_is_known_by_what_is_beside_it(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hij is voor de 14e keer te laat en zit op de 2e verdieping.",
        "In de 12e week zat zij op de eerste rij.",
        "Zij was de derde van de vierde klas.",
        "Hij gaat maandag 4 uur naar school en dinsdag 2 lesuren.",
        "Vrijdag 12.30 uur of vrijdag 15:00.",
        "Op maandag, dinsdag en woensdag 3 keer per week.",
        "De twintigste eeuw en de vijftiende keer.",
        "Op ma 8 en di 9 uur per week.",
        "Vrijdag drie en zaterdag vier uur.",
        "In maart 3 keer, in mei 2 uur en in juni 12 lessen.",
        "Eind maart, begin april en half mei 2025.",
        "Van augustus 2024 tot mei 2025, in maart 25 minuten.",
        "Groep 3-4, 2-3 keer, 1-2 uur, van 12-18 jaar.",
        "Vanaf de zesde klas en sinds de zesde les.",
        "Hij ging de vierde keer naar huis en komt de derde plaats toe.",
        "Zij haalde niveau 3-IV en drie of vijf keer een V.",
        "Zij scoort 1.2 en 3.4, zit in groep 3 en 4/5 en komt ma 9.10 uur.",
        "Het is op twee drie plekken 24/7 raak, zie blz 2/2.",
        "In 3 maanden tijd en 4 temperaturen later.",
    ],
)
def test_what_is_no_exact_date_stays(text: str) -> None:
    assert cleaned(text) == text
