"""What the books of a scheme can have wrong, each with its key, its line and the mend. `#!` marks the line."""

import pytest

from maatwerk.rules.loading import parse
from tests.schemes import SMALL

FORM = """
[formulier.gemeente]
soort = "gemeente"
titel = "Gemeente"
verplicht = ["indienen"]
[formulier.wijk]
soort = "keuze"
titel = "Wijk"
keuzes = { noord = "Noord", zuid = "Zuid" }
[formulier.verhaal]
soort = "tekst"
klasse = "vrije_tekst"
titel = "Verhaal"
verplicht = ["indienen"]
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
kolommen.bedrag = { soort = "bedrag", titel = "Bedrag" }
kolommen.gemeente = { soort = "gemeente", titel = "Gemeente" }
[tekst.grens]
onderwerp = "Grens"
inhoud = "{{grens}}"
"""
BOOK = '[boek.b]\ntitel = "B"\neenheid = "eurocent"\n'
PER = BOOK + 'beleid = "hard"\nper = "gemeente"\n'
ACT = '[handeling.h]\ntitel = "H"\ndoor = ["bureau"]\nwanneer = "open"\neffecten = [{ soort = "vastleggen", boek = "b", bedrag = "1"'
LATER = """
[rol.ouder]
titel = "O"
plaats = "gezin"
[[inzage]]
wie = "ouder"
vanaf = ["handeling.noteren"]
uitkomsten = ["besluit"]
"""
STEP = """
[stap.s]
titel = "S"
fase = "s"
na = ["stap.intake.ingediend"]
handelingen = ["besluiten"]
bij.besloten = { effecten = [{ soort = "vastleggen", boek = "b", bedrag = "1" }] }
"""
SKIPPED = '[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = "vastleggen", boek = "b", bedrag = "1" }]\n'


def effect(more: str, book: str = PER) -> str:
    return f"{book}{ACT}{more} }}] #!\n"


FAULTY = [
    (LATER + SKIPPED + BOOK + 'beleid = "hard"\ndrempels = [75]\nbij_drempel = { taak = "Lees", rol = "ouder" } #!\n', "boek.b.bij_drempel.rol", "nog niet hoort"),
    (LATER + SKIPPED + BOOK + 'beleid = "nooit"\nbij_grens = { taak = "Lees", rol = "ouder" } #!\n', "boek.b.bij_grens.rol", "nog niet hoort"),
    # limits
    (BOOK + 'beleid = "melden" #!\nsubsidieplafond = true\n', "boek.b.beleid", "Awb 4:25"),
    (BOOK + 'beleid = "hard"\nbij_grens = { taak = "T", rol = "bureau" } #!\n', "boek.b.bij_grens", "gaat nooit over"),
    (BOOK + 'beleid = "vloer"\nvloer = 2\nbij_grens = { taak = "T", rol = "bureau" } #!\n', "boek.b.bij_grens", "gaat nooit over"),
    (BOOK + 'beleid = "hard"\nbij_vloer = { taak = "T", rol = "bureau" } #!\n', "boek.b.bij_vloer", "geen vloer"),
    (BOOK + 'beleid = "vloer"\nplafond = 5\nvloer = 6 #!\n', "boek.b.vloer", "hoger dan het plafond"),
    (PER + "vloer = 6 #!\ndelen = { Boxtel = 5 }\n", "boek.b.vloer", "hoger dan het plafond"),
    (PER + "delen = { Boxtel = -5 } #!\n", "boek.b.delen.Boxtel", "getal kan niet"),
    # parts
    (BOOK + 'beleid = "hard"\ndelen = { Boxtel = 5 } #!\n', "boek.b.delen", "niet elke boeking"),
    (BOOK + 'beleid = "hard"\nper = "woonplaats" #!\n', "boek.b.per", "veld van het formulier"),
    (BOOK + 'beleid = "hard"\nper = "kosten" #!\n', "boek.b.per", "veld van het formulier"),
    (BOOK + 'beleid = "hard"\nper = "verhaal" #!\n', "boek.b.per", "mag niemand aanwijzen"),
    (PER + "delen = { Boxtel = 5, boxtel = 6 } #!\n", "boek.b.delen", "twee keer"),
    (PER + 'delen = { "" = 5 } #!\n', "boek.b.delen", "kan niet"),
    (PER + 'delen = { "a\\nb" = 5 } #!\n', "boek.b.delen", "kan niet"),
    (BOOK + 'beleid = "hard"\nper = "wijk"\ndelen = { oost = 5 } #!\n', "boek.b.delen", "kent de keuze 'oost' niet"),
    (PER + 'andere_delen = "soms" #!\n', "boek.b.andere_delen", "bestaat hier niet"),
    # estimates
    (BOOK + 'beleid = "hard"\nraming = { leerlingen = 1, gemiddelde = 1 } #!\n', "boek.b.raming", "gaat niet over leerlingen"),
    (BOOK + 'beleid = "hard"\nraming = { leerlingen = 0, gemiddelde = 1 } #!\n', "boek.b.raming.leerlingen", "dit aantal kan niet"),
    (BOOK + 'beleid = "hard"\nraming = { leerlingen = 1, gemiddelde = 0 } #!\n', "boek.b.raming.gemiddelde", "dit bedrag kan niet"),
    (BOOK + 'beleid = "hard"\nraming = { leerlingen = 1 } #!\n', "boek.b.raming", "'gemiddelde' ontbreekt"),
    (BOOK + 'beleid = "hard"\nraming = { leerling = 1, gemiddelde = 1 } #!\n', "boek.b.raming.leerling", "is onbekend"),
    (BOOK + 'beleid = "hard"\nramingen = { Oss = { leerlingen = 1, gemiddelde = 1 } } #!\n', "boek.b.ramingen.Oss", "geen deel 'Oss'"),
    (PER + "delen = { Boxtel = 5 }\nramingen = { Oss = { leerlingen = 1, gemiddelde = 1 } } #!\n", "boek.b.ramingen.Oss", "geen deel 'Oss'"),
    # thresholds and reasons
    (BOOK + 'beleid = "melden"\ndrempels = [90, 75] #!\nbij_drempel = { taak = "T", rol = "bureau" }\n', "boek.b.drempels", "1 tot en met 100"),
    (BOOK + 'beleid = "melden"\ndrempels = [0, 50] #!\nbij_drempel = { taak = "T", rol = "bureau" }\n', "boek.b.drempels", "1 tot en met 100"),
    (BOOK + 'beleid = "melden"\ndrempels = [50] #!\n', "boek.b.drempels", "wat erop volgt"),
    (BOOK + 'beleid = "melden"\ndrempels = [50]\nbij_drempel = { taak = "T", rol = "koning" } #!\n', "boek.b.bij_drempel.rol", "'koning' bestaat niet"),
    (BOOK + 'beleid = "hard"\nonderbouwing = "waarom" #!\n', "boek.b.onderbouwing", "alleen beleid melden"),
    (BOOK + 'beleid = "melden"\nonderbouwing = "waarom" #!\n' + ACT + " }]\n", "boek.b.onderbouwing", "geen tekstveld 'waarom'"),
    (BOOK + 'beleid = "melden"\nonderbouwing = "waarom" #!\n' + STEP, "boek.b.onderbouwing", "'besluiten' kan over het plafond"),
    (BOOK + 'beleid = "melden"\nonderbouwing = "waarom" #!\n[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = "vastleggen", boek = "b", bedrag = "1" }]\n', "boek.b.onderbouwing", "overgeslagen kan niet onderbouwen"),
    # entries
    (effect(', voor_elk = "kost"'), "handeling.h.effecten.0.voor_elk", "'kost' is geen tabel"),
    (effect(', voor_elk = "gemeente"'), "handeling.h.effecten.0.voor_elk", "'gemeente' is geen tabel"),
    (effect(', deel = "regel.gemeente"'), "handeling.h.effecten.0.deel", "een kolom van voor_elk"),
    (effect(', deel = "aanvraag.gemeente + \'x\'"'), "handeling.h.effecten.0.deel", "tussen aanhalingstekens"),
    (effect(", deel = \"'Vught'\""), "handeling.h.effecten.0.deel", "'Vught' bestaat niet"),
    (effect(', deel = "aanvraag.verhaal"'), "handeling.h.effecten.0.deel", "mag niemand aanwijzen"),
    (effect(', deel = "aanvraag.gemeent"'), "handeling.h.effecten.0.deel", "'gemeent' bestaat niet"),
    (effect(', deel = "aanvraag.aantal"'), "handeling.h.effecten.0.deel", "hier hoort een tekst"),
    (effect(', deel = "aanvraag.gemeente"', BOOK + 'beleid = "hard"\n'), "handeling.h.effecten.0.deel", "heeft geen delen"),
    (effect(', begunstigde = "gemeente"'), "handeling.h.effecten.0.begunstigde", "betaald kan worden"),
    (effect(', begunstigde = "regel.naam"'), "handeling.h.effecten.0.begunstigde", "betaald kan worden"),
    (effect(', kenmerk = "{{leerling}}"'), "handeling.h.effecten.0.kenmerk", "'leerling' kan hier niet"),
    (effect("").replace('soort = "vastleggen"', 'soort = "vaststellen"'), "handeling.h.effecten.0.soort", "nooit iets vastgelegd"),
    (effect(', als = "regel.bedrag > 0"'), "handeling.h.effecten.0.als", "'regel' is hier niet te lezen"),
    (effect(', voor_elk = "kosten", als = "regel.bedragen > 0"'), "handeling.h.effecten.0.als", "'bedragen' bestaat niet"),
    (
        effect(', voor_elk = "kosten", deel = "regel.gemeente" }, { soort = "betalen", boek = "b", bedrag = "1"'),
        "handeling.h.effecten.1.deel", "om welk deel",
    ),
    (
        '[handeling.h]\ntitel = "H"\ndoor = ["bureau"]\nwanneer = "open"\neffecten = [{ soort = "taak", titel = "T", aan = "bureau", voor_elk = "kosten" }] #!\n',
        "handeling.h.effecten.0.boek", "boekt niets",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "key", "told"), FAULTY, ids=[f"{n}-{key}" for n, (_, key, _) in enumerate(FAULTY)])
def test_each_fault_names_its_key_its_line_and_the_mend(extra: str, key: str, told: str) -> None:
    text = SMALL + FORM + extra
    scheme, found = parse(text)
    assert scheme is None
    mine = [fault for fault in found if fault.key == key and told in fault.message]
    assert mine, [str(fault) for fault in found]
    assert all(fault.message and fault.mend for fault in found)
    assert mine[0].line == next(number for number, line in enumerate(text.splitlines(), 1) if "#!" in line)


def test_a_part_by_a_question_that_may_stay_open_is_warned_about() -> None:
    scheme, (warning,) = parse(SMALL + FORM + BOOK + 'beleid = "hard"\nper = "wijk"\ndelen = { noord = 5 }\n')
    assert scheme is not None
    assert (warning.key, warning.severity) == ("boek.b.per", "waarschuwing")


def test_all_of_it_together_loads() -> None:
    good = (
        effect(', voor_elk = "kosten", deel = "regel.gemeente", kenmerk = "{{zaaknummer}}"')
        .replace('"1"', '"regel.bedrag"')
        .replace('beleid = "hard"', 'beleid = "melden"\nonderbouwing = "waarom"')
        .replace('titel = "H"', 'titel = "H"\nvelden.waarom = { soort = "tekst", titel = "Waarom" }')
    )
    limits = 'vloer = 2\nplafond = 5\ndrempels = [50]\nbij_drempel = { tekst = "grens", rol = "bureau" }\n'
    assert parse(SMALL + FORM + good.replace("per =", f"{limits}per ="))[1] == ()
