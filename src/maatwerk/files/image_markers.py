"""Takes camera data and comments out of compressed pictures without decoding them, for pictures inside a PDF. Pixels stay as they were."""

import struct

_KEPT_SEGMENTS = {0xE0, 0xEE}  # JFIF and Adobe: both say how colours are to be read
_TELLING_BOXES = {b"xml ", b"uuid", b"uinf"}
_JPEG2000 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"


def jpeg_without_markers(picture: bytes) -> bytes:
    """A JPEG without APP segments (save JFIF and Adobe), comments and whatever follows its end; ValueError if it is none."""
    if picture[:2] != b"\xff\xd8":
        raise ValueError("not a JPEG")
    kept, position, scanned = [b"\xff\xd8"], 2, False
    while True:
        while picture[position : position + 2] == b"\xff\xff":
            position += 1
        if scanned and position == len(picture):
            return b"".join([*kept, b"\xff\xd9"])
        if position + 2 > len(picture) or picture[position] != 0xFF:
            raise ValueError("a JPEG segment is missing")
        marker = picture[position + 1]
        if marker == 0xD9:
            return b"".join([*kept, b"\xff\xd9"])
        end = _end_of_segment(picture, position)
        telling = (0xE0 <= marker <= 0xEF and marker not in _KEPT_SEGMENTS) or marker == 0xFE
        if marker == 0xDA:
            end, scanned = _end_of_scan(picture, end), True
        if not telling:
            kept.append(picture[position:end])
        position = end


def jpeg2000_without_boxes(picture: bytes) -> bytes:
    """A JPEG 2000 file without XML and UUID boxes; a bare codestream is returned as it is; ValueError if it is neither."""
    if picture[:4] == b"\xff\x4f\xff\x51":
        return picture
    if not picture.startswith(_JPEG2000):
        raise ValueError("not a JPEG 2000")
    kept, position = [], 0
    while position < len(picture):
        if position + 8 > len(picture):
            raise ValueError("a box is cut off")
        length, kind = struct.unpack_from(">I4s", picture, position)
        if length == 0:
            length = len(picture) - position
        if length < 8 or position + length > len(picture):
            raise ValueError("a box has no length")
        if kind not in _TELLING_BOXES:
            kept.append(picture[position : position + length])
        position += length
    return b"".join(kept)


def _end_of_segment(picture: bytes, position: int) -> int:
    if position + 4 > len(picture):
        raise ValueError("a JPEG segment is cut off")
    (length,) = struct.unpack_from(">H", picture, position + 2)
    end: int = position + 2 + length
    if length < 2 or end > len(picture):
        raise ValueError("a JPEG segment is cut off")
    return end


def _end_of_scan(picture: bytes, position: int) -> int:
    """The place of the first real marker after a scan's data (no stuffed byte, no restart), or the end: scanners omit it."""
    while True:
        position = picture.find(b"\xff", position)
        if position < 0 or position + 1 >= len(picture):
            return len(picture)
        following = picture[position + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return position
        position += 1 if following == 0xFF else 2
