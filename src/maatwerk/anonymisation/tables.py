"""Packs for reviewers. Items are sealed with the case's key while an ondersteuner mends them; what was released is sealed
anew with the pack's own key, which is wrapped per seat."""

from piccolo.columns import UUID, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table

from maatwerk.db import Jsonb

CASE = "class=none; keep=case skeleton, seven years"
TENANT = "class=none; keep=tenant"
STAFF = "class=staff; keep=case skeleton, seven years"
SEALED = "class=health; keep=three years after the decision (WVO 2020 2.47 lid 16), by destroying the case's key"
RELEASED = "class=health; keep=three years after the decision (WVO 2020 2.47 lid 16), by destroying the pack's key"
BASIS = "class=secret; keep=three years after the decision (WVO 2020 2.47 lid 16), by destroying the case's key"
CELL = "class=quasi_id; keep=three years after the decision (WVO 2020 2.47 lid 16)"


class Pack(Table, tablename="pack"):
    """What reviewers get of a case, once per round of review. `asked_by_seq` is the case's last act that it has looked at;
    `cells` keyed indexes of school, age and municipality as readers may get them, by which equal pupils are counted; `basis` one of what it was made of."""

    tenant_id = UUID(default=None, help_text=CASE)
    id = UUID(primary_key=True, default=None, help_text=CASE)
    case_id = UUID(default=None, help_text=CASE)
    round = Integer(default=None, help_text=CASE)
    asked_by_seq = Integer(default=None, help_text=CASE)
    state = Text(default=None, help_text=CASE)
    coarsening = Jsonb(help_text=CASE)
    cells = Jsonb(help_text=CELL)
    basis = Bytea(null=True, default=None, help_text=BASIS)
    made_at = Timestamptz(default=None, help_text=CASE)
    released_at = Timestamptz(null=True, default=None, help_text=CASE)
    released_by = UUID(null=True, default=None, help_text=STAFF)
    seq = Integer(default=1, help_text=CASE)


class PackItem(Table, tablename="pack_item"):
    """A text or attachment on its way to reviewers: original, redacted and every mark in between, sealed. `path` names a
    field or act of the scheme, `blocks` the codes of what is still in the way."""

    tenant_id = UUID(default=None, help_text=CASE)
    id = UUID(primary_key=True, default=None, help_text=CASE)
    pack_id = UUID(default=None, help_text=CASE)
    case_id = UUID(default=None, help_text=CASE)
    position = Integer(default=None, help_text=CASE)
    kind = Text(default=None, help_text=CASE)
    path = Text(default=None, help_text=CASE)
    file_id = UUID(null=True, default=None, help_text=CASE)
    sealed = Bytea(default=None, help_text=SEALED)
    blocks = Jsonb(help_text=CASE)
    state = Text(default=None, help_text=CASE)
    mended_by = UUID(null=True, default=None, help_text=STAFF)
    seen_by = UUID(null=True, default=None, help_text=STAFF)
    released_at = Timestamptz(null=True, default=None, help_text=CASE)


class PackContent(Table, tablename="pack_content"):
    """What was released, in order: sheets of fields and texts, and attachments (with `item_id`)."""

    tenant_id = UUID(default=None, help_text=CASE)
    pack_id = UUID(primary_key=True, default=None, help_text=CASE)
    n = Integer(default=None, help_text=CASE)
    item_id = UUID(null=True, default=None, help_text=CASE)
    sealed = Bytea(default=None, help_text=RELEASED)


class AnonymisationWord(Table, tablename="anonymisation_word"):
    """An institution that is always taken out, or a word that always stays; never a name of a person."""

    tenant_id = UUID(default=None, help_text=TENANT)
    id = UUID(primary_key=True, default=None, help_text=TENANT)
    kind = Text(default=None, help_text=TENANT)
    word = Text(default=None, help_text=TENANT)
    added_by = UUID(null=True, default=None, help_text="class=staff; keep=tenant")
    added_at = Timestamptz(default=None, help_text=TENANT)


class AnonymisationCount(Table, tablename="anonymisation_count"):
    """How often people took out, put back or confirmed what a layer found under a label."""

    tenant_id = UUID(default=None, help_text=TENANT)
    layer = Text(primary_key=True, default=None, help_text=TENANT)
    label = Text(default=None, help_text=TENANT)
    verdict = Text(default=None, help_text=TENANT)
    times = Integer(default=None, help_text=TENANT)
