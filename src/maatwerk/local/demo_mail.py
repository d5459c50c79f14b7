"""The mails that leave while the demo plays: each is shown once, with its first lines. Where no mail is caught, the delivery
log of the service says what left, without its text."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from maatwerk.local.client import Person, TookTooLong, wait_for
from maatwerk.local.engines import Say
from maatwerk.local.mailbox import Mail, Mailbox

SHOWN_LINES = 3


class MailMissing(Exception):
    """A mail that should have left did not."""


@dataclass
class Post:
    """The mails of this run. `folder` is where they are caught, None when a real mail server has them."""

    folder: Path | None
    say: Say
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if self.folder is not None:
            self.seen = set(Mailbox(self.folder).names())

    def show_new(self, number: str, addresses: Iterable[str], text_of: str = "") -> None:
        """Waits until everybody of `addresses` has a new mail about this case; shows those and any other about it.

        Raises MailMissing.
        """
        awaited = set(addresses)
        if self.folder is None:
            return
        mailbox = Mailbox(self.folder)

        def arrived() -> bool:
            for name in mailbox.names():
                mail = None if name in self.seen else mailbox.read(name)
                if mail is not None and number in mail.summary.subject:
                    self.seen.add(name)
                    awaited.discard(mail.summary.recipients)
                    self._show(mail)
            return not awaited

        try:
            wait_for(arrived)
        except TookTooLong as error:
            raise MailMissing(f"De mail over {number} aan {', '.join(sorted(awaited))} is niet vertrokken.") from error

    def settle(self, observer: Person, case_id: str, number: str) -> int:
        """Waits until no mail of the case waits any more, shows the rest, and tells how many left in all.

        Raises MailMissing.
        """

        def log() -> list[str] | None:
            found = list(observer.listed("/verzendingen", aanvraagId=case_id))
            return None if any(mail["status"] == "wacht" for mail in found) else [mail["status"] for mail in found]

        try:
            states = wait_for(log)
        except TookTooLong as error:
            raise MailMissing(f"Niet alle mails over {number} zijn vertrokken.") from error
        if set(states) - {"verzonden"}:
            raise MailMissing(f"Een mail over {number} is niet aangenomen door de mailserver.")
        self.show_new(number, ())
        return len(states)

    def _show(self, mail: Mail) -> None:
        self.say(f"      ✉ {mail.summary.subject} → {mail.summary.recipients}")
        lines = [line.strip() for line in mail.text.splitlines() if line.strip()]
        for line in lines[:SHOWN_LINES]:
            self.say(f"        {line}")
