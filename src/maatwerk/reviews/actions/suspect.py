"""A school says whom it thinks involved. It knows no members and learns of none here: it gives a name, and the answer is the same
whoever bears it. The ondersteuner gets a task; until it is settled, whoever the name may mean is kept off (R36-40)."""

from dataclasses import replace
from uuid import UUID

from maatwerk import audit, clock
from maatwerk.cases.case import Case
from maatwerk.cases.meeting import meet
from maatwerk.crypto import Erased, seal
from maatwerk.db import new_id
from maatwerk.http.caller import Caller
from maatwerk.reviews.suspicions import Suspicion, place, suspicions
from maatwerk.rules.involvement import Part
from maatwerk.rules.names import telling, words
from maatwerk.rules.permissions import ONDERSTEUNER
from maatwerk.rules.refusals import Forbidden, Invalid
from maatwerk.tasks.actions.create import create
from maatwerk.tenancy import Tx

INSERT = """
    INSERT INTO suspicion (tenant_id, id, case_id, name, what, reported_by, reported_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
TITLE = "Een school vermoedt dat iemand betrokken is bij een leerling: bevestig of verwerp dat"
SETTLING = "vermoeden_afhandelen"


async def suspect(tx: Tx, caller: Caller, case: Case, name: str, what: Part) -> Suspicion:
    """The suspicion; the same name again, while it is open, changes only how. The caller holds the case's lock.

    Raises Forbidden for who is not of the case's school, Invalid for what is no name, Erased.
    """
    if "school" not in meet(caller, case).places:
        raise Forbidden.because("geen_toegang", "Alleen de school van deze aanvraag meldt een vermoeden.")
    if not telling(name):
        raise Invalid.because("naam", "Dit is geen naam.", mend="Geef voornaam en achternaam.", field="naam")
    if case.key is None or caller.membership_id is None:
        raise Erased.because("gewist", "De gegevens van deze zaak zijn gewist.")
    known = await suspicions(tx, [case])
    again = next((each for each in known if not each.verdict and words(each.name) == words(name)), None)
    if again is not None:
        await tx.execute(
            "UPDATE suspicion SET what = $3 WHERE tenant_id = $1 AND id = $2", tx.tenant_id, again.id, what
        )
        return replace(again, what=what)
    found = Suspicion(new_id(), case.id, name, what, clock.now(), "", None)
    sealed = seal(case.key, place(tx, found.id), name.encode())
    await tx.execute(INSERT, tx.tenant_id, found.id, case.id, sealed, what, caller.membership_id, found.reported_at)
    await audit.record(tx, "vermoeden.gemeld", "zaak", case.id, details={"vermoeden": found.id, "hoe": what})
    await create(
        tx, case_id=case.id, title=TITLE, role=ONDERSTEUNER, done_by_act=SETTLING, source_key=task_of(found.id)
    )
    return found


def task_of(suspicion_id: UUID) -> str:
    """The key of the task to settle it."""
    return f"vermoeden:{suspicion_id}"
