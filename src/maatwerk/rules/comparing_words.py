"""What the parts of a scheme are called in a comparison: groups, nouns, keys, and which table a key names an id of. A key that
stands in none of these is called by itself, so a new one is compared too.
"""

from typing import Final

GROUPS: Final = {
    "rol": "Rollen", "formulier": "Formulier", "voorwaarde": "Voorwaarden", "handeling": "Handelingen", "stap": "Stappen",
    "termijn": "Termijnen", "boek": "Boeken", "toestemming": "Toestemmingen", "zetel": "Zetels", "feit": "Feiten",
    "inzage": "Inzage", "tekst": "Mails en brieven", "naslag": "Naslag", "product": "Producten", "lijst": "Lijsten",
    "tarief": "Tarieven", "bekostiging": "Bekostiging", "vergadering": "Vergaderingen", "matrix": "Verantwoordelijkheid",
    "escalatie": "Escalatie", "anonimisering": "Anonimisering", "opvolging": "Opvolging", "mandaat": "Mandaten", "leeftijd": "Leeftijden", "indeling": "Indeling",
}  # fmt: skip
GENERAL: Final = "Algemeen"
NOUNS: Final = {
    "FieldDef": "vraag", "GateDef": "voorwaarde", "ActDef": "handeling", "StepDef": "stap", "ClockDef": "termijn",
    "BookDef": "boek", "ConsentDef": "toestemming", "SeatDef": "zetel", "FactDef": "feit", "DisclosureDef": "inzage voor",
    "TextDef": "tekst", "ReferenceDef": "naslag", "DecisionDef": "besluit", "RoleDef": "rol", "EffectDef": "gevolg", "Panel": "paneel",
    "Signatory": "persoon", "OnOutcome": "bij uitkomst", "ProductDef": "product", "ListDef": "lijst", "RateDef": "tarief",
    "RateRow": "rij", "FundingDef": "bekostiging", "LimitDef": "grens", "MeetingDef": "vergadering", "MatrixDef": "matrix",
    "MatrixRow": "rij", "LadderDef": "ladder", "LevelDef": "niveau", "FollowUpDef": "opvolging", "MandateDef": "mandaat", "AgeDef": "leeftijd", "EstimateDef": "raming voor",
    "HeadingDef": "kop", "ColumnDef": "kolom", "WordDef": "woord", "BesidesDef": "antwoord", "FileDef": "bestand",
}  # fmt: skip
NEUTER: Final = frozenset(
    ("boek", "mandaat", "feit", "gevolg", "paneel", "product", "tarief", "niveau", "woord", "antwoord", "bestand")
)
LABELS: Final = {
    "als": "geldt als",
    "AnonymisingDef.beschermd": "blijft in elke tekst staan",
    "GateDef.als": "",
    "GateDef.bij": "hangt aan",
    "ClockDef.duur": "",
    "ClockDef.op": "laatste dag",
    "ClockDef.rol": "verschuiven",
    "ClockDef.start": "begint na",
    "ClockDef.stopt": "stopt na",
    "ClockDef.voldoet": "begint opnieuw na",
    "ClockDef.schorst": "staat stil",
    "ClockDef.waarschuw": "waarschuwing ervoor",
    "ClockDef.loopt_door": "loopt door na sluiten",
    "ClockDef.begin_op": "telt vanaf",
    "ClockDef.tot": "loopt tot het einde van het",
    "ClockDef.vergadering": "wacht op",
    "MeetingDef.data": "vergadert op",
    "MeetingDef.inleveren": "inleveren voor de vergadering",
    "BookDef.per": "eigen budget per",
    "BookDef.delen": "budget per deel",
    "BookDef.onderbouwing": "onderbouwing boven het plafond in",
    "BookDef.drempels": "seintje bij procent van het plafond",
    "EstimateDef.gemiddelde": "gemiddeld per leerling",
    "MatrixDef.veld": "gekozen met",
    "MandateDef.handelingen": "geldt voor",
    "MandateDef.van": "vanaf",
    "MandateDef.tot_en_met": "tot en met",
    "AgeDef.leeftijd": "jaar",
    "AgeDef.waarschuw": "waarschuwing ervoor",
    "FollowUpDef.handeling": "punten ontstaan bij",
    "FollowUpDef.tabel": "een punt per regel van",
    "FollowUpDef.klaar_met": "afgedaan met",
    "FollowUpDef.toon": "ook te zien",
    "FollowUpDef.waarschuw": "waarschuwing ervoor",
    "MatrixRow.voor": "te kiezen voor",
    "MatrixRow.poreus": "altijd een gesprek",
    "FieldDef.keuzes_uit": "keuzes uit",
    "OutlineDef.veld": "zaken hangen volgens",
    "OutlineDef.naam": "een zaak heet naar",
    "OutlineDef.voor": "te zien voor",
    "OutlineDef.filters": "te kiezen op",
    "OutlineDef.gereed": "gereed na",
    "OutlineDef.onbekend": "dekking is onbekend bij",
    "HeadingDef.onder": "hangt onder",
    "HeadingDef.zonder": "zonder zaak te lezen",
    "ConsentDef.voor": "toestemming voor",
    "StepDef.na": "opent na",
    "StepDef.regel": "hoe zij eindigt",
    "StepRule.nodig": "aantal stemmen dat nodig is",
    "StepRule.soort": "soort regel",
    "StepRule.voor": "uitkomst bij voor",
    "StepRule.tegen": "uitkomst bij tegen",
    "StepRule.over": "gaat over",
    "StepRule.staken": "uitkomst als de stemmen staken",
    "ClockDef.als": "loopt als",
    "RateDef.tabel": "geldt per regel van",
    "ActDef.door": "mag gedaan worden door",
    "ActDef.sluit": "sluit de zaak met",
    "OnOutcome.sluit": "sluit de zaak met",
    "FieldDef.verplicht": "verplicht bij",
    "FieldDef.als": "wordt gevraagd als",
    "FieldDef.woorden": "hoogste aantal woorden",
    "Panel.als": "geldt als",
    "ReferenceDef.voor": "te lezen voor",
    "ReferenceDef.besluit": "vastgesteld",
    "ReferenceDef.jaarlijks": "ieder jaar georganiseerd door",
    "ReferenceDef.data": "op",
    "Signatory.weegt": "telt mee als",
    "EffectDef.bedrag": "bedrag",
    "producten": "alleen voor",
    "ProductDef.sluit_uit": "gaat niet samen met",
    "ProductDef.scholen": "alleen voor scholen op de lijst",
    "RateRow.tot": "tot en met",
    "LimitDef.over": "telt per",
    "geldig_van": "geldig vanaf",
    "geldig_tot": "geldig tot en met",
    "andere_route": "andere route",
    "uitleg": "uitleg",
}
REFERENCES: Final = {
    "GateDef.bij": "handeling", "FieldDef.verplicht": "handeling", "StepDef.handelingen": "handeling",
    "EffectDef.klaar_met": "handeling", "ActDef.door": "rol", "EffectDef.aan": "rol", "OnPass.rol": "rol",
    "Signatory.rol": "rol", "DisclosureDef.wie": "rol", "ReferenceDef.voor": "rol", "ActDef.heropent": "stap",
    "DisclosureDef.stappen": "stap", "Panel.zetels": "zetel", "EffectDef.boek": "boek", "EffectDef.tekst": "tekst",
    "OnPass.tekst": "tekst", "ActDef.toestemming": "toestemming", "ConsentDef.formulier": "formulier",
    "SubjectDef.veld": "formulier", "DisclosureDef.velden": "formulier", "DisclosureDef.teksten": "formulier",
    "StepRule.over": "formulier", "FieldDef.producten": "product", "GateDef.producten": "product", "ActDef.producten": "product",
    "StepDef.producten": "product", "Panel.producten": "product", "ClockDef.producten": "product",
    "FundingDef.producten": "product", "ProductDef.sluit_uit": "product", "ProductDef.scholen": "lijst",
    "FundingDef.tabel": "formulier", "RateDef.tabel": "formulier", "LevelDef.stap": "stap", "LevelDef.leden": "rol", "LevelDef.termijn": "termijn",
    "ClockDef.vergadering": "vergadering", "MatrixDef.veld": "formulier", "MatrixDef.sector": "formulier",
    "BookDef.per": "formulier", "EffectDef.voor_elk": "formulier", "FieldDef.keuzes_uit": "matrix",
    "OutlineDef.veld": "formulier", "OutlineDef.nummer": "formulier", "OutlineDef.naam": "formulier", "OutlineDef.voor": "rol",
    "OutlineDef.filters": "formulier", "OutlineDef.toon": "formulier", "OutlineDef.wacht_op": "formulier",
    "OutlineDef.bedrag": "formulier", "OutlineDef.dekking": "formulier", "FileDef.handeling": "handeling",
    "MandateDef.rol": "rol", "MandateDef.handelingen": "handeling",
    "FollowUpDef.handeling": "handeling", "FollowUpDef.klaar_met": "handeling",
    "FileDef.wijziging": "handeling", "ColumnDef.vraag": "formulier", "BesidesDef.vraag": "formulier",
}  # fmt: skip
MOMENTS: Final = frozenset(("StepDef.na", "ClockDef.start", "ClockDef.stopt", "ClockDef.voldoet", "ClockDef.schorst"))
LENGTHS: Final = frozenset(
    ("ClockDef.duur", "ClockDef.waarschuw", "FollowUpDef.waarschuw", "AgeDef.waarschuw", "MeetingDef.inleveren")
)
WRITTEN: Final = frozenset(
    ("titel", "als", "bedrag", "melding", "herstel", "uitleg", "bron", "groep", "inhoud", "onderwerp", "punten", "tekst", "doel",
     "grond", "taak", "aliassen", "regio", "versie", "code", "opgesteld_door", "fase", "organisatie", "bij_weigering",
     "waarden", "peildag", "regel", "vast", "eigen_bijdrage", "aandeel", "maximum", "per", "medefinancier", "berekening",
     "betaler", "namens", "orgaan", "jaarlijks", "kenmerk", "deel", "begunstigde", "onderbouwing")
)  # fmt: skip


def label(kind: str, key: str) -> str:
    """What a key of a part (`ClockDef`) is called; "" for the one that the part is about."""
    return LABELS.get(f"{kind}.{key}", LABELS.get(key, key.replace("_", " ")))
