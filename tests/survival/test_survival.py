"""Applications in flight while processes are killed and Redis comes back empty: what was confirmed is there, everything had
its effect once, and no mail is lost. `make survive` does it at scale, and prints what it came through."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import pytest

from maatwerk.local.mailbox import Mail
from tests.survival.applications import Application, Cast, Deed, Progress
from tests.survival.besieged import MAATWERK, WORKERS, Besieged
from tests.survival.inventory import Inventory, aside, inventory, unfinished

AT_SCALE = os.environ.get("MAATWERK_SURVIVE") == "scale"
COUNT = 54 if AT_SCALE else 12
ROUNDS = 3 if AT_SCALE else 1
STALL = 3.0
IN_VAIN = 6
MAILS = Counter({"ontvangst": 1, "beoordeling_gevraagd": 3, "geen_stem_meer_nodig": 1})

Mishap = Callable[[Besieged, Progress], None]


def killing(*names: str) -> Mishap:
    return lambda service, _: service.kill(*names)


def redis_stays_away_and_comes_back_empty(service: Besieged, progress: Progress) -> None:
    service.redis.kill()
    service.killed["redis"] = service.killed.get("redis", 0) + 1
    try:
        progress.reaches(len(progress.deeds) + 6, STALL)
    finally:
        service.redis.start()


def every_worker_falls(service: Besieged, _: Progress) -> None:
    service.lapse()


MISHAPS: Sequence[Mishap] = (
    killing("worker-1"), killing("relay"), killing("api"), redis_stays_away_and_comes_back_empty, killing("worker-2"),
    every_worker_falls, killing("ticker"), killing("api", "relay"), redis_stays_away_and_comes_back_empty,
)  # fmt: skip


@dataclass(frozen=True)
class Aftermath:
    """What was wanted and what there is."""

    applications: Sequence[Application]
    deeds: Sequence[Deed]
    held: Inventory
    caught: Sequence[Mail]
    killed: dict[str, int]
    broken: Sequence[str]
    audit: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def aftermath(service: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    with closing(Cast(service.url, service.accounts, tmp_path_factory.mktemp("cast"))) as cast:
        cast.gather()
        began, progress = time.monotonic(), Progress()
        applications = [Application(cast, number, progress) for number in range(COUNT)]
        try:
            lay_siege(service, applications, progress)
            settle(service, cast.tenant_id)
        except BaseException:
            print(service.testimony())
            raise
        held = aside(inventory(service.database_url, cast.tenant_id))
        broken = cast.transport.broken
        found = Aftermath(
            applications, progress.deeds, held, service.mails(""), service.killed, broken, audited(service)
        )
        tell(found, cast, time.monotonic() - began)
    return found


def lay_siege(service: Besieged, applications: Sequence[Application], progress: Progress) -> None:
    """Everybody at work at once; a mishap each time that another share of the deeds is confirmed."""
    total = sum(application.deeds for application in applications)
    plan = MISHAPS * ROUNDS
    with ThreadPoolExecutor(len(applications)) as pool:
        busy = [pool.submit(application.run) for application in applications]
        for number, mishap in enumerate(plan, start=1):
            progress.reaches(number * total // (len(plan) + 1), STALL)
            mishap(service, progress)
        see_through(service, busy, progress)
    for each in busy:
        each.result()


def see_through(service: Besieged, busy: Sequence[Future[None]], progress: Progress) -> None:
    """Until everybody is done; what a fallen worker had taken is free again once its lease has ended."""
    patience = STALL
    while not all(each.done() for each in busy):
        if progress.reaches(len(progress.deeds) + 1, patience):
            patience = STALL
        elif not all(each.done() for each in busy):
            service.lapse()
            patience *= 2


def settle(service: Besieged, tenant_id: str) -> None:
    """Until nothing waits in the outbox. However slow it goes, it goes on; only when time passed in vain it gives up."""
    patience, in_vain = STALL, 0
    left = aside(unfinished(service.database_url, tenant_id))
    while left:
        assert in_vain < IN_VAIN, f"{left} rows of the outbox are not done"
        until = time.monotonic() + patience
        while (now_left := aside(unfinished(service.database_url, tenant_id))) == left and time.monotonic() < until:
            time.sleep(0.2)
        if now_left == left:
            service.lapse()
            patience, in_vain = 2 * patience, in_vain + 1
        else:
            left, patience, in_vain = now_left, STALL, 0


def audited(service: Besieged) -> subprocess.CompletedProcess[str]:
    env = os.environ | service.environment()
    return subprocess.run([MAATWERK, "audit", "verify"], env=env, capture_output=True, text=True)


def message_id(mail: Mail) -> str:
    return dict(mail.headers)["Kenmerk"]


def tell(found: Aftermath, cast: Cast, seconds: float) -> None:
    doubles = len(found.caught) - len({message_id(mail) for mail in found.caught})
    print(
        f"\n{len(found.applications)} aanvragen, {len(found.deeds)} bevestigde handelingen in {seconds:.0f} s;"
        f" gedood: {found.killed}; verbroken verzoeken: {len(cast.transport.cut)},"
        f" bewaarde antwoorden: {len(cast.transport.replayed)}; mails: {len(found.caught)}, dubbel: {doubles}"
    )


def doubled(items: Sequence[object]) -> list[object]:
    return [item for item, times in Counter(items).items() if times > 1]


def test_every_application_that_was_accepted_is_there_once(aftermath: Aftermath) -> None:
    assert sorted(case["id"] for case in aftermath.held.cases) == sorted(a.case_id for a in aftermath.applications)
    numbers = sorted(case["number"] for case in aftermath.held.cases)
    assert numbers == [f"2024-{number:04}" for number in range(1, COUNT + 1)]


def test_every_confirmed_act_is_there_once_and_no_other(aftermath: Aftermath) -> None:
    confirmed = [(d.case_id, d.kind, d.seq, d.seat) for d in aftermath.deeds if d.seq]
    held = [(act["case_id"], act["kind"], act["seq"], act["seat"]) for act in aftermath.held.acts]
    assert sorted(confirmed) == sorted(held)


def test_the_acts_of_a_case_are_numbered_without_a_gap(aftermath: Aftermath) -> None:
    for case in aftermath.held.cases:
        seqs = [act["seq"] for act in aftermath.held.acts if act["case_id"] == case["id"]]
        assert seqs == list(range(1, case["seq"] + 1))


def test_no_vote_is_doubled_and_two_decide(aftermath: Aftermath) -> None:
    votes = [(act["case_id"], act["seat"]) for act in aftermath.held.acts if act["kind"] == "stemmen"]
    assert doubled(votes) == []
    assert set(Counter(case_id for case_id, _ in votes).values()) == {2}


def test_every_application_is_decided_once_and_as_the_votes_were(aftermath: Aftermath) -> None:
    phases = {case["id"]: (case["phase"], case["closed"]) for case in aftermath.held.cases}
    wanted = {a.case_id: ("afspraken", "") if a.granted else ("afgewezen", "afgewezen") for a in aftermath.applications}
    assert phases == wanted
    sent = [act["case_id"] for act in aftermath.held.acts if act["kind"] == "besluit_verzenden"]
    assert sorted(sent) == sorted(wanted)


def test_every_handler_had_its_effect_once_and_no_row_is_dead(aftermath: Aftermath) -> None:
    rows = aftermath.held.outbox
    assert [row["handler"] for row in rows if row["dead_at"] or not row["done_at"] or row["running_until"]] == []
    times = Counter(row["handler"] for row in rows)
    assert times["decisions.send_letter"] == times["anonymisation.make_pack"] == COUNT
    assert times["mail.send"] == len(aftermath.held.mails)
    cases = sorted(a.case_id for a in aftermath.applications)
    for what in ("pakket.gemaakt", "pakket.vrijgegeven", "brief.verzonden"):
        assert sorted(row["object_id"] for row in aftermath.held.trail if row["what"] == what) == cases, what


def test_every_case_has_one_letter_one_attachment_and_one_pack(aftermath: Aftermath) -> None:
    held, cases = aftermath.held, sorted(a.case_id for a in aftermath.applications)
    assert sorted(file["case_id"] for file in held.files if file["purpose"] == "brief") == cases
    assert sorted(file["case_id"] for file in held.files if file["purpose"] == "bijlage") == cases
    assert sorted(pack["case_id"] for pack in held.packs) == cases
    assert {pack["state"] for pack in held.packs} == {"vrijgegeven"}


def test_the_books_agree_with_the_grants_to_the_cent(aftermath: Aftermath) -> None:
    granted = {a.case_id: a.cents for a in aftermath.applications if a.granted}
    entries = [(entry["case_id"], entry["kind"], entry["amount"]) for entry in aftermath.held.entries]
    assert sorted(entries) == sorted((case_id, "vastleggen", cents) for case_id, cents in granted.items())
    effects = [
        effect["amount"]
        for act in aftermath.held.acts
        for effect in json.loads(act["consequences"])["effects"]
        if effect["kind"] == "vastleggen"
    ]
    committed = sum(envelope["committed"] for envelope in aftermath.held.envelopes)
    assert committed == sum(granted.values()) == sum(effects)
    assert {(envelope["reserved"], envelope["paid"]) for envelope in aftermath.held.envelopes} == {(0, 0)}


def test_no_task_is_doubled_and_the_done_ones_are_done(aftermath: Aftermath) -> None:
    tasks = Counter((task["case_id"], task["title"]) for task in aftermath.held.tasks)
    decided = {True: "Besluit verzenden", False: "Advies bij afwijzing vastleggen en besluit verzenden"}
    wanted = Counter((a.case_id, decided[a.granted]) for a in aftermath.applications)
    wanted += Counter(
        (a.case_id, "Bel de school voor een toelichting") for a in aftermath.applications if not a.granted
    )
    assert tasks == wanted
    waiting = {task["title"] for task in aftermath.held.tasks if task["done_at"] is None}
    assert waiting == {"Bel de school voor een toelichting"}


def test_every_mail_was_asked_for_once(aftermath: Aftermath) -> None:
    asked = {a.case_id: Counter[str]() for a in aftermath.applications}
    for mail in aftermath.held.mails:
        asked[mail["case_id"]][mail["kind"]] += 1
    for application in aftermath.applications:
        outcome = "besluit_akkoord" if application.granted else "besluit_afwijzing"
        assert asked[application.case_id] == MAILS + Counter([outcome])


def test_no_mail_is_lost_and_a_double_says_that_it_is_one(aftermath: Aftermath) -> None:
    """Only what a worker was sending when it was killed may arrive twice, with the same Message-ID."""
    assert {mail["state"] for mail in aftermath.held.mails} == {"verzonden"}
    arrived = Counter(message_id(mail).strip("<>") for mail in aftermath.caught)
    assert arrived.keys() == {mail["message_id"] for mail in aftermath.held.mails}
    fallen = sum(aftermath.killed.get(worker, 0) for worker in WORKERS)
    assert max(arrived.values()) <= 1 + fallen
    told = {(message_id(mail), mail.summary.recipients, mail.summary.subject) for mail in aftermath.caught}
    assert len(told) == len(arrived)


def test_nobody_got_an_error_of_the_service_itself(aftermath: Aftermath) -> None:
    assert aftermath.broken == []


def test_the_audit_trail_is_whole(aftermath: Aftermath) -> None:
    assert aftermath.audit.returncode == 0, aftermath.audit.stdout + aftermath.audit.stderr


def test_everything_that_could_fall_fell(aftermath: Aftermath) -> None:
    assert aftermath.killed.keys() == {"api", "relay", "ticker", "redis", *WORKERS}
