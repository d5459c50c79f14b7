"""Saving a draft: the answers so far, with every fault at once. What is missing is no fault until filing."""

from maatwerk import clock
from maatwerk.cases.actions.attachments import refuse_absent
from maatwerk.cases.case import Case, Draft, seal_draft
from maatwerk.crypto import Erased
from maatwerk.rules import form
from maatwerk.rules.marks import mark_faults
from maatwerk.rules.refusals import Conflict, Invalid
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx

UPDATE = """
    UPDATE support_case SET draft = $3, draft_seq = draft_seq + 1, changed_at = $4
    WHERE tenant_id = $1 AND id = $2 RETURNING draft_seq
"""


def checked(scheme: Scheme, draft: Draft) -> Draft:
    """The draft. Raises Invalid with every answer that does not fit, a number that may be a BSN included."""
    reasons = [*form.check(scheme.form, draft.answers, not_bsn=frozenset(draft.marks)), *mark_faults(draft.marks)]
    if reasons:
        raise Invalid(tuple(reasons))
    return draft


async def save_draft(tx: Tx, case: Case, changes: Draft) -> int:
    """The draft's new version, its answers merged with `changes` (None removes one). The caller holds the case's lock."""
    if not case.unfiled:
        raise Conflict.because(
            "al_ingediend", "Deze aanvraag is ingediend.", mend="Wijzig haar met de handeling aanvullen, zodra die kan."
        )
    if case.key is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    merged = {**case.draft.answers, **changes.answers}
    numbers = changes.not_bsn or case.draft.not_bsn
    draft = Draft({name: value for name, value in merged.items() if value is not None}, numbers)
    checked(case.scheme, draft)
    await refuse_absent(tx, case.scheme, case.id, changes.answers)
    sealed = seal_draft(tx, case.id, case.key, draft)
    version: int = await tx.fetchval(UPDATE, tx.tenant_id, case.id, sealed, clock.now())
    return version
