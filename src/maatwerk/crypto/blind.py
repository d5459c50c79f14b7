"""Blind indexes: finding equal values without storing them. The root differs from the sealing key, and low-entropy
values (a BSN, a birth date) remain guessable by whoever holds it, so never index free text."""

import hashlib
import hmac
import unicodedata

from maatwerk.crypto.keys import tenant_key
from maatwerk.crypto.sealing import Key, bind
from maatwerk.db import Transaction

LENGTH = 16


def normalise(value: str) -> str:
    """One spelling for values that count as equal: NFKC, casefolded, without space around it."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", value).casefold()).strip()


def blind_index(root: Key, table: str, column: str, value: str) -> bytes:
    """Sixteen bytes that are equal for equal values of one column of one tenant, and say nothing else."""
    column_key = hmac.digest(root.secret, bind("index", table, column), hashlib.sha256)
    return hmac.digest(column_key, normalise(value).encode(), hashlib.sha256)[:LENGTH]


async def index_value(tx: Transaction, table: str, column: str, value: str) -> bytes:
    """The blind index of a value in this scope's tenant, or in the identity scope."""
    return blind_index(await tenant_key(tx, "index"), table, column, value)
