"""The inventory: each handler's name, bound exactly once. An inner handler does everything in the row's own
transaction; an outer one works outside any, and calls `outbox.finish` in its last."""

from collections.abc import Awaitable, Callable
from typing import Any

from maatwerk.files.actions.scan import scan
from maatwerk.mail.delivery import send
from maatwerk.outbox import Job
from maatwerk.people.actions.mail_invitation import mail_invitation
from maatwerk.tasks.actions.address_bounced import address_bounced
from maatwerk.tenancy import Tx

Inner = Callable[[Tx, dict[str, Any]], Awaitable[None]]
Outer = Callable[[Job], Awaitable[None]]

INNER: dict[str, Inner] = {
    "people.mail_invitation": mail_invitation,
    "tasks.address_bounced": address_bounced,
}
OUTER: dict[str, Outer] = {
    "files.scan": scan,
    "mail.send": send,
}
