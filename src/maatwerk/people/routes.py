"""Every route of people."""

from maatwerk.people import account_routes, member_routes, session_routes

HANDLERS = [*session_routes.HANDLERS, *account_routes.HANDLERS, *member_routes.HANDLERS]
