"""A picture drawn anew from its pixels, so that nothing else comes along: no place, camera, thumbnail, comment or trailing bytes."""

from io import BytesIO

from PIL import ImageCms, ImageOps
from PIL.ExifTags import GPSTAGS, IFD, TAGS
from PIL.Image import Image

from maatwerk.files.image import JPEG_START, opened
from maatwerk.files.kinds import Cleaned, Kind, MetadataField

QUALITY = 92
MAX_FIELDS = 200
MAX_LENGTH = 500
NO_TEXT = "Geen tekst leesbaar: dit is een afbeelding. Kijk zelf na wat erop staat."
_PNG_MODES = frozenset({"1", "L", "LA", "RGB", "RGBA", "I;16"})


def clean_jpeg(content: bytes) -> Cleaned:
    """The picture as a new JPEG, turned upright."""
    return Cleaned(Kind.JPEG, redrawn(content), "", remarks=(NO_TEXT,))


def clean_png(content: bytes) -> Cleaned:
    """The picture as a new PNG."""
    return Cleaned(Kind.PNG, redrawn(content), "", remarks=(NO_TEXT,))


def redrawn(content: bytes) -> bytes:
    """The same picture in the same format, in sRGB, without anything but pixels; equal input gives equal bytes."""
    jpeg = content.startswith(JPEG_START)
    with opened(content) as picture:
        picture.load()
        upright = _in_plain_mode(_in_srgb(ImageOps.exif_transpose(picture)), jpeg)
    upright.info.clear()
    target = BytesIO()
    if jpeg:
        upright.save(target, "JPEG", quality=QUALITY)
    else:
        upright.save(target, "PNG")
    return target.getvalue()


def found(content: bytes) -> tuple[MetadataField, ...]:
    """Camera, place and text fields by their standard (English) names; at most 200, each cut at 500 characters."""
    fields: dict[str, str] = {}
    with opened(content) as picture:
        picture.load()
        exif = picture.getexif()
        for tag, value in [*exif.items(), *exif.get_ifd(IFD.Exif).items()]:
            fields[f"exif {TAGS.get(tag, tag)}"] = _text(value)
        for tag, value in exif.get_ifd(IFD.GPSInfo).items():
            fields[f"plaats {GPSTAGS.get(tag, tag)}"] = _text(value)
        for key, value in picture.info.items():
            if isinstance(value, str) or key in ("comment", "xmp"):
                fields[f"tekst {key}"] = _text(value)
    named = (MetadataField(name, value.strip()[:MAX_LENGTH]) for name, value in fields.items())
    return tuple(each for each in named if each.value)[:MAX_FIELDS]


def _in_srgb(picture: Image) -> Image:
    """Applies the colour profile, so that it can go; a broken profile is ignored, as browsers do."""
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "CMYK"):
        return picture
    try:
        converted = ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture
    return converted if converted is not None else picture


def _in_plain_mode(picture: Image, jpeg: bool) -> Image:
    """A mode in which the format needs no side information, such as a palette or a transparent colour."""
    if jpeg:
        return picture.copy() if picture.mode in ("L", "RGB") else picture.convert("RGB")
    if "transparency" in picture.info or picture.mode in ("P", "PA"):
        return picture.convert("RGBA")
    return picture.copy() if picture.mode in _PNG_MODES else picture.convert("RGB")


def _text(value: object) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "ignore")
    return "".join(letter for letter in str(value) if letter.isprintable())
