"""What a picture may not be. Its size is read before a pixel is decoded: a few bytes can claim gigabytes."""

from io import BytesIO

from PIL.Image import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile

from maatwerk.files.kinds import DAMAGED, reason
from maatwerk.rules.refusals import Reason, Refused

MAX_PIXELS = 50_000_000
JPEG_START = b"\xff\xd8\xff"
PNG_START = b"\x89PNG\r\n\x1a\n"
TOO_MANY_PIXELS = reason(
    "afbeelding_te_groot",
    "De afbeelding heeft te veel beeldpunten.",
    "Maak de afbeelding kleiner (hooguit 50 megapixel).",
)
ANIMATED = reason(
    "afbeelding_beweegt", "De afbeelding bestaat uit meer dan één beeld.", "Voeg één stilstaand beeld toe."
)


def jpeg_faults(content: bytes) -> tuple[Reason, ...]:
    """Every ground to refuse this JPEG."""
    return picture_faults(content) if content.startswith(JPEG_START) else (DAMAGED,)


def png_faults(content: bytes) -> tuple[Reason, ...]:
    """Every ground to refuse this PNG."""
    return picture_faults(content) if content.startswith(PNG_START) else (DAMAGED,)


def picture_faults(content: bytes) -> tuple[Reason, ...]:
    """The same for either kind; Pillow's own exceptions mean a damaged file."""
    try:
        with opened(content) as picture:
            if getattr(picture, "is_animated", False):
                return (ANIMATED,)
            picture.load()
    except Refused as refused:
        return refused.reasons
    return ()


def opened(content: bytes) -> Image:
    """The picture, not decoded yet; the two plug-ins are named so that no other of Pillow's formats is ever tried."""
    stream = BytesIO(content)
    picture = JpegImageFile(stream) if content.startswith(JPEG_START) else PngImageFile(stream)
    if picture.width * picture.height > MAX_PIXELS:
        raise Refused((TOO_MANY_PIXELS,))
    return picture
