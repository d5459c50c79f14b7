"""Keeping a file that the service made itself, such as a letter: nothing to inspect, nothing to clean."""

from uuid import UUID

from maatwerk.crypto import case_key
from maatwerk.db import new_id
from maatwerk.files import chunks, keeping
from maatwerk.tenancy import Tx


async def store(
    tx: Tx,
    case_id: UUID,
    *,
    purpose: keeping.Purpose,
    name: str,
    media_type: str,
    content: bytes,
    field: str = "",
    audience: str | None = None,
    act_seq: int | None = None,
) -> UUID:
    """Seals and stores the content of which we are the author; answers the file's id. It has one variant, `schoon`. A letter goes to
    a role of the scheme (`audience`) at an act (`act_seq`)."""
    key, file_id = await case_key(tx, case_id), new_id()
    about = keeping.Described(
        case_id=case_id,
        field=field,
        purpose=purpose,
        name=name,
        media_type=media_type,
        state="klaar",
        audience=audience,
        act_seq=act_seq,
    )
    await keeping.insert(tx, key, file_id, about, content)
    await chunks.write(tx, key, file_id, "schoon", content)
    return file_id
