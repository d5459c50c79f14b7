"""The inventory: each handler's name, bound exactly once. An inner handler does everything in the row's own
transaction; an outer one works outside any, and calls `outbox.finish` in its last."""

from collections.abc import Awaitable, Callable
from typing import Any

from maatwerk.anonymisation.actions.make_pack import make_pack
from maatwerk.decisions.actions.send_letter import send_letter
from maatwerk.decisions.actions.tick import tick
from maatwerk.files.actions.scan import scan
from maatwerk.mail.delivery import send
from maatwerk.outbox import Job
from maatwerk.people.actions.mail_invitation import mail_invitation
from maatwerk.reviews.actions.ask_for_substitutes import ask_for_substitutes
from maatwerk.schemes.actions.dry_run import dry_run
from maatwerk.tasks.actions.address_bounced import address_bounced
from maatwerk.tenancy import Tx

Inner = Callable[[Tx, dict[str, Any]], Awaitable[None]]
Outer = Callable[[Job], Awaitable[None]]

INNER: dict[str, Inner] = {
    "cases.tick": tick,
    "people.mail_invitation": mail_invitation,
    "reviews.ask_for_substitutes": ask_for_substitutes,
    "tasks.address_bounced": address_bounced,
}
OUTER: dict[str, Outer] = {
    "anonymisation.make_pack": make_pack,
    "decisions.send_letter": send_letter,
    "files.scan": scan,
    "mail.send": send,
    "schemes.dry_run": dry_run,
}
