"""Acts and what each brought about. An act is judged once; afterwards only its stored consequences are read.

`fields` may be empty after erasure: nothing that decides where a case stands may depend on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from maatwerk.rules.rooms import Pot, Room


@dataclass(frozen=True)
class Identified:
    """How (a code of rules/links.py) and when somebody showed that he is who was let in."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Actor:
    """Who acts and as what. `person` is an opaque id ("" for the service itself), `seat` the chair of a reviewer. `known` tells how
    somebody without an account was identified; of a member his account says it."""

    role: str
    person: str = ""
    seat: str = ""
    known: Identified | None = None


SYSTEM = Actor("systeem")


@dataclass(frozen=True)
class Candidate:
    """Somebody who could fill a seat. `involved` says why not (a part in the pupil's case), `load` counts open cases."""

    person: str
    substitute: bool = False
    absent: bool = False
    involved: str = ""
    load: int = 0


@dataclass(frozen=True)
class Earlier:
    """An earlier case of the same pupil, in codes: nothing that a person wrote. `outcome` is that of the step that ended last,
    `outcomes` all of them as `<step>.<outcome>`, `granted` what its books of money hold, in eurocents."""

    scheme: str
    product: str = ""
    running: bool = True
    outcome: str = ""
    outcomes: tuple[str, ...] = ()
    closed: str = ""
    filed_on: date = field(kw_only=True)
    granted: int = field(default=0, kw_only=True)

    @property
    def seen(self) -> dict[str, Any]:
        """As conditions read it in `eerder`."""
        return {
            "regeling": self.scheme,
            "product": self.product,
            "loopt": self.running,
            "uitkomst": self.outcome,
            "uitkomsten": list(self.outcomes),
            "gesloten": self.closed,
            "ingediend_op": self.filed_on.isoformat(),
            "toegekend": self.granted,
        }


@dataclass(frozen=True)
class Facts:
    """The outside, as looked up for one judgement: typed facts, candidates per seat, the room of the envelope that was locked for
    each pot, and the earlier cases that a person linked to the same pupil."""

    values: Mapping[str, Any] = field(default_factory=dict)
    candidates: Mapping[str, tuple[Candidate, ...]] = field(default_factory=dict)
    room: Mapping[Pot, Room] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True)
class Chair:
    """A place on a frozen panel: a seat (or a pupil's number), who fills it, and why this person."""

    slot: str
    person: str = ""
    why: str = ""


@dataclass(frozen=True)
class Opened:
    step: str
    round: int
    chairs: tuple[Chair, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Reseated:
    """A chair of a step that was open, with who sits there instead of somebody whose case it is no more."""

    step: str
    chair: Chair


@dataclass(frozen=True)
class Ended:
    step: str
    outcome: str
    why: str = ""


@dataclass(frozen=True)
class Effect:
    """What follows, once: `amount` in the book's unit, `over` by how much a book went past its ceiling, `passed` the thresholds that
    were reached. `payee` is the place of the answer that names who is paid, `reference` what must stand on the invoice."""

    kind: str
    book: str = ""
    amount: int = 0
    over: int = 0
    text: str = ""
    audience: str = ""
    title: str = ""
    done_by: str = ""
    part: str = ""
    passed: tuple[int, ...] = ()
    payee: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Raised:
    """A point that is followed from here on: `number` within its list, `row` of the act's table (None: the act itself)."""

    follow_up: str
    number: int
    row: int | None = None
    due: date | None = None


@dataclass(frozen=True)
class Consequences:
    """All that an act changed. `vote` is (slot, vote), `consent` (id, role, state); `became` names moments that no key above
    tells, such as the state a whole consent came in; `warned` the gates that warned without refusing; `settled` (list, number) of points
    that were done, `mandate` the line of the register under which it was done."""

    step: str = ""
    opened: tuple[Opened, ...] = ()
    ended: tuple[Ended, ...] = ()
    reopened: tuple[str, ...] = ()
    vote: tuple[str, str] | None = None
    seated: Chair | None = None
    reseated: tuple[Reseated, ...] = ()
    consent: tuple[str, str, str] | None = None
    done_for: str = ""
    effects: tuple[Effect, ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    became: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    closed: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    earlier: tuple[Earlier, ...] = ()
    raised: tuple[Raised, ...] = ()
    settled: tuple[tuple[str, int], ...] = ()
    mandate: str = ""


@dataclass(frozen=True)
class Act:
    """A dated deed. `on` is its legal day, `at` when it was recorded (UTC), `seq` counts from 1 within the case; `not_bsn` are the
    numbers in it that look like a BSN and are none, with the reason."""

    kind: str
    on: date
    by: Actor
    fields: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0
    at: datetime | None = None
    step: str = ""
    consequences: Consequences = field(default_factory=Consequences)
    not_bsn: Mapping[str, str] = field(default_factory=dict)
