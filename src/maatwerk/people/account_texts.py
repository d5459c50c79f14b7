"""What mails about an account say: in the name of the service, of no partnership, and to everybody alike."""

from collections.abc import Mapping

from maatwerk.people.account_mail import Kind

SENDER = "Uw account"
CLOSE = """Was u dit niet, neem dan meteen contact op met de beheerder van uw samenwerkingsverband."""

TEXTS: Mapping[Kind, tuple[str, str]] = {
    "wachtwoord_vergeten": (
        "Een nieuw wachtwoord kiezen",
        """Beste {name},

U vroeg om een nieuw wachtwoord. Kies het binnen tien minuten:
{url}/wachtwoord-kiezen#{token}

Vraagt de dienst om de code uit de mail, dan is het deze:
{token}

U hebt daarbij ook een code van uw app of een herstelcode nodig.

Vroeg u dit niet, dan hoeft u niets te doen: met deze mail alleen kan niemand uw wachtwoord wijzigen.""",
    ),
    "app_opnieuw": (
        "Stel uw app voor codes opnieuw in",
        """Beste {name},

De beheerder heeft op verzoek uw app voor codes losgemaakt. U bent overal uitgelogd. Stel binnen een dag een nieuwe app in:
{url}/app-kwijt#{token}

Vraagt de dienst om een herstelcode, dan is het deze:
{token}

Weet u uw wachtwoord niet meer, kies dan eerst een nieuw op {url}/wachtwoord-vergeten en vul daar deze code als herstelcode in.

"""
        + CLOSE,
    ),
    "wachtwoord_gewijzigd": (
        "Uw wachtwoord is gewijzigd",
        """Beste {name},

Het wachtwoord van uw account is gewijzigd. Andere sessies zijn beëindigd.

"""
        + CLOSE,
    ),
    "app_gewijzigd": (
        "Er is een nieuwe app voor codes ingesteld",
        """Beste {name},

Voor uw account is een nieuwe app voor codes ingesteld. De vorige app en eerdere herstelcodes werken niet meer.

"""
        + CLOSE,
    ),
    "herstelcodes_gemaakt": (
        "Er zijn nieuwe herstelcodes gemaakt",
        """Beste {name},

Voor uw account zijn nieuwe herstelcodes gemaakt. Eerdere herstelcodes werken niet meer.

"""
        + CLOSE,
    ),
}
