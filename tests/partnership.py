"""Regio 36 in a test database, with people in every role: what feature tests of cases stand on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from maatwerk import clock, loading
from maatwerk.cases import schemes
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.actions.save import save_draft
from maatwerk.cases.case import Case, Draft, read
from maatwerk.decisions.actions.act import Deed, act
from maatwerk.files.actions.store import store
from maatwerk.http import Caller
from maatwerk.organisations.queries import by_name
from maatwerk.people.queries import Seat
from maatwerk.rules.acts import Act
from maatwerk.settings import in_force
from maatwerk.tenancy import TenantFile, Tx, read_tenants, scope
from tests.accounts import Somebody, joins, somebody
from tests.regio36 import answers
from workers.binding import BINDINGS

TENANTS = Path(__file__).parents[1] / "tenants"
SEATS = ("de_meierij", "swv_3006", "jongerenaanpak", "kw1c_expertiseteam", "leerwerkloket")


CONSENT = "toestemmingsformulier"


async def consents(tx: Tx, case_id: UUID) -> None:
    """Attaches a signed consent form to a draft."""
    signed = await store(
        tx, case_id, purpose="bijlage", field=CONSENT, name="a.pdf", media_type="application/pdf", content=b"%PDF-1.7"
    )
    await save_draft(tx, await read(tx, case_id, lock=True), Draft({CONSENT: [str(signed)]}))


@dataclass
class Partnership:
    """A loaded tenant; `callers` by name, `persons` for logging in over HTTP."""

    tenant_id: UUID
    scheme_id: UUID
    callers: dict[str, Caller] = field(default_factory=dict)
    persons: dict[str, Somebody] = field(default_factory=dict)

    async def open(self, **changes: Any) -> UUID:
        """A complete draft of the vo school, its signed consent attached unless `changes` say otherwise."""
        bas = self.callers["bas"]
        async with scope(self.tenant_id, bas.person_id) as tx:
            case_id = await open_case(tx, bas, self.scheme_id, Draft(answers(**{CONSENT: None} | changes)))
            if CONSENT not in changes:
                await consents(tx, case_id)
            return case_id

    async def do(self, who: str, case_id: UUID, kind: str, **fields: Any) -> tuple[Case, Act]:
        """An act of somebody, in a transaction of its own."""
        caller = self.callers[who]
        async with scope(self.tenant_id, caller.person_id) as tx:
            return await act(tx, caller, case_id, Deed(kind, fields), in_force())

    async def filed(self, **changes: Any) -> UUID:
        case_id = await self.open(**changes)
        await self.do("bas", case_id, "indienen")
        return case_id

    async def deliver(self) -> None:
        """Does what stands in this tenant's outbox, as the workers would, until nothing is due."""
        query = "SELECT id FROM outbox WHERE tenant_id = $1 AND done_at IS NULL AND dead_at IS NULL AND next_at <= $2"
        for _ in range(20):
            async with scope(self.tenant_id, None) as tx:
                due = [row["id"] for row in await tx.fetch(query, self.tenant_id, clock.now())]
            if not due:
                return
            for outbox_id in due:
                await BINDINGS.deliver(self.tenant_id, outbox_id)

    async def to_review(self, **changes: Any) -> UUID:
        """A case whose pack was made and released."""
        case_id = await self.filed(**changes)
        await self.do("jolijn", case_id, "volledig_verklaren")
        await self.deliver()
        await self.do("jolijn", case_id, "vrijgeven")
        return case_id

    async def case(self, case_id: UUID) -> Case:
        async with scope(self.tenant_id, None) as tx:
            return await read(tx, case_id)


@cache
def _files() -> dict[str, TenantFile]:
    return {each.code: each for each in read_tenants(TENANTS)}


async def loaded(code: str) -> UUID:
    """The id of one tenant of ours, loaded without the others: most tests have need of one."""
    return await loading.load_one(_files()[code])


async def regio_36() -> Partnership:
    """The partnership with a coordinator (bas), an ondersteuner (jolijn) and a reviewer on every seat (by the seat's name)."""
    tenant_id = await loaded("regio-36")
    async with scope(tenant_id, None) as tx:
        school = await by_name(tx, "Duinzicht College")
        version = next(item for item in await schemes.current(tx) if item.scheme.code == "interventiebudget")
    assert school is not None
    found = Partnership(tenant_id, version.id)
    await enlist(found, "bas", ["coordinator"], organisation_id=school.id)
    await enlist(found, "jolijn", ["ondersteuner"])
    for seat in SEATS:
        await enlist(found, seat, ["reviewer"], [Seat(seat, False)])
    return found


async def enlist(
    partnership: Partnership,
    name: str,
    roles: Sequence[str],
    seats: Sequence[Seat] = (),
    organisation_id: UUID | None = None,
) -> Caller:
    """One more member, known by a name."""
    person = await somebody()
    membership = await joins(person, partnership.tenant_id, roles, seats, organisation_id)
    caller = Caller(
        person.id, partnership.tenant_id, membership, frozenset(roles), frozenset(seat.code for seat in seats),
        organisation_id=organisation_id,
    )  # fmt: skip
    partnership.persons[name], partnership.callers[name] = person, caller
    return caller
