"""Plays examples through the public API as the people of the demo, and says what happens. What it does stands in the examples:
no name, amount or rule of a partnership is known here. Whatever is not as an example expects is raised as `Unexpected`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from maatwerk.local.accounts import DemoAccount
from maatwerk.local.client import Declined, Person, TookTooLong
from maatwerk.local.demo_examples import Example, Step
from maatwerk.local.demo_mail import MailMissing, Post
from maatwerk.local.engines import Say

OBSERVER = "ondersteuner"


class Unexpected(Exception):
    """One Dutch sentence on what was not as expected."""


@dataclass
class Crowd:
    """The people of the demo; each logs in once."""

    url: str
    accounts: Mapping[str, DemoAccount]
    known: dict[tuple[str, str], Person] = field(default_factory=dict)

    def person(self, address: str, tenant: str) -> Person:
        """Somebody, at work in a tenant. Raises Unexpected for an address without an account."""
        if address not in self.accounts:
            raise Unexpected(f"Er is geen demo-account voor {address}.")
        if (address, tenant) not in self.known:
            self.known[address, tenant] = Person(self.url, self.accounts[address], tenant)
        return self.known[address, tenant]

    def close(self) -> None:
        for person in self.known.values():
            person.close()

    def observer(self, tenant: str) -> Person:
        """Somebody who sees the delivery log and the members of a tenant."""
        found = next((a for a in self.accounts.values() if tenant in a.tenants and OBSERVER in a.roles), None)
        if found is None:
            raise Unexpected(f"In {tenant} is er geen demo-account met de rol {OBSERVER}.")
        return self.person(found.address, tenant)


@dataclass
class Play:
    """One example being played."""

    example: Example
    crowd: Crowd
    post: Post
    deeds: Mapping[str, "Deed"]
    say: Say
    case_id: str = ""
    number: str = ""
    advice_id: str = ""
    uploaded: dict[str, list[str]] = field(default_factory=dict)

    def run(self) -> None:
        """Plays every step. Raises Unexpected."""
        self.say(f"\n── {self.example.title} ({self.example.folder.name})")
        for step in self.example.steps:
            try:
                self._play(step)
            except (TookTooLong, MailMissing) as error:
                raise self._wrong(step, str(error) or "het duurde te lang") from error
        if self.number:
            count = self.post.settle(self.crowd.observer(self.example.tenant), self.case_id, self.number)
            self.say(f"   {self.number}: {count} mails zijn aangenomen door de mailserver.")

    def _play(self, step: Step) -> None:
        do = self.deeds.get(step.does)
        if do is None:
            raise self._wrong(step, f"'{step.does}' is hier onbekend")
        who = self.who(step)
        self.say(f"   {who.account.name} {step.says}.")
        try:
            do(self, step, who)
        except Declined as no:
            self._refused(step, no)
        else:
            if step.refused:
                raise self._wrong(step, "dit had geweigerd moeten worden")
        self._check_phase(step)
        if self.number:
            self.post.show_new(self.number, [self._address(step, alias) for alias in step.mailed])

    def _refused(self, step: Step, no: Declined) -> None:
        if step.refused != "*" and step.refused not in no.codes:
            raise self._wrong(step, no.problem.get("detail", f"de dienst antwoordde {no.status}")) from no
        grounds = no.grounds or [("", no.problem.get("detail", ""), "")]
        for _, message, mend in grounds:
            self.say(f"      ✗ Geweigerd ({no.status}): {message} {mend}".rstrip())

    def _check_phase(self, step: Step) -> None:
        if not step.phase:
            return
        standing = self.crowd.observer(self.example.tenant).get(f"/aanvragen/{self.case_id}/stand")
        if standing["fase"] != step.phase:
            raise self._wrong(step, f"de fase is '{standing['fase']}' in plaats van '{step.phase}'")
        due = min((clock["uiterlijk"] for clock in standing["termijnen"] if clock["status"] == "loopt"), default="")
        self.say(f"      → {self.number}: {step.phase}" + (f"; eerste termijn loopt tot en met {due}" if due else ""))

    def who(self, step: Step) -> Person:
        return self.crowd.person(self._address(step, step.who), self.example.tenant)

    def member_id(self, step: Step, alias: str) -> str:
        """The membership of somebody of the example."""
        address = self._address(step, alias)
        members = self.crowd.observer(self.example.tenant).listed("/leden", pageSize=100)
        found = next((str(each["id"]) for each in members if each["mail"] == address), None)
        if found is None:
            raise self._wrong(step, f"'{alias}' is geen lid van {self.example.tenant}")
        return found

    def _address(self, step: Step, alias: str) -> str:
        if alias not in self.example.people:
            raise self._wrong(step, f"'{alias}' staat niet onder [wie]")
        return self.example.people[alias]

    def _wrong(self, step: Step, why: str) -> Unexpected:
        return Unexpected(f"{self.example.folder.name}: '{step.says}' liep anders dan verwacht: {why.rstrip('.')}.")


Deed = Callable[[Play, Step, Person], None]
