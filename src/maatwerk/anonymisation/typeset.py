"""The PDF that reviewers get of an attachment in which something was replaced: its text, typeset anew. It is made when it is
fetched, from the text that was released and from nothing else, so that no byte of the school's file can be in it."""

from maatwerk.anonymisation.content import Attachment
from maatwerk.documents.plain_texts import PlainText, render_plain_text_aside
from maatwerk.files.notes_in_text import BETWEEN_CELLS, PAGE

PREFACE = (
    "Dit is de tekst van een bijlage, ontdaan van directe identificatie. Wat tussen vierkante haken staat kwam ervoor in de "
    "plaats. De opmaak is niet die van de bijlage zelf; afbeeldingen, opmerkingen en verwijderde tekst zijn er niet bij."
)


async def as_sent(about: Attachment, kept: bytes) -> bytes:
    """The bytes for a reviewer: a clean copy as it was kept, or the PDF of a text. Call it outside any transaction."""
    if not about.typeset:
        return kept
    text = kept.decode()
    headings = frozenset(found.group() for found in PAGE.finditer(text))
    title = about.name.rpartition(".")[0].replace("-", " ").capitalize()
    return await render_plain_text_aside(PlainText(title, PREFACE, text, BETWEEN_CELLS, headings))
