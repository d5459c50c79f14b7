"""Everything that is learnt from an upload's bytes: checked, cleaned, read, searched for citizen service numbers. CPU work
on bytes of strangers: the service runs it in a process of its own, see examining.py."""

from maatwerk.files.inspection import clean, found_metadata, inspect
from maatwerk.files.kinds import Examined, Inspected, MetadataField
from maatwerk.rules.form import bsn_reasons
from maatwerk.rules.refusals import Reason, Refused

WRITTEN_BY_PROGRAMS = ("gemaakt met", "omgezet met", "sjabloon", "exif ", "plaats ")
PROGRAM_ENDINGS = ("id", "date", "tool", "version")


def examine_here(name: str, content: bytes, place: str, not_bsn: frozenset[str]) -> Examined:
    """Examines in this process. Raises Refused with every ground; `place` is the form's field for a BSN (UAVG 46).

    `not_bsn` holds numbers, as digits, that somebody marked as no BSN with a reason.
    """
    inspected = inspect(name, content)
    cleaned, metadata = clean(inspected), found_metadata(inspected)
    reasons = _bsn(inspected, cleaned.text, metadata, place, not_bsn)
    if reasons:
        raise Refused(reasons)
    kept = None if cleaned.blocks else cleaned.content
    media_type = inspected.kind.media_type
    return Examined(name, media_type, content, kept, cleaned.text, metadata, cleaned.blocks, cleaned.remarks)


def _bsn(
    inspected: Inspected, text: str, metadata: tuple[MetadataField, ...], place: str, not_bsn: frozenset[str]
) -> tuple[Reason, ...]:
    """Where a number stands that may not be held: at most one ground for the text, the name and the metadata each."""
    hidden = "\n".join(each.value for each in metadata if not _technical(each.name))
    parts = (
        ("In de tekst van het bestand", text),
        ("In de naam van het bestand", inspected.name),
        ("In de verborgen gegevens van het bestand (eigenschappen of opmerkingen)", hidden),
    )
    return tuple(
        Reason(
            ground.code,
            f"{where} staat een nummer dat een burgerservicenummer kan zijn; dat mag deze dienst niet vastleggen.",
            ground.mend,
            ground.field,
        )
        for where, value in parts
        for ground in bsn_reasons(value, place, not_bsn)
    )


def _technical(name: str) -> bool:
    """Whether a program wrote this field: its numbers are versions, moments and measures."""
    return name.startswith(WRITTEN_BY_PROGRAMS) or name.lower().endswith(PROGRAM_ENDINGS)
