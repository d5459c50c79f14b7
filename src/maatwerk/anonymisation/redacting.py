"""From a case to the items of its pack. What a person mended, decided, saw or left out stays, as long as the original and what was
found in it are the same. Pure and slow: it runs in a thread, outside any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.blocks import STORY, UNDECIDED, holding_back
from maatwerk.anonymisation.checking import blocks_in_file, blocks_in_text
from maatwerk.anonymisation.deciding import held
from maatwerk.anonymisation.engine import Story
from maatwerk.anonymisation.engine.rare import pointers
from maatwerk.anonymisation.items import Content, Item, ItemState
from maatwerk.anonymisation.marks import marks_of
from maatwerk.anonymisation.pieces import Piece
from maatwerk.db import new_id
from maatwerk.files.kinds import MetadataField
from maatwerk.files.queries import StoredFile


@dataclass(frozen=True)
class FileToRelease:
    """An attachment as far as it is looked at here: its row, its readable text, its metadata."""

    stored: StoredFile
    text: str
    metadata: Sequence[MetadataField]


def make_items(
    pieces: Sequence[Piece], files: Sequence[FileToRelease], about: Acquaintance, earlier: Mapping[str, Item]
) -> list[Item]:
    """The items in order; `earlier` are those of the same or an earlier round by path. Released ones stay as they are."""
    made: list[Item] = []
    story = Story(about.known)
    for piece in pieces:
        made.append(_text_item(piece, len(made), about, story, earlier.get(piece.path)))
    for file in files:
        path = f"{file.stored.field}.{file.stored.id}"
        made.append(_file_item(file, path, len(made), about, earlier.get(path)))
    return made


def with_state(item: Item) -> Item:
    """The item with the state that follows from its blocks and from what a person said."""
    blocks = _followed(item.content, item.blocks)
    if item.state == "weggelaten":
        return replace(item, blocks=blocks)
    state: ItemState = "geblokkeerd" if holding_back(blocks, seen=item.seen_by is not None) else "klaar"
    return replace(item, blocks=blocks, state=state)


def looked_at(content: Content, about: Acquaintance) -> tuple[Content, tuple[str, ...]]:
    """(content, codes) of a text that a person mended. Slow."""
    content = _pointed(content)
    return content, _followed(content, blocks_in_text(content.redacted, about, content.marks))


def _pointed(content: Content) -> Content:
    """The content with what the story of its text tells."""
    return msgspec.structs.replace(content, pointers=pointers(content.redacted))


def _followed(content: Content, blocks: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks with those that follow from the content: marks to be decided, facts of the story to be seen."""
    following = (UNDECIDED, any(mark.is_open for mark in content.marks)), (STORY, bool(content.pointers))
    others = tuple(code for code in blocks if code not in (UNDECIDED, STORY))
    return (*(code for code, holds in following if holds), *others)


def _text_item(piece: Piece, position: int, about: Acquaintance, story: Story, earlier: Item | None) -> Item:
    """Every text passes the engine, also one that stays as it was: so who is person 2 does not change for the others."""
    redaction = story.redact(piece.text)
    if earlier is not None and earlier.released:
        return replace(earlier, position=position)
    if earlier is not None and earlier.mended_by is not None and earlier.content.original == piece.text:
        content, blocks = looked_at(earlier.content, about)
        seen_by = earlier.seen_by if blocks == earlier.blocks else None
        return with_state(replace(earlier, position=position, content=content, blocks=blocks, seen_by=seen_by))
    content = Content(original=piece.text, redacted=redaction.redacted, marks=marks_of(redaction))
    blocks = ("nummer_vervangen",) if any(span.label == "bsn" for span in redaction.spans) else ()
    return with_state(_item(piece.kind, piece.path, position, content, blocks, about, earlier))


def _file_item(file: FileToRelease, path: str, position: int, about: Acquaintance, earlier: Item | None) -> Item:
    if earlier is not None and earlier.released:
        return replace(earlier, position=position)
    blocks, findings = blocks_in_file(file.text, about)
    if file.stored.state == "geblokkeerd":
        blocks = ("onleesbaar",)
    elif file.stored.remarks and "zonder_tekst" not in blocks:
        blocks = (*blocks, "afbeelding")
    content = Content(
        name=file.stored.name,
        media_type=file.stored.media_type,
        metadata=tuple(file.metadata),
        remarks=(*file.stored.blocks, *file.stored.remarks),
        findings=findings,
    )
    return with_state(_item("bijlage", path, position, content, blocks, about, earlier, file.stored.id))


def _item(
    kind: str,
    path: str,
    position: int,
    content: Content,
    blocks: tuple[str, ...],
    about: Acquaintance,
    earlier: Item | None,
    file_id: UUID | None = None,
) -> Item:
    """A new item, or the earlier one of this place: what was decided, seen or left out holds while the content is the same."""
    content = _pointed(held(content, earlier.content, about) if earlier is not None else content)
    blocks = _followed(content, blocks)
    same = earlier is not None and (earlier.content, earlier.blocks) == (content, blocks)
    return Item(
        id=earlier.id if earlier is not None else new_id(),
        position=position,
        kind=kind,  # type: ignore[arg-type]
        path=path,
        file_id=file_id,
        content=content,
        blocks=blocks,
        state="weggelaten" if earlier is not None and earlier.state == "weggelaten" else "klaar",
        seen_by=earlier.seen_by if earlier is not None and same else None,
    )
