"""What a scheme file can have wrong: every fault is Dutch, says what to do, and names the line. `#!` marks that line."""

from typing import get_args

import pytest

from maatwerk.rules.decoding import Fault, SchemeRefused
from maatwerk.rules.loading import MAX_BYTES, load, parse
from maatwerk.rules.scheme import Coarsening
from maatwerk.rules.smallcells import OFFERS
from tests.schemes import SMALL

VOTES = """
[zetel.een]
rol = "bureau"
titel = "Een"
[zetel.twee]
rol = "bureau"
titel = "Twee"
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
panelen = [{ zetels = ["een", "twee"] }]
regel = { soort = "quorum", nodig = 2, voor = "goed", tegen = "slecht" }
"""
GATE = '[voorwaarde.x]\nbij = ["besluiten"]\nals = {}\nmelding = "Nee."\n'
CLOCK = '[termijn.t]\ntitel = "T"\nsoort = "{}"\nstart = ["handeling.indienen"]\nduur = "{}"\n'
BACK = '[termijn.t]\ntitel = "T"\nsoort = "streef"\nstart = ["formulier.vanaf"]\nduur = "P10D"\nvooraf = true\n'
FIELDS = """
[formulier.kind]
soort = "persoon"
klasse = "direct"
titel = "Kind"
delen = ["voornaam", "geboortedatum"]
[formulier.verhaal]
soort = "lange_tekst"
titel = "Verhaal"
[formulier.kleur]
soort = "keuze"
titel = "Kleur"
keuzes = { rood = "Rood", blauw = "Blauw" }
[formulier.kosten]
soort = "tabel"
titel = "Kosten"
[formulier.kosten.kolommen.bedrag]
soort = "bedrag"
titel = "Bedrag"
"""


def gate(condition: str) -> str:
    return GATE.format(f'"{condition}" #!')


def clock(kind: str, length: str, more: str = "") -> str:
    return CLOCK.format(kind, length) + more


def faults(extra: str, text: str = SMALL + FIELDS) -> tuple[Fault, ...]:
    scheme, found = parse(text + extra)
    assert scheme is None or not found
    return found


def marked(text: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if "#!" in line)


RELEASES = """
[[inzage]]
wie = 'bureau'
stappen = ['besluit']
bewerking = 'anoniem'
vergroving = ['leeftijdsband']
[stap.pakket]
titel = 'Pakket'
fase = 'besluit'
na = ['stap.intake.ingediend']
handelingen = ['sturen']
[handeling.sturen]
titel = 'S'
door = ['school']
uitkomst = 'weg'
effecten = [{ soort = 'pakket' }, { soort = 'vrijgave' }]
[handeling.sturen.velden.vergroving]
titel = 'V'
soort = 'meerkeuze'
"""
CONSENT = """
[toestemming.delen]
titel = "Delen"
wie = [{ rol = "ouder" }]
[handeling.h]
titel = "H"
gedrag = "toestemmen"
toestemming = "delen"
door = ["bureau"]
wanneer = "open"
velden.wie = { soort = "keuze", titel = "Wie", verplicht = ["h"], keuzes = { ouder = 'ouder' } }
velden.stand = { soort = "keuze", titel = "Stand", verplicht = ["h"], keuzes = { gegeven = 'ja' } }
"""

FAULTY = [
    # keys and values
    ('[zetel.a]\ntitle = "A" #!\ntitel = "A"\n', "zetel.a.title", "onbekend"),
    ('[termijn.t] #!\ntitel = "T"\nsoort = "streef"\nduur = "P1W"\n', "termijn.t", "'start' ontbreekt"),
    ("[zetel.a]\ntitel = 3 #!\n", "zetel.a.titel", "een tekst"),
    ("[boek.b]\ntitel = 'B'\neenheid = 'euro' #!\nbeleid = 'hard'\n", "boek.b.eenheid", "geld staat in hele eurocenten"),
    ("[boek.b]\ntitel = 'B'\neenheid = 'uur'\nbeleid = 'hard'\nplafond = true #!\n", "boek.b.plafond", "geheel getal"),
    ("[handeling.h]\ntitel = 'H'\ndoor = 'bureau' #!\nwanneer = 'open'\n", "handeling.h.door", "een lijst"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\nvelden = ['x'] #!\n", "handeling.h.velden", "een tabel"),
    ('[zetel.a]\ntitel = "A\\u0000" #!\n', "zetel.a.titel", "teken dat niet kan"),
    ("[zetel.Aap] #!\ntitel = 'A'\n", "zetel.Aap", "naam 'Aap' kan niet"),
    ("[formulier.true] #!\nsoort = 'tekst'\ntitel = 'T'\n", "formulier.true", "kan niet"),
    # fields
    ("[formulier.k] #!\nsoort = 'keuze'\ntitel = 'K'\n", "formulier.k", "keuzes nodig"),
    ("[formulier.k]\nsoort = 'keuze'\ntitel = 'K'\nkeuzes = { 'x y' = 'X' } #!\n", "formulier.k.keuzes", "'x y' kan niet"),
    ("[formulier.k] #!\nsoort = 'tabel'\ntitel = 'K'\n", "formulier.k", "kolommen nodig"),
    ("[formulier.k] #!\nsoort = 'persoon'\ntitel = 'K'\n", "formulier.k", "delen nodig"),
    ("[formulier.k]\nsoort = 'getal'\ntitel = 'K'\nminimum = 5 #!\nmaximum = 4\n", "formulier.k.minimum", "groter dan"),
    ("[formulier.k]\nsoort = 'getal'\ntitel = 'K'\nmaximum = 9999999999999 #!\n", "formulier.k.maximum", "te groot"),
    ("[formulier.k]\nsoort = 'tekst'\ntitel = 'K'\nwoorden = 0 #!\n", "formulier.k.woorden", "ten minste een woord"),
    ("[formulier.k]\nsoort = 'tekst'\ntitel = 'K'\nverplicht = ['zwaaien'] #!\n", "formulier.k.verplicht", "'zwaaien' bestaat niet"),
    ("[formulier.kosten.kolommen.x] #!\nsoort = 'bestand'\ntitel = 'K'\n", "formulier.kosten.kolommen.x", "een kolom kan geen"),
    ("[handeling.noteren.velden.x]\nsoort = 'tekst'\ntitel = 'X'\nverplicht = ['indienen'] #!\n", "handeling.noteren.velden.x.verplicht", "bij die handeling"),
    # acts
    ("[handeling.h]\ntitel = 'H'\ndoor = ['koning'] #!\nwanneer = 'open'\n", "handeling.h.door", "rol 'koning' bestaat niet"),
    ("[handeling.h] #!\ntitel = 'H'\ndoor = ['bureau']\n", "handeling.h", "in geen enkele stap"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\ngedrag = 'zingen' #!\n", "handeling.h.gedrag", "'zingen' bestaat niet"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\nheropent = ['x'] #!\n", "handeling.h.heropent", "stap 'x' bestaat niet"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\nuitkomst_veld = 'x' #!\n", "handeling.h.uitkomst_veld", "een keuzeveld"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\nuitkomst = 'heel goed' #!\n", "handeling.h.uitkomst", "'heel goed' kan niet"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\nuitkomst = 'overgeslagen' #!\n", "handeling.h.uitkomst", "kan niet"),
    ("[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\ngedrag = 'toestemmen' #!\n", "handeling.h.toestemming", None),
    ("[voorwaarde.v]\nbij = [] #!\nals = 'true'\nmelding = 'M'\n", "voorwaarde.v.bij", "minstens een handeling"),
    ("[voorwaarde.v]\nbij = ['zwaaien'] #!\nals = 'true'\nmelding = 'M'\n", "voorwaarde.v.bij", "'zwaaien' bestaat niet"),
    (
        "[handeling.h]\ntitel = 'H'\ndoor = ['bureau']\nwanneer = 'open'\ngedrag = 'toewijzen' #!\n",
        "handeling.h.wanneer",
        None,
    ),
    (
        "[handeling.indienen.velden.x] #!\nsoort = 'tekst'\ntitel = 'X'\nverplicht = ['indienen']\n",
        "handeling.indienen.velden",
        "het formulier zelf",
    ),
    (
        CONSENT.replace("{ ouder = 'ouder' } }", "{ buurman = 'buurman' } } #!"),
        "handeling.h.velden.wie",
        "kent 'buurman' niet",
    ),
    (
        CONSENT.replace("{ gegeven = 'ja' } }", "{ misschien = 'misschien' } } #!"),
        "handeling.h.velden.stand",
        "kent 'misschien' niet",
    ),
    # conditions
    (gate("aanvraag.vraagg == 'x'"), "voorwaarde.x.als", "het veld 'vraagg' bestaat niet"),
    (gate("aanvraag.aantal > 'tien'"), "voorwaarde.x.als", "past niet op"),
    (gate("aanvraag.aantal"), "voorwaarde.x.als", "hier hoort ja of nee, maar de uitkomst is een geheel getal"),
    (gate("anvraag.aantal > 1"), "voorwaarde.x.als", "de naam 'anvraag' bestaat niet"),
    (gate("aanvraag.aantal >"), "voorwaarde.x.als", "schrijfwijze klopt niet"),
    (gate("aanvraag.kleur == 'groen'"), "voorwaarde.x.als", "kent de keuze 'groen' niet"),
    (gate("aanvraag.kleur in ['rood', 'groen']"), "voorwaarde.x.als", "kent de keuze 'groen' niet"),
    (gate("stap.besluit.besluiten"), "voorwaarde.x.als", "het veld 'besluiten' bestaat niet"),
    (gate("deze.bedrag > 1"), "voorwaarde.x.als", "het veld 'bedrag' bestaat niet"),
    (gate("som(aanvraag.kosten.map(k, k.bedragen)) > 0"), "voorwaarde.x.als", "het veld 'bedragen' bestaat niet"),
    (gate("aanvraag.aantal >= 23 && aanvraag.aantal < 12"), "voorwaarde.x.als", "nooit waar"),
    (gate("leeftijd_op(aanvraag.kind.geboortedatum, vandaag) >= 12 && leeftijd_op(aanvraag.kind.geboortedatum, vandaag) < 12"), "voorwaarde.x.als", "nooit waar zijn: >= 12 en < 12"),
    (GATE.format("'" + "1 == 1 && " * 400 + "true' #!"), "voorwaarde.x.als", "langer dan"),
    ("[formulier.k]\nsoort = 'tekst'\ntitel = 'K'\nals = 'stap.intake.ingediend' #!\n", "formulier.k.als", "'stap' is hier niet te lezen"),
    # steps
    ("[stap.s] #!\ntitel = 'S'\nfase = 's'\nna = ['stap.intake.ingediend']\nhandelingen = ['aanvullen']\n", "stap.s", "nooit eindigen"),
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['stap.intake.mislukt'] #!\nhandelingen = ['besluiten']\n", "stap.s.na", "kent deze uitkomst niet"),
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['ooit'] #!\nhandelingen = ['besluiten']\n", "stap.s.na", "dit moment bestaat niet"),
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['formulier.vraag'] #!\nhandelingen = ['besluiten']\n", "stap.s.na", "geen datum"),
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['begin']\nals = 'vandaag > zaak.ingediend_op' #!\nhandelingen = ['besluiten']\n", "stap.s.als", None),
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['begin']\nhandelingen = ['besluiten', 'zwaaien'] #!\n", "stap.s.handelingen", "'zwaaien' bestaat niet"),
    ("[stap.s] #!\ntitel = 'S'\nfase = 's'\nna = ['stap.s.besloten']\nhandelingen = ['besluiten']\n", "stap.s", "nooit te bereiken"),
    ("[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['begin']\nhandelingen = ['besluiten']\nbij.klaar = { sluit = 'x' } #!\n", "stap.s.bij.klaar", "uitkomst 'klaar' bestaat niet"),
    # clocks
    (clock("wettelijk", "P13W", 'rol = "werkdag" #!\n'), "termijn.t.rol", "Atw art. 4"),
    (clock("wettelijk", "P4M", 'rol = "werkdag" #!\n'), "termijn.t.rol", "drie maanden"),
    (clock("maximum", "P3M", 'rol = "werkdag" #!\n'), "termijn.t.rol", "schuiven nooit"),
    (CLOCK.format("streef", "8 weken").replace('weken"', 'weken" #!'), "termijn.t.duur", "geen duur"),
    (CLOCK.format("streef", "P99Y").replace('P99Y"', 'P99Y" #!'), "termijn.t.duur", "te lang"),
    (clock("streef", "P1W", 'waarschuw = ["P2W"] #!\n'), "termijn.t.waarschuw", "voor het begin"),
    ('[termijn.t] #!\ntitel = "T"\nsoort = "streef"\nstart = ["begin"]\n', "termijn.t", "duur of een vaste dag"),
    (clock("streef", "P1W", 'schorst = [["begin"]] #!\n'), "termijn.t.schorst.0", "minstens een einde"),
    (clock("streef", "P1W", 'stopt = ["handeling.zwaaien"] #!\n'), "termijn.t.stopt", "'zwaaien' bestaat niet"),
    (clock("streef", "P1W", 'bij_verstrijken = { rol = "koning" } #!\n'), "termijn.t.bij_verstrijken.rol", "'koning' bestaat niet"),
    (clock("streef", "P1W", 'bij_verstrijken = { rol = "bureau", tekst = "brul" } #!\n'), "termijn.t.bij_verstrijken.tekst", "'brul' bestaat niet"),
    (clock("streef", "P1W", 'bij_verstrijken = { taak = "Doe iets" } #!\n'), "termijn.t.bij_verstrijken", "voor iemand"),
    (clock("terugkerend", "P3M", "").replace("[termijn.t]", "[termijn.t] #!"), "termijn.t.voldoet", "eraan voldoet"),
    ('[termijn.a] #!\ntitel = "A"\nsoort = "streef"\nstart = ["termijn.a.verstreken"]\nduur = "P1W"\n', "termijn.a", "hangt van zichzelf af"),
    # units, and counting back
    (clock("wettelijk", "P10D", 'eenheid = "werkdag" #!\n'), "termijn.t.eenheid", "alle kalenderdagen"),
    (clock("wettelijk", "P4W", "zonder_vakanties = true #!\n"), "termijn.t.zonder_vakanties", "ook die van schoolvakanties"),
    (CLOCK.format("streef", "P4W").replace('P4W"', 'P4W" #!') + 'eenheid = "werkdag"\n', "termijn.t.duur", "weken telt niet in werkdagen"),
    (CLOCK.format("streef", "P4D").replace('P4D"', 'P4D" #!') + 'eenheid = "schoolweek"\n', "termijn.t.duur", "dagen telt niet in schoolweken"),
    (CLOCK.format("maximum", "P3M").replace('P3M"', 'P3M" #!') + "zonder_vakanties = true\n", "termijn.t.duur", "kan de schoolvakanties niet overslaan"),
    (CLOCK.format("streef", "P4W").replace('P4W"', 'P4W" #!') + 'eenheid = "schoolweek"\nzonder_vakanties = true\n', "termijn.t.duur", "kan de schoolvakanties niet"),
    ('[termijn.t]\ntitel = "T"\nsoort = "streef"\nstart = ["begin"]\nop = 2025-05-31\neenheid = "werkdag" #!\n', "termijn.t.eenheid", "vaste dag"),
    (clock("streef", "P4W", 'eenheid = "lesweek" #!\n'), "termijn.t.eenheid", "'lesweek' bestaat hier niet"),
    (clock("streef", "P4W", 'schoolkalender = { regio = "zuid" } #!\n'), "termijn.t.schoolkalender", "kijkt niet naar schoolvakanties"),
    (clock("streef", "P4W", 'eenheid = "schoolweek"\nschoolkalender = { regio = "oost" } #!\n'), "termijn.t.schoolkalender.regio", "'oost' bestaat"),
    (clock("streef", "P4W", 'eenheid = "schoolweek"\nschoolkalender = { regio = "zuid", eigen = [{ naam = "x", van = 2025-05-02, tot_en_met = 2025-05-01 }] } #!\n'), "termijn.t.schoolkalender.eigen.0", "voor zij beginnen"),
    (clock("streef", "P4W", 'eenheid = "schoolweek"\nschoolkalender = { regio = "zuid", eigen = [{ naam = "x", van = 2025-01-01, tot_en_met = 2025-12-31 }] } #!\n'), "termijn.t.schoolkalender.eigen.0", "hooguit 100 dagen"),
    (clock("streef", "P4W", 'eenheid = "schoolweek"\nschoolkalender = { regio = "zuid", eigen = [{ naam = "x", van = 0001-01-01, tot_en_met = 0001-01-02 }] } #!\n'), "termijn.t.schoolkalender.eigen.0", "dit jaar kan niet"),
    (CLOCK.format("streef", "P2W").replace('["handeling.indienen"]', '["handeling.indienen"] #!') + "vooraf = true\n", "termijn.t.start", "een dag die iemand invult"),
    (CLOCK.format("maximum", "P2W").replace('soort = "maximum"', 'soort = "maximum" #!') + "vooraf = true\n", "termijn.t.soort", "tellen niet terug"),
    (BACK + 'rol = "werkdag" #!\n', "termijn.t.rol", "verschuift niet"),
    (BACK + 'schorst = [["handeling.uitnodigen", "handeling.aanvullen"]] #!\n', "termijn.t.schorst", "staat niet stil"),
    ('[termijn.t] #!\ntitel = "T"\nsoort = "streef"\nstart = ["formulier.vanaf"]\nop = 2025-05-31\nvooraf = true\n', "termijn.t.duur", "heeft een duur nodig"),
    # books, consents, disclosure, subject
    ("[boek.b]\ntitel = 'B'\neenheid = 'uur'\nbeleid = 'melden' #!\nsubsidieplafond = true\n", "boek.b.beleid", "Awb 4:25"),
    ("[boek.b] #!\ntitel = 'B'\neenheid = 'uur'\nbeleid = 'vloer'\n", "boek.b.vloer", "een vloer nodig"),
    ("[boek.b]\ntitel = 'B'\neenheid = 'uur'\nbeleid = 'hard'\nplafond = 5\nvloer = 6 #!\n", "boek.b.vloer", "hoger dan het plafond"),
    ("[boek.b]\ntitel = 'B'\neenheid = 'uur'\nbeleid = 'hard'\nplafond = -5 #!\n", "boek.b.plafond", "kan niet"),
    ("[toestemming.t]\ntitel = 'T'\nwie = [] #!\n", "toestemming.t.wie", "niemand"),
    ("[toestemming.t]\ntitel = 'T'\nwie = [\n  { rol = 'ouder' },\n  { rol = 'kind', vanaf_leeftijd = 16, tot_leeftijd = 12 }, #!\n]\n", "toestemming.t.wie.1", "niet hoger"),
    ("[toestemming.t]\ntitel = 'T'\nwie = [{ rol = 'ouder', vanaf_leeftijd = 999 }] #!\n", "toestemming.t.wie.0", "leeftijd kan niet"),
    ("[[inzage]]\nwie = 'koning' #!\nstappen = ['besluit']\n", "inzage.2.wie", "'koning' bestaat niet"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['zwaaien'] #!\n", "inzage.2.stappen", "'zwaaien' bestaat niet"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nvelden = ['x'] #!\n", "inzage.2.velden", "'x' bestaat niet"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nvelden = ['kind.voornaam'] #!\n", "inzage.2.velden", "wijst een persoon aan"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nvelden = ['verhaal'] #!\n", "inzage.2.velden", "vrije tekst"),
    ("[formulier.bijnaam]\nsoort = 'tekst'\ntitel = 'B'\n[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nvelden = ['bijnaam'] #!\n", "inzage.2.velden", "vrije tekst"),
    ("[formulier.uren]\nsoort = 'tabel'\ntitel = 'U'\n[formulier.uren.kolommen.wie]\nsoort = 'tekst'\ntitel = 'W'\n[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nvelden = ['uren'] #!\n", "inzage.2.velden", "vrije tekst"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nvelden = ['*'] #!\n", "inzage.2.velden", "kan niet naar"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\n[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nhandelingsteksten = ['x.y'] #!\n", "inzage.3.handelingsteksten", "'x.y' bestaat niet"),
    ("[handeling.noteren.velden.waarom]\nsoort = 'lange_tekst'\ntitel = 'W'\n[handeling.noteren2]\ntitel = 'N'\ndoor = ['bureau']\nwanneer = 'open'\nverborgen = 'tot_eigen'\nvelden.waarom = { soort = 'lange_tekst', titel = 'W' }\n[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nhandelingsteksten = ['noteren.waarom', 'noteren2.waarom'] #!\n", "inzage.2.handelingsteksten", "'noteren2.waarom' blijft voor 'bureau' verborgen"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nbewerking = 'anoniem'\nvergroving = ['leeftijdsbank'] #!\n", "inzage.2.vergroving.0", "'leeftijdsbank' bestaat hier niet"),
    (RELEASES + "keuzes = { leeftijdsband = 'Band', schooltype = 'Sector' } #!\n", "handeling.sturen.velden.vergroving.keuzes", "'schooltype' biedt geen [[inzage]] van het pakket aan"),
    (RELEASES.replace("meerkeuze'", "tekst' #!"), "handeling.sturen.velden.vergroving.soort", "een keuze uit meer"),
    ("[[inzage]] #!\nwie = 'bureau'\nuitkomsten = ['*']\n", "inzage.2", "begint bij stappen of bij vanaf"),
    ("[[inzage]] #!\nwie = 'bureau'\nstappen = ['besluit']\nvanaf = ['handeling.noteren']\n", "inzage.2", "begint bij stappen of bij vanaf"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['besluit']\nuitkomsten = ['zwaaien'] #!\n", "inzage.2.uitkomsten", "'zwaaien' bestaat niet"),
    ("[[inzage]]\nwie = 'bureau'\nstappen = ['*'] #!\n", "inzage.2.stappen", "'*' bestaat niet"),
    ("[[inzage]]\nwie = 'bureau'\nvanaf = ['stap.besluit.niets'] #!\n", "inzage.2.vanaf", "kent deze uitkomst niet"),
    ("[[inzage]]\nwie = 'bureau'\nvanaf = ['formulier.vanaf'] #!\n", "inzage.2.vanaf", "komt vanzelf"),
    (CLOCK.format("streef", "P1W") + "[[inzage]]\nwie = 'bureau'\nvanaf = ['termijn.t.verstreken'] #!\n", "inzage.2.vanaf", "komt vanzelf"),
    ("[rol.doof] #!\ntitel = 'Doof'\n[handeling.h]\ntitel = 'H'\ndoor = ['doof']\nuitkomst = 'u'\n[stap.s]\ntitel = 'S'\nfase = 's'\nna = ['stap.besluit.besloten']\nhandelingen = ['h']\n", "rol.doof", "na de uitkomst van besluit, intake"),
    ("[rol.ouder]\ntitel = 'O'\n[tekst.t]\nonderwerp = 'T'\ninhoud = 'T'\n[[inzage]]\nwie = 'ouder'\nvanaf = ['handeling.noteren']\nuitkomsten = ['besluit']\n[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = 'melding', tekst = 't', aan = 'ouder' }] #!\n", "stap.besluit.bij.overgeslagen.effecten.0.aan", "nog niet hoort"),
    ("[rol.ouder]\ntitel = 'O'\n[[inzage]]\nwie = 'ouder'\nvanaf = ['stap.brief.weg']\nuitkomsten = ['besluit']\n[stap.brief]\ntitel = 'B'\nfase = 'b'\nna = ['stap.besluit.besloten']\nhandelingen = ['praten', 'sturen']\n[handeling.sturen]\ntitel = 'S'\ndoor = ['bureau']\nuitkomst = 'weg'\neffecten = [{ soort = 'taak', titel = 'Lees', aan = 'ouder' }]\n[handeling.praten]\ntitel = 'P'\ndoor = ['bureau']\neffecten = [{ soort = 'taak', titel = 'Bel', aan = 'ouder' }] #!\n", "handeling.praten.effecten.0.aan", "nog niet hoort"),
    # effects and texts
    ("[handeling.noteren.velden.x]\nsoort='tekst'\ntitel='X'\n[stap.besluit.bij.overgeslagen]\neffecten = [\n  { soort = 'taak', titel = 'T', aan = 'bureau' },\n  { soort = 'vastleggen', boek = 'b', bedrag = '1' }, #!\n]\n", "stap.besluit.bij.overgeslagen.effecten.1.boek", "boek 'b' bestaat niet"),
    ("[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = 'brief', tekst = 'x', aan = 'bureau' }] #!\n", "stap.besluit.bij.overgeslagen.effecten.0.tekst", "tekst 'x' bestaat niet"),
    ("[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = 'taak', aan = 'bureau' }] #!\n", "stap.besluit.bij.overgeslagen.effecten.0.titel", "een titel nodig"),
    ("[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = 'taak', titel = 'T' }] #!\n", "stap.besluit.bij.overgeslagen.effecten.0.aan", "voor iemand"),
    ("[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = 'taak', titel = 'T', aan = 'bureau', klaar_met = 'x' }] #!\n", "stap.besluit.bij.overgeslagen.effecten.0.klaar_met", "'x' bestaat niet"),
    ("[stap.besluit.bij.overgeslagen]\neffecten = [{ soort = 'taak', titel = 'T', aan = 'bureau', boek = 'b' }] #!\n", "stap.besluit.bij.overgeslagen.effecten.0.boek", "boekt niets"),
    ("[tekst.t] #!\nonderwerp = 'Over {{leerling}}'\ninhoud = 'x'\n", "tekst.t", "invulplek 'leerling' bestaat niet"),
]  # fmt: skip


@pytest.mark.parametrize(("extra", "key", "told"), FAULTY, ids=[f"{n}-{key}" for n, (_, key, _) in enumerate(FAULTY)])
def test_each_fault_names_its_key_its_line_and_the_mend(extra: str, key: str, told: str | None) -> None:
    text = SMALL + FIELDS + extra
    found = faults(extra)
    mine = [fault for fault in found if fault.key == key and (told is None or told in fault.message)]
    assert mine, [str(fault) for fault in found]
    assert all(fault.message and fault.mend for fault in found)
    expected = marked(text)
    if told is not None:
        assert mine[0].line == expected


@pytest.mark.parametrize(
    ("old", "new", "key", "told"),
    [
        ("nodig = 2,", "nodig = 3,", "stap.oordeel.regel.nodig", "3 stemmen uit 2 zetels"),
        ("nodig = 2,", "nodig = 0,", "stap.oordeel.regel.nodig", "0 stemmen uit 2 zetels"),
        ('voor = "goed", ', "", "stap.oordeel.regel", "een uitkomst nodig"),
        (', tegen = "slecht"', "", "stap.oordeel.regel", "op nee uitkomen"),
        ('soort = "quorum", nodig = 2, ', "", "stap.oordeel.regel", "heeft een regel nodig"),
        ('["een", "twee"]', '["een", "drie"]', "stap.oordeel.panelen.0", "zetel 'drie' bestaat niet"),
        ('["een", "twee"]', '["een", "een"]', "stap.oordeel.panelen.0", "twee keer"),
        ('["een", "twee"]', "[]", "stap.oordeel.panelen.0", "zetels nodig"),
        ('nodig = 2,', 'over = "kosten", nodig = 2,', "stap.oordeel.regel", "alleen alle"),
        ("{ voor = \"voor\", tegen = \"tegen\" }", "{ ja = \"ja\" }", "handeling.stemmen.velden", "voor en tegen"),
        ('door = ["bureau"]\nvelden', 'uitkomst = "klaar"\ndoor = ["bureau"]\nvelden', "handeling.stemmen.uitkomst", "bepaalt de regel"),
    ],
)  # fmt: skip
def test_a_panel_must_be_able_to_decide(old: str, new: str, key: str, told: str) -> None:
    assert faults(VOTES) == ()
    assert old in VOTES
    found = faults(VOTES.replace(old, new))
    assert [fault for fault in found if fault.key == key and told in fault.message], [str(fault) for fault in found]


LETTER = """
[tekst.besluit] #!
onderwerp = "Besluit"
inhoud = "Zie de brief."
alineas = { besluit = "Wij kennen toe." }
[stap.besluit.bij.besloten]
effecten = [{ soort = "brief", tekst = "besluit", aan = "school" }]
"""


@pytest.mark.parametrize("regime", ["awb", "awb_analoog", "jeugdwet"])
def test_a_letter_under_administrative_law_needs_its_clause_on_objection(regime: str) -> None:
    small = SMALL.replace('bij.besloten = { sluit = "klaar" }\n', "")
    assert faults(LETTER, small) == ()
    strict = small.replace('"privaat"', f'"{regime}"')
    (fault,) = faults(LETTER, strict)
    assert (fault.key, "Awb 3:45" in fault.message) == ("tekst.besluit.alineas", True)
    clause = LETTER.replace('"Wij kennen toe."', '"Bezwaar kan tot en met {{bezwaar_tot}}."')
    assert faults(clause, strict) == ()


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('code = "x"\ntitel = "Y\n', 2, "geldige TOML"),
        ('code = "x"\ncode = "y"\n', 2, "geldige TOML"),
        ("[a]\n[a]\n", 2, "geldige TOML"),
        ("\x00", 1, "geldige TOML"),
        ("", 1, "'code' ontbreekt"),
        ("x = [" * 3000, 1, "TOML"),
        ("x = " + "[" * 400 + "]" * 400, 1, "onbekend"),
        ("x = " + "9" * 5000, 1, "niet als TOML te lezen"),
        ("#" * (MAX_BYTES + 1), 1, "groter dan 1 MB"),
    ],
)
def test_what_is_no_toml_or_too_much_is_one_fault_with_its_line(text: str, line: int, told: str) -> None:
    scheme, found = parse(text)
    assert scheme is None
    assert any(told in fault.message and fault.line == line for fault in found)


def test_all_faults_come_at_once_in_the_order_of_the_file() -> None:
    extra = (
        '[zetel.a]\ntitle = "A"\ntitel = "A"\n'
        '[boek.b]\ntitel = "B"\neenheid = "uur"\nbeleid = "melden"\nsubsidieplafond = true\n'
        + gate("aanvraag.vraagg == 'x'")
    )
    found = faults(extra)
    assert [fault.key for fault in found] == ["zetel.a.title", "boek.b.beleid", "voorwaarde.x.als"]
    with pytest.raises(SchemeRefused) as refusal:
        load(SMALL + FIELDS + extra)
    assert refusal.value.faults == found
    assert "zetel.a.title" in str(refusal.value)


@pytest.mark.parametrize(
    "right",
    [
        clock(
            "streef", "P10D", 'eenheid = "werkdag"\nwaarschuw = ["P2W"]\n'
        ),  # two weeks before may be before it begins
        clock("maximum", "P6W", 'eenheid = "werkweek"\nzonder_vakanties = true\n'),
        clock("teller", "P4W", 'eenheid = "schoolweek"\nschoolkalender = { regio = "zuid" }\n'),
        BACK + 'eenheid = "werkdag"\nwaarschuw = ["P3W"]\n',
        BACK.replace("streef", "wettelijk"),
    ],
)
def test_units_and_counting_back_that_can_be_have_no_faults(right: str) -> None:
    assert faults(right) == ()


def test_a_misspelt_key_is_met_with_the_nearest_one() -> None:
    (fault,) = faults('[zetel.a]\ntitel = "A"\norganisati = "x"\n')
    assert fault.mend == "bedoelde u 'organisatie'?"
    assert str(fault).startswith(f"regel {fault.line}, zetel.a.organisati: de sleutel")


def test_a_hidden_vote_may_not_be_a_text_of_the_pack_and_one_that_everybody_reads_may() -> None:
    told = VOTES.replace("velden.stem", "velden.motivering = { soort = 'lange_tekst', titel = 'Waarom' }\nvelden.stem")
    reader = '[rol.lid]\ntitel = "Lid"\nplaats = "zetel"\n'
    told = told.replace('rol = "bureau"', 'rol = "lid"').replace('door = ["bureau"]', 'door = ["lid"]') + reader
    shown = "[[inzage]]\nwie = 'lid'\nstappen = ['oordeel']\nuitkomsten = ['*']\nbewerking = 'anoniem'\n"
    shown += "handelingsteksten = ['stemmen.motivering']\n"
    hidden = told.replace('gedrag = "stemmen"', 'gedrag = "stemmen"\nverborgen = "tot_eigen"')
    assert faults(told + shown) == ()
    (fault,) = faults(hidden + shown)
    assert (fault.key, fault.severity) == ("inzage.2.handelingsteksten", "fout")
    assert "'stemmen.motivering' blijft voor 'lid' verborgen tot de eigen stem" in fault.message
    assert faults(hidden + shown.replace("bewerking = 'anoniem'\n", "")) == ()


def test_every_coarsening_that_a_scheme_may_name_can_be_done() -> None:
    assert set(get_args(Coarsening)) == set(OFFERS)
