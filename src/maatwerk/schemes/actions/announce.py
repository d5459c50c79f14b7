"""Telling the other admins that something is to be decided, or was decided, about a scheme. The mail holds no content: what it is
stands behind the link.
"""

from collections.abc import Mapping
from typing import Final

from maatwerk import mail
from maatwerk.http.caller import Caller
from maatwerk.people.queries import Member, members_with_role
from maatwerk.rules.permissions import TENANT_ADMIN
from maatwerk.schemes.queries import PROPOSED, PUBLISHED, WITHDRAWN, Stored
from maatwerk.settings import in_force
from maatwerk.tenancy import Tx, tenant_settings

PAGE: Final = "/beheer/regelingen/{id}"
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    PROPOSED: (
        "Een voorstel voor een regeling wacht op een tweede beheerder",
        "Een medebeheerder stelt een versie van een regeling voor. U vergelijkt en publiceert haar hier:",
    ),
    PUBLISHED: (
        "Een regeling is gepubliceerd",
        "Twee medebeheerders publiceerden een versie van een regeling. U ziet haar hier:",
    ),
    WITHDRAWN: (
        "Een versie van een regeling is ingetrokken",
        "Een medebeheerder trok een versie van een regeling in. U ziet haar hier:",
    ),
}
TEXT: Final = """Beste {name},

{what}
{link}"""


async def other_admins(tx: Tx, caller: Caller) -> list[Member]:
    """The admins of today beside the caller."""
    return [each for each in await members_with_role(tx, TENANT_ADMIN) if each.id != caller.membership_id]


async def announce(tx: Tx, caller: Caller, found: Stored) -> None:
    """Queues a mail to every other admin about the state that a version is in now."""
    subject, what = WORDS[found.state]
    settings = await tenant_settings(tx)
    link = in_force().public_url + PAGE.format(id=found.id)
    for admin in await other_admins(tx, caller):
        await mail.queue(
            tx,
            case_id=None,
            membership_id=admin.id,
            address=admin.email,
            name=admin.name,
            subject=subject,
            text=TEXT.format(name=admin.name, what=what, link=link),
            kind=f"schemes.{found.state}",
            reply_to=settings.get("ondersteuner", {}).get("mail", ""),
            sender_name=settings.get("afzendernaam", "maatwerk"),
            dedupe_key=f"regeling/{found.id}/{found.seq}/{admin.id}",
        )
