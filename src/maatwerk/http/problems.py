"""Problem documents (RFC 9457): the only shape in which this API says no. Texts are Dutch and never repeat what was sent."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import msgspec

from maatwerk.crypto import Erased
from maatwerk.rules.decoding import FileRefused
from maatwerk.rules.refusals import Conflict, Forbidden, Invalid, NotFound, Reason, Refused, Stale

MEDIA_TYPE = "application/problem+json"
MOST_FAULTS = 500

TITLES: Mapping[int, str] = {
    400: "Het verzoek klopt niet",
    401: "U bent niet ingelogd",
    403: "Dit mag u niet",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm van antwoord is er niet",
    409: "Dit kan nu niet",
    410: "Gewist",
    412: "Iemand anders was u voor",
    413: "Het verzoek is te groot",
    415: "Deze vorm van inhoud wordt niet gelezen",
    422: "Dit is niet toegestaan",
    428: "Noem de versie die u zag",
    429: "Te veel pogingen",
    500: "Er ging iets mis bij ons",
    503: "De dienst is even niet bereikbaar",
}

DETAILS: Mapping[int, str] = {
    400: "Het verzoek is niet te lezen.",
    401: "Log in, of stuur een geldig token mee.",
    403: "Uw rol geeft hier geen toegang toe.",
    404: "Op dit adres is niets te vinden.",
    405: "Dit adres kent deze methode niet; de kop Allow noemt de methoden die wel kunnen.",
    406: "Dit adres antwoordt alleen met application/json.",
    409: "De stand van zaken laat dit niet toe.",
    410: "Deze gegevens zijn gewist.",
    412: "De gegevens zijn intussen gewijzigd. Haal ze opnieuw op.",
    413: "De inhoud is groter dan hier mag.",
    415: "Stuur de inhoud in een vorm die dit adres leest.",
    422: "De inhoud is gelezen, maar dit mag niet.",
    428: "Stuur de kop If-Match mee met de ETag die u eerder kreeg.",
    429: "Wacht even en probeer het dan opnieuw.",
    500: "De fout is bij ons vastgelegd onder het nummer in 'instance'.",
    503: "Probeer het zo dadelijk opnieuw.",
}


class InvalidParam(msgspec.Struct, frozen=True):
    """One place in the request that is wrong; `veld` is empty when it is about the whole. In a file it is the key or the
    column, and its line and what mends it are told too."""

    veld: str
    melding: str
    code: str
    bestand: str | msgspec.UnsetType = msgspec.UNSET
    regel: int | msgspec.UnsetType = msgspec.UNSET
    herstel: str | msgspec.UnsetType = msgspec.UNSET


class Ground(msgspec.Struct, frozen=True, omit_defaults=True):
    """One ground of a refusal, with what mends it."""

    code: str
    melding: str
    herstel: str = ""
    veld: str = ""


class Problem(msgspec.Struct, frozen=True, rename={"invalid_params": "invalidParams"}):
    """The document; `instance` names the request in the log."""

    status: int
    title: str
    detail: str
    type: str = "about:blank"
    instance: str | msgspec.UnsetType = msgspec.UNSET
    code: str | msgspec.UnsetType = msgspec.UNSET
    invalid_params: tuple[InvalidParam, ...] | msgspec.UnsetType = msgspec.UNSET
    redenen: tuple[Ground, ...] | msgspec.UnsetType = msgspec.UNSET


class Unauthenticated(Refused):
    """No credentials, or none that are valid (401)."""


class Unacceptable(Refused):
    """None of the wanted media types can be given (406)."""


class Unreadable(Refused):
    """A content type that this address does not read (415)."""


class VersionMissing(Refused):
    """A change without If-Match (428)."""


class TooSoon(Refused):
    """A try before its time (429)."""

    retry_after: int = 1

    @classmethod
    def within(cls, seconds: int, code: str, message: str) -> "TooSoon":
        """`seconds` is how long to wait; it becomes Retry-After."""
        refusal = cls((Reason(code, message),))
        refusal.retry_after = max(1, seconds)
        return refusal


STATUSES: Mapping[type[Refused], int] = {
    Invalid: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Unacceptable: 406,
    Conflict: 409,
    Erased: 410,
    Stale: 412,
    Unreadable: 415,
    Refused: 422,
    VersionMissing: 428,
    TooSoon: 429,
}


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal, by the nearest class in its line."""
    return next(STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)


def plain(status: int, request_id: UUID | None, detail: str = "", code: str = "") -> Problem:
    """A problem of which the status says it all."""
    return Problem(
        status=status,
        title=TITLES.get(status, "Het verzoek is geweigerd"),
        detail=detail or DETAILS.get(status, "Het verzoek is geweigerd."),
        instance=_instance(request_id),
        code=code or msgspec.UNSET,
    )


def of_refusal(refusal: Refused, request_id: UUID | None) -> Problem:
    """The problem of a refusal: places in the input for a 400, grounds with their mend for the others."""
    status = status_of(refusal)
    if not refusal.reasons:
        return plain(status, request_id)
    invalid = status == 400
    return Problem(
        status=status,
        title=TITLES[status],
        detail=_detail(refusal.reasons),
        instance=_instance(request_id),
        code=refusal.reasons[0].code,
        invalid_params=tuple(_params(refusal)) if invalid else msgspec.UNSET,
        redenen=msgspec.UNSET if invalid else tuple(_ground(reason) for reason in refusal.reasons),
    )


def _params(refusal: Refused) -> Iterator[InvalidParam]:
    if isinstance(refusal, FileRefused):
        for fault in refusal.faults[:MOST_FAULTS]:
            yield InvalidParam(fault.key, fault.message, refusal.code, refusal.file, fault.line, fault.mend)
        return
    for reason in refusal.reasons:
        yield InvalidParam(reason.field, f"{reason.message} {reason.mend}".strip(), reason.code)


def _ground(reason: Reason) -> Ground:
    return Ground(code=reason.code, melding=reason.message, herstel=reason.mend, veld=reason.field)


def _detail(reasons: Sequence[Reason]) -> str:
    if len(reasons) > 1:
        return f"Er zijn {len(reasons)} bezwaren; ze staan hieronder."
    return f"{reasons[0].message} {reasons[0].mend}".strip()


def _instance(request_id: UUID | None) -> str | msgspec.UnsetType:
    return f"urn:uuid:{request_id}" if request_id else msgspec.UNSET
