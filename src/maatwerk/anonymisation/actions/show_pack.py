"""Opening a pack for the ondersteuner, originals included: an action, because it is logged as a reading of the pupil's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maatwerk import clock
from maatwerk.anonymisation.items import Item
from maatwerk.anonymisation.meter import measure
from maatwerk.anonymisation.pieces import anonymous_rules
from maatwerk.anonymisation.queries import Pack, items_of, last_asked, pack_of
from maatwerk.anonymisation.sheets import opened_fields
from maatwerk.anonymisation.sources import is_made_of, sources_of
from maatwerk.audit.access import log_reading
from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.crypto import Erased
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import NotFound
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.smallcells import Risk
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Shown:
    """A pack with its originals; `fields` are what reviewers will get beside the items, `offered` the coarsenings. `being_made`:
    the case has changed since, so that it can't be released as it is."""

    scheme: Scheme
    pack: Pack
    items: Sequence[Item]
    fields: Mapping[str, Any]
    offered: Sequence[str]
    being_made: bool
    risk: Risk


async def show_pack(tx: Tx, caller: Caller, case_id: UUID) -> Shown:
    """The pack of the present round. Raises Forbidden, NotFound as long as there is none, Erased."""
    case = await read(tx, case_id)
    ground = authorise(caller, case, "geheel").opening.ground
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    pack = await pack_of(tx, case)
    if pack is None:
        raise NotFound.because(
            "geen_pakket", "Er is nog geen pakket.", mend="Het wordt gemaakt zodra de aanvraag volledig is verklaard."
        )
    items, sources = await items_of(tx, case.key, pack.id), await sources_of(tx, case)
    await log_reading(
        tx,
        membership_id=caller.membership_id,
        case_id=case_id,
        what="pakket.bekeken",
        ground=ground,
        details={"pakket": pack.id, "velden": [item.path.replace("@", ":") for item in items]},
    )
    offered = list(dict.fromkeys(name for rule in anonymous_rules(case.scheme) for name in rule.coarsening))
    return Shown(
        scheme=case.scheme,
        pack=pack,
        items=items,
        fields=opened_fields(
            case, anonymous_rules(case.scheme), clock.today(), frozenset(pack.coarsening), sources.about.known
        ),
        offered=offered,
        being_made=pack.asked_by_seq < last_asked(case.acts) or not await is_made_of(tx, pack.id, pack.basis, sources),
        risk=await measure(tx, case, offered),
    )
