"""An application on its way through the running service: what people do to it, in the words of the journeys."""

import io
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf

from maatwerk.local.client import Declined, Person, wait_for
from maatwerk.local.demo_deeds import everything_open
from tests.journeys.service import Service
from tests.regio36 import answers

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "regio-36"
SAAR = EXAMPLES / "01-vo-akkoord"
CONSENT = SAAR / "toestemmingsformulier.pdf"
VO = ("dorien", "sjoerd", "nadir")


@dataclass
class Journey:
    """A case; `who` are first names of demo accounts in its tenant."""

    service: Service
    case_id: str
    school: str = "bas"
    ondersteuner: str = "jolijn"
    tenant: str = "regio-36"
    number: str = ""

    def person(self, who: str) -> Person:
        return self.service.person(who, self.tenant)

    def does(self, who: str, kind: str, **fields: Any) -> Any:
        """An act of somebody. Raises Declined."""
        done = self.person(who).act(self.case_id, kind, **fields)
        self.number = done.get("zaaknummer", self.number)
        return done

    def is_filed(self) -> "Journey":
        self.does(self.school, "indienen")
        return self

    def is_complete(self) -> "Journey":
        self.is_filed()
        self.does(self.ondersteuner, "volledig_verklaren")
        return self

    def is_under_review(self) -> "Journey":
        """Filed, complete, made into a pack and released."""
        self.is_complete()
        self.looks_over()
        self.does(self.ondersteuner, "vrijgeven", kleine_groep_gezien=True)
        return self

    def looks_over(self) -> Any:
        """The pack, once the ondersteuner has decided every mark and seen of whom the attachments may speak."""
        self.decides(everything_open(self.pack()))
        for item in self.pack()["onderdelen"]:
            if item["belemmeringen"] and all(block["teBevestigen"] for block in item["belemmeringen"]):
                self.mends(item, gezien=True)
        return self.pack()

    def mends(self, item: Mapping[str, Any], **change: object) -> Any:
        """The ondersteuner changes a part of the pack."""
        person, path = self.person(self.ondersteuner), f"{self.path}/pakket"
        place = f"{path}/onderdelen/{item['id']}"
        return person.upon(path, lambda tag: person.patch(place, change, version=tag))

    def decides(self, verdicts: Sequence[Mapping[str, Any]]) -> Any:
        """The ondersteuner decides marks of the pack, all in one request."""
        if not verdicts:
            return None
        person, path = self.person(self.ondersteuner), f"{self.path}/pakket"
        body = {"beslissingen": list(verdicts)}
        return person.upon(path, lambda tag: person.post(f"{path}/_beslis", body, version=tag))

    def pack(self) -> Any:
        """The pack for the ondersteuner, once it was made."""
        watcher, path = self.person(self.ondersteuner), f"{self.path}/pakket"

        def made() -> Any:
            try:
                found = watcher.get(path)
            except Declined as no:
                if no.status != 404:
                    raise
                return None
            return None if found["status"] == "bezig" else found

        return wait_for(made)

    def votes(self, who: str, vote: str, motivation: str = "Past bij de regeling.") -> Any:
        return self.does(who, "stemmen", stem=vote, motivering=motivation)

    def reads(self, who: str) -> Any:
        """What a reviewer gets to read."""
        return self.person(who).get(f"{self.path}/beoordelingspakket")

    @property
    def path(self) -> str:
        return f"/aanvragen/{self.case_id}"

    def standing(self, who: str = "") -> Any:
        return self.person(who or self.ondersteuner).get(f"{self.path}/stand")

    @property
    def phase(self) -> str:
        return str(self.standing()["fase"])

    def clock(self, name: str) -> Any:
        return next(clock for clock in self.standing()["termijnen"] if clock["id"] == name)

    def offer(self, kind: str, who: str = "") -> Any:
        """The act as it is offered now, None when it isn't."""
        return next((each for each in self.standing(who)["mogelijk"] if each["handeling"] == kind), None)

    def tasks(self, who: str, status: str = "open") -> list[str]:
        """The titles of somebody's tasks in this case."""
        return [task["titel"] for task in self.person(who).listed("/taken", aanvraagId=self.case_id, status=status)]

    def mails(self, to: str = "") -> list[str]:
        """The subjects of the mails about this case that left so far, once everything due was sent."""
        self.service.settles()
        return [mail.summary.subject for mail in self.service.mails(self.number, to, self.tenant)]

    def letter(self, who: str = "") -> bytes:
        """The letter of the decision, fetched by the school or by somebody else who reads it."""
        reader = self.person(who or self.school)

        def sent() -> Any:
            return next((each for each in reader.get(f"{self.path}/bijlagen") if each["soort"] == "brief"), None)

        return reader.fetch(f"{self.path}/bijlagen/{wait_for(sent)['id']}")


def begins(
    service: Service,
    coordinator: str = "bas",
    ondersteuner: str = "jolijn",
    tenant: str = "regio-36",
    *,
    files: Sequence[tuple[str, Path]] = (("toestemmingsformulier", CONSENT),),
    **changes: Any,
) -> Journey:
    """A draft with complete answers (of Saar, when nothing changes) and its attachments."""
    person = service.person(coordinator, tenant)
    scheme = next(each["id"] for each in person.get("/regelingen") if each["geldt"])
    filled = answers(**{"toestemmingsformulier": None} | changes)
    case = person.post("/aanvragen", {"regelingId": scheme, "antwoorden": filled})
    for field, path in files:
        person.upload(case["id"], field, path)
    return Journey(service, case["id"], coordinator, ondersteuner, tenant)


def declined(change: Any, *arguments: Any, **more: Any) -> Declined:
    """The refusal that this must meet."""
    try:
        change(*arguments, **more)
    except Declined as no:
        return no
    raise AssertionError("it was not refused")


def joins(service: Service, tenant: str, day: str) -> Service:
    """The service on a day, with one more partnership and its demo people, who are members from then on."""
    service.goes_to(day)
    folder = service.settings.tenants / tenant
    if not folder.exists():
        shutil.copytree(ROOT / "tenants" / tenant, folder)
        service.loads_tenants()
    return service


def opens(
    service: Service,
    tenant: str,
    who: str,
    scheme: str,
    answers: dict[str, Any],
    *,
    office: str,
    about: str = "",
    files: Sequence[tuple[str, Path]] = (),
) -> Journey:
    """A draft of somebody under a scheme of another partnership; `about` is the school for which he begins it, `office` who follows
    it. The journey's school is who opened it."""
    person = service.person(who, tenant)
    version = next(e["id"] for e in person.get("/regelingen") if e["geldt"] and e["regelingCode"] == scheme)
    body: dict[str, Any] = {"regelingId": version, "antwoorden": answers}
    if about:
        body["organisatieId"] = next(e["id"] for e in person.listed("/organisaties") if e["naam"] == about)
    case = person.post("/aanvragen", body)
    for field, path in files:
        person.upload(case["id"], field, path)
    return Journey(service, case["id"], who, office, tenant)


def words(pdf: bytes) -> str:
    """The text of a letter on one line."""
    return " ".join("\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
