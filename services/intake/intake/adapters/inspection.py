"""Look inside files: what they are by content, and whether anything in them is shut, broken or alive."""

import io
import zipfile
from typing import Final

import pikepdf
from PIL import Image

from intake.domain.attachments import DOCX, JPEG, PDF, PNG, XLSX, FileFacts

MAX_PIXELS: Final = 40_000_000
MAX_MEMBERS: Final = 2_000
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 200
_OFFICE: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_MACROS: Final = ("vbaproject.bin", "activex")
_END_OF_ZIP: Final = b"PK\x05\x06"
_TAIL: Final = 65_557
# names of PDF dictionary entries that make a reader act, and the words for them
_ACTIVE: Final = {
    "/JavaScript": "JavaScript",
    "/JS": "JavaScript",
    "/Launch": "Launch",
    "/EmbeddedFile": "EmbeddedFile",
    "/EmbeddedFiles": "EmbeddedFile",
    "/RichMedia": "RichMedia",
    "/XFA": "XFA",
    "/GoToR": "GoToR",
    "/GoToE": "GoToE",
    "/SubmitForm": "SubmitForm",
    "/ImportData": "ImportData",
    "/AA": "AdditionalActions",
    "/Movie": "Movie",
    "/Sound": "Sound",
}


class ContentInspector:
    """Tells kinds by magic bytes and opens each file with the parser of its kind."""

    def inspect(self, data: bytes) -> FileFacts:
        """Return what the content is and what is wrong with it."""
        if data.startswith(b"%PDF-"):
            return _inspect_pdf(data)
        if data.startswith(b"\xff\xd8\xff"):
            return _inspect_image(data, JPEG, "JPEG")
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _inspect_image(data, PNG, "PNG")
        if data.startswith((b"PK\x03\x04", _END_OF_ZIP)):
            return _inspect_archive(data)
        return FileFacts(None)


def _inspect_image(data: bytes, media_type: str, kind: str) -> FileFacts:
    try:
        with Image.open(io.BytesIO(data), formats=[kind]) as image:  # reads the header only
            if image.width * image.height > MAX_PIXELS:
                return FileFacts(media_type, bomb=True)
            image.load()
    except Image.DecompressionBombError:
        return FileFacts(media_type, bomb=True)
    except (OSError, SyntaxError, ValueError):
        return FileFacts(media_type, damaged=True)
    return FileFacts(media_type)


def _inspect_archive(data: bytes) -> FileFacts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return FileFacts(None, damaged=True)
    names = [member.filename.lower() for member in members]
    unpacked = sum(member.file_size for member in members)
    bomb = len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data)
    active = ("macro",) if any(mark in name for name in names for mark in _MACROS) else ()
    media_type = next((kind for part, kind in _OFFICE.items() if part in names), None)
    return FileFacts(media_type, bomb=bomb, active=active)


def _inspect_pdf(data: bytes) -> FileFacts:
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                return FileFacts(PDF, encrypted=True)
            found = _active_parts(pdf)
            damaged = len(pdf.pages) == 0
    except pikepdf.PasswordError:
        return FileFacts(PDF, encrypted=True)
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return FileFacts(PDF, damaged=True)
    if _END_OF_ZIP in data[-_TAIL:]:
        found.add("zip")
    return FileFacts(PDF, damaged=damaged, active=tuple(sorted(found)))


def _active_parts(pdf: pikepdf.Pdf) -> set[str]:
    found: set[str] = set()
    for item in pdf.objects:
        found |= _active_names(item)
    if _is_script(pdf.Root.get("/OpenAction")):
        found.add("OpenAction")
    return found


def _active_names(item: pikepdf.Object) -> set[str]:
    """Return the active entries of an object and of the direct objects nested in it."""
    found: set[str] = set()
    waiting = [item]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Array):
            waiting.extend(child for child in part if _is_direct(child))
        if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key, value in part.items():
            named = (
                str(value) if isinstance(value, pikepdf.Name) and key in ("/S", "/Type", "/Subtype") else key
            )
            found |= {_ACTIVE[mark] for mark in (key, named) if mark in _ACTIVE}
            if _is_direct(value):
                waiting.append(value)
    return found


def _is_direct(value: object) -> bool:
    return isinstance(value, pikepdf.Array | pikepdf.Dictionary) and not value.is_indirect


def _is_script(action: pikepdf.Object | None) -> bool:
    """Opening at a certain page is harmless; any other action on opening is not."""
    return isinstance(action, pikepdf.Dictionary) and action.get("/S") != pikepdf.Name("/GoTo")
