"""For Piccolo's own commands (`PICCOLO_CONF=maatwerk.piccolo_conf`): the engine and, through the app, every table."""

from piccolo.conf.apps import AppRegistry

from maatwerk.db.engine import APP

DB = APP
APP_REGISTRY = AppRegistry(apps=["maatwerk.piccolo_app"])
