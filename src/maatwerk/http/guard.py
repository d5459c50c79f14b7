"""The one guard of the application. A handler that declares no permission is refused, here and already at start; what a
right means stands in rules/permissions.py."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import Any

from litestar import Litestar, Response
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.routes import HTTPRoute

from maatwerk.http.answered import Answered
from maatwerk.http.caller import Caller, Credentials, Identify
from maatwerk.http.cookies import cookie_name, guest_cookie_name
from maatwerk.http.origin import refuse_foreign
from maatwerk.http.problems import Unacceptable, Unauthenticated, Unreadable
from maatwerk.http.routes import answer_types
from maatwerk.rules.permissions import GUEST, OPERATOR, PUBLIC, RIGHTS, SESSION
from maatwerk.rules.refusals import Forbidden, Invalid, Reason
from maatwerk.settings import Settings

Connection = ASGIConnection[Any, Any, Any, Any]
NO_GUEST = "geen_gast"


class UndeclaredPermission(RuntimeError):
    """A handler without a permission, or with one that no role can have."""


class Guard:
    """Called by Litestar before every handler; leaves the caller in the request's state."""

    def __init__(self, settings: Settings, identify: Identify) -> None:
        self._settings = settings
        self._identify = identify

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        if is_options(handler):
            raise Answered(Response(None, status_code=204, headers={"Allow": methods_of(connection)}))
        permission = handler.opt.get("permission")
        if not isinstance(permission, str):
            raise Forbidden.because("niet_opengesteld", "Dit adres is niet opengesteld.")
        credentials = self._credentials(connection, permission)
        if not credentials.token:
            self._refuse_foreign(connection, unreferred=bool(handler.opt.get("unreferred")))
        brought = credentials.session or credentials.token or credentials.guest
        caller = await self._identify(credentials) if brought else None
        connection.scope["state"]["caller"] = caller
        _refuse_unpermitted(caller, permission)
        _refuse_unwanted(connection, handler)

    def _credentials(self, connection: Connection, permission: str) -> Credentials:
        network = client_network(connection)
        if permission == GUEST:
            return Credentials(guest=connection.cookies.get(guest_cookie_name(self._settings), ""), network=network)
        authorization = connection.headers.get("authorization")
        if authorization is None:
            return Credentials(session=connection.cookies.get(cookie_name(self._settings), ""), network=network)
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _unauthenticated()
        return Credentials(token=token.strip(), network=network)

    def _refuse_foreign(self, connection: Connection, *, unreferred: bool) -> None:
        """A page that gives no referrer sends `Origin: null`; where the form itself carries the secret, that is no stranger's."""
        scope: Any = connection.scope
        headers = connection.headers
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        origin = None if unreferred and origin == "null" else origin
        refuse_foreign(scope["method"], site, origin, self._settings.public_url)


def _refuse_unpermitted(caller: Caller | None, permission: str) -> None:
    if permission == PUBLIC:
        return
    if caller is None or (caller.guest is None) is (permission == GUEST):
        raise _uninvited() if permission == GUEST else _unauthenticated()
    if permission == GUEST:
        return
    if permission == SESSION:
        if caller.session_id is None:
            raise Forbidden.because("alleen_ingelogd", "Dit kan alleen wie zelf is ingelogd, niet met een token.")
        return
    if caller.tenant is None and OPERATOR not in caller.roles:
        _ = caller.tenant_id
    if not caller.may(permission):
        raise Forbidden.because("geen_recht", "Uw rol geeft hier geen toegang toe.")


def _refuse_unwanted(connection: Connection, handler: BaseRouteHandler) -> None:
    """406 for an answer that can't be given, 415 for a form in another shape, 400 for unknown or doubled parameters."""
    produces = answer_types(handler)
    if not any(accepts(connection.headers.get("accept"), kind) for kind in produces):
        raise Unacceptable((Reason("antwoordsoort", f"Dit adres antwoordt alleen met {' of '.join(produces)}."),))
    form = handler.opt.get("form")
    if form and connection.headers.get("content-type", "").partition(";")[0].strip().lower() != form:
        raise Unreadable((Reason("inhoudssoort", f"Stuur de inhoud als {form}."),))
    known = handler.opt.get("query")
    names = [name for name, _ in connection.query_params.multi_items()]
    wrong = {name for name in names if known is not None and name not in known}
    twice = {name for name in names if names.count(name) > 1} - wrong
    reasons = [Reason("onbekend", "Deze parameter bestaat hier niet.", field=name[:60]) for name in sorted(wrong)]
    reasons += [Reason("dubbel", "Deze parameter staat er meer dan eens.", field=name) for name in sorted(twice)]
    if reasons:
        raise Invalid(tuple(reasons))


def accepts(accept: str | None, media_type: str) -> bool:
    """Whether an Accept header admits the media type; problem documents come anyhow."""
    if not accept or not accept.strip():
        return True
    kind = media_type.partition("/")[0]
    for part in accept.split(","):
        name, _, parameters = part.partition(";")
        refused = parameters.replace(" ", "").lower() in ("q=0", "q=0.0", "q=0.00", "q=0.000")
        if name.strip().lower() in (media_type, f"{kind}/*", "*/*") and not refused:
            return True
    return False


def client_network(connection: Connection) -> str:
    """The prefix that stands for whoever asks."""
    return network_of(connection.client.host if connection.client else "")


def network_of(host: str) -> str:
    """The prefix that stands for a caller: /24 of IPv4, /56 of IPv6; empty when there is no address."""
    try:
        address = ip_address(host)
    except ValueError:
        return ""
    return str(ip_network(f"{address}/{24 if address.version == 4 else 56}", strict=False))


def methods_of(connection: Connection) -> str:
    """What the path of this request takes; Litestar's own answer knows only the first handler of a path."""
    path = connection.scope.get("path_template")
    routes = (route for route in connection.app.routes if isinstance(route, HTTPRoute))
    return allowing(method for route in routes if route.path_format == path for method in route.methods)


def allowing(methods: Iterable[str]) -> str:
    """The value of an Allow header; whatever can be got can be asked with HEAD too."""
    found = {method.strip() for method in methods}
    return ", ".join(sorted(found | ({"HEAD"} if "GET" in found else set())))


def is_options(handler: BaseRouteHandler) -> bool:
    """Whether this is the handler that Litestar adds by itself; it tells the methods and nothing else."""
    return isinstance(handler, HTTPRouteHandler) and set(handler.http_methods) == {"OPTIONS"}


def declare_all(app: Litestar) -> None:
    """Checks every handler's permission and notes what it reads. Raises UndeclaredPermission, so at start."""
    for route, handler, model in handlers_of(app):
        permission = handler.opt.get("permission")
        if permission not in (PUBLIC, SESSION, GUEST) and permission not in RIGHTS:
            raise UndeclaredPermission(f"{route.path}: {handler.handler_name} declares {permission!r}")
        form = model.expected_form_data[0] if model.expected_form_data else ""
        handler.opt["form"] = str(getattr(form, "value", form))
        handler.opt["query"] = frozenset(parameter.field_alias for parameter in model.expected_query_params)


def handlers_of(app: Litestar) -> Iterable[tuple[HTTPRoute, HTTPRouteHandler, Any]]:
    """Every handler of the application, with its route and what Litestar knows of its parameters."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            raise UndeclaredPermission(f"{route.path} is no HTTP route")
        for handler, model in {id(pair[0]): pair for pair in route.route_handler_map.values()}.values():
            if not is_options(handler):
                yield route, handler, model


def _uninvited() -> Unauthenticated:
    message = "Uw bezoek is afgelopen, of u kwam niet met een link binnen."
    return Unauthenticated((Reason(NO_GUEST, message, "Open de link uit uw nieuwste mail."),))


def _unauthenticated() -> Unauthenticated:
    return Unauthenticated((Reason("niet_ingelogd", "Log in, of stuur een geldig token mee."),))
