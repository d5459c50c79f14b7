"""HTTP without a feature in it: the application, its guard, problem documents, and what a route declares itself with."""

from maatwerk.http.app import Application, create_app
from maatwerk.http.caller import Caller, Credentials, Identify
from maatwerk.http.cursors import Page, PageRequest
from maatwerk.http.etag import Version, etag
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
