"""What products, lists, tariffs, funding and computed answers can have wrong: each fault in Dutch, with its key, line and mend."""

import pytest

from maatwerk.rules.decoding import Fault
from maatwerk.rules.loading import parse
from tests.schemes import SMALL

PRODUCTS = "[product.a]\ntitel = 'A'\n[product.b]\ntitel = 'B'\n"
PUPIL = "[formulier.kind]\nsoort = 'persoon'\ntitel = 'Kind'\ndelen = ['achternaam']\n"
ABOUT = SMALL.replace('{ soort = "geen" }', '{ soort = "individu", veld = "kind" }') + PUPIL
KINDS = """
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
[formulier.kosten.kolommen.soort]
soort = "keuze"
titel = "Soort"
keuzes = { coach = "coach", reis = "reis" }
[formulier.kosten.kolommen.bedrag]
soort = "bedrag"
titel = "Bedrag"
"""
FUNDING = KINDS + '[bekostiging.f] #?\ntitel = "F"\ntabel = "kosten"\n'
RATE = '[tarief.t]\ntitel = "T"\nrijen = [\n{}\n]\n'


def fund(keys: str) -> str:
    return FUNDING + keys


def rate(rows: str) -> str:
    return RATE.format(rows)


def faults(extra: str, text: str = SMALL) -> tuple[Fault, ...]:
    scheme, found = parse(text + extra)
    assert (scheme is None) == bool(found)
    return found


FAULTY = [
    # products
    ("[formulier.x]\nsoort = 'tekst'\ntitel = 'X'\nproducten = ['c'] #!\n", "formulier.x.producten", "het product 'c' bestaat niet"),
    (PRODUCTS + "[voorwaarde.v]\nbij = ['besluiten']\nals = 'true'\nmelding = 'M'\nproducten = ['c'] #!\n", "voorwaarde.v.producten", "'c' bestaat niet"),
    (PRODUCTS + "[termijn.t]\ntitel = 'T'\nsoort = 'streef'\nstart = ['begin']\nduur = 'P1W'\nproducten = ['c'] #!\n", "termijn.t.producten", "'c' bestaat niet"),
    (PRODUCTS + "sluit_uit = ['b'] #!\n", "product.b.sluit_uit", "sluit zichzelf niet uit"),
    (PRODUCTS + "sluit_uit = ['c'] #!\n", "product.b.sluit_uit", "'c' bestaat niet"),
    (PRODUCTS + "sluit_uit = ['a'] #!\n", "product.b.sluit_uit", "zonder leerling"),
    (PRODUCTS + "scholen = 'pilot' #!\n", "product.b.scholen", "de lijst 'pilot' bestaat niet"),
    (PRODUCTS + "scholen = 'pilot' #!\n[lijst.pilot]\ntitel = 'P'\nwaarden = ['De Top']\n", "product.b.scholen", "niet welke school"),
    (PRODUCTS + "sluit_uit_bij = ['besluiten'] #!\n", "product.b.sluit_uit_bij", "sluit niets uit"),
    (PRODUCTS + "[formulier.product]\nsoort = 'tekst' #!\ntitel = 'P'\n", "formulier.product.soort", "een keuze"),
    (PRODUCTS + "[formulier.product]\nsoort = 'keuze'\ntitel = 'P'\nkeuzes = { a = 'A' } #!\n", "formulier.product.keuzes", "precies de producten"),
    (PRODUCTS + "[formulier.product]\nsoort = 'keuze'\ntitel = 'P'\nals = 'true' #!\n", "formulier.product.als", "altijd gevraagd"),
    ("[product.a]\ntitel = 'A'\n[handeling.indienen.velden]\n[handeling.x] #!\ntitel = 'X'\ndoor = ['school']\nproducten = ['a']\n", "handeling.x", "geen enkele stap"),
    (PRODUCTS + "[voorwaarde.v]\nbij = ['besluiten']\nals = 'aanvraag.product == \"c\"' #!\nmelding = 'M'\n", "voorwaarde.v.als", "kent de keuze 'c' niet"),
    (PRODUCTS + "[formulier.x]\nsoort = 'tekst'\ntitel = 'X'\nproducten = ['a']\n[voorwaarde.v]\nbij = ['besluiten']\nals = 'aanvraag.x == \"y\" && aanvraag.aantal > 1' #!\nmelding = 'M'\n", "voorwaarde.v.als", "bij B wordt 'x' niet gevraagd"),
    (PRODUCTS + "[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['begin']\nhandelingen = ['besluiten']\nproducten = ['a'] #!\n", "stap.s.producten", "dan is er nog geen gekozen"),
    (PRODUCTS + "[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['product.c'] #!\nhandelingen = ['besluiten']\n", "stap.s.na", "schrijf product.<id>"),
    (PRODUCTS + "[stap.s] #!\ntitel = 'S'\nfase = 's'\nna = ['stap.intake.ingediend']\nhandelingen = ['x']\n[handeling.x]\ntitel = 'X'\ndoor = ['bureau']\nuitkomst = 'y'\nproducten = ['a']\n", "stap.s", "bij B kan deze stap nooit eindigen"),
    (PRODUCTS.replace("[product.b]", "[product.b] #!") + "[stap.besluit.bij.x]\n", "stap.besluit.bij.x", None),
    # lists
    ("[lijst.l]\ntitel = 'L'\nwaarden = [] #!\n", "lijst.l.waarden", "zonder waarden"),
    ("[lijst.l]\ntitel = 'L'\nwaarden = ['x', 'x'] #!\n", "lijst.l.waarden", "twee keer"),
    ("[lijst.l]\ntitel = 'L'\nwaarden = [' x'] #!\n", "lijst.l.waarden", "een spatie"),
    ("[voorwaarde.v]\nbij = ['besluiten']\nals = 'aanvraag.vraag in lijst.m' #!\nmelding = 'M'\n[lijst.l]\ntitel = 'L'\nwaarden = ['x']\n", "voorwaarde.v.als", "het veld 'm' bestaat niet"),
    ("[lijst.l]\ntitel = 'L'\nwaarden = ['x']\n[voorwaarde.v]\nbij = ['besluiten']\nals = 'aanvraag.aantal in lijst.l' #!\nmelding = 'M'\n", "voorwaarde.v.als", "past niet op"),
    # tariffs
    ("[tarief.t]\ntitel = 'T'\nrijen = [] #!\n", "tarief.t.rijen", "minstens een rij"),
    (rate("{ bedrag = -1 }, #!"), "tarief.t.rijen.0.bedrag", "kan niet"),
    (rate("{ bedrag = 1, vanaf = 2025-01-01, tot = 2024-12-31 }, #!"), "tarief.t.rijen.0.tot", "eindigt voor zij begint"),
    (rate("{ bedrag = 1 },\n{ bedrag = 2, als = 'aanvraag.aantal > 3' }, #!"), "tarief.t.rijen.1", "geldt nooit"),
    (rate("{ bedrag = 1, tot = 2024-12-31 },\n{ bedrag = 2, vanaf = 2025-01-01 },\n{ bedrag = 3, vanaf = 2024-06-01, tot = 2025-06-01 }, #!"), "tarief.t.rijen.2", "geldt nooit"),
    (rate("{ bedrag = 1, als = 'aanvraag.antal > 3' }, #!"), "tarief.t.rijen.0.als", "het veld 'antal' bestaat niet"),
    (rate("{ bedrag = 1, als = 'vandaag > zaak.ingediend_op' }, #!"), "tarief.t.rijen.0.als", "'vandaag' is hier niet te lezen"),
    ("[tarief.t]\ntitel = 'T'\npeildag = 'aanvraag.aantal' #!\nrijen = [{ bedrag = 1 }]\n", "tarief.t.peildag", "hier hoort een tekst"),
    ("[voorwaarde.v]\nbij = ['besluiten']\nals = 'tarief.u > 1' #!\nmelding = 'M'\n", "voorwaarde.v.als", "het veld 'u' bestaat niet"),
    # funding
    ("[bekostiging.f] #!\ntitel = 'F'\n", "bekostiging.f", "niet wat wordt bekostigd"),
    ("[bekostiging.f]\ntitel = 'F'\ntabel = 'vraag' #!\n", "bekostiging.f.tabel", "'vraag' is geen tabel"),
    ("[bekostiging.f]\ntitel = 'F'\nvast = '100'\nregel = 'regel.bedrag' #!\n", "bekostiging.f.regel", "zonder tabel"),
    (KINDS.replace("kolommen.bedrag", "kolommen.prijs") + "[bekostiging.f] #!\ntitel = 'F'\ntabel = 'kosten'\n", "bekostiging.f.regel", "geen kolom voor regel.bedrag"),
    (fund("regel = 'regel.bedragg * 2' #!\n"), "bekostiging.f.regel", "het veld 'bedragg' bestaat niet"),
    (fund("regel = 'regel.soort' #!\n"), "bekostiging.f.regel", "hier hoort een geheel getal"),
    (fund("grenzen = [\n{ als = \"regel.soort == 'reizen'\", maximum = '0', melding = 'M' } #!\n]\n"), "bekostiging.f.grenzen.0.als", "kent de keuze 'reizen' niet"),
    (fund("grenzen = [\n{ als = \"regel.soort in ['reis', 'x']\", maximum = '0', melding = 'M' } #!\n]\n"), "bekostiging.f.grenzen.0.als", "kent de keuze 'x' niet"),
    (fund("grenzen = [\n{ maximum = 'regel.bedrag', over = 'samen', melding = 'M' } #!\n]\n"), "bekostiging.f.grenzen.0.maximum", "'regel' is hier niet te lezen"),
    (fund("grenzen = [\n{ maximum = '-5', melding = 'M' } #!\n]\n"), "bekostiging.f.grenzen.0.maximum", "kleiner dan nul"),
    (fund("grenzen = [\n{ maximum = '0' } #!\n]\n"), "bekostiging.f.grenzen.0", "'melding' ontbreekt"),
    (fund("aandeel = '101' #!\n"), "bekostiging.f.aandeel", "tussen 0 en 100"),
    (fund("aandeel = 'procent(100, 150)' #!\n"), "bekostiging.f.aandeel", "procent(..., 150) kan niet"),
    (fund("btw = '-1' #!\n"), "bekostiging.f.btw", "tussen 0 en 100"),
    (fund("btw = '21' #!\n"), "bekostiging.f.btw", "geen bedrag exclusief"),
    (fund("eigen_bijdrage = '-1' #!\n"), "bekostiging.f.eigen_bijdrage", "kleiner dan nul"),
    (fund("medefinancier = 'gemeente'\n").replace("#?", "#!"), "bekostiging.f.aandeel", "betaalt de rest"),
    (fund("maximum = '100'\n").replace("#?", "#!"), "bekostiging.f.melding", "hoort waarom"),
    (fund("melding = 'M' #!\n"), "bekostiging.f.melding", "hoort bij een maximum"),
    (fund("maximum = 'eerder[0].toegekend' #!\nmelding = 'M'\n"), "bekostiging.f.maximum", "'eerder' is hier niet te lezen"),
    (fund("als = 'bekostiging.f.toekenbaar > 1' #!\n"), "bekostiging.f.als", "'bekostiging' is hier niet te lezen"),
    (PRODUCTS + FUNDING.replace('titel = "Kosten"\n', 'titel = "Kosten"\nproducten = ["a"]\n').replace('tabel = "kosten"', 'tabel = "kosten" #!'), "bekostiging.f.tabel", "bij B wordt 'kosten' niet gevraagd"),
    ("[voorwaarde.v]\nbij = ['besluiten']\nals = 'bekostiging.f.toekenbar > 1' #!\nmelding = 'M'\n" + FUNDING, "voorwaarde.v.als", "het veld 'toekenbar' bestaat niet"),
    # the outside is never read by a step
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['stap.intake.ingediend']\nals = 'size(eerder) > 0' #!\nhandelingen = ['besluiten']\n", "stap.s.als", "'eerder' is hier niet te lezen"),
    ("[voorwaarde.v]\nbij = ['besluiten']\nals = 'eerder.exists(e, e.produkt == \"x\")' #!\nmelding = 'M'\n", "voorwaarde.v.als", "het veld 'produkt' bestaat niet"),
    # computed answers, refusals, VAT
    ("[formulier.x] #!\nsoort = 'berekend'\ntitel = 'X'\n", "formulier.x", "een berekening nodig"),
    ("[formulier.x]\nsoort = 'tekst'\ntitel = 'X'\nberekening = '1' #!\n", "formulier.x.berekening", "alleen een berekend veld"),
    ("[formulier.x]\nsoort = 'berekend'\ntitel = 'X'\nberekening = '1'\nverplicht = ['indienen'] #!\n", "formulier.x.verplicht", "niemand vult"),
    ("[formulier.x]\nsoort = 'berekend'\ntitel = 'X'\nberekening = 'aanvraag.vraag' #!\n", "formulier.x.berekening", "hier hoort een geheel getal"),
    ("[formulier.x]\nsoort = 'berekend'\ntitel = 'X'\nberekening = 'aanvraag.later' #!\n[formulier.later]\nsoort = 'getal'\ntitel = 'L'\n", "formulier.x.berekening", "'aanvraag.later' staat niet boven"),
    ("[formulier.x]\nsoort = 'berekend'\ntitel = 'X'\nberekening = 'aanvraag.x + 1' #!\n", "formulier.x.berekening", "'aanvraag.x' staat niet boven"),
    ("[handeling.noteren.velden.x]\nsoort = 'berekend'\ntitel = 'X'\nberekening = 'deze.y' #!\n", "handeling.noteren.velden.x.berekening", "het veld 'y' bestaat niet"),
    ("[formulier.x]\nsoort = 'verklaring'\ntitel = 'X'\nweigert_te_geven = true #!\n", "formulier.x.weigert_te_geven", "weigert al"),
    ("[formulier.x]\nsoort = 'tekst'\ntitel = 'X'\nweigert_te_geven = true\n[formulier.weigert] #!\nsoort = 'tekst'\ntitel = 'W'\n", "formulier.weigert", "deze naam is van de vraag"),
    ("[formulier.weigert] #!\nsoort = 'meerkeuze'\ntitel = 'W'\nkeuzes = { vraag = 'Vraag' }\n", "formulier.weigert", "deze naam is van de vraag"),
    ("[formulier.x]\nsoort = 'tekst'\ntitel = 'X'\nbtw = 'inclusief' #!\n", "formulier.x.btw", "alleen een bedrag"),
    (KINDS + "producten = ['a'] #!\n" + PRODUCTS, "formulier.kosten.kolommen.bedrag.producten", "een kolom staat altijd"),
    (KINDS + "als = 'true' #!\n", "formulier.kosten.kolommen.bedrag.als", "een kolom staat altijd"),
    (KINDS.replace('soort = "bedrag"', 'soort = "berekend"').replace("kolommen.bedrag]", "kolommen.bedrag] #!"), "formulier.kosten.kolommen.bedrag", "een kolom kan geen berekend zijn"),
    # names
    ("[product.In]\ntitel = 'I' #!\n", "product.In", None),
    ("[lijst.true] #!\ntitel = 'I'\nwaarden = ['x']\n", "lijst.true", "kan niet"),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "key", "told"), FAULTY, ids=[f"{n}-{key}" for n, (_, key, _) in enumerate(FAULTY)])
def test_each_fault_names_its_key_its_line_and_the_mend(extra: str, key: str, told: str | None) -> None:
    found = faults(extra)
    mine = [fault for fault in found if fault.key == key and (told is None or told in fault.message)]
    assert mine, [str(fault) for fault in found]
    assert all(fault.message and fault.mend for fault in found)
    if told is not None:
        lines = (SMALL + extra).splitlines()
        assert mine[0].line == next(number for number, line in enumerate(lines, 1) if "#!" in line)


@pytest.mark.parametrize(
    ("more", "key", "told"),
    [
        ("sluit_uit_bij = ['x']", "product.b.sluit_uit_bij", "'x' bestaat niet"),
        ("sluit_uit_bij = ['indienen']", "product.b.sluit_uit_bij", "andere school"),
        ("sluit_uit_bij = ['aanvullen']", "product.b.sluit_uit_bij", "andere school"),
        ("sluit_uit_bij = ['besluiten.ja']", "product.b.sluit_uit_bij", "kent de uitkomst 'ja' niet"),
        ("", "product.b.sluit_uit", "bij welke handeling"),
    ],
)
def test_where_products_exclude_each_other_must_be_told_to_who_may_know(more: str, key: str, told: str) -> None:
    found = faults(f"{PRODUCTS}sluit_uit = ['a']\n{more}\n", ABOUT)
    assert [fault for fault in found if fault.key == key and told in fault.message], [str(fault) for fault in found]


def test_a_product_that_can_not_be_filed_or_never_ends_is_refused() -> None:
    own = SMALL.replace('uitkomst = "ingediend"', 'uitkomst = "ingediend"\nproducten = ["a"]')
    (fault,) = faults(PRODUCTS, own)
    assert (fault.key, "kan niet worden ingediend" in fault.message) == ("product.b", True)
    ending = SMALL.replace('handelingen = ["aanvullen", "uitnodigen", "besluiten"]', 'handelingen = ["aanvullen", "uitnodigen", "besluiten"]\nproducten = ["a"]')  # fmt: skip
    (fault,) = faults(PRODUCTS, ending)
    assert (fault.key, "nooit aan haar einde" in fault.message) == ("product.b", True)
    assert faults(PRODUCTS + "[stap.besluit.bij.overgeslagen]\nsluit = 'niet nodig'\n", ending) == ()


def test_a_panel_is_there_for_every_product_that_reaches_it() -> None:
    votes = """
[zetel.een]
rol = "bureau"
titel = "Een"
[handeling.stemmen]
titel = "Stemmen"
gedrag = "stemmen"
door = ["bureau"]
velden.stem = { soort = "keuze", titel = "Stem", keuzes = { voor = "voor", tegen = "tegen" } }
[stap.oordeel]
titel = "Oordeel"
fase = "oordeel"
na = ["stap.intake.ingediend"]
handelingen = ["stemmen"]
panelen = [{ zetels = ["een"], producten = ["a"] }]
regel = { soort = "alle", voor = "goed", tegen = "slecht" }
"""
    (fault,) = faults(PRODUCTS + votes)
    assert (fault.key, "bij B is er geen paneel" in fault.message) == ("stap.oordeel.panelen", True)
    assert faults(PRODUCTS + votes.replace("\nregel", '\nproducten = ["a"]\nregel')) == ()


def test_a_condition_may_take_the_name_of_no_rule_that_follows_from_products() -> None:
    school = "[formulier.school]\nsoort = 'school'\ntitel = 'S'\n[lijst.l]\ntitel = 'L'\nwaarden = ['x']\n"
    gate = "[voorwaarde.b_scholen]\nbij = ['besluiten']\nals = 'true'\nmelding = 'M'\n"
    (fault,) = faults(PRODUCTS + "scholen = 'l'\n" + school + gate)
    assert (fault.key, "deze naam is al" in fault.message) == ("voorwaarde.b_scholen", True)
    assert faults(PRODUCTS + "scholen = 'l'\n" + school) == ()


def test_a_condition_with_another_way_out_may_look_at_what_is_not_asked() -> None:
    field = "[formulier.x]\nsoort = 'tekst'\ntitel = 'X'\nproducten = ['a']\n"
    for condition in (
        "aanvraag.product == 'b' || aanvraag.x == 'y'",
        "!has(aanvraag.x) || aanvraag.x == 'y'",
        "aanvraag.product == 'a' ? aanvraag.x == 'y' : true",
        "aanvraag.aantal > 1",
    ):
        gate = f'[voorwaarde.v]\nbij = ["besluiten"]\nals = "{condition}"\nmelding = "M"\n'
        assert faults(PRODUCTS + field + gate) == ()
    only = "[voorwaarde.v]\nbij = ['besluiten']\nals = \"aanvraag.x == 'y'\"\nmelding = 'M'\nproducten = ['a']\n"
    assert faults(PRODUCTS + field + only) == ()
