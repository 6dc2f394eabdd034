"""Look into Office files: the main part is found as the packaging says, never by its usual place."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from intake.domain.attachments import FileFacts
from intake.domain.file_kinds import DOCX, XLSX

MAX_MEMBERS: Final = 2_000
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 200
_MAX_LIST: Final = 1024 * 1024  # bytes of a list of parts; real ones have a few thousand
_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
_TYPES, _RELATIONS = "[content_types].xml", "_rels/.rels"
_MAIN: Final = {f"{DOCX}.main+xml": DOCX, f"{XLSX}.main+xml": XLSX}
_MACRO_MAIN: Final = {
    "application/vnd.ms-word.document.macroenabled.main+xml": DOCX,
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": XLSX,
}
_MACROS: Final = ("vbaproject", "activex", "macroenabled")
_BROKEN: Final = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError)
Parts = dict[str, zipfile.ZipInfo]


def is_archive(data: bytes) -> bool:
    """Tell whether the content is a ZIP, which every Office file is."""
    return data.startswith(_STARTS)


def inspect_archive(data: bytes) -> FileFacts:
    """Return which Office file it is, and whether it carries macros or would unpack into something enormous."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            bomb = len(members) > MAX_MEMBERS or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(data))
            if bomb:
                return FileFacts(None, bomb=True)
            parts = {member.filename.lstrip("/").lower(): member for member in members}
            types = _content_types(archive, parts)
            media_type = _main_type(archive, parts, types)
    except _BROKEN:
        return FileFacts(None, damaged=True)
    alive = any(mark in said for said in (*parts, *types.values()) for mark in _MACROS)
    return FileFacts(media_type, active=("macro",) if alive else ())


def _main_type(archive: zipfile.ZipFile, parts: Parts, types: dict[str, str]) -> str | None:
    """Return the media type of the part the package names as its document, None when it is none of ours."""
    for item in _items(archive, parts, _RELATIONS):
        if not item.get("Type", "").endswith("/officeDocument") or item.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(item.get("Target", "").replace("\\", "/")).lstrip("/").lower()
        said = types.get(f"/{target}") or types.get(f".{target.rpartition('.')[2]}", "")
        if target in parts:
            return _MAIN.get(said) or _MACRO_MAIN.get(said)
    return None


def _content_types(archive: zipfile.ZipFile, parts: Parts) -> dict[str, str]:
    """Return the content types of the package by part ("/word/a.xml") and by ending (".xml"), all in small letters."""
    found = {}
    for item in _items(archive, parts, _TYPES):
        name = item.get("PartName") or f".{item.get('Extension', '')}"
        found[name.lower()] = item.get("ContentType", "").lower()
    return found


def _items(archive: zipfile.ZipFile, parts: Parts, name: str) -> Iterator[ElementTree.Element]:
    """Read the entries of one list of the package.

    Raises:
        ValueError: it is too long, no XML, or declares entities, which packages never do.
    """
    member = parts.get(name)
    if member is None:
        return iter(())
    with archive.open(member) as opened:
        text = opened.read(_MAX_LIST + 1)
    if len(text) > _MAX_LIST or b"<!DOCTYPE" in text.replace(b"\0", b""):
        raise ValueError(name)
    try:
        return iter(ElementTree.fromstring(text))  # noqa: S314 - no document type, hence no entities
    except ElementTree.ParseError as error:
        raise ValueError(name) from error
