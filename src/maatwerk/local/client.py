"""The public API as somebody who logs in uses it: for the demo and for tests. It knows HTTP and nothing of a partnership.

A code of an app works once: log in once and keep the Person, which threads may share. What the service refuses is raised as
`Declined`.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

import httpx
import pyotp

from maatwerk import clock
from maatwerk.local.accounts import DemoAccount
from maatwerk.people.totp import STEP

T = TypeVar("T")
_BASE = "/api/v1"
_PATIENCE = 20.0
_PAUSE = 0.05
_TRIES = 8
_MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".png": "image/png",
    ".jpg": "image/jpeg",
}


class Declined(Exception):
    """The service said no: `status`, and the problem document with its grounds in Dutch."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status}: {problem.get('detail', '')}")
        self.status = status
        self.problem = problem

    @property
    def grounds(self) -> list[tuple[str, str, str]]:
        """(code, message, mend) of every ground."""
        found = self.problem.get("redenen") or self.problem.get("invalidParams") or []
        return [(item["code"], item["melding"], item.get("herstel", "")) for item in found]

    @property
    def codes(self) -> list[str]:
        return [code for code, _, _ in self.grounds] or [str(self.problem.get("code", ""))]


class TookTooLong(Exception):
    """What was waited for did not come."""


def wait_for(look: Callable[[], T | None], seconds: float = _PATIENCE) -> T:
    """What `look` finds, as soon as it finds something that is not None or False. Raises TookTooLong."""
    until = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None and found is not False:
            return found
        if time.monotonic() > until:
            raise TookTooLong
        time.sleep(_PAUSE)


class Person:
    """Somebody with an account, logged in from the first request on; `tenant` is the code of where he works.

    `transport` replaces httpx's own: for who has to do something about a connection that is cut.
    """

    def __init__(
        self, base_url: str, account: DemoAccount, tenant: str = "", transport: httpx.BaseTransport | None = None
    ) -> None:
        self.account = account
        self._tenant = tenant
        self._http = httpx.Client(base_url=base_url, trust_env=False, timeout=30.0, transport=transport)
        self._logins = 0
        self._at_the_door = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the connections; the session stays."""
        self._http.close()

    def log_in(self) -> Self:
        """Logs in and chooses the tenant. A code that was used already is followed by the next one, or waited for."""
        for attempt in range(4):
            steps = min(attempt, 1)
            answer = self._http.post(f"{_BASE}/sessies", json=self._login(steps))
            if answer.status_code == httpx.codes.CREATED:
                self._logins += 1
                self._choose(answer.json())
                return self
            if answer.status_code != httpx.codes.UNAUTHORIZED or attempt == 3:
                raise _declined(answer)
            if steps:
                time.sleep(STEP - clock.now().timestamp() % STEP + 0.1)
        raise AssertionError

    def get(self, path: str, **query: Any) -> Any:
        """The answer's JSON."""
        return self.request(
            "GET", path, params=query or None
        ).json()  # an empty one would take away the query of `path`

    def fetch(self, path: str) -> bytes:
        """The answer as it is, for files."""
        return self.request("GET", path).content

    def listed(self, path: str, **query: Any) -> Iterator[Any]:
        """Every item of a list that comes in pages."""
        answer = self.get(path, **query)
        while True:
            yield from answer["resultaten"]
            if "volgende" not in answer:
                return
            answer = self.get(answer["volgende"].removeprefix(_BASE))

    def post(self, path: str, body: Any = None, *, version: str = "") -> Any:
        """The answer's JSON; the request carries a new Idempotency-Key and, when given, the version that was seen."""
        return self.request("POST", path, json={} if body is None else body, headers=_headers(version)).json()

    def patch(self, path: str, body: Any, *, version: str = "") -> Any:
        return self.request("PATCH", path, json=body, headers=_headers(version)).json()

    def put(self, path: str, body: Any, *, version: str = "") -> Any:
        return self.request("PUT", path, json=body, headers=_headers(version)).json()

    def act(
        self, case_id: str, kind: str, *, on: str = "", not_bsn: list[dict[str, str]] | None = None, **fields: Any
    ) -> Any:
        """Does an act on the case as it is now, and again when somebody else was first."""
        body: dict[str, Any] = {"handeling": kind, "velden": fields}
        body |= {"op": on} if on else {}
        body |= {"geenBsn": not_bsn} if not_bsn else {}
        return self.upon(f"/aanvragen/{case_id}/stand", lambda tag: self.post(self._acts(case_id), body, version=tag))

    def save(self, case_id: str, answers: Mapping[str, Any], not_bsn: list[dict[str, str]] | None = None) -> Any:
        """Saves answers of a draft."""
        body: dict[str, Any] = {"antwoorden": answers}
        body |= {"geenBsn": not_bsn} if not_bsn else {}
        path = f"/aanvragen/{case_id}"
        return self.upon(path, lambda tag: self.patch(path, body, version=tag))

    def upload(self, case_id: str, field: str, path: Path) -> Any:
        """Adds a file to a field of the form."""
        sent = (path.name, path.read_bytes(), _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream"))
        headers = {"Idempotency-Key": str(uuid4())}
        url = f"/aanvragen/{case_id}/bijlagen"
        return self.request("POST", url, data={"veld": field}, files={"bestand": sent}, headers=headers).json()

    def upon(self, path: str, change: Callable[[str], T]) -> T:
        """Makes a change with the ETag that `path` has now; again when it was stale by then."""
        for attempt in range(_TRIES):
            try:
                return change(self.request("GET", path).headers["etag"])
            except Declined as no:
                if no.status != httpx.codes.PRECONDITION_FAILED or attempt == _TRIES - 1:
                    raise
        raise AssertionError

    def request(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Any request; logs in first, and again when the session ended meanwhile. Raises Declined."""
        logins = self._log_in_once(0)
        answer = self._http.request(method, f"{_BASE}{path}", **more)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            self._log_in_once(logins)
            answer = self._http.request(method, f"{_BASE}{path}", **more)
        if answer.is_error:
            raise _declined(answer)
        return answer

    def _log_in_once(self, logins: int) -> int:
        """Logs in, unless another thread did since there had been so many logins; answers how many there are now. Together they
        would use each other's codes up, and be taken for somebody who guesses."""
        with self._at_the_door:
            if self._logins == logins:
                self.log_in()
            return self._logins

    def _login(self, steps: int) -> dict[str, str]:
        counter = int(clock.now().timestamp()) // STEP + steps
        code = pyotp.HOTP(self.account.totp).at(counter)
        return {"adres": self.account.address, "wachtwoord": self.account.password, "code": code}

    def _choose(self, session: Mapping[str, Any]) -> None:
        tenants = self._http.get(f"{_BASE}/partnerschappen").json()["resultaten"]
        wanted = next((item for item in tenants if item["code"] == self._tenant), None)
        if wanted is None and self._tenant and tenants:
            raise LookupError(f"{self.account.name} is nu geen lid van '{self._tenant}'.")
        if wanted is None or session.get("gekozen") == wanted["id"]:
            return
        answer = self._http.put(f"{_BASE}/sessies/huidig/partnerschap", json={"partnerschapId": wanted["id"]})
        if answer.is_error:
            raise _declined(answer)

    def _acts(self, case_id: str) -> str:
        return f"/aanvragen/{case_id}/handelingen"


def _headers(version: str) -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())} | ({"If-Match": version} if version else {})


def _declined(answer: httpx.Response) -> Declined:
    try:
        problem = answer.json()
    except ValueError:
        problem = {}
    return Declined(answer.status_code, problem if isinstance(problem, dict) else {})
