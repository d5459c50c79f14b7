"""The names under which files are served. They are generated: the name that a school gave may hold the name of a child."""

from urllib.parse import quote

from maatwerk.files.kinds import Kind


def safe_name(kind: Kind, number: int) -> str:
    """`bijlage-1.pdf` for the first attachment of a case."""
    return f"bijlage-{number}.{kind.value}"


def content_disposition(name: str) -> str:
    """The header value that makes a browser save and never show (RFC 6266); any text is safe as `name`."""
    printable = "".join(letter if letter.isprintable() else "_" for letter in name)
    plain = "".join(letter if letter.isascii() and letter not in '"\\%/' else "_" for letter in printable)
    extended = quote(printable, safe="", errors="replace")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{extended}"
