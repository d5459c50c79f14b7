"""The outline of a scheme as somebody may see it: the headings of one version, with the cases of every version under them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from maatwerk import clock
from maatwerk.cases import schemes
from maatwerk.http.caller import Caller
from maatwerk.outlines.queries import entries, said, version_ids
from maatwerk.rules.belonging import holds
from maatwerk.rules.outline import OutlineDef
from maatwerk.rules.outline_tree import Entry, Tree, choose, grow, options
from maatwerk.rules.places import places
from maatwerk.rules.refusals import Forbidden, Invalid, NotFound
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx


@dataclass(frozen=True)
class Shown:
    """An outline with what was chosen of it; `every` are all its entries, by the numbers that others wait for."""

    version_id: UUID
    scheme: Scheme
    outline: OutlineDef
    tree: Tree
    every: Sequence[Entry]
    chosen: Mapping[str, Collection[str]]
    only_overdue: bool

    @property
    def by_number(self) -> dict[str, Entry]:
        return {each.one(self.outline.number): each for each in self.every}


async def show(tx: Tx, caller: Caller, version_id: UUID, wanted: str = "", *, only_overdue: bool = False) -> Shown:
    """The outline with the cases that have the wanted traits: `vraag:antwoord` with commas between; more answers to one question widen
    the choice.

    Raises NotFound for a scheme without an outline, Forbidden for who is none of its audiences, Invalid for a trait that is no
    filter.
    """
    scheme, outline = await opened(tx, caller, version_id)
    chosen = _chosen(scheme, outline, wanted)
    versions = [each for each in await version_ids(tx, scheme.code) if sees(caller, await schemes.version(tx, each))]
    every = await entries(tx, caller, versions, clock.today())
    left = choose(every, chosen, only_overdue=only_overdue)
    tree = grow(outline, every, left, await said(tx, scheme.code, outline.field))
    return Shown(version_id, scheme, outline, tree, every, chosen, only_overdue)


async def opened(tx: Tx, caller: Caller, version_id: UUID) -> tuple[Scheme, OutlineDef]:
    """(the scheme, its outline). Raises NotFound, Forbidden."""
    scheme = await schemes.version(tx, version_id)
    if scheme.outline is None:
        raise NotFound.because("geen_indeling", "Deze regeling heeft geen indeling.")
    if not sees(caller, scheme):
        raise Forbidden.because("geen_rol", "In uw rol ziet u deze indeling niet.")
    return scheme, scheme.outline


def sees(caller: Caller, scheme: Scheme) -> bool:
    """Whether the scheme shows its outline to somebody with the caller's roles."""
    where = places(scheme)
    audiences = scheme.outline.audiences if scheme.outline else ()
    return any(holds(caller, role, where[role]) for role in audiences)


async def visible(tx: Tx, caller: Caller) -> list[schemes.Version]:
    """The versions in force of which the caller sees the outline."""
    today = clock.today()
    return [each for each in await schemes.current(tx) if each.holds_on(today) and sees(caller, each.scheme)]


def _chosen(scheme: Scheme, outline: OutlineDef, wanted: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in filter(None, wanted.split(",")):
        name, _, value = each.partition(":")
        if name not in outline.filters:
            mend = f"Kies uit: {', '.join(outline.filters) or 'geen'}."
            raise Invalid.because("kenmerk", "Op deze vraag is hier niet te kiezen.", mend=mend, field="kenmerken")
        if value not in options(scheme, name):
            mend = f"Kies uit: {', '.join(options(scheme, name))}."
            raise Invalid.because("kenmerk", "Dit antwoord bestaat niet bij die vraag.", mend=mend, field="kenmerken")
        found.setdefault(name, []).append(value)
    return found
