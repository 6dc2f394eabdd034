"""Kinds of files and the endings of their names: what a name claims, and how a name is kept."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

PDF: Final = "application/pdf"
JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
HEIC: Final = "image/heic"
WEBP: Final = "image/webp"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS: Final[dict[str, tuple[str, ...]]] = {
    PDF: ("pdf",),
    JPEG: ("jpg", "jpeg", "jpe", "jfif", "pjpeg", "pjp", "mpo"),
    PNG: ("png",),
    HEIC: ("heic", "heif", "hif"),
    WEBP: ("webp",),
    DOCX: ("docx",),
    XLSX: ("xlsx",),
}
"""The endings that each kind goes by; the first one is put where a name has none."""

PICTURES: Final = (JPEG, PNG, HEIC, WEBP)
USUAL: Final = (PDF, *PICTURES)
ON_SCREEN: Final = frozenset({PDF, JPEG, PNG})
"""The kinds that every browser shows."""

NAME_BYTES: Final = 180
VARIATIONS: Final = "".join(map(chr, range(0xFE00, 0xFE10)))
# Browsers write line ends and quotes of a name as these codes; the others would come back as what was taken out.
_WRITTEN_OUT: Final = re.compile(r"%(?:[01][0-9a-f]|7f|22|(2f|5c))", re.IGNORECASE)
_FORMULA: Final = "=+-@ "
_PORTS: Final = (f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")
_DEVICES: Final = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
_KIND_OF: Final = {ending: kind for kind, endings in ENDINGS.items() for ending in endings}
# What else a name may claim to be: programs, pages, archives, and documents and pictures that are not taken.
_OTHER_ENDINGS: Final = """
exe dll com bat cmd scr pif msi msix msp cpl ps1 psm1 vb vbs vbe js jse mjs ws wsf wsh hta lnk url reg inf chm
jar class apk app dmg pkg deb rpm sh bash csh ksh bin run elf so py pyc pyo pl php phtml asp aspx jsp cgi rb lua
swf wasm gadget desktop scf sys drv ocx appref-ms application html htm xhtml shtml mht mhtml svg svgz xml xsl xslt
css json zip rar 7z gz tgz bz2 xz tar cab iso img vhd vhdx ace arj lzh doc dot docm dotm dotx xls xlt xlm xlsm xlsb
xltm xltx xlam ppt pps pot pptx pptm ppsm ppsx potm sldm rtf odt ods odp odg txt csv tsv md eml msg vcf ics xps
oxps djvu epub gif bmp dib tif tiff ico avif jp2 jxl psd eps ps raw dng cr2 nef arw mp3 wav ogg opus m4a aac flac
mp4 m4v mov avi mkv webm wmv 3gp mpg mpeg dwg dxf mdb accdb sqlite db p12 pfx p7m p7s cer crt pem key
"""
_OTHERS: Final = frozenset(_OTHER_ENDINGS.split())


def accepted_kinds(accepts: Iterable[str]) -> tuple[str, ...]:
    """Return the kinds a component takes; endings and media types may be mixed, none means the usual.

    Who takes one kind of picture takes every kind: which one a telephone makes is not the citizen's choice.

    Source: NB Đ.14.2.a; R-SUB-05
    """
    wanted = [_KIND_OF.get(item.lower().lstrip("."), item.lower()) for item in accepts]
    pictures = PICTURES if any(item.startswith("image/") for item in wanted) else ()
    known = [item for item in wanted if item in ENDINGS and item not in PICTURES]
    return tuple(dict.fromkeys((*known, *pictures))) or USUAL


def picker(kinds: Iterable[str]) -> list[str]:
    """Return what a file picker offers for these kinds: their endings and media types."""
    return [part for kind in kinds for part in (*(f".{ending}" for ending in ENDINGS[kind]), kind)]


def spoken(kinds: Iterable[str]) -> list[str]:
    """Return the kinds as people call them: PDF, JPG, PNG."""
    return [ENDINGS[kind][0].upper() for kind in kinds if kind in ENDINGS]


def claimed_kind(name: str) -> str | None:
    """Return the kind a name claims by its ending; None where the ending is of no file type and part of the name."""
    _, dot, ending = name.rstrip(". ").rpartition(".")
    ending = ending.lower()
    return _KIND_OF.get(ending, f"other/{ending}" if ending in _OTHERS else None) if dot else None


def clean_name(name: str, media_type: str | None = None) -> str:
    """Return a safe NFC file name of at most 180 bytes before its ending, which is right for the kind.

    It is stored, shown, downloaded and written into tables as it is. No path, control, direction or emoji characters
    stay, written out (`%0D%0A`) or not, none that Windows or a spreadsheet takes for something else, and no name of
    a device; a name without an ending of its kind gets one.
    """
    plain, before = unicodedata.normalize("NFC", name).replace("\\", "/"), ""
    while plain != before:  # what is taken out may leave another code behind
        before, plain = plain, _WRITTEN_OUT.sub(lambda code: "/" if code[1] else "", plain)
    last = plain.rsplit("/", maxsplit=1)[-1]
    kept = " ".join("".join(sign for sign in last if _harmless(sign)).split()).lstrip(_FORMULA).rstrip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not dot or claimed_kind(kept) is None:
        stem, ending = kept, ENDINGS[media_type][0] if media_type in ENDINGS else ""
    stem = stem.strip(". ") or "tep"
    if stem.partition(".")[0].strip().casefold() in _DEVICES:
        stem = f"tep {stem}"
    while len(stem.encode()) > NAME_BYTES:
        stem = stem[:-1]
    return f"{stem.strip()}.{ending}" if ending else stem.strip()


def _harmless(sign: str) -> bool:
    """Tell whether a character may stay: no control, direction, emoji, quote or variation selector."""
    return (unicodedata.category(sign)[0] not in "CS" or sign in "+=~$") and sign not in '":*?' + VARIATIONS
