"""Whether there is room to bring a province back beside the living one; trying copies must never fill its disk."""

import shutil
from pathlib import Path
from typing import Final

RESERVE: Final = 5_000_000_000
"""Bytes that stay free for the living province, or a twentieth of a disk where that is less."""


class NoRoomError(Exception):
    """What is to be brought back does not fit beside what there is; nothing was changed."""


def refuse_narrow(folder: Path, wanted: int) -> None:
    """Refuse to write so many bytes below a folder where they would eat into the reserve. Raises: NoRoomError."""
    disk = shutil.disk_usage(folder)
    reserve = min(RESERVE, disk.total // 20)
    if disk.free - reserve < wanted:
        raise NoRoomError(
            f"{_gigabytes(wanted)} are needed in {folder} and {_gigabytes(max(disk.free - reserve, 0))} are left"
            f" beside a reserve of {_gigabytes(reserve)}"
        )


def _gigabytes(count: int) -> str:
    return f"{count / 1e9:.1f} GB"
