"""Everything a person's vault holds, as one ZIP with a list of it (bản xuất dữ liệu của kho)."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final

_LONGEST, _LONGEST_ENDING = 120, 8
"""Bytes of a name, and signs of its ending: folders of every system have room for it, and programs know the kind."""
MANIFEST: Final = "danh-muc.json"
LEGEND: Final = "Danh mục giấy tờ trong kho quản lý dữ liệu điện tử / List of the papers in the data vault"


def entry_name(number: int, place: int, name: str) -> str:
    """Return under which name a file stands in the bundle: numbers first, so that no two are alike."""
    safe = "".join("_" if sign in '/\\:*?"<>|' or not sign.isprintable() else sign for sign in name).strip(
        ". "
    )
    stem, dot, ending = safe.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = safe, "", ""
    kept = stem.encode()[:_LONGEST].decode(errors="ignore").rstrip(". ")
    return f"{number:03d}-{place}-{kept or 'tep'}{dot}{ending}"


class Bundle:
    """A ZIP that is written file by file; what it says of each stands in its list. Source: QT Đ.20.2; R-VLT-08."""

    def __init__(self, target: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)

    def add(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._zip.writestr(name, data)

    def close(self, owner: str, made_at: str, papers: Sequence[Mapping[str, Any]]) -> None:
        """Write the list and end the bundle."""
        told = {"title": LEGEND, "account": owner, "made_at": made_at, "papers": list(papers)}
        self._zip.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        self._zip.close()
