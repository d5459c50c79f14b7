"""Passwords: Argon2id outside the event loop, and which ones are refused. Length is the only demand, beside being hard to
guess: no rule of composition, nothing cut off, 1,000 characters welcome."""

import asyncio
import itertools
import re
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from maatwerk.people.common_words import KEYBOARD, KEYS, WORDS
from maatwerk.rules.refusals import Invalid, Reason

SHORTEST = 12
_hasher = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
_places = asyncio.Semaphore(2)
# Of a random text that nobody kept, at the same cost as everybody's: making one at import would cost every process a hash.
NOBODY = "$argon2id$v=19$m=47104,t=1,p=1$lENwAc0iGEpRTKACnSfTNA$yVnYmGkUyEljjGWiWfZmlOIR4PWeQkKImGjoAnkmLLg"

_LEET = str.maketrans("013457@$!", "oieastasi")


async def hash_password(password: str) -> str:
    """The Argon2id hash in PHC form; about 30 ms on a thread, two at a time."""
    async with _places:
        return await asyncio.to_thread(_hasher.hash, _spelled(password))


async def matches(hashed: str, password: str) -> bool:
    """Whether the password is the one that was hashed; takes as long either way."""
    async with _places:
        return await asyncio.to_thread(_verify, hashed, _spelled(password))


def refuse_weak(password: str, *, about: tuple[str, ...] = (), field: str = "wachtwoord") -> None:
    """Raises Invalid, in Dutch, for a password that is short or made of common words, rows of keys, or `about`."""
    if len(_spelled(password)) < SHORTEST:
        message = f"Het wachtwoord is korter dan {SHORTEST} tekens."
        raise Invalid((Reason("wachtwoord_kort", message, "Een zin van een paar woorden is goed.", field),))
    if is_common(password, about):
        message = "Dit wachtwoord is te makkelijk te raden."
        raise Invalid(
            (Reason("wachtwoord_bekend", message, "Kies een paar woorden die niet bij elkaar horen.", field),)
        )


def is_common(password: str, about: tuple[str, ...] = ()) -> bool:
    """Whether nothing is left of the password without common words, rows of keys, repeats, dates and digits."""
    plain = _spelled(password).casefold()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    texts = (plain, plain.translate(_LEET), core.translate(_LEET))
    return _is_repeat(plain) or _is_walk(plain) or any(_nothing_left(text, about) for text in texts)


def _is_repeat(text: str) -> bool:
    """Whether the text is one shorter password written more than once."""
    once = re.fullmatch(r"(.+?)\1+", text, re.DOTALL)
    return once is not None and len(once[1]) < SHORTEST


def _is_walk(text: str) -> bool:
    """Whether the fingers only stepped from key to key: four of five steps go to a neighbour."""
    keys = [KEYS.get(letter) for letter in text]
    steps = [(one, two) for one, two in itertools.pairwise(keys) if one and two]
    near = sum(abs(one[0] - two[0]) <= 1 and abs(one[1] - two[1]) <= 1 for one, two in steps)
    return len(steps) >= len(text) * 0.8 and near >= len(steps) * 0.8


def _nothing_left(text: str, about: tuple[str, ...]) -> bool:
    own = {part for name in about for part in re.split(r"[^a-z0-9]+", name.casefold()) if len(part) > 2}
    for word in sorted({*own, *WORDS}, key=len, reverse=True):
        text = text.replace(word, " ")
    text = re.sub(r"(.)\1{2,}", " ", text)
    for row in KEYBOARD:
        for size in range(len(row), 2, -1):
            for start in range(len(row) - size + 1):
                text = text.replace(row[start : start + size], " ")
    return sum(letter.isalpha() for letter in text) <= 2


def _spelled(password: str) -> str:
    """One spelling for what two keyboards type differently."""
    return unicodedata.normalize("NFC", password)


def _verify(hashed: str, password: str) -> bool:
    try:
        return _hasher.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
