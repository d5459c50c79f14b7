"""The values behind the placeholders of mails and letters: of the case its number and dates, of the tenant who to call."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.documents.letters import long_date
from maatwerk.rules.clocks import derive
from maatwerk.rules.history import fold
from maatwerk.settings import Settings
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Contact:
    """The tenant and its contact person, as tenant.toml gives them; a change there changes every later mail (R36-31)."""

    tenant_name: str
    sender_name: str
    name: str
    role: str
    phone: str
    mail: str


async def contact(tx: Tx) -> Contact:
    """Who signs for the tenant."""
    row = await tx.fetchrow(
        "SELECT t.name, s.settings FROM tenant t LEFT JOIN tenant_setting s ON s.tenant_id = t.id WHERE t.id = $1",
        tx.tenant_id,
    )
    assert row is not None
    name, settings = row["name"], row["settings"] or {}
    person: Mapping[str, Any] = settings.get("ondersteuner", {})
    return Contact(
        tenant_name=name,
        sender_name=str(settings.get("afzendernaam", name)),
        name=str(person.get("naam", name)),
        role=str(person.get("functie", "")),
        phone=str(person.get("telefoon", "")),
        mail=str(person.get("mail", "")),
    )


def link(settings: Settings, case_id: UUID) -> str:
    """Where the case is found. The id is opaque; nothing of the pupil stands in it."""
    return f"{settings.public_url}/zaken/{case_id}"


def _first_due(case: Case, today: date) -> date | None:
    """The first last day of a term that runs."""
    running = derive(case.scheme, fold(case.scheme, case.acts), today).values()
    return min((clock.due for clock in running if clock.status in ("loopt", "geschorst")), default=None)


def values(case: Case, who: Contact, settings: Settings, *, due: date | None = None) -> dict[str, str]:
    """Every placeholder of a mail."""
    today = clock.today()
    last = due or _first_due(case, today)
    return {
        "zaaknummer": case.number or "",
        "regeling": case.scheme.title,
        "partnerschap": who.tenant_name,
        "ondersteuner": who.name,
        "ondersteuner_telefoon": who.phone,
        "ondersteuner_mail": who.mail,
        "link": link(settings, case.id),
        "datum": long_date(today),
        "uiterlijk": f"{last:%d-%m-%Y}" if last else "",
        "fase": case.phase,
        "ontvangen_op": long_date(case.filed_on) if case.filed_on else "",
        "stappen": "",
        "grens": "",
    }
