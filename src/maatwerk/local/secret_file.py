"""The passwords of one data folder, in DATA/secrets.json (0600). They fit the folder they were made with: a lost file
cannot be made again for a database that already exists."""

import json
import os
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from maatwerk.local.faults import LocalFault


@dataclass(frozen=True, repr=False)
class Secrets:
    """Passwords of the database roles and of Redis."""

    postgres: str
    maatwerk_migrate: str
    maatwerk_app: str
    maatwerk_dispatch: str
    redis: str

    def password(self, role: str) -> str:
        """The password of a database role, by the role's name."""
        return str(getattr(self, role))


def load_secrets(data: Path) -> Secrets:
    """Reads the secrets of this folder, or makes them when the folder holds no database yet."""
    path = data / "secrets.json"
    try:
        found = json.loads(path.read_text(encoding="ascii"))
        return Secrets(**{field.name: str(found[field.name]) for field in fields(Secrets)})
    except FileNotFoundError:
        if (data / "postgres").exists():
            raise _lost(data, "ontbreekt") from None
    except (ValueError, KeyError, TypeError):
        raise _lost(data, "is beschadigd") from None
    made = Secrets(*(secrets.token_urlsafe(24) for _ in fields(Secrets)))
    write_private(path, json.dumps(asdict(made), indent=2).encode())
    return made


def write_private(path: Path, content: bytes) -> None:
    """Writes a file that only we can read, whole or not at all."""
    draft = path.with_name(path.name + ".nieuw")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _lost(data: Path, what: str) -> LocalFault:
    return LocalFault(
        f"Het bestand {data / 'secrets.json'} {what}, dus de database in deze map is niet te openen.",
        f"Zet het bestand terug, of verwijder de map {data} om met een lege demo te beginnen.",
    )
