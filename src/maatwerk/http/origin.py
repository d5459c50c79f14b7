"""Against forged requests: a browser says where a request comes from, and a change must come from this service itself.
A caller that says nothing is no browser and has no cookies to abuse; the cookie is SameSite=Lax besides."""

from urllib.parse import urlsplit

from maatwerk.rules.refusals import Forbidden

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def refuse_foreign(method: str, site: str | None, origin: str | None, public_url: str) -> None:
    """Raises Forbidden for a change that another site sends.

    `site` is Sec-Fetch-Site, which only a browser can set; without it `origin` must be that of `public_url`.
    """
    if method in SAFE:
        return
    if site is not None:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = origin is not None and origin.lower() != origin_of(public_url)
    if foreign:
        raise Forbidden.because("vreemde_herkomst", "Dit verzoek kwam van een andere website.")


def origin_of(url: str) -> str:
    """Scheme, host and port, as a browser writes it."""
    parts = urlsplit(url.lower())
    return f"{parts.scheme}://{parts.netloc}"
