"""Recovery codes: ten of them, shown once when an app is set up, each good for one new app or one new password. With 120 random bits
a keyed digest is enough (ASVS 6.5.2); whoever reads one aloud or types it may use capitals, spaces, and o, i or l for 0 and 1."""

import re
import secrets
from uuid import UUID

from maatwerk import clock
from maatwerk.crypto import index_value
from maatwerk.tenancy import Tx

COUNT = 10
LETTERS = 24
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PATTERN = "[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){5}"
_ALIKE = str.maketrans("oil", "011")
_LEFT_OUT = re.compile(r"[\s-]+")


def spelled(typed: str) -> str:
    """A code as it was shown: six groups of four; whatever can't be one stays something that is none."""
    plain = _LEFT_OUT.sub("", typed).lower().translate(_ALIKE)
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


async def renew_codes(tx: Tx, person_id: UUID) -> list[str]:
    """Ten new codes, to be shown once; the older ones are worth nothing from here on."""
    await forget_codes(tx, person_id)
    codes = [spelled("".join(secrets.choice(ALPHABET) for _ in range(LETTERS))) for _ in range(COUNT)]
    rows: list[tuple[object, ...]] = [(person_id, await _digest(tx, person_id, code), clock.now()) for code in codes]
    await tx.executemany("INSERT INTO recovery_code (person_id, digest, made_at) VALUES ($1, $2, $3)", rows)
    return codes


async def forget_codes(tx: Tx, person_id: UUID) -> None:
    """Makes every code of a person worth nothing."""
    await tx.execute("DELETE FROM recovery_code WHERE person_id = $1", person_id)


async def codes_left(tx: Tx, person_id: UUID) -> int:
    """How many codes a person has not used."""
    count: int = await tx.fetchval("SELECT count(*) FROM recovery_code WHERE person_id = $1", person_id)
    return count


async def is_code(tx: Tx, person_id: UUID, typed: str) -> bool:
    """Whether this is an unused code of the person."""
    found: bool = await tx.fetchval(
        "SELECT EXISTS (SELECT FROM recovery_code WHERE person_id = $1 AND digest = $2)",
        *(person_id, await _digest(tx, person_id, spelled(typed))),
    )
    return found


async def spend_code(tx: Tx, person_id: UUID, typed: str) -> bool:
    """Uses a code; False when it is none, or was used."""
    return bool(
        await tx.execute(
            "DELETE FROM recovery_code WHERE person_id = $1 AND digest = $2",
            *(person_id, await _digest(tx, person_id, spelled(typed))),
        )
    )


async def _digest(tx: Tx, person_id: UUID, code: str) -> bytes:
    return await index_value(tx, "recovery_code", "digest", f"{person_id}/{code}")
