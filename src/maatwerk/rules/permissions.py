"""Which role may do what: one table, and nothing is allowed that does not stand in it. A right says that a role may try;
whether this person may do it to this case (seat, assignment, conflict of interest) is for the action to say."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

PUBLIC = "public"
SESSION = "session"
GUEST = "guest"

COORDINATOR = "coordinator"
ONDERSTEUNER = "ondersteuner"
REVIEWER = "reviewer"
PARTNER = "partner"
TENANT_ADMIN = "tenant_admin"
FINANCIAL_CONTROLLER = "financial_controller"
FG = "fg"
OPERATOR = "operator"

TENANT_ROLES = frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER, PARTNER, TENANT_ADMIN, FINANCIAL_CONTROLLER, FG})
ROLES = TENANT_ROLES | {OPERATOR}

RIGHTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "leden.lezen": frozenset({TENANT_ADMIN, ONDERSTEUNER, FG}),
        "leden.beheren": frozenset({TENANT_ADMIN}),
        "scholen.lezen": TENANT_ROLES,
        "scholen.beheren": frozenset({TENANT_ADMIN}),
        "regelingen.lezen": TENANT_ROLES,
        "regelingen.proberen": frozenset({ONDERSTEUNER, TENANT_ADMIN}),
        "regelingen.begroten": frozenset({ONDERSTEUNER, TENANT_ADMIN, FINANCIAL_CONTROLLER}),
        "regelingen.beheren": frozenset({TENANT_ADMIN}),
        "aanvragen.indienen": frozenset({COORDINATOR, ONDERSTEUNER, PARTNER}),
        "aanvragen.lezen": frozenset({COORDINATOR, ONDERSTEUNER, PARTNER}),
        "aanvragen.volgen": frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER, FG, PARTNER}),
        "aanvragen.handelen": frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER, PARTNER}),
        "aanvragen.behandelen": frozenset({ONDERSTEUNER}),
        "werklijst.lezen": frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER, PARTNER}),
        "bijlagen.toevoegen": frozenset({COORDINATOR, ONDERSTEUNER, PARTNER}),
        "gasten.binnenlaten": frozenset({COORDINATOR, ONDERSTEUNER, PARTNER}),
        "betrokkenen.lezen": frozenset({ONDERSTEUNER}),
        "betrokkenen.melden": frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER}),
        "betrokkenen.beoordelen": frozenset({ONDERSTEUNER}),
        "vermoedens.lezen": frozenset({COORDINATOR, ONDERSTEUNER}),
        "vermoedens.melden": frozenset({COORDINATOR}),
        "advies.vragen": frozenset({COORDINATOR, PARTNER}),
        "advies.lezen": frozenset({COORDINATOR, ONDERSTEUNER, PARTNER}),
        "advies.geven": frozenset({ONDERSTEUNER}),
        "boeken.lezen": frozenset({ONDERSTEUNER, FINANCIAL_CONTROLLER, TENANT_ADMIN}),
        "boeken.beheren": frozenset({FINANCIAL_CONTROLLER}),
        "ramingen.corrigeren": frozenset({FINANCIAL_CONTROLLER, TENANT_ADMIN}),
        "taken.lezen": frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER, TENANT_ADMIN, FINANCIAL_CONTROLLER, PARTNER}),
        "taken.afronden": frozenset({COORDINATOR, ONDERSTEUNER, REVIEWER, TENANT_ADMIN, FINANCIAL_CONTROLLER, PARTNER}),
        "taken.overzien": frozenset({ONDERSTEUNER, TENANT_ADMIN}),
        "verzendingen.lezen": frozenset({ONDERSTEUNER, TENANT_ADMIN, FG}),
        "mail.bounces": frozenset({TENANT_ADMIN}),
        "pakket.bewerken": frozenset({ONDERSTEUNER}),
        "pakket.lezen": frozenset({REVIEWER, ONDERSTEUNER, PARTNER}),
        "pakketwoorden.lezen": frozenset({ONDERSTEUNER, TENANT_ADMIN}),
        "pakketwoorden.toevoegen": frozenset({ONDERSTEUNER}),
        "pakketwoorden.verwijderen": frozenset({TENANT_ADMIN}),
        "zetels.lezen": frozenset({ONDERSTEUNER}),
        "afwezigheid.melden": frozenset({REVIEWER, ONDERSTEUNER}),
        "inzagelog.lezen": frozenset({FG}),
    }
)

CLASHES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({FG}), "De FG houdt toezicht en heeft daarnaast geen andere rol."),
    (frozenset({OPERATOR}), "De operator heeft in een partnerschap geen rol."),
    (
        frozenset({REVIEWER, COORDINATOR}),
        "Wie voor een school aanvraagt, beoordeelt niet in hetzelfde partnerschap.",
    ),
    (
        frozenset({REVIEWER, ONDERSTEUNER}),
        "De ondersteuner ziet wie het kind is en is daarom geen beoordelaar.",
    ),
    (
        frozenset({REVIEWER, PARTNER}),
        "De ketenpartner kan weten wie het kind is en is daarom geen beoordelaar.",
    ),
    (
        frozenset({PARTNER, COORDINATOR}),
        "De ketenpartner werkt voor een andere organisatie dan de school.",
    ),
    (
        frozenset({PARTNER, ONDERSTEUNER}),
        "De ondersteuner ziet elke zaak; de ketenpartner alleen die van zijn eigen organisatie.",
    ),
)


def allowed(roles: Iterable[str], right: str) -> bool:
    """Whether one of the roles has the right; an unknown right is nobody's."""
    holders = RIGHTS.get(right, frozenset())
    return any(role in holders for role in roles)


def rights_of(roles: Iterable[str]) -> frozenset[str]:
    """Every right that these roles have."""
    given = frozenset(roles)
    return frozenset(right for right, holders in RIGHTS.items() if given & holders)


def clashes(roles: Iterable[str]) -> tuple[str, ...]:
    """Why these roles can't stand in one membership, in Dutch; empty when they can."""
    given = frozenset(roles)
    return tuple(why for together, why in CLASHES if (together < given if len(together) == 1 else together <= given))
