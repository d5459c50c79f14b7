"""A guest at the door, with the secret of his link: a code is mailed to his registered address; with the code he gets in; with a link
that is used up or too old he may ask a new one. Looking at the page does nothing, so what scans mails uses nothing up."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.case import read
from maatwerk.crypto import index_value
from maatwerk.guests.identifying import ABSOLUTE, IDLE
from maatwerk.guests.links import MOST_ATTEMPTS, Link, locked, read_link, unknown, whose
from maatwerk.guests.mailing import mail_code, mail_link
from maatwerk.guests.queries import guest_of
from maatwerk.http.problems import TooSoon
from maatwerk.people.secrets import digest, new_secret
from maatwerk.rules.links import LINK_AND_CODE
from maatwerk.rules.refusals import Refused
from maatwerk.tenancy import Tx, scope

CODE_VALID = timedelta(minutes=20)
CODE_AGAIN = timedelta(minutes=1)
LINK_AGAIN = timedelta(minutes=5)
MOST_CODES = 6
NEW_CODE = """
    UPDATE access_link SET code = $3, code_made_at = $4, codes = codes + 1 WHERE tenant_id = $1 AND id = $2
"""
TRY = "UPDATE access_link SET attempts = attempts + 1 WHERE tenant_id = $1 AND id = $2"
USED = "UPDATE access_link SET ended = 'gebruikt', code = NULL WHERE tenant_id = $1 AND id = $2"
FORGET = "DELETE FROM guest_session WHERE tenant_id = $1 AND guest_id = $2 AND (made_at <= $3 OR seen_at <= $4)"
OPEN = """
    INSERT INTO guest_session (tenant_id, digest, guest_id, case_id, role, made_at, seen_at, identified_by)
    VALUES ($1, $2, $3, $4, $5, $6, $6, $7)
"""


@dataclass(frozen=True)
class Visit:
    """The secret that goes into the cookie, once."""

    secret: str = field(repr=False)


async def ask_code(secret: str) -> None:
    """Mails a code; who asks twice within a minute gets no second. Raises Refused with what helps for a link that is worth nothing."""
    tenant_id, link_id = await whose(secret)
    async with scope(tenant_id, None) as tx:
        link = await read_link(tx, link_id)
        link.refuse_dead()
        now = clock.now()
        if link.code is not None and link.code_made_at and now - link.code_made_at < CODE_AGAIN:
            return
        if link.codes >= MOST_CODES:
            raise Refused.because(
                "te_veel_codes",
                f"Er zijn al {MOST_CODES} codes gemaild voor deze link.",
                mend="Kijk ook bij ongewenste mail. Vraag anders wie u de link stuurde om een nieuwe link.",
                field="link",
            )
        code = f"{secrets.randbelow(10**6):06}"
        guest = await guest_of(tx, link.case_id, link.guest_id)
        if not guest.welcome:
            raise unknown()
        await tx.execute(NEW_CODE, tx.tenant_id, link.id, await _digest(tx, link.id, code), now)
        minutes = int(CODE_VALID.total_seconds() // 60)
        await mail_code(tx, link.case_id, guest, code, minutes, f"gast/{link.id}/code/{link.codes + 1}")
        await audit.record(tx, "gast.code_gemaild", "gast", link.guest_id, details={"zaak": link.case_id})


async def come_in(secret: str, code: str) -> Visit:
    """A visit, for the link and the code together. Every try counts before it is judged, and stays counted. Raises Refused."""
    tenant_id, link_id = await whose(secret)
    async with scope(tenant_id, None) as tx:
        link = await read_link(tx, link_id)
        link.refuse_dead()
        await tx.execute(TRY, tx.tenant_id, link.id)
        right = hmac.compare_digest(link.code or b"-", await _digest(tx, link.id, code))
        fresh = link.code_made_at is not None and clock.now() - link.code_made_at <= CODE_VALID
        visit = await _open(tx, link) if right and fresh else None
        if visit is None:
            await audit.record(tx, "gast.code_onjuist", "gast", link.guest_id, details={"zaak": link.case_id})
    if visit is not None:
        return visit
    if link.attempts + 1 >= MOST_ATTEMPTS:
        raise locked()
    if right:
        raise Refused.because("code_verlopen", "Deze code is verlopen.", mend="Vraag een nieuwe code.", field="code")
    left = MOST_ATTEMPTS - link.attempts - 1
    raise Refused.because(
        "code_onjuist",
        "De code klopt niet.",
        mend=f"Kijk nog eens in uw nieuwste mail. U kunt het nog {left} keer proberen.",
        field="code",
    )


async def ask_link(secret: str) -> None:
    """Mails a new link to the registered address, to who brings an older one. Raises Refused, TooSoon."""
    tenant_id, link_id = await whose(secret)
    async with scope(tenant_id, None) as tx:
        last = await _last(tx, await read_link(tx, link_id))
        if last.withdrawn_at or last.locked:
            last.refuse_dead()
        wait = (last.made_at + LINK_AGAIN - clock.now()).total_seconds()
        if wait > 0:
            raise TooSoon.within(
                int(wait), "te_snel", "Er is net een link gemaild. Wacht een paar minuten op die mail."
            )
        guest = await guest_of(tx, last.case_id, last.guest_id)
        await mail_link(tx, await read(tx, last.case_id), guest)
        await audit.record(tx, "gast.vroeg_nieuwe_link", "gast", last.guest_id, details={"zaak": last.case_id})


async def leave(tenant_id: UUID, secret: str) -> None:
    """Ends a visit."""
    async with scope(tenant_id, None) as tx:
        await tx.execute("DELETE FROM guest_session WHERE tenant_id = $1 AND digest = $2", tenant_id, digest(secret))


async def _open(tx: Tx, link: Link) -> Visit:
    secret, now = new_secret(), clock.now()
    await tx.execute(USED, tx.tenant_id, link.id)
    await tx.execute(FORGET, tx.tenant_id, link.guest_id, now - ABSOLUTE, now - IDLE)
    await tx.execute(OPEN, tx.tenant_id, digest(secret), link.guest_id, link.case_id, link.role, now, LINK_AND_CODE)
    details = {"zaak": link.case_id, "rol": link.role, "identificatie": LINK_AND_CODE, "digid": False}
    await audit.record(tx, "gast.binnengekomen", "gast", link.guest_id, details=details)
    return Visit(secret)


async def _last(tx: Tx, link: Link) -> Link:
    newest = await tx.fetchval(
        "SELECT id FROM access_link WHERE tenant_id = $1 AND guest_id = $2 ORDER BY id DESC LIMIT 1",
        *(tx.tenant_id, link.guest_id),
    )
    return await read_link(tx, newest)


async def _digest(tx: Tx, link_id: UUID, code: str) -> bytes:
    return await index_value(tx, "access_link", "code", f"{link_id}/{code}")
