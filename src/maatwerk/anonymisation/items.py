"""An item of a pack as it is kept: sealed with the case's key, because it holds the original beside the redacted text."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import msgspec

from maatwerk.anonymisation.engine.rare import Pointer
from maatwerk.anonymisation.marks import Mark
from maatwerk.crypto import Context, Key, seal, unseal
from maatwerk.files.kinds import MetadataField

ItemKind = Literal["tekst", "bijlage", "handeling"]
ItemState = Literal["klaar", "geblokkeerd", "weggelaten"]


class Content(msgspec.Struct, frozen=True, omit_defaults=True):
    """A text with its marks and what its story tells; of an attachment its text as far as it has one, and its own name, metadata and
    remarks. `text_only`: there is no clean copy of it that may go."""

    original: str = ""
    redacted: str = ""
    marks: tuple[Mark, ...] = ()
    pointers: tuple[Pointer, ...] = ()
    name: str = ""
    media_type: str = ""
    metadata: tuple[MetadataField, ...] = ()
    remarks: tuple[str, ...] = ()
    text_only: bool = False

    @property
    def goes_as_text(self) -> bool:
        """Whether of an attachment the text goes, typeset anew: whenever anything in it was replaced or rewritten."""
        return bool(self.original) and (self.text_only or self.redacted != self.original)

    @property
    def shows_unread(self) -> bool:
        """Whether a copy goes of an attachment with more on it than its text."""
        return bool(self.original and self.remarks) and not self.goes_as_text


@dataclass(frozen=True)
class Item:
    """One item, opened. `blocks` are codes; `mended` and `seen` name the members who did so; `released` says it is out."""

    id: UUID
    position: int
    kind: ItemKind
    path: str
    file_id: UUID | None
    content: Content
    blocks: tuple[str, ...]
    state: ItemState
    mended_by: UUID | None = None
    seen_by: UUID | None = None
    released: bool = False


def sealed(tenant_id: UUID, key: Key, item: Item) -> bytes:
    """The content as it is stored."""
    return seal(key, _place(tenant_id, item.id), msgspec.json.encode(item.content))


def opened(tenant_id: UUID, key: Key, item_id: UUID, blob: bytes) -> Content:
    """The content from its stored form. Raises Unreadable."""
    return msgspec.json.decode(unseal(key, _place(tenant_id, item_id), blob), type=Content)


def _place(tenant_id: UUID, item_id: UUID) -> Context:
    return Context(tenant_id, "pack_item", "sealed", item_id)
