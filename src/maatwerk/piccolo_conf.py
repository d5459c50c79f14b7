"""Where Piccolo finds the engine and the tables: a composition root, imported by name only."""

from piccolo.conf.apps import AppRegistry

from maatwerk.db.engine import APP

DB = APP
APP_REGISTRY = AppRegistry(apps=["maatwerk.piccolo_app"])
