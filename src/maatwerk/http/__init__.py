"""HTTP without a feature in it: the application, its guard, problem documents, and what a route declares itself with.

What needs the web framework is looked up when it is first asked for: workers and the demo, which need who asks or a version,
do without."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from maatwerk.http.caller import Caller, Credentials, Identify
from maatwerk.http.etag import Version, etag

if TYPE_CHECKING:
    from maatwerk.http.app import Application, create_app
    from maatwerk.http.cursors import Page, PageRequest
    from maatwerk.http.given import FromPath, GivenCaller, GivenOnce, GivenPage, GivenVersion, GivenVisitor, JSONBody
    from maatwerk.http.idempotency import Once
    from maatwerk.http.routes import delete, get, header, patch, post, put

__all__ = [
    "Application",
    "Caller",
    "Credentials",
    "FromPath",
    "GivenCaller",
    "GivenOnce",
    "GivenPage",
    "GivenVersion",
    "GivenVisitor",
    "Identify",
    "JSONBody",
    "Once",
    "Page",
    "PageRequest",
    "Version",
    "create_app",
    "delete",
    "etag",
    "get",
    "header",
    "patch",
    "post",
    "put",
]
_WHERE = {
    "app": ("Application", "create_app"),
    "cursors": ("Page", "PageRequest"),
    "given": ("FromPath", "GivenCaller", "GivenOnce", "GivenPage", "GivenVersion", "GivenVisitor", "JSONBody"),
    "idempotency": ("Once",),
    "routes": ("delete", "get", "header", "patch", "post", "put"),
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        for module, names in _WHERE.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(name)
