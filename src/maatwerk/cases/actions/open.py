"""Opening a case: a draft under one version of a scheme, sealed from its first answer on. A school opens its own; whoever acts from
elsewhere names the school that it is about.
"""

from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases import schemes
from maatwerk.cases.actions.attachments import refuse_absent
from maatwerk.cases.actions.save import checked
from maatwerk.cases.case import Draft, seal_draft
from maatwerk.cases.projection import project
from maatwerk.cases.roles import PLATFORM_ROLES
from maatwerk.crypto import new_case_key
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.organisations.queries import organisation
from maatwerk.rules.belonging import holds
from maatwerk.rules.links import begins_for
from maatwerk.rules.places import places
from maatwerk.rules.questions import filing_acts
from maatwerk.rules.refusals import Forbidden, Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.rules.standing import standing
from maatwerk.tenancy import Tx

INSERT = """
    WITH opened AS (
        INSERT INTO support_case
            (tenant_id, id, scheme_version_id, organisation_id, opened_by, opened_as, opened_at, phase, draft, draft_seq,
             standing, changed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $7))
    INSERT INTO case_audience (tenant_id, case_id, role, owner_id, knows_school, opened_at) VALUES ($1, $2, $11, $12, true, $7)
"""


async def open_case(
    tx: Tx, caller: Caller, version_id: UUID, draft: Draft, organisation_id: UUID | None = None
) -> UUID:
    """The id of the new draft.

    Raises NotFound or Refused for the scheme, Invalid for answers that don't fit and an organisation that is not there, Forbidden
    for who begins no case of this scheme.
    """
    now = clock.now()
    scheme = await schemes.usable(tx, version_id, clock.legal_day(now))
    role = _begins_as(caller, scheme, filing=bool(draft.answers))
    at_school = places(scheme)[role] == "school"
    owner = await _organisation(tx, caller, at_school=at_school, asked=organisation_id)
    checked(scheme, draft)
    case_id = new_id()
    await refuse_absent(tx, scheme, case_id, draft.answers)
    key = await new_case_key(tx, case_id)
    found = standing(scheme, (), clock.legal_day(now))
    await tx.execute(
        INSERT,
        *(tx.tenant_id, case_id, version_id, owner, caller.membership_id, role, now),
        *(found.phase, seal_draft(tx, case_id, key, draft), project(found, {})),
        *(PLATFORM_ROLES.get(role, role), owner if at_school else caller.membership_id),
    )
    await audit.record(tx, what="zaak.geopend", object_kind="zaak", object_id=case_id, details={"rol": role})
    return case_id


def _begins_as(caller: Caller, scheme: Scheme, *, filing: bool) -> str:
    """The role in which somebody begins a case: one that files it, else (without answers) one that does something else in the
    first step, or lets in who files it."""
    first = {act for step in scheme.steps.values() if "begin" in step.after for act in step.acts}
    held = [role for role, place in places(scheme).items() if holds(caller, role, place)]
    filers, others = (
        [role for role in held if any(role in scheme.acts[a].by for a in acts)] for acts in (filing_acts(scheme), first)
    )
    hosts = [role for role in held if begins_for(scheme, role)]
    able = filers if filing else [*filers, *others, *hosts]
    if able and caller.membership_id is not None:
        return able[0]
    if filing and any(role in scheme.acts[act].by for role in held for act in first):
        raise Forbidden.because("geen_formulier", "In uw rol vult u hier geen formulier in.", field="antwoorden")
    raise Forbidden.because("geen_begin", "In uw rol begint u geen zaak onder deze regeling.", field="regelingId")


async def _organisation(tx: Tx, caller: Caller, *, at_school: bool, asked: UUID | None) -> UUID:
    own = caller.organisation_id
    if at_school:
        if own is None:
            raise Forbidden.because("geen_school", "Alleen wie bij een school hoort, opent een aanvraag.")
        if asked not in (None, own):
            raise Forbidden.because("andere_school", "U opent alleen voor uw eigen school.", field="organisatieId")
        return own
    wanted = asked or own
    if wanted is None or await organisation(tx, wanted) is None:
        raise Invalid.because(
            "organisatie",
            "Deze organisatie hoort niet bij dit partnerschap.",
            mend="Noem de school waarover het gaat.",
            field="organisatieId",
        )
    return wanted
