"""How other commands find the demo service that runs on a data folder: DATA/running.json, as long as it is locked."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from maatwerk.local.data_folder import is_locked
from maatwerk.local.secret_file import write_private


@dataclass(frozen=True)
class Running:
    """Where the service answers, and where its caught mails are: `mail_page` and `mails` are empty without a catcher.

    The URLs of the engines are the application's own, with their passwords, for tests that look behind the service.
    """

    url: str
    mail_page: str
    mails: str
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)


def note_running(data: Path, running: Running) -> None:
    """Tells the others; `forget_running` takes it back."""
    write_private(data / "running.json", json.dumps(asdict(running), indent=2).encode())


def forget_running(data: Path) -> None:
    """Takes the note away."""
    (data / "running.json").unlink(missing_ok=True)


def find_running(data: Path) -> Running | None:
    """The demo service that runs on this folder now, if there is one."""
    if not is_locked(data):
        return None
    try:
        return Running(**json.loads((data / "running.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None
