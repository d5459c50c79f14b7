"""The cookies of sessions: of somebody with an account, and of a guest. Only demo mode, on plain http over loopback, does without
`__Host-` and Secure."""

from litestar.datastructures import Cookie

from maatwerk.settings import Settings

LIFETIME = 36_000
GUEST_LIFETIME = 7_200


def cookie_name(settings: Settings) -> str:
    """The name under which the session's id travels."""
    return "sessie" if settings.demo else "__Host-sessie"


def guest_cookie_name(settings: Settings) -> str:
    """The same of a guest. It is another cookie, so that no address but those for guests looks at it."""
    return "gast" if settings.demo else "__Host-gast"


def session_cookie(settings: Settings, value: str) -> Cookie:
    """The cookie that carries a session id; it ends with the session's longest life."""
    return _cookie(settings, cookie_name(settings), value, LIFETIME)


def no_session_cookie(settings: Settings) -> Cookie:
    """The cookie that removes it."""
    return _cookie(settings, cookie_name(settings), "", 0)


def guest_cookie(settings: Settings, value: str) -> Cookie:
    """The cookie of a guest's session; without a value it removes it."""
    return _cookie(settings, guest_cookie_name(settings), value, GUEST_LIFETIME if value else 0)


def _cookie(settings: Settings, name: str, value: str, seconds: int) -> Cookie:
    return Cookie(
        key=name,
        value=value,
        path="/",
        max_age=seconds,
        secure=not settings.demo,
        httponly=True,
        samesite="lax",
    )
