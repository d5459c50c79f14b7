"""DATA: one folder per local service, locked while a supervisor works in it. Each part is readable to its owner only."""

import fcntl
import os
import pwd
from pathlib import Path
from typing import IO

from maatwerk.local import complaints
from maatwerk.local.faults import LocalFault
from maatwerk.local.processes import Account

_LARGEST_LOG = 5_000_000


def open_data(data: Path) -> IO[bytes]:
    """Makes the folder when needed and locks it; the lock lasts as long as the file that is returned stays open."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o711)
        (data / "log").mkdir(exist_ok=True, mode=0o700)
        lock = (data / "lock").open("ab")
    except OSError as error:
        raise LocalFault(
            f"De map {data} is niet te gebruiken ({os.strerror(error.errno or 0)}).",
            "Kies met MAATWERK_DATA een map waarin u mag schrijven.",
        ) from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise complaints.in_use(data) from None
    for log in (data / "log").glob("*.log"):
        if log.stat().st_size > _LARGEST_LOG:
            log.unlink()
    return lock


def is_locked(data: Path) -> bool:
    """Whether a supervisor works in this folder now."""
    try:
        with (data / "lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def engine_account(folder: Path) -> Account | None:
    """As root: who owns the folder already, else `nobody`. Otherwise None: the engine runs as we do."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and folder.stat().st_uid != 0:
        status = folder.stat()
        return Account(status.st_uid, status.st_gid)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return Account(65534, 65534)
    return Account(nobody.pw_uid, nobody.pw_gid)


def own_folder(folder: Path, account: Account | None) -> None:
    """Makes an engine's folder, for that account alone."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if account:
        os.chown(folder, account.uid, account.gid)
