"""The table of Dutch terms: each has one identifier in the code, and the structs of the API take their member names from
here. docs/glossary.md is this table in print; a test compares the two."""

from typing import NamedTuple

import msgspec


class Term(NamedTuple):
    """`dutch` stands in the API, `identifier` in the code, `meaning` in the glossary."""

    dutch: str
    identifier: str
    meaning: str


TERMS: tuple[Term, ...] = (
    Term("aangemaaktOp", "created_at", "Het tijdstip waarop iets werd vastgelegd (UTC)."),
    Term("aanvaardOp", "accepted_at", "Het tijdstip waarop een uitnodiging werd aanvaard."),
    Term("adres", "address", "Het mailadres waarmee iemand inlogt."),
    Term("brin", "brin", "Het nummer van een school in het register van instellingen."),
    Term(
        "code",
        "code",
        "Zes cijfers van een app voor twee stappen (TOTP), of de korte naam van een partnerschap.",
    ),
    Term("gekozen", "chosen", "Het partnerschap waarin een sessie nu werkt."),
    Term("gemaaktMet", "made_by", "Waarmee een sessie is begonnen, zoals wachtwoord en code."),
    Term("gemeente", "municipality", "De gemeente waarin een school ligt."),
    Term("geldigTot", "expires_at", "Het tijdstip waarop een uitnodiging, sessie of token vervalt."),
    Term("gezienOp", "seen_at", "Het tijdstip van het laatste gebruik."),
    Term("huidig", "current", "Of dit de sessie is waarmee het verzoek werd gedaan."),
    Term("huidigWachtwoord", "current_password", "Het wachtwoord dat iemand wil vervangen."),
    Term("id", "id", "Kenmerk van een ding; een UUID."),
    Term("inschrijving", "enrolment", "De otpauth-URL waarmee een app voor twee stappen wordt ingesteld."),
    Term("laatsteTekens", "last_characters", "De laatste vier tekens van een token, om het te herkennen."),
    Term("lid", "membership", "Wat een persoon in één partnerschap is."),
    Term("mail", "email", "Het mailadres waarop een lid in dit partnerschap post krijgt."),
    Term("naam", "name", "De naam van een persoon, school, organisatie, token of partnerschap."),
    Term(
        "organisatie",
        "organisation",
        "Een school, gemeente of andere instelling; gedeeld door partnerschappen.",
    ),
    Term("organisatieId", "organisation_id", "Kenmerk van de organisatie waarvoor een lid werkt."),
    Term("partnerschap", "tenant", "Een samenwerkingsverband met eigen regels en eigen gegevens."),
    Term("partnerschapId", "tenant_id", "Kenmerk van een partnerschap."),
    Term("partnerschappen", "tenants", "De partnerschappen waarin een persoon lid is."),
    Term("plaatsvervanger", "substitute", "Of iemand op een stoel de plaatsvervanger is."),
    Term("rechten", "scopes", "Wat een token mag; nooit meer dan de rollen van het lid."),
    Term("rollen", "roles", "Wat een lid in een partnerschap doet."),
    Term("schooltype", "school_type", "Het type school, zoals de regeling het onderscheidt."),
    Term("sector", "sector", "Voortgezet onderwijs (vo) of middelbaar beroepsonderwijs (mbo)."),
    Term("sessieId", "session_id", "Kenmerk van een sessie; niet het geheim in de cookie."),
    Term("soort", "kind", "Welk soort ding het is."),
    Term("status", "state", "Hoe iets ervoor staat."),
    Term("stoel", "seat", "De plaats van een beoordelaar in een panel."),
    Term("stoelen", "seats", "De plaatsen van een beoordelaar in panels."),
    Term("telefoon", "phone", "Het telefoonnummer van een lid."),
    Term("token", "token", "Het geheim uit een uitnodiging, of waarmee een koppeling zich meldt."),
    Term("vanaf", "active_from", "De eerste dag waarop een lid toegang heeft."),
    Term("tot", "active_to", "De dag waarop een lid geen toegang meer heeft."),
    Term("Aanvaarding", "Acceptance", "Het aanvaarden van een uitnodiging, in één of twee stappen."),
    Term("Aanvaard", "AcceptanceView", "Hoe het met een aanvaarding staat."),
    Term("AppInstelling", "EnrolmentView", "Waarmee een app voor twee stappen wordt ingesteld."),
    Term("Beschrijving", "Entry", "Wat deze API is."),
    Term("beschrijving", "description", "Waar of hoe iets beschreven is."),
    Term("GekozenPartnerschap", "TenantChoice", "Het partnerschap waarin iemand wil werken."),
    Term("Inloggen", "Login", "Adres, wachtwoord en code."),
    Term("Lid", "MemberView", "Een lid van een partnerschap, ook een voormalig lid."),
    Term("LidWijziging", "MemberChange", "Wat er aan een lid verandert; wat ontbreekt blijft."),
    Term("lidId", "membership_id", "Kenmerk van een lid."),
    Term("NieuweApp", "TotpBegin", "Het verzoek om een andere app voor twee stappen."),
    Term("NieuweAppBevestiging", "TotpConfirm", "De code van de andere app."),
    Term("NieuwToken", "NewToken", "Het verzoek om een token voor een koppeling."),
    Term("NieuweSchool", "NewSchool", "Een school die bij het partnerschap gaat horen."),
    Term("NieuweUitnodiging", "NewInvitation", "Wie er wordt uitgenodigd, en als wat."),
    Term("NieuwWachtwoord", "PasswordChange", "Het verzoek om een ander wachtwoord."),
    Term("nieuwWachtwoord", "new_password", "Het wachtwoord dat ervoor in de plaats komt."),
    Term("Organisatie", "OrganisationView", "Een organisatie waarmee het partnerschap werkt."),
    Term("Partnerschap", "TenantView", "Een partnerschap waarin iemand lid is."),
    Term("School", "SchoolView", "Een school die bij het partnerschap hoort."),
    Term("Sessie", "SessionView", "Een keer inloggen, zolang die duurt."),
    Term("Stoel", "SeatView", "Een stoel in een panel, en of iemand er plaatsvervanger is."),
    Term("StoelKeuze", "SeatChoice", "Een stoel die iemand krijgt."),
    Term("Token", "TokenView", "Een token zonder zijn geheim."),
    Term("TokenMetGeheim", "SecretTokenView", "Een nieuw token; het geheim staat alleen in dit antwoord."),
    Term("tokenId", "token_id", "Kenmerk van een token."),
    Term("Uitnodiging", "InvitationView", "Een uitnodiging en hoe die ervoor staat."),
    Term("versie", "version", "De versie van deze API."),
    Term("Probleem", "Problem", "Een weigering volgens RFC 9457."),
    Term("OngeldigeParameter", "InvalidParam", "Een plaats in het verzoek die niet klopt."),
    Term("Reden", "Ground", "Een grond van een weigering, met wat helpt."),
    Term("wachtwoord", "password", "Het wachtwoord van een persoon, twaalf tekens of meer."),
    Term("regelingId", "scheme_version_id", "Kenmerk van een versie van een regeling."),
    Term("antwoorden", "answers", "De antwoorden op het formulier, per veld."),
    Term("geenBsn", "not_bsn", "Nummers die op een BSN lijken en er geen zijn, met de reden."),
    Term("nummer", "digits", "Het nummer zoals het er staat."),
    Term("reden", "reason", "Waarom iets zo is."),
    Term("handeling", "act", "Een gedateerde daad in een zaak, zoals de regeling die kent."),
    Term("velden", "fields", "Wat bij een handeling is ingevuld."),
    Term("op", "on", "De dag waarop iets geldt (Nederlandse kalenderdag)."),
    Term("hoe", "what", "Hoe iemand betrokken is."),
    Term("aanvraagId", "case_id", "Kenmerk van een aanvraag."),
    Term("vraag", "question", "Een vraag aan de ondersteuner."),
    Term("antwoord", "answer", "Het antwoord op een vraag."),
    Term("plafond", "ceiling", "Hoeveel er op een boek hooguit kan worden vastgelegd."),
    Term("melding", "message", "Wat er aan de hand is, in gewone woorden."),
    Term("herstel", "mend", "Wat helpt."),
    Term("plaats", "place", "Het veld of de voorwaarde waar het om gaat."),
    Term("regelingCode", "scheme_code", "De korte naam van een regeling."),
    Term("regelingVersie", "scheme_version", "De versie van een regeling, zoals een schooljaar."),
    Term("titel", "title", "De naam van iets zoals mensen die lezen."),
    Term("aliassen", "former_titles", "Vroegere namen, waarop een regeling te vinden blijft."),
    Term("regio", "region", "De regio waarvoor een regeling geldt."),
    Term("geldigVan", "valid_from", "De eerste dag waarop een regeling geldt."),
    Term("geldigTotEnMet", "valid_until", "De laatste dag waarop een regeling geldt voor nieuwe aanvragen."),
    Term("geldt", "in_force", "Of een regeling vandaag geldt voor nieuwe aanvragen."),
    Term("inhoud", "definition", "Formulier, woorden, stappen en termijnen van een regeling."),
    Term("fase", "phase", "Waar een zaak staat."),
    Term("geopendOp", "opened_at", "Het tijdstip waarop een concept werd begonnen."),
    Term("zaaknummer", "number", "Het nummer van een zaak, per partnerschap en jaar."),
    Term("ingediendOp", "filed_on", "De dag van indiening."),
    Term("afloop", "closed", "Hoe een zaak is afgelopen."),
    Term("volgnummer", "seq", "Het aantal handelingen; ook de ETag."),
    Term("ontbreekt", "missing", "Wat er nog moet worden ingevuld."),
    Term("rol", "role", "Als wat iemand handelt."),
    Term("sinds", "since", "Vanaf wanneer iets wacht."),
    Term("handelingen", "acts", "De handelingen die nu kunnen."),
    Term("uiterlijk", "due", "De laatste dag van een termijn."),
    Term("vastgelegdOp", "recorded_at", "Het tijdstip waarop iets werd vastgelegd (UTC)."),
    Term("uitkomsten", "outcomes", "Welke stappen door een handeling zijn beëindigd, en hoe."),
    Term("stap", "step", "Een stap van de regeling."),
    Term("belemmeringen", "blocks", "Wat een handeling, bijlage of onderdeel nu nog tegenhoudt."),
    Term("andereRoute", "redirect", "Waar iemand wel terechtkan."),
    Term("waarden", "values", "De antwoorden waarnaar een voorwaarde keek."),
    Term("voldaan", "holds", "Of een voorwaarde nu vervuld is."),
    Term("begonnenOp", "started_on", "De dag waarop een termijn begon."),
    Term("afleiding", "derivation", "Waarom een datum is wat hij is, stap voor stap."),
    Term("uitleg", "text", "Een zin uitleg."),
    Term("waarom", "why", "Waarom een uitkomst is wat hij is."),
    Term("bezet", "filled", "Of er iemand op een zetel zit."),
    Term("gestemd", "voted", "Of een zetel heeft gestemd."),
    Term("uitkomst", "outcome", "Hoe een stap is geëindigd."),
    Term("zetels", "chairs", "De zetels van een panel in een zaak."),
    Term("stappen", "steps", "De stappen van een zaak."),
    Term("mogelijk", "offers", "De handelingen die nu aan de orde zijn."),
    Term("voorwaarden", "gates", "De voorwaarden van de regeling, met hun antwoord nu."),
    Term("termijnen", "clocks", "De termijnen van een zaak."),
    Term("toestemmingen", "consents", "De toestemmingen en hun stand."),
    Term("veld", "field", "Het veld van het formulier."),
    Term("mediatype", "media_type", "Het soort bestand."),
    Term("grootte", "size", "Het aantal bytes."),
    Term("beantwoordOp", "answered_at", "Het tijdstip van het antwoord."),
    Term("boek", "book", "Een rekening in het boek van een regeling."),
    Term("periode", "period", "Het jaar of schooljaar van een boek."),
    Term("eenheid", "unit", "Waarin een boek telt: eurocent, traject, contact of uur."),
    Term("gereserveerd", "reserved", "Wat is gereserveerd."),
    Term("vastgelegd", "committed", "Wat is toegekend."),
    Term("betaald", "paid", "Wat is betaald."),
    Term("vrij", "free", "Wat nog vrij is."),
    Term("bedrag", "amount", "Een bedrag in de eenheid van het boek; geld in eurocenten."),
    Term("boven", "over", "Met hoeveel het plafond is overschreden."),
    Term("NieuweAanvraag", "NewCase", "Een concept met de antwoorden tot nu toe."),
    Term("AanvraagWijziging", "CaseChange", "Antwoorden die erbij komen, veranderen of vervallen."),
    Term("NieuweHandeling", "NewAct", "Een handeling van de regeling."),
    Term("GeenBsn", "NotBsnInput", "Een nummer dat geen BSN is."),
    Term("NieuweBetrokkene", "NewInvolvement", "Wie betrokken is."),
    Term("NieuweKoppeling", "NewLink", "Een andere aanvraag van dezelfde leerling."),
    Term("NieuweAdviesvraag", "NewAdvice", "Een vraag zonder leerling."),
    Term("AdviesAntwoord", "AdviceAnswer", "Het antwoord van de ondersteuner."),
    Term("Plafond", "CeilingChange", "Het plafond van een boek."),
    Term("Grond", "GroundView", "Waarom iets niet kan, en wat helpt."),
    Term("Regeling", "SchemeView", "Een versie van een regeling."),
    Term("RegelingInhoud", "SchemeDetail", "Een versie van een regeling met haar inhoud."),
    Term("AanvraagRegel", "CaseRow", "Een aanvraag in een lijst."),
    Term("Aanvraag", "CaseView", "Een aanvraag met haar antwoorden."),
    Term("Werk", "WorkView", "Een zaak die wacht."),
    Term("Handeling", "ActView", "Een handeling zoals die is vastgelegd."),
    Term("MogelijkeHandeling", "OfferView", "Een handeling die nu aan de orde is."),
    Term("Voorwaarde", "GateState", "Een voorwaarde met haar antwoord nu."),
    Term("Afleiding", "DerivationView", "Een stap in de afleiding van een datum."),
    Term("Termijn", "ClockView", "Een termijn met zijn laatste dag."),
    Term("Zetel", "ChairView", "Een zetel in een zaak."),
    Term("Stap", "StepView", "Een stap en hoe die ervoor staat."),
    Term("Stand", "StandingView", "Waar een zaak staat."),
    Term("Bestand", "FileView", "Een bijlage of brief."),
    Term("Betrokkene", "InvolvementView", "Een lid dat betrokken is."),
    Term("MogelijkeDubbel", "LikelyView", "Een zaak die van dezelfde leerling kan zijn."),
    Term("Adviesvraag", "AdviceView", "Een adviesvraag met haar antwoord."),
    Term("Boek", "BookView", "Een boek in een periode."),
    Term("Boeking", "EntryView", "Een boeking."),
    Term("bijlageId", "file_id", "Kenmerk van een bijlage of brief."),
    Term("adviesvraagId", "advice_id", "Kenmerk van een adviesvraag."),
    Term("boekId", "book_id", "Kenmerk van een boek."),
    Term("taakId", "task_id", "Kenmerk van een taak."),
    Term("Taak", "TaskView", "Wat iemand nog moet doen, of heeft gedaan."),
    Term("vanU", "yours", "Of een taak van u is."),
    Term("volgtUit", "done_by_act", "De handeling waardoor een taak vanzelf klaar is."),
    Term("afgerondOp", "done_at", "Het tijdstip waarop een taak klaar was."),
    Term("afgerondDoor", "done_by", "Het lid dat een taak afrondde."),
    Term("verzendingId", "mail_id", "Kenmerk van een mail in het verzendlogboek."),
    Term("Verzending", "LoggedMailView", "Een mail en wat ervan werd."),
    Term("VerzendingMetLog", "MailLogView", "Een mail met elke poging om die te bezorgen."),
    Term("Poging", "AttemptView", "Een poging om te bezorgen, of een bericht dat de mail terugkwam."),
    Term("aan", "recipient", "Het mailadres van de ontvanger, gemaskeerd."),
    Term("pogingen", "attempts", "Hoe vaak is geprobeerd te bezorgen."),
    Term("inWachtrijOp", "queued_at", "Het tijdstip waarop een mail klaarstond."),
    Term("verzondenOp", "sent_at", "Het tijdstip waarop de mailserver een mail aannam."),
    Term("foutcode", "failure", "Waarom een mail niet werd bezorgd."),
    Term("tijdstip", "at", "Wanneer iets gebeurde (UTC)."),
    Term("smtpCode", "smtp_code", "De code die de mailserver gaf."),
    Term("logboek", "log", "De pogingen in volgorde."),
    Term("Terugmelding", "BounceView", "De ontvangst van een bericht van een mailserver."),
)

ROLES = {
    "coordinator": "coordinator",
    "ondersteuner": "ondersteuner",
    "reviewer": "beoordelaar",
    "tenant_admin": "tenantbeheerder",
    "financial_controller": "financieel-controller",
    "fg": "fg",
    "operator": "operator",
}

_ROLES = {name: role for role, name in ROLES.items()}
_DUTCH = {term.identifier: term.dutch for term in TERMS}


def dutch(identifier: str) -> str:
    """The member name in the API of a field; raises KeyError, at import, for one that the table does not have."""
    return _DUTCH[identifier]


def role_of(name: str) -> str:
    """The role of a Dutch name; raises KeyError for one that the table does not have."""
    return _ROLES[name]


class Input(msgspec.Struct, rename=dutch, forbid_unknown_fields=True):
    """A request body: Dutch member names, and nothing that was not asked for."""


class View(msgspec.Struct, rename=dutch):
    """An answer: Dutch member names."""


def table() -> str:
    """docs/glossary.md."""
    rows = [f"| {term.dutch} | `{term.identifier}` | {term.meaning} |" for term in sorted(TERMS)]
    roles = [f"| {name} | `{role}` |" for role, name in ROLES.items()]
    return "\n".join(
        [
            "# Woordenlijst",
            "",
            "Elk Nederlands woord van de API heeft in de code één naam. Deze lijst komt uit `src/maatwerk/glossary.py`.",
            "",
            "| Nederlands | In de code | Betekenis |",
            "|---|---|---|",
            *rows,
            "",
            "## Rollen",
            "",
            "| Nederlands | In de code |",
            "|---|---|",
            *roles,
            "",
        ]
    )
