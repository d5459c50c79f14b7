"""Rare facts of a story: pointed at with a reason, never replaced; ordinary sentences point at nothing."""

import time

import pytest

from maatwerk.anonymisation.engine.rare import pointers, reason

POINTS = [
    ("Zij deelt een kamer met haar tweelingzus.", "meerling", "tweelingzus"),
    ("Hij is er een van een drieling.", "meerling", "drieling"),
    ("In maart dient de rechtszaak tegen haar oom.", "rechtszaak", "rechtszaak"),
    ("Het stond in de krant.", "pers", "in de krant"),
    ("Sinds het verkeersongeluk slaapt zij slecht.", "ongeluk", "verkeersongeluk"),
    ("Na het ongeluk kwam hij niet meer.", "ongeluk", "ongeluk"),
    ("Haar vader is in 2024 overleden.", "overlijden", "overleden"),
    ("Vader zit in de gevangenis.", "gevangenis", "gevangenis"),
    ("Zijn broer zit vast.", "gevangenis", "zit vast"),
    ("Het gezin is gevlucht uit Syrië.", "vlucht", "gevlucht"),
    ("Zij woont in het azc.", "vlucht", "azc"),
    ("Haar vader is burgemeester.", "bekend familielid", "vader is burgemeester"),
    ("Haar vader, [ouder 1], is wethouder.", "bekend familielid", "vader, [ouder 1], is wethouder"),
    ("Hij heeft het syndroom van Marfan.", "zeldzame ziekte", "syndroom van Marfan"),
    ("Zij kwam in 2023 naar Nederland.", "uit het buitenland", "kwam in 2023 naar Nederland"),
    ("Hij is geadopteerd.", "uit het buitenland", "geadopteerd"),
    ("Het gezin woont op een woonwagenkamp.", "bijzonder gezin", "woonwagenkamp"),
    ("Zij is het enige meisje in de klas.", "de enige", "enige meisje"),
    ("Er was een steekpartij bij school.", "geweld", "steekpartij"),
    ("TWEELINGZUS ook op school", "meerling", "TWEELINGZUS"),
    ("Zijn geëmigreerde tante belt.", "", ""),
]  # fmt: skip
NOTHING = [
    "In de tweede klas ging het goed, in het tweetalig onderwijs niet.",
    "Hij stootte per ongeluk de verf om en was daar ongelukkig over; een geluk bij een ongeluk.",
    "Zij loopt een krantenwijk en leest graag.",
    "Hij vlucht in gamen en vertoont vluchtgedrag.",
    "Hij zit vast in zijn patroon en is rechtshandig, met zijn rechterhand schrijft hij netjes.",
    "Zij woont aan de Burgemeester Smitslaan.",
    "Zij heeft het syndroom van Down en had de ziekte van Pfeiffer.",
    "De juf is streng, de vader is betrokken en de moeder werkt.",
    "Hij doet mee aan het circusproject en kijkt op zijn telefoon.",
    "Zij vertrouwt haar mentor blind vertrouwend en is doof voor kritiek.",
    "Persoonlijk contact helpt; hij verpest het soms.",
]


@pytest.mark.requirement("R36-35")
@pytest.mark.parametrize(("text", "category", "words"), POINTS)
def test_a_rare_fact_is_pointed_at_with_its_category(text: str, category: str, words: str) -> None:
    found = [(each.category, each.words) for each in pointers(text)]
    assert found == ([(category, words)] if category else [])


@pytest.mark.parametrize("text", NOTHING)
def test_an_ordinary_sentence_points_at_nothing(text: str) -> None:
    assert pointers(text) == ()


def test_each_category_says_in_one_sentence_why() -> None:
    for _, category, _ in POINTS:
        if category:
            assert reason(category).endswith(".")
            assert reason(category).count(". ") == 0


def test_equal_words_are_pointed_at_once_and_a_passage_shows_where() -> None:
    (found,) = pointers("Zijn tweelingbroer belt. " * 5)
    assert found.passage.startswith("Zijn tweelingbroer belt.")
    assert (
        len(pointers("rechtbank " + " ".join(f"ziekte van {chr(97 + n % 26)}{chr(97 + n // 26)}x" for n in range(90))))
        == 40
    )


@pytest.mark.parametrize(
    "hostile", ["vader ", "zit vast ", "syndroom van ", "kwam a a a ", "tweeling" * 3, "¤[", "als enige "]
)
def test_a_long_hostile_text_ends_in_bounded_time(hostile: str) -> None:
    half, whole = (hostile * (size // len(hostile)) for size in (100_000, 200_000))
    times = []
    for text in (half, whole):
        start = time.process_time()
        pointers(text)
        times.append(time.process_time() - start)
    assert times[1] < 3 * times[0] + 1
