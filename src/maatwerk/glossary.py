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
