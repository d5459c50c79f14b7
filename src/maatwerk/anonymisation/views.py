"""Packs as the API shows them to the ondersteuner."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from maatwerk.anonymisation import schemas
from maatwerk.anonymisation.actions.decide import Decided
from maatwerk.anonymisation.actions.show_pack import Shown
from maatwerk.anonymisation.blocks import BLOCKS, holding_back
from maatwerk.anonymisation.deciding import legend, open_marks
from maatwerk.anonymisation.engine.rare import reason
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.marks import Mark
from maatwerk.anonymisation.titles import title_of
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.smallcells import MESSAGE, OFFERS, SMALL_GROUP, Risk


def pack_view(shown: Shown) -> schemas.PackView:
    """The whole pack."""
    pack, state = shown.pack, "bezig" if shown.being_made else shown.pack.state
    waiting = [item for item in shown.items if item.state == "geblokkeerd" and not item.released]
    return schemas.PackView(
        id=pack.id,
        case_id=pack.case_id,
        round=pack.round,
        state=state,  # type: ignore[arg-type]
        made_at=pack.made_at,
        released_at=pack.released_at or UNSET,
        block_count=len(waiting),
        open_count=open_marks(shown.items),
        legend=[schemas.LegendView(placeholder, stood) for placeholder, stood in legend(shown.items)],
        disclosed=disclosed_views(shown.scheme, shown.fields),
        items=[item_view(shown.scheme, item) for item in shown.items],
        risk=_risk_view(shown.risk, shown.offered),
        coarsening=list(pack.coarsening),
    )


def disclosed_views(scheme: Scheme, fields: Mapping[str, Any]) -> list[schemas.DisclosedView]:
    """Fields by path, with their titles."""
    return [schemas.DisclosedView(path, title_of(scheme, path), value) for path, value in fields.items()]


def item_view(scheme: Scheme, item: Item) -> schemas.PackItemView:
    """One item."""
    held = item.state == "geblokkeerd"
    codes = [code for code in item.blocks if held and holding_back([code], seen=item.seen_by is not None)]
    return schemas.PackItemView(
        id=item.id,
        kind=item.kind,
        path=item.path,
        title=title_of(scheme, item.path),
        state=item.state,
        blocks=[_block_view(code, item.kind) for code in codes],
        mended=item.mended_by is not None,
        seen=item.seen_by is not None,
        released=item.released,
        text_item=UNSET if item.kind == "bijlage" and not item.content.original else _text_view(item),
        file_item=_file_view(item) if item.kind == "bijlage" else UNSET,
    )


def _block_view(code: str, kind: str) -> schemas.PackBlockView:
    block = BLOCKS[code]
    mend = block.mend_file if kind == "bijlage" else block.mend
    return schemas.PackBlockView(code, block.message, mend, block.confirmable)


def progress_view(done: Decided) -> schemas.PackProgressView:
    """What decisions on marks changed."""
    return schemas.PackProgressView(done.open, done.blocked, [item_view(done.scheme, item) for item in done.items])


def mark_view(number: int, mark: Mark) -> schemas.ReplacementView:
    """One mark; `number` is its place in the item."""
    plain = msgspec.structs.asdict(mark) | {"decision": mark.decision or UNSET}
    return schemas.ReplacementView(mark_number=number, open=mark.is_open, **plain)


def _text_view(item: Item) -> schemas.TextItemView:
    marks = [mark_view(number, mark) for number, mark in enumerate(item.content.marks)]
    story = [schemas.PointerView(*each, why=reason(each.category)) for each in item.content.pointers]
    return schemas.TextItemView(item.content.original, item.content.redacted, marks, story)


def _file_view(item: Item) -> schemas.FileItemView:
    content = item.content
    return schemas.FileItemView(
        name=content.name,
        media_type=content.media_type,
        metadata=[schemas.MetadataView(each.name, each.value) for each in content.metadata],
        remarks=list(content.remarks),
        goes_as_text=item.content.goes_as_text,
    )


def _risk_view(risk: Risk, offered: Sequence[str]) -> schemas.RiskView:
    first = risk.counts[0] if risk.counts else None
    return schemas.RiskView(
        codes=list(risk.codes),
        message=MESSAGE if SMALL_GROUP in risk.codes else "",
        threshold=risk.threshold,
        coarsenings=[schemas.CoarseningView(code, OFFERS.get(code, code)) for code in offered],
        after=[
            schemas.ChoiceView(list(each.coarsening), each.count, each.count < risk.threshold)
            for each in risk.counts
            if each.coarsening
        ],
        counted_by=first.source if first else UNSET,  # type: ignore[arg-type]
        alike=first.count if first else UNSET,
        on=risk.on or UNSET,
        origin=risk.origin or UNSET,
    )
