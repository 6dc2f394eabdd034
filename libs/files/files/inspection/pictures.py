"""Look into pictures without decoding them whole, and make the JPEG by which each is shown."""

import io
import re
import threading
from typing import Final

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from files.inspection.second_files import second_file, zip_behind
from files.kinds import HEIC, JPEG, PNG, WEBP
from files.refusals import FileFacts

# The largest picture that is decoded at all; what is larger is judged by header and structure.
DECODED_PIXELS: Final = 64_000_000
_SHOWN_PIXELS: Final = 2_560  # of the longer side of a rendition: an A4 page at 220 dpi
_QUALITY: Final = 85
MOST_SCANS: Final = 60
"""Passes over a JPEG; cameras make ten at most, and each costs as much as decoding the picture once."""
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_READERS: Final = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
_BROKEN: Final = (OSError, SyntaxError, ValueError, RuntimeError, EOFError)
_START_OF_SCAN: Final = 0xDA
_SCAN: Final = bytes((0xFF, _START_OF_SCAN))
_END_OF_IMAGE: Final = 0xD9
_MARKER: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # in a scan: what is neither data nor a restart
_one_at_a_time = threading.Lock()

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = (
    None  # the limit of this house is configuration; nothing is decoded before it was asked
)


def picture_kind(data: bytes) -> str | None:
    """Return the media type of a picture by its first bytes, None for anything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return HEIC if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS else None


def inspect_picture(data: bytes, media_type: str) -> FileFacts:
    """Return the size of a picture in pixels and whether it is whole; only a small reading of it is decoded."""
    if media_type == JPEG and data[: _end_of_jpeg(data)].count(_SCAN) > MOST_SCANS:
        return FileFacts(media_type, complex=True)
    try:
        with Image.open(io.BytesIO(data), formats=[_READERS[media_type]]) as image:
            pixels = image.width * image.height
            whole = _is_whole(image, data, media_type)
    except _BROKEN:
        return FileFacts(media_type, damaged=True)
    end = _end_of(data, media_type)
    second = (second_file(data[end:]) or zip_behind(data)) if whole and end else ()
    return FileFacts(media_type, damaged=not whole, pixels=pixels, second=second)


def _is_whole(image: Image.Image, data: bytes, media_type: str) -> bool:
    """Tell whether a picture goes to its end: a JPEG by its markers, a PNG by its checksums, others by their boxes."""
    if media_type == PNG:
        image.verify()
        return True
    if media_type == WEBP:
        return len(data) >= int.from_bytes(data[4:8], "little") + 8
    if media_type == HEIC:
        return _boxes_fit(data)
    if not _end_of_jpeg(data):
        return False
    if image.width * image.height <= DECODED_PIXELS and not image.info.get("progressive"):
        image.draft(None, (image.width // 8, image.height // 8))  # an eighth of each side: 1/64 of the memory
        image.load()
    return True


def _end_of(data: bytes, media_type: str) -> int:
    """Return where a picture ends and something else could begin; 0 where it does not end."""
    if media_type == JPEG:
        return _end_of_jpeg(data)
    if media_type == PNG:
        return _end_of_png(data)
    return int.from_bytes(data[4:8], "little") + 8 if media_type == WEBP else len(data)


def _end_of_jpeg(data: bytes) -> int:
    """Walk the segments and scans of a JPEG to the end of its first picture."""
    place = 2
    while place + 2 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if mark == _END_OF_IMAGE:
            return place + 2
        place += 1 if mark == 0xFF else 2 + int.from_bytes(data[place + 2 : place + 4])
        if mark == _START_OF_SCAN:
            found = _MARKER.search(data, place)
            place = found.start() if found else len(data)
    return 0


def _end_of_png(data: bytes) -> int:
    """Walk the chunks of a PNG to its last one."""
    place = 8
    while place + 12 <= len(data):
        size, kind = int.from_bytes(data[place : place + 4]), data[place + 4 : place + 8]
        place += size + 12
        if kind == b"IEND":
            return place
    return 0


def _boxes_fit(data: bytes) -> bool:
    """Walk the outer boxes of a HEIC: each must end within the file."""
    place = 0
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4])
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16])
        if size == 0:
            return True
        if size < 8:
            return False
        place += size
    return place == len(data)


def jpeg_of(data: bytes) -> bytes | None:
    """Return a picture as JPEG, upright and at most a page large; None where there is none to make.

    It is drawn anew: it says nothing of place, time and telephone, and nothing hides in it. One picture is decoded at a
    time, and none above `DECODED_PIXELS`: such a one is only handed out as sent.
    """
    kind = picture_kind(data)
    if kind is None:
        return None
    try:
        with _one_at_a_time, Image.open(io.BytesIO(data), formats=[_READERS[kind]]) as image:
            if image.width * image.height > DECODED_PIXELS:
                return None
            image.thumbnail((_SHOWN_PIXELS, _SHOWN_PIXELS))
            out = io.BytesIO()
            plain = _on_white(ImageOps.exif_transpose(image))
            plain.info.clear()  # words of the picture that the writer would put into the new one
            plain.save(out, "JPEG", quality=_QUALITY)
    except (UnidentifiedImageError, *_BROKEN):
        return None
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """Return the picture in plain colours; what is see-through becomes paper."""
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
