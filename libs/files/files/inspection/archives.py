"""Look into Office files: the main part is found as the packaging says, never by its usual place."""

import io
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from files.inspection.office_parts import Findings, look_through, type_of
from files.inspection.second_files import second_file
from files.kinds import DOCX, XLSX
from files.refusals import FileFacts

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
_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
_PDF_WITHIN: Final = 1024
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
            parts = {member.filename.lower(): member for member in members}
            # of two with one name, one program would read the first, another the last
            if len(parts) < len(members) or any(map(_leads_out, members)):
                return FileFacts(None, damaged=True)
            types = _content_types(archive, parts)
            media_type = _main_type(archive, parts, types)
            findings, too_much = Findings(), False
            if media_type is not None:
                for said in types.values():
                    findings.by_name(said)
                too_much = look_through(archive, parts, types, findings)
            second = second_file(archive.comment) or _pdf_within(data)
    except _BROKEN:
        return FileFacts(None, damaged=True)
    return FileFacts(
        media_type,
        complex=too_much,
        active=tuple(sorted(findings.active)),
        second=second,
        links=tuple(findings.links),
    )


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Tell whether a member would be unpacked somewhere else than it says, or is a link: packages have none such."""
    name = member.orig_filename
    steps = name.removesuffix("/").split("/")
    strange = "\\" in name or ":" in steps[0] or any(ord(letter) < 32 for letter in name)
    return strange or not {"", ".", ".."}.isdisjoint(steps) or stat.S_ISLNK(member.external_attr >> 16)


def _pdf_within(data: bytes) -> tuple[str, ...]:
    """Tell whether a reader of PDF would take the file for one of its own."""
    return ("PDF",) if b"%PDF-" in data[: _PDF_WITHIN + 5] else ()


def _main_type(archive: zipfile.ZipFile, parts: Parts, types: dict[str, str]) -> str | None:
    """Return the media type of the part the package names as its document, None when it is none of ours."""
    for item in _items(archive, parts, _RELATIONS):
        if not item.get("Type", "").endswith("/officeDocument") or item.get("TargetMode") == "External":
            continue
        target = posixpath.normpath(item.get("Target", "").replace("\\", "/")).lstrip("/").lower()
        said = type_of(target, types)
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
