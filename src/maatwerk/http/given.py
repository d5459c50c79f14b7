"""What a handler may ask for by name: the kinds of its parameters `caller`, `visitor`, `once`, `page`, `version` those of its path, and
the body `data`. Litestar finds a dependency by the parameter's name, so the names are fixed."""

from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from maatwerk.http.caller import Caller
from maatwerk.http.cursors import PageRequest
from maatwerk.http.etag import Version
from maatwerk.http.idempotency import Once

GivenCaller = NamedDependency[Caller]
GivenVisitor = NamedDependency[Caller | None]
GivenOnce = NamedDependency[Once]
GivenPage = NamedDependency[PageRequest]
GivenVersion = NamedDependency[Version]

__all__ = ["FromPath", "GivenCaller", "GivenOnce", "GivenPage", "GivenVersion", "GivenVisitor", "JSONBody"]
