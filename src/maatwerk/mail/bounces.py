"""Reads what a mail server sends back (RFC 3464). The report is a stranger's text: whatever can't be read is no bounce, and never an error."""

import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

MAX_BYTES = 1024 * 1024
_STATUS = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})")
_MESSAGE_ID = re.compile(r"<([^<>\s@]+@[^<>\s@]+)>")
_GIVEN_UP, _LATE = "failed", "delayed"


@dataclass(frozen=True)
class Bounce:
    """What came back: `message_id` without brackets ("" if the report left it out), `status` like "5.1.1" ("" if absent).

    `permanent` means that the server gave up; a report of delay is not permanent. The hint is an address: never log it.
    """

    message_id: str
    recipient_hint: str = field(repr=False)
    status: str
    permanent: bool


def parse_bounce(raw: bytes) -> Bounce | None:
    """The bounce in a posted message, or None when it is none (an answer by a person, junk, a report of success)."""
    try:
        message = message_from_bytes(raw[:MAX_BYTES], policy=compat32)
        return _parse(message)
    except Exception:  # the standard parser has many ways to trip over a hostile message
        return None


def _parse(message: Message) -> Bounce | None:
    parts = list(message.walk())
    reports = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    for block in (block for report in reports for block in _blocks(report)):
        action = str(block.get("Action", "")).strip().lower()
        if action not in (_GIVEN_UP, _LATE):
            continue
        found = _STATUS.match(str(block.get("Status", "")))
        return Bounce(
            message_id=_message_id(message, parts),
            recipient_hint=_recipient(block),
            status=found[1] if found else "",
            permanent=action == _GIVEN_UP,
        )
    return None


def _blocks(report: Message) -> list[Message]:
    """The blocks of a delivery status: one about the message, then one per recipient; only the latter have an Action."""
    payload = report.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _recipient(block: Message) -> str:
    written = str(block.get("Original-Recipient") or block.get("Final-Recipient") or "")
    return written.rpartition(";")[2].strip().strip("<>")


def _message_id(message: Message, parts: list[Message]) -> str:
    """Of the returned message or its headers; else of what the report says it answers."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            payload = part.get_payload()
            returned = payload[0] if isinstance(payload, list) and payload else None
            written = str(returned.get("Message-ID", "")) if isinstance(returned, Message) else ""
        elif kind == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            headers = message_from_bytes(body if isinstance(body, bytes) else b"", policy=compat32)
            written = str(headers.get("Message-ID", ""))
        else:
            continue
        found = _MESSAGE_ID.search(written)
        if found:
            return found[1]
    found = _MESSAGE_ID.search(str(message.get("In-Reply-To", "")) + str(message.get("References", "")))
    return found[1] if found else ""
