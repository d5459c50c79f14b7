"""E12: a partnership changes its own rules, without a developer: tried on its cases, published by a second admin, and what runs
keeps its version. On days after those of the other journeys, which go on under the rules of then.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from maatwerk.local.client import Person, wait_for
from tests.journeys.journey import Journey, begins, declined
from tests.journeys.service import Service

RULES = (Path(__file__).parents[2] / "tenants" / "regio-36" / "scheme.toml").read_text(encoding="utf-8")
NEWER = RULES.replace('versie = "2024-2025"', 'versie = "2031-2032"').replace("nodig = 2", "nodig = 3")
SAAR: dict[str, Any] = {"leerling": {"voornaam": "Saar", "achternaam": "Joosten", "geboortedatum": "2015-03-14"}}


@pytest.fixture
def monday(service: Service) -> Iterator[Service]:
    """A day on which no other journey goes; what is published then is withdrawn again, so that they never meet it."""
    service.goes_to("2031-09-01")
    yield service
    astrid = service.person("astrid")
    for each in astrid.get("/regelingen"):
        if each["regelingVersie"] == "2031-2032":
            changes(astrid, each["id"], "intrekking")


def writes(admin: Person, text: str) -> str:
    headers = {"Content-Type": "application/toml", "Idempotency-Key": str(uuid4())}
    return str(admin.request("POST", "/regelingen", content=text.encode(), headers=headers).json()["id"])


def changes(admin: Person, version: str, what: str, **body: str) -> Any:
    return admin.upon(
        f"/regelingen/{version}", lambda tag: admin.put(f"/regelingen/{version}/{what}", body, version=tag)
    )


def rules_of(case: Journey) -> str:
    return str(case.person(case.school).get(case.path)["regelingId"])


@pytest.mark.requirement("ALL-02", "R36-58")
def test_a_changed_rule_is_tried_published_by_a_second_admin_and_holds_for_new_cases_only(monday: Service) -> None:
    astrid, roel = monday.person("astrid"), monday.person("roel")
    decided = begins(monday, **SAAR).is_under_review()
    decided.votes("dorien", "voor")
    assert decided.votes("sjoerd", "voor")["uitkomsten"] == ["beoordeling: akkoord"]
    running = begins(monday, **SAAR).is_under_review()

    refusal = declined(writes, astrid, NEWER.replace("nodig = 3", "nodig = 4"))
    assert refusal.status == 400
    version = writes(astrid, NEWER)
    found = astrid.get(f"/regelingen/{version}/verschillen")
    assert "aantal stemmen dat nodig is: was 2, wordt 3." in found[-1]["uitleg"]

    period = {"eersteDag": "2031-09-01", "laatsteDag": "2031-09-01"}
    run = astrid.post(f"/regelingen/{version}/proefdraaien", period)["id"]
    done = wait_for(lambda: (now := astrid.get(f"/proefdraaien/{run}"))["status"] == "klaar" and now)
    assert done["gewijzigd"] >= 1
    (change,) = [
        each for each in astrid.listed(f"/proefdraaien/{run}/wijzigingen") if each["zaaknummer"] == decided.number
    ]
    assert (change["handeling"], change["wordt"]) == ("stemmen", "er volgt niets")

    changes(astrid, version, "voorstel")
    assert declined(changes, astrid, version, "publicatie", geldigVan="2031-09-02").codes == ["vier_ogen"]
    monday.settles()
    (mail,) = monday.mails("Een voorstel voor een regeling", "roel.hakvoort@")
    assert f"/beheer/regelingen/{version}" in mail.text
    assert "Beoordeling" not in mail.text
    changes(roel, version, "publicatie", geldigVan="2031-09-02")

    assert rules_of(begins(monday, **SAAR)) != version
    monday.goes_to("2031-09-02")
    running.votes("dorien", "voor")
    assert running.votes("nadir", "voor")["uitkomsten"] == ["beoordeling: akkoord"]

    new = begins(monday, **SAAR).is_under_review()
    assert rules_of(new) == version
    new.votes("dorien", "voor")
    assert new.votes("sjoerd", "voor")["uitkomsten"] == []
    assert new.votes("nadir", "voor")["uitkomsten"] == ["beoordeling: akkoord"]
    assert version not in (rules_of(decided), rules_of(running))
