"""Streets, houses and places go however they are written; what only looks like one stays."""

import pytest

from maatwerk.anonymisation.engine import Known
from tests.anonymisation.invented import cleaned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adres klopt niet: leeuwerikln 8hs", "Adres klopt niet: [adres]"),
        ("Zij woont in de Kerkstr. 12b te Zwolle.", "Zij woont in de [adres] te [plaats]."),
        ("Zij woont aan de Prins Hendrik Ln. 12.", "Zij woont aan de [adres]."),
        ("Ons adres is Burg. van Houtlaan nr. 5.", "Ons adres is [adres]."),
        ("LIJSTERBES STRAAT 8 te VENLO", "[adres] te [plaats]"),
        ("het adres is nu de wissel zestien in akkrum", "het adres is nu [adres] in [plaats]"),
        ("zij wonen in de kerkstraat twaalf", "zij wonen in de [adres]"),
        ("hij woont op de stationswg 3 in heerde", "hij woont op de [adres] in [plaats]"),
        ("hij woont nu aan het zonnehof 14, bij oma", "hij woont nu aan [adres], bij oma"),
        ("hij woont in de kerkstraat bij oma", "hij woont in de [adres] bij oma"),
        ("hij woont op de van goghstraat 12 in heerde", "hij woont op de [adres] in [plaats]"),
        ("ze komt van de kerkstraat 5 af", "ze komt van de [adres] af"),
        ("Hij woont op Burg. v.d. Bergln 3.", "Hij woont op [adres]."),
        ("Zij is van Turfmarkt 61 rood, 2801 GX.", "Zij is van [adres], [postcode]."),
        ("Zij slaapt op de wijk 6 nr 118 bij oma.", "Zij slaapt op de [adres] bij oma."),
        ("Wij wonen in de Straat van Willem de Zwijger 9, hoor.", "Wij wonen in de [adres], hoor."),
        ("ze slaapt op leidsevaart 201 bij mij", "ze slaapt op [adres] bij mij"),
        ("de manege is aan de postweg drieëndertig in ooij", "de manege is aan de [adres] in [plaats]"),
        ("De zaal is aan de Moleneinde l5 of daar.", "De zaal is aan [adres] of daar."),
        ("De zaal is aan de Hoge Rij 40-2, Schalkhaar.", "De zaal is aan de [adres], [plaats]."),
    ],
)
def test_an_address_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize("street", ["ANJELIER PAD 12 b", "anjelierpad 12b", "Anjelier-pad 12b", "Anjellierpad 12 b"])
def test_the_pupils_own_street_disappears_cut_in_two_or_misspelt(street: str) -> None:
    assert cleaned(f"Zij woont op {street}.") == "Zij woont op [adres]."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ze woont in tilburg en gaat naar school.", "Ze woont in [plaats] en gaat naar school."),
        ("Zij brengt hem mee uit someren en werkt daar.", "Zij brengt hem mee uit [plaats] en werkt daar."),
        ("Woonplaats : Zwolle", "Woonplaats : [plaats]"),
        ("Zij stuurt het naar 5342 AB Oss.", "Zij stuurt het naar [postcode] [plaats]."),
        ("Hij komt uit Tilbrug en gaat naar huis.", "Hij komt uit [plaats] en gaat naar huis."),
        ("Zij wachtte op station wijchen op hem.", "Zij wachtte op station [plaats] op hem."),
        ("Hij werkt in Rotterdam-Zuid en in Almere Buiten.", "Hij werkt in [plaats] en in [plaats]."),
        ("ze is uit weert en gaat naar gouda met de trein", "ze is uit [plaats] en gaat naar [plaats] met de trein"),
        ("Hij bidt in Bergen-Noord en woont in Bergen.", "Hij bidt in [plaats] en woont in Bergen."),
        ("Ze komt uit A'dam en is terug uit nador.", "Ze komt uit [plaats] en is terug uit [plaats]."),
    ],
)
def test_a_place_disappears(text: str, expected: str) -> None:
    assert cleaned(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Zij woont met 3 kinderen in een flat.",
        "Hij woont in groep 8, nee op leefgroep 2.",
        "Hij woont al 12 jaar in het dorp.",
        "Hij zat op straat 8 uur lang.",
        "het plein 3 keer rond",
        "OVERDRACHT gr 8 en het kamp gr 7/8.",
        "hij is dol op dieren en best in vorm",
        "vdr 1 en mdr 2 komen, ook voor 2 huizen",
        "we fietsen door de winkelstraat en staan in de lange straat",
        "Op de terugweg is hij 2 keer gestopt.",
        "het is best druk en hij woont in huis",
        "hij is goed in rekenen en in wiskunde",
        "hij wil naar school en uit de klas",
        "in overleg met school, uit onderzoek blijkt",
        "Er was in 2024 in totaal 12 uur.",
    ],
)
def test_what_is_no_address_and_no_place_stays(text: str) -> None:
    assert cleaned(text) == text


def test_the_home_municipality_stays_in_small_letters_too() -> None:
    known = Known.from_mapping({"woongemeente": "Tilburg"})
    assert cleaned("hij woont in tilburg, 5012 AB Tilburg", known) == "hij woont in tilburg, [postcode] Tilburg"
