"""The mails that were caught, one file each, newest last by name. What a mail says is not to be trusted: it is parsed
leniently and a broken part reads as empty."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser, BytesParser
from pathlib import Path

from maatwerk import clock
from maatwerk.local.secret_file import write_private

KEPT = 500  # as geen.html says
_NAME = re.compile(r"[0-9]{8}T[0-9]{12}-[0-9a-f]{8}")
_MOMENT = "%Y%m%dT%H%M%S%f"
_HEAD = 65_536
_SHOWN = {
    "From": "Van",
    "Reply-To": "Antwoord aan",
    "To": "Aan",
    "Cc": "Kopie aan",
    "Date": "Datum",
    "Message-ID": "Kenmerk",
    "Auto-Submitted": "Automatisch",
}


@dataclass(frozen=True)
class Summary:
    """One line of the list: who really sent it to whom is the envelope, not the headers."""

    name: str
    received: datetime
    recipients: str
    subject: str


@dataclass(frozen=True)
class Attachment:
    """A file inside a mail."""

    filename: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A mail as a person reads it; `html` is untrusted markup, `headers` are (Dutch label, text)."""

    summary: Summary
    sender: str
    headers: tuple[tuple[str, str], ...]
    text: str
    html: str
    attachments: tuple[Attachment, ...]


class Mailbox:
    """A folder of caught mails; it holds the newest `kept`."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self.folder = folder
        self._kept = kept
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def store(self, sender: str, recipients: Sequence[str], content: bytes) -> str:
        """Keeps a mail with its envelope and answers its name; the oldest ones make room."""
        name = f"{clock.now():{_MOMENT}}-{secrets.token_hex(4)}"
        envelope = f"X-Envelop-Van: {_one_line(sender)}\r\nX-Envelop-Aan: {_one_line(', '.join(recipients))}\r\n"
        write_private(self.folder / f"{name}.eml", envelope.encode("utf-8", "replace") + content)
        for old in self.names()[: -self._kept]:
            (self.folder / f"{old}.eml").unlink(missing_ok=True)
        return name

    def names(self) -> list[str]:
        """Every mail's name, oldest first."""
        return sorted(path.stem for path in self.folder.glob("*.eml") if _NAME.fullmatch(path.stem))

    def summaries(self) -> list[Summary]:
        """Every mail in one line, newest first."""
        found = [(name, self._head(name)) for name in reversed(self.names())]
        return [_summary(name, message) for name, message in found if message is not None]

    def read(self, name: str) -> Mail | None:
        """One mail; None when there is none of that name."""
        if not _NAME.fullmatch(name):
            return None
        try:
            content = (self.folder / f"{name}.eml").read_bytes()
        except FileNotFoundError:
            return None
        message = BytesParser(policy=policy.default).parsebytes(content)
        headers = tuple((label, _header(message, key)) for key, label in _SHOWN.items() if key in message)
        return Mail(
            _summary(name, message),
            _header(message, "X-Envelop-Van"),
            headers,
            _body(message, "plain"),
            _body(message, "html"),
            _attachments(message),
        )

    def _head(self, name: str) -> EmailMessage | None:
        try:
            with (self.folder / f"{name}.eml").open("rb") as file:
                return BytesHeaderParser(policy=policy.default).parsebytes(file.read(_HEAD))
        except FileNotFoundError:
            return None


def _summary(name: str, message: EmailMessage) -> Summary:
    received = datetime.strptime(name.partition("-")[0], _MOMENT).replace(tzinfo=UTC)
    return Summary(name, received, _header(message, "X-Envelop-Aan"), _header(message, "Subject"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _header(message: EmailMessage, key: str) -> str:
    """The text of a header. The parser gives up on some malformed ones with errors of many kinds."""
    try:
        return _one_line(str(message.get(key, "")))
    except Exception:  # a malformed header must not hide the mail
        return ""


def _body(message: EmailMessage, kind: str) -> str:
    try:
        part = message.get_body(preferencelist=(kind,))
        return "" if part is None else str(part.get_content())
    except Exception:  # an unknown charset or broken encoding must not hide the mail
        return ""


def _attachments(message: EmailMessage) -> tuple[Attachment, ...]:
    found = []
    try:
        for number, part in enumerate(message.iter_attachments(), start=1):
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else part.as_bytes()
            found.append(Attachment(part.get_filename() or f"bijlage-{number}", part.get_content_type(), content))
    except Exception:  # what could be read so far is shown
        return tuple(found)
    return tuple(found)
