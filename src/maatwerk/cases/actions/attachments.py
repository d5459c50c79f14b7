"""An application and its draft may name only attachments that they have: a name of nothing would pass for a signed consent form
(R36-30), and one of another case for a file of its own."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from maatwerk.files.queries import present
from maatwerk.rules.refusals import Invalid, Reason
from maatwerk.rules.scheme import Scheme
from maatwerk.tenancy import Tx


async def refuse_absent(tx: Tx, scheme: Scheme, case_id: UUID, answers: Mapping[str, Any]) -> None:
    """Raises Invalid for every file field that names something else than an attachment of this case for that field."""
    named = list(_named(scheme, answers))
    if not named:
        return
    known = await present(tx, case_id, {file_id for _, file_id in named if file_id is not None})
    absent = dict.fromkeys(field for field, file_id in named if file_id is None or known.get(file_id) != field)
    if absent:
        raise Invalid(tuple(_reason(scheme, field) for field in absent))


def _named(scheme: Scheme, answers: Mapping[str, Any]) -> Iterator[tuple[str, UUID | None]]:
    """(field, file) of everything that is named; None for what is no id."""
    for field, definition in scheme.form.items():
        value = answers.get(field)
        if definition.kind == "bestand" and isinstance(value, list):
            yield from ((field, _id(item)) for item in value)


def _id(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _reason(scheme: Scheme, field: str) -> Reason:
    title = scheme.form[field].title
    return Reason(
        "bijlage_onbekend", f"{title}: deze bijlage is er niet.", "Voeg het bestand toe en noem het dan hier.", field
    )
