"""The session cookie. Only demo mode, on plain http over loopback, does without `__Host-` and Secure."""

from litestar.datastructures import Cookie

from maatwerk.settings import Settings

LIFETIME = 36_000


def cookie_name(settings: Settings) -> str:
    """The name under which the session's id travels."""
    return "sessie" if settings.demo else "__Host-sessie"


def session_cookie(settings: Settings, value: str) -> Cookie:
    """The cookie that carries a session id; it ends with the session's longest life."""
    return _cookie(settings, value, LIFETIME)


def no_session_cookie(settings: Settings) -> Cookie:
    """The cookie that removes it."""
    return _cookie(settings, "", 0)


def _cookie(settings: Settings, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=cookie_name(settings),
        value=value,
        path="/",
        max_age=seconds,
        secure=not settings.demo,
        httponly=True,
        samesite="lax",
    )
