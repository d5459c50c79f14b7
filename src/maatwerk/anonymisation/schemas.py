"""The public shapes of packs, for the ondersteuner: originals stand in them, so nobody else gets one."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from maatwerk.glossary import Input, View
from maatwerk.http.fields import WRITTEN, Moment, Name

RedactedText = Annotated[str, Meta(max_length=200_000, pattern=WRITTEN)]


class ReplacementView(View):
    """[start, end) of the original is [redacted_start, redacted_end) of the redacted text; offsets in characters. A doubt stands there
    as it was. `open`: it holds the release back until somebody decides."""

    mark_number: int
    start: int
    end: int
    redacted_start: int
    redacted_end: int
    kind: str
    confidence: float
    placeholder: str
    layer: str
    open: bool
    decision: Literal["weg", "blijft"] | UnsetType = UNSET


class PackBlockView(View):
    """What holds an item back; `confirmable`: saying that one has seen it is enough."""

    code: str
    message: str
    mend: str
    confirmable: bool


class MetadataView(View):
    """A hidden property of a file; the clean copy has none."""

    name: str
    value: str


class PointerView(View):
    """A fact of the story that may point at somebody without a name, with why."""

    category: str
    words: str
    passage: str
    why: str


class TextItemView(View):
    """A text as the school wrote it, in the form or in an attachment, beside what reviewers will read."""

    original: str
    redacted: str
    replacements: list[ReplacementView]
    pointers: list[PointerView]


class FileItemView(View):
    """An attachment: what it is called and hides. `goes_as_text`: reviewers get its redacted text in a PDF of our own, else a clean
    copy of the file."""

    name: str
    media_type: str
    metadata: list[MetadataView]
    remarks: list[str]
    goes_as_text: bool


class PackItemView(View):
    """An item of the pack: a text or an attachment."""

    id: UUID
    kind: Literal["tekst", "bijlage", "handeling"]
    path: str
    title: str
    state: Literal["klaar", "geblokkeerd", "weggelaten"]
    blocks: list[PackBlockView]
    mended: bool
    seen: bool
    released: bool
    text_item: TextItemView | UnsetType = UNSET
    file_item: FileItemView | UnsetType = UNSET


class DisclosedView(View):
    """A field as reviewers get it."""

    path: str
    title: str
    value: Any


class CoarseningView(View):
    """A coarser way to show, to choose at release."""

    code: str
    title: str


class ChoiceView(View):
    """How many pupils look the same once these are shown coarser."""

    coarsening: list[str]
    alike: int
    small: bool


class RiskView(View):
    """How many pupils look the same as this one, by whose count and of which day. Without `alike` something of the pupil is unknown."""

    codes: list[str]
    message: str
    threshold: int
    coarsenings: list[CoarseningView]
    after: list[ChoiceView]
    counted_by: Literal["bevolking", "zaken"] | UnsetType = UNSET
    alike: int | UnsetType = UNSET
    on: date | UnsetType = UNSET
    origin: str | UnsetType = UNSET


class LegendView(View):
    """Who stands behind a placeholder, in the words of the texts: for who makes the pack and nobody else."""

    placeholder: str
    stood: list[str]


class PackView(View):
    """What reviewers will get and what still holds it back; `state` is bezig, klaar or vrijgegeven."""

    id: UUID
    case_id: UUID
    round: int
    state: Literal["bezig", "klaar", "vrijgegeven"]
    made_at: Moment
    block_count: int
    open_count: int
    legend: list[LegendView]
    disclosed: list[DisclosedView]
    items: list[PackItemView]
    risk: RiskView
    coarsening: list[str]
    released_at: Moment | UnsetType = UNSET


class PackItemChange(Input):
    """Exactly one: another text, whether to leave it out, or that one has seen it."""

    redacted: RedactedText | UnsetType = UNSET
    left_out: bool | UnsetType = UNSET
    seen: bool | UnsetType = UNSET


class MarkVerdict(Input):
    """What becomes of a marked word; `everywhere`: of every equal word in the pack."""

    item_id: UUID
    mark_number: Annotated[int, Meta(ge=0, le=100_000)]
    decision: Literal["weg", "blijft"]
    everywhere: bool = False


class PackVerdicts(Input):
    """Decisions on marks, applied in order, and words to take out wherever they stand though nothing marked them; all or none."""

    verdicts: Annotated[list[MarkVerdict], Meta(max_length=1_000)] = []
    words: Annotated[list[Name], Meta(max_length=100)] = []


class PackProgressView(View):
    """What decisions changed, and what is left."""

    open_count: int
    block_count: int
    items: list[PackItemView]


class CorrectionView(View):
    """How often people decided so of what a layer found; no word of a text."""

    layer: str
    kind: str
    verdict: Literal["weggehaald", "teruggezet", "bevestigd"]
    times: int


class TenantWordView(View):
    """A word that always goes or always stays in this partnership."""

    id: UUID
    kind: Literal["weghalen", "laten_staan"]
    word: str
    created_at: Moment


class NewTenantWord(Input):
    """A word for a list, met in the pack of this case."""

    case_id: UUID
    kind: Literal["weghalen", "laten_staan"]
    word: Name
