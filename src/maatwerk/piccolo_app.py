"""Every table of the service, and what in them a tenant's key seals: a composition root that names the modules as strings. A new tables.py is added here."""

import importlib.util
from importlib import import_module
from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

from maatwerk.crypto import Sealed

TABLE_MODULES = [
    "maatwerk.db.tables",
    "maatwerk.tenancy.tables",
    "maatwerk.crypto.tables",
    "maatwerk.outbox.tables",
    "maatwerk.timers.tables",
    "maatwerk.audit.tables",
    "maatwerk.http.tables",
    "maatwerk.mail.tables",
    "maatwerk.people.tables",
    "maatwerk.organisations.tables",
    "maatwerk.tasks.tables",
    "maatwerk.files.tables",
    "maatwerk.books.tables",
    "maatwerk.cases.tables",
    "maatwerk.guests.tables",
    "maatwerk.anonymisation.tables",
    "maatwerk.reviews.tables",
    "maatwerk.outlines.tables",
    "maatwerk.schemes.tables",
]


def _migrations_folder() -> str:
    spec = importlib.util.find_spec("migrations")
    places = spec.submodule_search_locations if spec else None
    return str(Path(places[0])) if places else "migrations"


APP_CONFIG = AppConfig(
    app_name="maatwerk",
    migrations_folder_path=_migrations_folder(),
    table_classes=table_finder(modules=TABLE_MODULES),
)
SEALED_BY_TENANT: list[Sealed] = [
    place for name in TABLE_MODULES for place in getattr(import_module(name), "SEALED_BY_TENANT", ())
]
