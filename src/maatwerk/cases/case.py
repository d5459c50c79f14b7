"""A case as read for acting or showing: its row, its scheme, its acts opened with its key. Several are read in no more queries than
one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from maatwerk.cases import schemes
from maatwerk.crypto import Context, Key, case_keys, seal, unseal
from maatwerk.rules.acts import Act, Actor, Consequences, Identified
from maatwerk.rules.history import fold
from maatwerk.rules.marks import digits_of
from maatwerk.rules.questions import filing_acts
from maatwerk.rules.refusals import NotFound
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx

ROWS = """
    SELECT id, scheme_version_id, number, organisation_id, opened_by, opened_as, opened_at, subject_id, filed_on, seq, phase,
        closed, sector, home_municipality, draft, draft_seq, changed_at
    FROM support_case WHERE tenant_id = $1 AND id = ANY($2)
"""
ACTS = """
    SELECT case_id, kind, step, on_day, recorded_at, membership_id, guest_id, identified_by, identified_at, role, seat, seq, sealed,
        not_bsn, consequences
    FROM case_act WHERE tenant_id = $1 AND case_id = ANY($2) ORDER BY case_id, seq
"""


@dataclass(frozen=True)
class Case:
    """One case. `acts` have empty fields once the case was erased."""

    id: UUID
    scheme_version_id: UUID
    scheme: Scheme
    number: str | None
    organisation_id: UUID
    opened_by: UUID
    opened_as: str
    opened_at: datetime
    subject_id: UUID | None
    filed_on: date | None
    seq: int
    phase: str
    closed: str
    sector: str
    home_municipality: str
    draft_seq: int
    changed_at: datetime
    acts: tuple[Act, ...]
    draft: "Draft"
    key: Key | None

    @property
    def unfiled(self) -> bool:
        """Whether its form may still be filled in as a draft: it waits for an act that files it."""
        return self.filed_on is None and not self.closed and bool(filing_acts(self.scheme))

    @property
    def version(self) -> str:
        """What a change must have seen: of a draft its answers, of any other case its acts. The two never match each other."""
        if not self.unfiled:
            return f"zaak-{self.seq}"
        return f"concept-{self.draft_seq}" + (f"-{self.seq}" if self.seq else "")

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers as last filed or supplemented, or those of the draft."""
        return self.draft.answers if self.unfiled else fold(self.scheme, self.acts).answers

    @property
    def not_bsn(self) -> Mapping[str, str]:
        """The numbers that were marked "dit is geen BSN", as digits, with the reason."""
        return self.draft.marks if self.unfiled else fold(self.scheme, self.acts).not_bsn


class NotBsn(msgspec.Struct, frozen=True, rename={"digits": "nummer", "reason": "reden"}):
    """A number that passes the BSN test and was declared not to be one, with the reason."""

    digits: str
    reason: str


def marks_of(given: Iterable[NotBsn]) -> dict[str, str]:
    """Marks as the rules know them: digits -> reason."""
    return {digits_of(item.digits): item.reason for item in given}


class Draft(msgspec.Struct, frozen=True):
    """What a school has filled in so far."""

    answers: dict[str, Any] = {}
    not_bsn: list[NotBsn] = []

    @property
    def marks(self) -> dict[str, str]:
        return marks_of(self.not_bsn)


async def read(tx: Tx, case_id: UUID, *, lock: bool = False) -> Case:
    """A case of this tenant; `lock` keeps others from acting on it until the end. Raises NotFound."""
    found = await read_all(tx, [case_id], lock=lock)
    if not found:
        raise NotFound.because("zaak_onbekend", "Deze zaak bestaat niet.")
    return found[0]


async def read_all(tx: Tx, case_ids: Sequence[UUID], *, lock: bool = False) -> list[Case]:
    """Those of these cases that the tenant has, in the same order."""
    rows = {row["id"]: row for row in await tx.fetch(ROWS + (" FOR UPDATE" if lock else ""), tx.tenant_id, case_ids)}
    kept_by = {(row["scheme_version_id"], row["organisation_id"]) for row in rows.values()}
    known = {place: await schemes.version(tx, *place) for place in kept_by}
    keys = await case_keys(tx, case_ids)
    begun = [case_id for case_id, row in rows.items() if row["seq"]]
    acts = await tx.fetch(ACTS, tx.tenant_id, begun) if begun else []
    done = {case_id: list(each) for case_id, each in groupby(acts, key=lambda act: act["case_id"])}
    return [
        _case(tx, rows[each], known[rows[each]["scheme_version_id"], rows[each]["organisation_id"]], keys, done)
        for each in case_ids
        if each in rows
    ]


def _case(tx: Tx, row: Any, scheme: Scheme, keys: Mapping[UUID, Key], done: Mapping[UUID, Sequence[Any]]) -> Case:
    found = dict(row)
    case_id, draft = found["id"], found.pop("draft")
    key = keys.get(case_id)
    opened = Draft()
    if draft is not None and key is not None:
        opened = msgspec.json.decode(unseal(key, draft_place(tx, case_id), draft), type=Draft)
    acts = tuple(_act(tx, case_id, key, item) for item in done.get(case_id, ()))
    return Case(**found, scheme=scheme, acts=acts, draft=opened, key=key)


def _act(tx: Tx, case_id: UUID, key: Key | None, row: Any) -> Act:
    fields, not_bsn = {}, {}
    if key is not None:
        fields = msgspec.json.decode(unseal(key, act_place(tx, case_id, row["seq"]), row["sealed"]))
    if key is not None and row["not_bsn"] is not None:
        not_bsn = msgspec.json.decode(unseal(key, marks_place(tx, case_id, row["seq"]), row["not_bsn"]))
    person = row["membership_id"] or row["guest_id"]
    known = Identified(row["identified_by"], row["identified_at"]) if row["guest_id"] else None
    return Act(
        kind=row["kind"],
        on=row["on_day"],
        by=Actor(row["role"], str(person) if person else "", row["seat"], known),
        fields=fields,
        seq=row["seq"],
        at=row["recorded_at"],
        step=row["step"],
        consequences=msgspec.convert(row["consequences"], Consequences),
        not_bsn=not_bsn,
    )


def draft_place(tx: Tx, case_id: UUID) -> Context:
    return Context(tx.tenant_id, "support_case", "draft", case_id)


def act_place(tx: Tx, case_id: UUID, seq: int) -> Context:
    return Context(tx.tenant_id, "case_act", "sealed", f"{case_id}/{seq}")


def marks_place(tx: Tx, case_id: UUID, seq: int) -> Context:
    return Context(tx.tenant_id, "case_act", "not_bsn", f"{case_id}/{seq}")


def seal_draft(tx: Tx, case_id: UUID, key: Key, draft: Draft) -> bytes:
    """The draft as it is stored."""
    return seal(key, draft_place(tx, case_id), msgspec.json.encode(draft))
