"""From a case to the items of its pack. What a person mended, decided, saw or left out stays, as long as the original and what was
found in it are the same. Pure and slow: it runs in a thread, outside any transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import msgspec

from maatwerk.anonymisation.acquaintance import Acquaintance
from maatwerk.anonymisation.blocks import STORY, UNDECIDED, UNREAD, holding_back
from maatwerk.anonymisation.checking import blocks_in_text
from maatwerk.anonymisation.deciding import Going, held, named_by_hand
from maatwerk.anonymisation.engine import Redaction, Story
from maatwerk.anonymisation.engine.rare import pointers
from maatwerk.anonymisation.items import Content, Item, ItemState
from maatwerk.anonymisation.marks import marks_of
from maatwerk.anonymisation.pieces import Piece
from maatwerk.db import new_id
from maatwerk.files.kinds import MetadataField
from maatwerk.files.queries import StoredFile

LONGEST = 150_000
MOST_LINES = 10_000
Earlier = Mapping[str, Item]


@dataclass(frozen=True)
class FileToRelease:
    """An attachment as far as it is looked at here: its row, its readable text, its metadata."""

    stored: StoredFile
    text: str
    metadata: Sequence[MetadataField]


def make_items(
    pieces: Sequence[Piece], files: Sequence[FileToRelease], about: Acquaintance, earlier: Earlier
) -> list[Item]:
    """The items in order; `earlier` are those of the same or an earlier round by path. Released ones stay as they are."""
    paths = {file.stored.id: f"{file.stored.field}.{file.stored.id}" for file in files}
    texts = {piece.path: piece.text for piece in pieces}
    texts |= {paths[file.stored.id]: file.text for file in files if file.text.strip() and not _too_long(file.text)}
    redactions, going = _redactions(texts, about, earlier), Going(named_by_hand(earlier.values()))
    made: list[Item] = []
    for piece in pieces:
        made.append(_text_item(piece, len(made), about, redactions[piece.path], earlier.get(piece.path), going))
    for file in files:
        path = paths[file.stored.id]
        made.append(_file_item(file, path, len(made), about, redactions.get(path), earlier.get(path), going))
    return made


def _redactions(texts: Mapping[str, str], about: Acquaintance, earlier: Earlier) -> dict[str, Redaction]:
    """Every text passes the engine, also one that stays as it was: so who is person 2 does not change for the others. What is
    out goes first, so that what came later doesn't change it either; what was said in acts comes after the attachments."""
    story = Story(about.known)
    out = {path for path, item in earlier.items() if item.released}
    return {path: story.redact(texts[path]) for path in sorted(texts, key=lambda path: (path not in out, "@" in path))}


def _too_long(text: str) -> bool:
    return len(text) > LONGEST or text.count("\n") > MOST_LINES


def with_state(item: Item) -> Item:
    """The item with the state that follows from its blocks and from what a person said."""
    blocks = _followed(item.content, item.blocks)
    if UNREAD in blocks and UNREAD not in item.blocks:
        item = replace(item, seen_by=None)
    if item.state == "weggelaten":
        return replace(item, blocks=blocks)
    state: ItemState = "geblokkeerd" if holding_back(blocks, seen=item.seen_by is not None) else "klaar"
    return replace(item, blocks=blocks, state=state)


def looked_at(content: Content, about: Acquaintance) -> tuple[Content, tuple[str, ...]]:
    """(content, codes) of a text that a person mended. Slow."""
    content = _pointed(content)
    return content, _followed(content, blocks_in_text(content.redacted, about, content.marks))


def after_decision(before: Item, after: Item, about: Acquaintance) -> Item:
    """An item of which somebody decided marks, with what follows from its text as it reads now. What he said to have seen holds for
    what stood there then. Slow for a text that was mended."""
    content, blocks = (
        (_pointed(after.content), after.blocks) if after.mended_by is None else looked_at(after.content, about)
    )
    blocks = _followed(content, blocks)
    unseen = {*blocks} - {*before.blocks, UNDECIDED} or _facts(content) - _facts(before.content)
    return with_state(replace(after, content=content, blocks=blocks, seen_by=None if unseen else after.seen_by))


def _facts(content: Content) -> set[tuple[str, str]]:
    return {(pointer.category, pointer.words.casefold()) for pointer in content.pointers}


def _pointed(content: Content) -> Content:
    """The content with what the story of its text tells."""
    return msgspec.structs.replace(content, pointers=pointers(content.redacted))


def _followed(content: Content, blocks: tuple[str, ...]) -> tuple[str, ...]:
    """The blocks with those that follow from the content: marks to be decided, facts of the story and pictures to be seen."""
    following = (
        (UNDECIDED, any(mark.is_open for mark in content.marks)),
        (STORY, bool(content.pointers)),
        (UNREAD, content.shows_unread),
    )
    others = tuple(code for code in blocks if code not in (UNDECIDED, STORY, UNREAD))
    return (*(code for code, holds in following if holds), *others)


def _text_item(
    piece: Piece,
    position: int,
    about: Acquaintance,
    redaction: Redaction,
    earlier: Item | None,
    going: Going,
) -> Item:
    kept = _kept(earlier, piece.text, position, about)
    if kept is not None:
        return kept
    content = Content(original=piece.text, redacted=redaction.redacted, marks=marks_of(redaction))
    return with_state(_item(piece.kind, piece.path, position, content, _replaced(redaction), about, earlier, going))


def _file_item(
    file: FileToRelease,
    path: str,
    position: int,
    about: Acquaintance,
    redaction: Redaction | None,
    earlier: Item | None,
    going: Going,
) -> Item:
    """An attachment with text is an item as any text; what else is on it goes along with a clean copy only."""
    kept = _kept(earlier, file.text, position, about)
    if kept is not None:
        return kept
    uncleanable = file.stored.state == "geblokkeerd"
    content = Content(
        original=file.text if redaction else "",
        redacted=redaction.redacted if redaction else "",
        marks=marks_of(redaction) if redaction else (),
        name=file.stored.name,
        media_type=file.stored.media_type,
        metadata=tuple(file.metadata),
        remarks=(*file.stored.blocks, *file.stored.remarks),
        text_only=redaction is not None and uncleanable,
    )
    without = ("onleesbaar",) if uncleanable else ("te_lang",) if file.text.strip() else ("zonder_tekst",)
    blocks = _replaced(redaction) if redaction else without
    return with_state(_item("bijlage", path, position, content, blocks, about, earlier, going, file.stored.id))


def _kept(earlier: Item | None, text: str, position: int, about: Acquaintance) -> Item | None:
    """The earlier item of this place, when it is out or a person mended it and the original is the same; looked at again."""
    if earlier is not None and earlier.released:
        return replace(earlier, position=position)
    if earlier is None or earlier.mended_by is None or earlier.content.original != text:
        return None
    content, blocks = looked_at(earlier.content, about)
    seen_by = earlier.seen_by if blocks == earlier.blocks else None
    return with_state(replace(earlier, position=position, content=content, blocks=blocks, seen_by=seen_by))


def _replaced(redaction: Redaction) -> tuple[str, ...]:
    return ("nummer_vervangen",) if any(span.label == "bsn" for span in redaction.spans) else ()


def _item(
    kind: str,
    path: str,
    position: int,
    content: Content,
    blocks: tuple[str, ...],
    about: Acquaintance,
    earlier: Item | None,
    going: Going,
    file_id: UUID | None = None,
) -> Item:
    """A new item, or the earlier one of this place: what was decided, seen or left out holds while the content is the same. A word that
    somebody had to point out anywhere goes from a text that came or changed too."""
    content = held(content, earlier.content, about) if earlier is not None else content
    content = _pointed(going.taken_out(content))
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
