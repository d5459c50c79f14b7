"""Applications through the public API from a school's draft to the besluit, by the people of the demo, many at a time. Every
deed that the service confirmed is noted: that is what must be there afterwards."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maatwerk.local.accounts import DemoAccount
from maatwerk.local.client import Declined, Person
from tests.regio36 import answers
from tests.survival.patience import Patient
from tests.uploads import pdf

TENANT = "regio-36"
SUPPORTER = "jolijn.waterman@regio36.example"
REVIEWERS = {
    "de_meierij": "dorien.meijs@demeierij.example",
    "swv_3006": "sjoerd.linnartz@swv3006.example",
    "jongerenaanpak": "nadir.bennani@jongerenaanpak.example",
    "kw1c_expertiseteam": "karin.wouda@kw1c.example",
    "leerwerkloket": "lotte.verhagen@leerwerkloket.example",
}
SECONDS_OF_NOTHING = 240.0


@dataclass(frozen=True)
class School:
    address: str
    name: str
    sector: str
    born: int
    panel: tuple[str, ...]


VO = ("de_meierij", "swv_3006", "jongerenaanpak")
MBO = ("kw1c_expertiseteam", "leerwerkloket", "jongerenaanpak")
SCHOOLS = (
    School("bas.coster@duinzicht.example", "Duinzicht College", "vo", 2009, VO),
    School("fenna.draaier@rivierlyceum.example", "Rivierlyceum", "vo", 2010, VO),
    School("okke.vliegen@kw1c.example", "KW1C", "mbo", 2005, MBO),
)


@dataclass(frozen=True)
class Deed:
    """An act that the service confirmed."""

    case_id: str
    kind: str
    seq: int
    seat: str = ""


@dataclass
class Progress:
    """What has been confirmed so far, for who wants to strike at a chosen point."""

    deeds: list[Deed] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    last: float = 0.0

    def tell(self, deed: Deed) -> None:
        with self.changed:
            self.deeds.append(deed)
            self.last = time.monotonic()
            self.changed.notify_all()

    def reaches(self, count: int, stall: float) -> bool:
        """Waits for so many deeds; False when none was added for `stall` seconds of real time."""
        with self.changed:
            while len(self.deeds) < count:
                if not self.changed.wait(stall):
                    return False
        return True


class Cast:
    """The people of the demo, over one patient transport; they log in once each, before anything falls."""

    def __init__(self, url: str, accounts: dict[str, DemoAccount], folder: Path) -> None:
        self.transport = Patient()
        self.consent = folder / "toestemming.pdf"
        self.consent.write_bytes(pdf("Toestemming voor delen met het beoordelingsteam"))
        self._people = {
            address: Person(url, accounts[address], TENANT, self.transport)
            for address in (SUPPORTER, *REVIEWERS.values(), *(school.address for school in SCHOOLS))
        }
        self.supporter = self._people[SUPPORTER]
        self.scheme_id = self.tenant_id = ""

    def gather(self) -> None:
        """Everybody logs in, and looks up what he needs."""
        for person in self._people.values():
            person.log_in()
        self.scheme_id = next(
            item["id"] for item in self.supporter.get("/regelingen") if item["regelingCode"] == "interventiebudget"
        )
        self.tenant_id = next(
            item["id"] for item in self.supporter.get("/partnerschappen")["resultaten"] if item["code"] == TENANT
        )

    def school(self, school: School) -> Person:
        return self._people[school.address]

    def reviewer(self, seat: str) -> Person:
        return self._people[REVIEWERS[seat]]

    def close(self) -> None:
        for person in self._people.values():
            person.close()


class Application:
    """One pupil's application; every third one is turned down."""

    def __init__(self, cast: Cast, number: int, progress: Progress) -> None:
        self.cast = cast
        self.school = SCHOOLS[number % len(SCHOOLS)]
        self.granted = number // len(SCHOOLS) % 3 != 2
        self.cents = 100_000 + 100 * number
        self.deeds = 8 if self.granted else 10
        self.case_id = self.number = ""
        self._birth = f"{self.school.born}-03-{1 + number % 28:02}"
        self._progress = progress

    def run(self) -> None:
        """From draft to besluit. Raises whatever went otherwise than it should."""
        self.begin()
        self.file()
        self.complete()
        self.review()
        self.decide()

    def begin(self) -> None:
        """The draft, with the form that was signed."""
        who = self.cast.school(self.school)
        filled = answers(
            sector=self.school.sector,
            school=self.school.name,
            leerling={"voornaam": "Saar", "achternaam": "Joosten", "geboortedatum": self._birth},
            kosten=[{"omschrijving": "Coaching, 8 weken", "bedrag": self.cents}],
            toestemmingsformulier=None,
        )
        self.case_id = who.post("/aanvragen", {"regelingId": self.cast.scheme_id, "antwoorden": filled})["id"]
        self._progress.tell(Deed(self.case_id, "openen", 0))
        who.upload(self.case_id, "toestemmingsformulier", self.cast.consent)
        self._progress.tell(Deed(self.case_id, "bijlage", 0))

    def file(self) -> None:
        self.number = self._act(self.cast.school(self.school), "indienen")["zaaknummer"]

    def complete(self) -> None:
        self._act(self.cast.supporter, "volledig_verklaren")

    def review(self) -> None:
        """The pack, once it is made, to the seats; all three vote at once, and two are counted."""
        self.await_the_pack()
        self._act(self.cast.supporter, "vrijgeven")
        self._vote()

    def decide(self) -> None:
        """The besluit, with what a rejection needs before it."""
        if not self.granted:
            self._act(self.cast.supporter, "advies_vastleggen", advies="Bespreek het in het zorgteam van de school.")
            self._act(self.cast.supporter, "bellen_afspreken", zetel=self.school.panel[0])
        self._act(self.cast.supporter, "besluit_verzenden")

    def await_the_pack(self) -> None:
        def ready() -> bool:
            standing = self.cast.supporter.get(f"/aanvragen/{self.case_id}/stand")
            return any(o["handeling"] == "vrijgeven" and not o["belemmeringen"] for o in standing["mogelijk"])

        self._wait_for(ready)

    def _vote(self) -> None:
        """With the same advice; who comes third is told that it is decided."""
        with ThreadPoolExecutor(len(self.school.panel)) as together:
            votes = list(together.map(self._try_to_vote, self.school.panel))
        assert sum(votes) == 2, votes

    def _try_to_vote(self, seat: str) -> bool:
        stem = "voor" if self.granted else "tegen"
        try:
            self._act(self.cast.reviewer(seat), "stemmen", stem=stem, motivering="Past bij de regeling.")
        except Declined as no:
            assert no.status == 409, no.problem
            return False
        return True

    def _act(self, who: Person, kind: str, **fields: Any) -> Any:
        done = who.act(self.case_id, kind, **fields)
        self._progress.tell(Deed(self.case_id, kind, done["volgnummer"], done.get("stoel", "")))
        return done

    def _wait_for(self, holds: Callable[[], bool]) -> None:
        """Looks twice a second: what is waited for needs the same processors. As long as anybody gets on, so may this."""
        began = time.monotonic()
        while not holds():
            assert time.monotonic() < max(began, self._progress.last) + SECONDS_OF_NOTHING, "the pack did not come"
            time.sleep(0.5)
