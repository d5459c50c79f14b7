"""The gate for uploads and for releases: size, extension, magic, parser; then cleaning. All of it is CPU work: call it outside a transaction."""

from collections.abc import Callable, Mapping

import puremagic

from maatwerk.files import (
    docx,
    docx_cleaning,
    docx_metadata,
    image,
    image_cleaning,
    pdf,
    pdf_cleaning,
    pdf_metadata,
)
from maatwerk.files.kinds import Cleaned, Inspected, Kind, MetadataField, damaged, reason
from maatwerk.rules.refusals import Reason, Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_NAME = 255
ALLOWED = "Toegestaan zijn PDF, DOCX, JPG en PNG."
UNCLEANABLE = "Het bestand kan niet worden ontdaan van verborgen gegevens. Vraag de school om een PDF."

_FAULTS: Mapping[Kind, Callable[[bytes], tuple[Reason, ...]]] = {
    Kind.PDF: pdf.faults,
    Kind.DOCX: docx.faults,
    Kind.JPEG: image.jpeg_faults,
    Kind.PNG: image.png_faults,
}
_CLEAN: Mapping[Kind, Callable[[bytes], Cleaned]] = {
    Kind.PDF: pdf_cleaning.clean,
    Kind.DOCX: docx_cleaning.clean,
    Kind.JPEG: image_cleaning.clean_jpeg,
    Kind.PNG: image_cleaning.clean_png,
}
_METADATA: Mapping[Kind, Callable[[bytes], tuple[MetadataField, ...]]] = {
    Kind.PDF: pdf_metadata.found,
    Kind.DOCX: docx_metadata.found,
    Kind.JPEG: image_cleaning.found,
    Kind.PNG: image_cleaning.found,
}


def inspect(name: str, content: bytes) -> Inspected:
    """Looks at an upload, at most 10 MB; raises Refused with every ground that its parser found (conventions section 7)."""
    _require_size(content)
    kind = _kind_of(name)
    _require_magic(kind, content)
    try:
        faults = _FAULTS[kind](content)
    except Refused:
        raise
    except Exception:  # parsers of hostile bytes raise whatever they like; the cause may quote the file
        raise damaged() from None
    if faults:
        raise Refused(faults)
    return Inspected(kind, name, content)


def clean(inspected: Inspected) -> Cleaned:
    """The file without metadata, with its text; whatever goes wrong blocks the release, never the caller."""
    try:
        cleaned = _CLEAN[inspected.kind](inspected.content)
    except Exception:  # as in inspect: nothing that a file provokes may pass as clean
        return Cleaned(inspected.kind, b"", "", blocks=(UNCLEANABLE,))
    if cleaned.blocks:
        return Cleaned(cleaned.kind, b"", cleaned.text, cleaned.blocks, cleaned.remarks)
    return cleaned


def found_metadata(inspected: Inspected) -> tuple[MetadataField, ...]:
    """What the file tells beside its content: author, company, comments, place of a photo. Empty when it can't be read."""
    try:
        return _METADATA[inspected.kind](inspected.content)
    except Exception:  # metadata is optional reading: cleaning removes it whether or not it can be read
        return ()


def text_of(inspected: Inspected) -> str:
    """The text that a reader of the cleaned file sees; empty for an image. It is `clean(inspected).text`."""
    return clean(inspected).text


def _require_size(content: bytes) -> None:
    if not content:
        raise Refused((reason("bestand_leeg", "Het bestand is leeg.", "Kies een bestand met inhoud."),))
    if len(content) > MAX_BYTES:
        mend = "Maak het bestand kleiner of splits het in delen."
        raise Refused((reason("bestand_te_groot", "Het bestand is groter dan 10 MB.", mend),))


def _kind_of(name: str) -> Kind:
    """The kind that the file name claims."""
    if not name or len(name) > MAX_NAME or not name.isprintable():
        mend = f"Geef het bestand een gewone naam van hooguit {MAX_NAME} tekens."
        raise Refused((reason("bestandsnaam_ongeldig", "De bestandsnaam is niet bruikbaar.", mend),))
    stem, _, extension = name.rpartition(".")
    for kind in Kind:
        if stem and extension.lower() in kind.extensions:
            return kind
    message = "Deze soort bestand kan niet worden toegevoegd."
    raise Refused((reason("bestandssoort_niet_toegestaan", message, ALLOWED),))


def _require_magic(kind: Kind, content: bytes) -> None:
    """The first bytes must tell the same kind as the name; puremagic answers with every kind that shares them."""
    try:
        candidates = {match.extension.lstrip(".") for match in puremagic.magic_string(content)}
    except (ValueError, puremagic.PureError):
        candidates = set()
    if not candidates & kind.extensions:
        message = f"De inhoud van het bestand is geen {kind.value.upper()}, zoals de naam zegt."
        raise Refused((reason("bestandssoort_wijkt_af", message, "Sla het bestand opnieuw op in de juiste soort."),))
