"""The key that wraps keys. It never stands in the database; here it comes from a file, and a KMS can take its place
behind the same two methods. A file with a newer active key is read again when an unknown one is met."""

import base64
import json
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from maatwerk.crypto.sealing import Unreadable

NONCE = 12
LENGTH = 32


class KekUnusable(RuntimeError):
    """The file of the KEK is missing, open to others or not what it should be; the message is Dutch."""


class Kek(Protocol):
    """Wraps and unwraps keys; `active` names the version that wraps."""

    @property
    def active(self) -> str: ...

    def wrap(self, plain: bytes, bound_to: bytes) -> bytes: ...

    def unwrap(self, kek_id: str, wrapped: bytes, bound_to: bytes) -> bytes: ...


class FileKek:
    """`{"active": "k2", "keys": {"k1": <base64>, "k2": <base64>}}` in a file of this user only."""

    def __init__(self, path: Path) -> None:
        """Raises KekUnusable when the file cannot serve."""
        self._path = path
        self._active, self._keys = read_kek_file(path)

    def __repr__(self) -> str:
        return f"FileKek(active={self._active!r})"

    @property
    def active(self) -> str:
        return self._active

    def wrap(self, plain: bytes, bound_to: bytes) -> bytes:
        """Wraps with the active key; the result does not say which, so note `active` beside it."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + AESGCM(self._keys[self._active]).encrypt(nonce, plain, bound_to)

    def unwrap(self, kek_id: str, wrapped: bytes, bound_to: bytes) -> bytes:
        """Raises Unreadable for an unknown key, other bytes or another binding."""
        if kek_id not in self._keys:
            self._active, self._keys = read_kek_file(self._path)
        key = self._keys.get(kek_id)
        if key is None:
            raise Unreadable("the KEK that wrapped this key is not in the file")
        try:
            return AESGCM(key).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound_to)
        except (InvalidTag, ValueError) as error:
            raise Unreadable("a wrapped key does not open") from error


def read_kek_file(path: Path) -> tuple[str, dict[str, bytes]]:
    """The active key's name and every key. Raises KekUnusable, in Dutch."""
    try:
        status = path.stat()
        content = json.loads(path.read_text(encoding="ascii"))
        keys = {str(name): base64.b64decode(text, validate=True) for name, text in content["keys"].items()}
        active = str(content["active"])
    except FileNotFoundError as error:
        raise KekUnusable(f"Er is geen hoofdsleutel: {path} bestaat niet.") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise KekUnusable(f"De hoofdsleutel in {path} is niet te lezen.") from error
    if _open_to_others(status):
        raise KekUnusable(f"De hoofdsleutel in {path} is leesbaar voor anderen; zet de rechten op 0600.")
    if active not in keys or any(len(key) != LENGTH for key in keys.values()):
        raise KekUnusable(f"De hoofdsleutel in {path} is niet te lezen.")
    return active, keys


def _open_to_others(status: os.stat_result) -> bool:
    """A mounted secret belongs to another user and reaches this process through its group: that read is allowed."""
    refused = 0o077 if status.st_uid == os.geteuid() else 0o037
    return bool(stat.S_IMODE(status.st_mode) & refused)


def add_kek(path: Path) -> str:
    """Makes a new active key, keeping the older ones, and answers its name; the file appears whole or not at all."""
    keys = read_kek_file(path)[1] if path.exists() else {}
    name = f"k{1 + max((int(key[1:]) for key in keys if key[1:].isdigit()), default=0)}"
    _write(path, name, {**keys, name: secrets.token_bytes(LENGTH)})
    return name


def _write(path: Path, active: str, keys: Mapping[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = {"active": active, "keys": {name: base64.b64encode(key).decode() for name, key in keys.items()}}
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(text, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
