"""The four kinds of file that may come in, and what is known of one after looking at it. The name of an upload is personal data."""

from dataclasses import dataclass, field
from enum import StrEnum

from maatwerk.rules.refusals import Reason, Refused


class Kind(StrEnum):
    """A kind of file; its value is the extension under which it is served."""

    PDF = "pdf"
    DOCX = "docx"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def extensions(self) -> frozenset[str]:
        """The extensions of a file name, without dot and in lower case, that claim this kind."""
        return frozenset({"jpg", "jpeg"}) if self is Kind.JPEG else frozenset({self.value})


_MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
}
MEDIA_TYPES = tuple(_MEDIA_TYPES.values())


@dataclass(frozen=True)
class Inspected:
    """A file that passed every check of its kind; only `inspect` makes one."""

    kind: Kind
    name: str = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Cleaned:
    """A file without its metadata. With `blocks` it may not be released and `content` is empty; `remarks` are for the person who releases."""

    kind: Kind
    content: bytes = field(repr=False)
    text: str = field(repr=False)
    blocks: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class MetadataField:
    """One value that a file carried beside its content, such as its author; `name` is Dutch."""

    name: str
    value: str = field(repr=False)


def damaged() -> Refused:
    """The refusal of a file that its own parser cannot read."""
    return Refused((DAMAGED,))


def reason(code: str, message: str, mend: str) -> Reason:
    """A ground that points at the uploaded file."""
    return Reason(code, message, mend, "bestand")


DAMAGED = reason(
    "bestand_beschadigd",
    "Het bestand is beschadigd of niet volgens zijn soort opgebouwd.",
    "Open het bestand, sla het opnieuw op en voeg het daarna weer toe.",
)


@dataclass(frozen=True)
class Examined:
    """An upload that may be kept; without `clean` it may never be released, and `blocks` says why, in Dutch."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)
    clean: bytes | None = field(repr=False)
    text: str = field(repr=False)
    metadata: tuple[MetadataField, ...]
    blocks: tuple[str, ...]
    remarks: tuple[str, ...]
