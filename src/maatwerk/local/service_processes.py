"""The processes of the service as data: what `maatwerk up` runs, and with which environment. Each is one process."""

import os
import sys
from pathlib import Path

from maatwerk.local.ports import LOOPBACK
from maatwerk.local.supervisor import Child
from maatwerk.settings import Settings

WORKERS = 2
_ONLY_FOR_MIGRATIONS = "MAATWERK_MIGRATE_DATABASE_URL"


def environment(settings: Settings) -> dict[str, str]:
    """The environment of a running process: ours, with these settings, without the right to migrate."""
    inherited = {name: value for name, value in os.environ.items() if name != _ONLY_FOR_MIGRATIONS}
    return inherited | {
        "MAATWERK_DATABASE_URL": settings.database_url,
        "MAATWERK_DISPATCH_DATABASE_URL": settings.dispatch_database_url,
        "MAATWERK_REDIS_URL": settings.redis_url,
        "MAATWERK_SMTP_URL": settings.smtp_url,
        "MAATWERK_PORT": str(settings.port),
        "MAATWERK_DATA": str(settings.data),
        "MAATWERK_TENANTS_DIR": str(settings.tenants),
        "MAATWERK_KEK_FILE": str(settings.kek_file),
        "MAATWERK_PUBLIC_URL": settings.public_url,
        "MAATWERK_CLOCK": str(clock_file(settings)),
        "MAATWERK_DEMO": "1",
        "PYTHONUNBUFFERED": "1",
    }


def clock_file(settings: Settings) -> Path:
    """The file by which tests and the demo move every process's clock."""
    return Path(os.environ.get("MAATWERK_CLOCK") or settings.data / "clock")


def children(settings: Settings) -> list[Child]:
    """API, workers, relay and ticker."""
    env = environment(settings)
    listening = ["--host", LOOPBACK, "--port", str(settings.port)]
    quiet = ["--no-access-log", "--no-server-header", "--log-level", "warning"]
    api = ["uvicorn", "--factory", "maatwerk.asgi:create", *listening, *quiet, "--timeout-graceful-shutdown", "3"]
    modules = {"api": api, "relay": ["workers.relay"], "ticker": ["workers.ticker"]}
    modules |= {f"worker-{number}": ["workers.main"] for number in range(1, WORKERS + 1)}
    return [Child(name, (sys.executable, "-m", *module), env, later=name != "api") for name, module in modules.items()]


def mail_catcher(folder: Path, smtp_port: int, page_port: int) -> Child:
    """The catching SMTP server with its page; it stops after the processes that send."""
    argv = (sys.executable, "-m", "maatwerk.local.mailcatcher", str(folder), str(smtp_port), str(page_port))
    return Child("mail", argv, dict(os.environ) | {"PYTHONUNBUFFERED": "1"}, stage=2)
