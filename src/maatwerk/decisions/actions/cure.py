"""An act that is dated back can bring a term to its end in time after it was told to have passed. What was told stays, and somebody
has to see what was done because of it."""

from datetime import date

from maatwerk import clock
from maatwerk.cases.case import Case
from maatwerk.cases.queries import notices
from maatwerk.decisions.actions.follow import role_task
from maatwerk.rules.acts import Act
from maatwerk.rules.catching_up import alarms
from maatwerk.tenancy import Tx

TITLE = "Een termijn is als verstreken gemeld en was dat achteraf niet: kijk na wat erop volgde"


async def point_out_cures(tx: Tx, case: Case, act: Act) -> None:
    """A task for whoever was told that a term passed, for each one that this act, dated before that day, kept from passing."""
    if act.on == clock.today():
        return
    passed = {(alarm.id, alarm.on) for alarm in alarms(case.scheme, case.acts, date.min, clock.today())}
    for told in await notices(tx, case.id):
        term = case.scheme.clocks.get(told.id)
        cured = told.kind == "verstreken" and act.on < told.on_day and (told.id, told.on_day) not in passed
        if term is None or not cured or not term.on_pass.role:
            continue
        await role_task(tx, case, term.on_pass.role, TITLE, f"{case.id}:{told.id}:{told.on_day}:op_tijd")
