"""Somebody without an account at his phone: he reads his mail, opens the link, fills in the code, and sends forms as a browser does."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.guests import filled_in
from tests.journeys.service import Service
from tests.pages import seen

VISITS: list[httpx.Client] = []
OWN, FORM = "/mijn-aanvraag", "/mijn-aanvraag/invullen"


class Told(AssertionError):
    """A form came back with what is wrong; `words` is its whole page."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass
class Parent:
    """A guest with a mail address that is his alone."""

    service: Service
    tenant: str
    address: str
    client: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.Client(base_url=self.service.url, timeout=30)
        VISITS.append(self.client)

    def mails(self) -> list[Any]:
        self.service.settles()
        return self.service.mails("", self.address, self.tenant)

    def enters(self) -> str:
        """Opens the link of his newest mail that has one, asks a new one when it is too old, and what he then sees."""
        assert self.client.get("/toegang").status_code == 200
        answer = self.client.post("/toegang", data={"link": (secret := self.link())})
        if "Mail mij een nieuwe link" in answer.text:
            assert self.client.post("/toegang/nieuw", data={"link": secret}).status_code == 303
            answer = self.client.post("/toegang", data={"link": (secret := self.link())})
        assert answer.status_code == 200, seen(answer)
        (code,) = re.findall(r"^(\d{6})\r?$", self.mails()[-1].text, re.MULTILINE)
        answer = self.client.post("/toegang/code", data={"link": secret, "code": code})
        assert answer.status_code == 303, seen(answer)
        return self.sees()

    def link(self) -> str:
        return re.findall(r"/toegang#(\w{43})", "".join(mail.text for mail in self.mails()))[-1]

    def sees(self) -> str:
        return seen(self.client.get(OWN))

    def sends(self, kind: str, changes: dict[str, Any] | None = None, button: str = "doe", files: Any = ()) -> None:
        """Fills in the form of an act over what stands there, and presses a button. Raises Told."""
        page = self.client.get(FORM, params={"handeling": kind})
        assert page.status_code == 200, seen(page)
        data = {**filled_in(page), **(changes or {}), button: "1"}
        parts = [(name, (None, each)) for name, value in data.items() for each in _all(value)]
        answer = self.client.post(FORM, files=[*parts, *files])
        if answer.status_code != 303:
            raise Told(seen(answer))


def all_leave() -> None:
    """Closes every parent's browser."""
    while VISITS:
        VISITS.pop().close()


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
