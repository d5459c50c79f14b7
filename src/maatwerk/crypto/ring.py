"""What a process keeps of keys in memory: the KEK, and for a minute the tenant keys that it opened. Nothing may therefore rely on a
change of keys being known everywhere at once (rotating.py waits for it)."""

import time
from typing import Literal
from uuid import UUID

from maatwerk.crypto.kek import Kek
from maatwerk.crypto.sealing import Key

REMEMBER = 60.0
MOST = 512
Purpose = Literal["data", "index"]


class KeyRing:
    """The KEK of this process and the keys it opened in the last minute: by purpose the active one, by id each."""

    def __init__(self) -> None:
        self.kek: Kek | None = None
        self._opened: dict[tuple[UUID, Purpose | UUID], tuple[float, Key]] = {}

    def use(self, kek: Kek | None) -> None:
        """Sets the KEK and forgets every opened key."""
        self.kek = kek
        self.forget()

    def forget(self) -> None:
        """Forgets every opened key, so that the next use reads the database."""
        self._opened.clear()

    def required(self) -> Kek:
        """The KEK; raises RuntimeError before it was loaded."""
        if self.kek is None:
            raise RuntimeError("the KEK has not been loaded")
        return self.kek

    def recall(self, owner: UUID, which: Purpose | UUID) -> Key | None:
        until, key = self._opened.get((owner, which), (0.0, None))
        return key if time.monotonic() < until else None

    def remember(self, owner: UUID, which: Purpose | UUID, key: Key) -> Key:
        """Keeps a key under what it was asked by, and under its id."""
        if len(self._opened) >= MOST:
            self._opened.clear()
        self._opened[owner, which] = self._opened[owner, key.id] = (time.monotonic() + REMEMBER, key)
        return key


RING = KeyRing()
