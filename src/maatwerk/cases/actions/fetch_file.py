"""Getting an attachment or letter of a case, as the school and the ondersteuner do. A reviewer gets clean copies only, from
the pack (reviews/)."""

from dataclasses import dataclass, field
from uuid import UUID

from maatwerk import audit
from maatwerk.cases.access import authorise
from maatwerk.cases.case import read
from maatwerk.cases.telling import open_files
from maatwerk.files import queries as files
from maatwerk.http.caller import Caller
from maatwerk.rules.refusals import Forbidden, NotFound
from maatwerk.tenancy import scope


@dataclass(frozen=True)
class Fetched:
    """A file to hand over; `name` is the uploader's and may name a child."""

    name: str = field(repr=False)
    media_type: str
    content: bytes = field(repr=False)


async def fetch_file(caller: Caller, case_id: UUID, file_id: UUID) -> Fetched:
    """An attachment as it came in, or a letter; logged. Raises Forbidden, NotFound, Erased, Conflict in quarantine."""
    async with scope(caller.tenant_id, caller.person_id) as tx:
        case = await read(tx, case_id)
        meeting = authorise(caller, case, "inhoud")
        found = next((item for item in await files.listing(tx, case_id) if item.id == file_id), None)
        if found is None:
            raise NotFound.because("bestand_onbekend", "Dit bestand bestaat niet in deze zaak.")
        if not open_files([found], case, meeting):
            raise Forbidden.because("geen_toegang", "Dit bestand is voor u niet geopend.")
        content = await files.content(tx, file_id, "origineel" if found.purpose == "bijlage" else "schoon")
        await audit.record(tx, "bijlage.gelezen", "bijlage", file_id)
    return Fetched(found.name, found.media_type, content)
