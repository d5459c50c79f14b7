"""Every route of people."""

from maatwerk.people import member_routes, session_routes

HANDLERS = [*session_routes.HANDLERS, *member_routes.HANDLERS]
