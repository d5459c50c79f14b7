"""A tenant of the tenants' folder with two people for every role of a scheme: one where its cases are, one elsewhere. Cases are laid
into it as they stand in any step, without the way that leads there: who may read what is asked of stored acts alone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx

from maatwerk import clock, loading
from maatwerk.books.actions.envelopes import lock_all
from maatwerk.cases import schemes
from maatwerk.cases.actions.append import keep
from maatwerk.cases.actions.open import open_case
from maatwerk.cases.case import Draft, read
from maatwerk.decisions.actions.follow import role_task
from maatwerk.files.actions.store import store
from maatwerk.files.actions.upload import admit
from maatwerk.files.actions.upload import keep as keep_file
from maatwerk.http import Caller, Credentials
from maatwerk.organisations.actions.register import NewOrganisation, register
from maatwerk.people.identifying import identify
from maatwerk.people.queries import Seat
from maatwerk.people.scopes import identity_scope
from maatwerk.people.sessions import MADE_BY, open_session
from maatwerk.rules.acts import Act, Actor, Chair, Consequences, Effect, Ended, Facts, Opened, Raised
from maatwerk.rules.belonging import BY_NAME, CARRIERS
from maatwerk.rules.places import places, seat_roles
from maatwerk.rules.scheme import FieldDef, Scheme
from maatwerk.tenancy import Tx, load_tenant, read_tenants, scope
from tests import uploads
from tests.accounts import joins, somebody

HERE, ELSEWHERE = "Kasteelstad", "Verrestad"
KINDS = {"school": "school", "gemeente": "gemeente", "zetel": "bestuur", "bureau": "samenwerkingsverband"}
CARRIER = {"school": "coordinator", "bureau": "ondersteuner", "gemeente": "partner", "zetel": "partner"}
Say = Callable[[str, FieldDef, Mapping[str, UUID]], Any]
PARTS = ("voornaam", "achternaam", "adres", "telefoon", "email")


@dataclass
class Region:
    """`people` are callers by (role, whether his case is here); `secrets` open their sessions; `canaries` are the words that stand
    for each answer and each field of an act."""

    tenant_id: UUID
    version_id: UUID
    scheme: Scheme
    school: UUID
    people: dict[tuple[str, bool], Caller] = field(default_factory=dict)
    secrets: dict[UUID, str] = field(default_factory=dict)

    @property
    def roles(self) -> list[str]:
        """The roles that a member can have."""
        return [role for role, place in places(self.scheme).items() if place != "gezin"]

    async def get(self, client: httpx.AsyncClient, who: Caller, path: str, **query: str) -> httpx.Response:
        """What somebody is answered."""
        cookie = {"Cookie": f"sessie={self.secrets[who.person_id]}"}
        return await client.get(path, params=query, headers=cookie)


async def region(folder: Path, scheme_code: str, change: Callable[[str], str] = str) -> Region:
    """A tenant as its folder says, with its own people for one scheme, under which cases may begin today; `change` is made to its
    text."""
    tenant = next(each for each in read_tenants(folder.parent) if each.folder == folder)
    tenant_id = await load_tenant(tenant)
    await loading.load_schemes(tenant_id, tenant)
    async with scope(tenant_id, None) as tx:
        for path in loading.scheme_files(folder):
            if f'code = "{scheme_code}"' in (text := path.read_text(encoding="utf-8")):
                await schemes.keep_source(tx, change(re.sub(r"geldig_tot = \S+", "", text)))
        version = next(each for each in await schemes.current(tx) if each.scheme.code == scheme_code)
        made = {
            (kind, here): (await register(tx, _organisation(kind, here), None)).id
            for kind in KINDS.values()
            for here in (True, False)
        }
    found = Region(tenant_id, version.id, version.scheme, made["school", True])
    for role in found.roles:
        for here in (True, False):
            found.people[role, here] = await member(found, [role], made[KINDS[places(found.scheme)[role]], here])
    return found


def _organisation(kind: str, here: bool) -> NewOrganisation:
    town = HERE if here else ELSEWHERE
    return NewOrganisation(
        kind=kind, name=f"{kind} {town}", sector="vo" if kind == "school" else None, municipality=town
    )


async def member(region: Region, roles: list[str], organisation_id: UUID, *, carriers: Sequence[str] = ()) -> Caller:
    """A new member with functions of the scheme, on every seat that is theirs, as the service itself identifies him; `carriers` are
    roles in the tenant beside those that bear the functions."""
    scheme, person = region.scheme, await somebody()
    seats = [
        Seat(seat, False)
        for seat, role in seat_roles(scheme).items()
        if role in roles and places(scheme)[role] == "zetel"
    ]
    bearing = {"reviewer" if role == "beoordelaar" else CARRIER[places(scheme)[role]] for role in roles}
    functions = [role for role in roles if role not in BY_NAME]
    await joins(person, region.tenant_id, sorted({*bearing, *carriers}), seats, organisation_id, functions)
    async with identity_scope() as tx:
        session = await open_session(tx, person.id, made_by=MADE_BY, chosen=region.tenant_id)
    region.secrets[person.id] = session.secret
    caller = await identify(Credentials(session=session.secret))
    assert caller is not None and all(caller.roles & CARRIERS[places(scheme)[role]] for role in roles)
    return caller


@dataclass
class Laid:
    """A case as it was laid: its acts, the attachments by field, and letters by (role, number of the act), one to each role at the
    last act and one, without either, from before that was kept."""

    case_id: UUID
    acts: list[Act]
    files: dict[str, UUID]
    letters: dict[tuple[str, int] | None, UUID]

    @property
    def ended(self) -> list[tuple[str, int]]:
        """The steps that ended, each with the number of the act that did."""
        return [(one.step, act.seq) for act in self.acts for one in act.consequences.ended]


async def lay(region: Region, last: str, say: Say | None = None, effects: tuple[Effect, ...] = ()) -> Laid:
    """A case in which everything was done that the scheme knows in the steps up to one; that one is open. `say` answers instead of
    `answer`, and `effects` follow from the last act."""
    say = say or answer
    case_id = await _opened(region)
    files = {
        name: await _attached(region, case_id, name)
        for name, asked in region.scheme.form.items()
        if asked.kind == "bestand"
    }
    async with scope(region.tenant_id, None) as tx:
        answers = {name: say(name, asked, files) for name, asked in region.scheme.form.items()}
        acts = list(_acts(region, last, {name: value for name, value in answers.items() if value is not None}, say))
        acts[-1] = replace(acts[-1], consequences=replace(acts[-1].consequences, effects=effects))
        case = await read(tx, case_id, lock=True)
        case, _ = await keep(tx, case, acts, Facts(), await lock_all(tx, case.scheme, [], [], clock.today(), case_id))
        for role in region.scheme.roles:
            await role_task(tx, case, role, f"Taak voor {role}", f"{case_id}:{role}")
        letters = {
            to: await _letter(tx, case_id, to) for to in (None, *((role, case.seq) for role in case.scheme.roles))
        }
    return Laid(case_id, acts, files, letters)


async def _letter(tx: Tx, case_id: UUID, to: tuple[str, int] | None) -> UUID:
    about = {"name": "besluit.pdf", "media_type": "application/pdf", "content": b"%PDF-1.7 brief"}
    audience, act_seq = to or (None, None)
    return await store(tx, case_id, purpose="brief", audience=audience, act_seq=act_seq, **about)


async def _attached(region: Region, case_id: UUID, field: str) -> UUID:
    admitted = await admit(field, f"{word(field)}.pdf", uploads.pdf(word(field)))
    async with scope(region.tenant_id, None) as tx:
        return (await keep_file(tx, None, case_id, field, admitted)).id


async def _opened(region: Region) -> UUID:
    first = {act for step in region.scheme.steps.values() if "begin" in step.after for act in step.acts}
    role = next(role for role in region.roles if any(role in region.scheme.acts[act].by for act in first))
    caller = region.people[role, True]
    at_school = places(region.scheme)[role] == "school"
    async with scope(region.tenant_id, caller.person_id) as tx:
        return await open_case(tx, caller, region.version_id, Draft(), None if at_school else region.school)


def _acts(region: Region, last: str, answers: Mapping[str, Any], say: Say) -> Iterator[Act]:
    scheme, seq = region.scheme, 0
    steps = list(scheme.steps)[: list(scheme.steps).index(last) + 1]
    for place, step in enumerate(steps):
        kinds = [*scheme.steps[step].acts, *(() if place else _anywhere(scheme))]
        for number, kind in enumerate(kinds, start=1):
            seq += 1
            over = number == len(kinds) and step != last
            changed = Consequences(step if kind in scheme.steps[step].acts else "", raised=_raised(scheme, kind, seq))
            if over:
                following = steps[place + 1]
                outcome = sorted(_outcomes(scheme, step))[0]
                changed = replace(changed, ended=(Ended(step, outcome),),
                                  opened=(Opened(following, 1, _chairs(region, following)),))  # fmt: skip
            yield Act(
                kind, clock.today(), _by(region, kind), _fields(scheme, kind, answers, say), seq, consequences=changed
            )


def _raised(scheme: Scheme, kind: str, seq: int) -> tuple[Raised, ...]:
    """The points that an act raises: of a table its first row."""
    lists = {name: each for name, each in scheme.follow_ups.items() if each.raised_by == kind}
    return tuple(Raised(name, seq, 0 if each.table else None) for name, each in lists.items())


def _anywhere(scheme: Scheme) -> list[str]:
    return [name for name, act in scheme.acts.items() if act.when != "stap"]


def _outcomes(scheme: Scheme, step: str) -> set[str]:
    acts = [scheme.acts[name] for name in scheme.steps[step].acts]
    rule = scheme.steps[step].rule
    chosen = {choice for act in acts if act.outcome_field for choice in act.fields[act.outcome_field].choices}
    return chosen | {act.outcome for act in acts if act.outcome} or {rule.yes or "klaar"}


def _chairs(region: Region, step: str) -> tuple[Chair, ...]:
    """The chairs of those who act in a step, and of its panel, all taken by those who are here."""
    scheme, own = region.scheme, seat_roles(region.scheme)
    acting = {role for act in scheme.steps[step].acts for role in scheme.acts[act].by}
    panel = {slot for each in scheme.steps[step].panels for slot in each.slots}
    slots = [slot for slot, role in own.items() if slot in panel or role in acting]
    return tuple(Chair(slot, str(region.people[own[slot], True].membership_id)) for slot in slots)


def _by(region: Region, kind: str) -> Actor:
    """The first role that may, in the person of somebody else than the readers: what one did himself one may always see."""
    role = region.scheme.acts[kind].by[0]
    return Actor(role, "")


def _fields(scheme: Scheme, kind: str, answers: Mapping[str, Any], say: Say) -> dict[str, Any]:
    if scheme.acts[kind].behaviour in ("indienen", "aanvullen"):
        return dict(answers)
    filled = {name: say(f"{kind}_{name}", asked, {}) for name, asked in scheme.acts[kind].fields.items()}
    return {name: value for name, value in filled.items() if value is not None}


def word(name: str) -> str:
    """The word that stands for an answer, and for nothing else."""
    return f"kanarie_{name}_kanarie"


def answer(name: str, asked: FieldDef, files: Mapping[str, UUID]) -> Any:
    """An answer of the kind that is asked, with the word of its name wherever somebody writes himself."""
    person = {part: word(name) for part in PARTS if part in asked.parts} | {"geboortedatum": "2010-05-04"}
    match asked.kind:
        case "tekst" | "lange_tekst":
            return word(name)
        case "persoon":
            return person
        case "personen":
            return [person]
        case "tabel":
            return [{column: answer(name, each, {}) for column, each in asked.columns.items()}]
        case "keuze":
            return next(iter(asked.choices), None)
        case "meerkeuze":
            return list(asked.choices)[:1]
        case "ja_nee" | "verklaring":
            return True
        case "getal" | "bedrag":
            return 12_345
        case "datum":
            return "2024-09-02"
        case "school":
            return f"school {HERE}"
        case "gemeente":
            return HERE
        case "bestand":
            return [str(files[name])] if name in files else None
        case _:
            return None
