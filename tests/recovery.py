"""The mails about accounts as their reader gets them: made by the ticker's own function, read where they wait to be sent."""

import re

from maatwerk.crypto import opening_key
from maatwerk.mail.queueing import Content, content_of, recipient_of
from maatwerk.people.actions.mail_accounts import mail_accounts
from maatwerk.tenancy import scope, tenant_ids

TOKEN = re.compile(r"^[0-9A-Za-z]{43}$", re.MULTILINE)


async def account_mails(address: str) -> list[tuple[str, Content]]:
    """Every mail about the account of an address, by whichever partnership it travels, as (kind, content), oldest first."""
    while await mail_accounts():
        pass
    found = []
    for tenant_id in (await tenant_ids()).values():
        async with scope(tenant_id, None) as tx:
            for row in await tx.fetch(
                "SELECT id, kind, recipient, content FROM mail WHERE starts_with(kind, 'account.')"
            ):
                to = recipient_of(tx, await opening_key(tx, row["recipient"]), row["id"], row["recipient"])
                if to.address == address:
                    content = content_of(tx, await opening_key(tx, row["content"]), row["id"], row["content"])
                    found.append((row["id"], row["kind"].removeprefix("account."), content))
    return [(kind, content) for _, kind, content in sorted(found, key=lambda each: each[0])]


async def kinds_of(address: str) -> list[str]:
    """The kinds of those mails."""
    return [kind for kind, _ in await account_mails(address)]


async def mailed_token(address: str, kind: str) -> str:
    """The secret in the latest mail of a kind."""
    content = [content for each, content in await account_mails(address) if each == kind][-1]
    (token,) = TOKEN.findall(content.text)
    return str(token)
