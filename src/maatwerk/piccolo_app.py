"""Every table of the service: a composition root that names the modules as strings. A new tables.py is added here."""

import importlib.util
from pathlib import Path

from piccolo.conf.apps import AppConfig, table_finder

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
    "maatwerk.anonymisation.tables",
    "maatwerk.reviews.tables",
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
