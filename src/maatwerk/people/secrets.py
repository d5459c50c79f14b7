"""Secrets that travel: session ids, invitation and API tokens. 256 random bits each, of which only a SHA-256 is stored,
so a token can't be shown twice and a stolen table opens nothing."""

import hashlib
import secrets
import zlib

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BITS = 256
LENGTH = 43
CHECK = 6


def new_secret() -> str:
    """256 random bits as 43 characters of base62."""
    return _base62(secrets.randbits(BITS), LENGTH)


def digest(secret: str) -> bytes:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).digest()


def new_api_token(tenant_code: str) -> str:
    """`mw_<tenant>_<secret>_<check>`: the head makes a leaked token findable, the check sum makes a typing error plain."""
    prefix = "".join(letter for letter in tenant_code.lower() if letter.isascii() and letter.isalnum())[:12]
    head = f"mw_{prefix}_{new_secret()}"
    return f"{head}_{_check(head)}"


def is_api_token(text: str) -> bool:
    """Whether the text has the form and the check sum of a token; says nothing of its validity."""
    head, _, check = text.rpartition("_")
    return text.isascii() and len(text) < 100 and head.startswith("mw_") and check == _check(head)


def _check(text: str) -> str:
    return _base62(zlib.crc32(text.encode()), CHECK)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, rest = divmod(number, 62)
        digits.append(ALPHABET[rest])
    return "".join(reversed(digits))
