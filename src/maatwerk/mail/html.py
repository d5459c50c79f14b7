"""The HTML side of a mail: the same words, nothing fetched from anywhere. Its look stands in the elements, since mail programs drop style sheets."""

import re
from html import escape
from urllib.parse import urlsplit

_BODY = "margin:0;padding:24px 16px;background:#f4f6f7;color:#1d2b33;font:16px/1.55 Georgia,'Times New Roman',serif"
_SHEET = "max-width:600px;margin:0 auto;padding:28px 32px;background:#ffffff;border-top:3px solid #1f5673;overflow-wrap:anywhere"
_LINK = "color:#1f5673"
_URL = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]']")


def as_html(title: str, text: str, public_url: str) -> str:
    """A whole document; only addresses of `public_url` become links."""
    blocks = "\n".join(_block(block, public_url) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())
    return (
        '<!DOCTYPE html>\n<html lang="nl">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title></head>\n'
        f'<body style="{_BODY}"><div style="{_SHEET}">\n{blocks}\n</div></body>\n</html>\n'
    )


def _block(block: str, public_url: str) -> str:
    """One paragraph, or a list when every line is an item; a lead-in line before items stays a paragraph."""
    lines = block.split("\n")
    first = next((place for place, line in enumerate(lines) if line.startswith("- ")), len(lines))
    lead, items = lines[:first], lines[first:]
    made = ""
    if lead:
        made = f'<p style="margin:0 0 16px">{"<br>".join(_inline(line, public_url) for line in lead)}</p>'
    if items:
        entries = "".join(f"<li>{_inline(line.removeprefix('- '), public_url)}</li>" for line in items)
        made += f'<ul style="margin:0 0 16px;padding-left:20px">{entries}</ul>'
    return made


def _inline(line: str, public_url: str) -> str:
    """One escaped line with the platform's own addresses as links."""
    made, place = [], 0
    for found in _URL.finditer(line):
        if _is_ours(found[0], public_url):
            url = escape(found[0])
            made += [escape(line[place : found.start()]), f'<a href="{url}" style="{_LINK}">{url}</a>']
            place = found.end()
    return "".join([*made, escape(line[place:])])


def _is_ours(url: str, public_url: str) -> bool:
    try:
        given, ours = urlsplit(url), urlsplit(public_url)
    except ValueError:
        return False
    return (given.scheme, given.netloc) == (ours.scheme, ours.netloc)
