"""Every page there is."""

from litestar.handlers import HTTPRouteHandler

from maatwerk.web import (
    account,
    attachments,
    case,
    dry_run,
    forgotten,
    invitation,
    login,
    logout,
    lost_app,
    outline,
    overview,
    pack,
    scheme,
    scheme_text,
    schemes,
    static,
    tasks,
    tenants,
)

PAGES: list[HTTPRouteHandler] = [
    static.show_file,
    *login.SCREENS,
    *logout.SCREENS,
    *invitation.SCREENS,
    *forgotten.SCREENS,
    *lost_app.SCREENS,
    *tenants.SCREENS,
    *account.SCREENS,
    *overview.SCREENS,
    *tasks.SCREENS,
    *case.SCREENS,
    *attachments.SCREENS,
    *pack.SCREENS,
    *outline.SCREENS,
    *schemes.SCREENS,
    *scheme_text.SCREENS,
    *scheme.SCREENS,
    *dry_run.SCREENS,
]
