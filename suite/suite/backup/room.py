"""Whether there is room to bring a province back beside the living one; trying copies must never fill its disk."""

import shutil
from pathlib import Path
from typing import Final

GIGABYTE: Final = 1_000_000_000


class NoRoomError(Exception):
    """What is to be brought back does not fit beside what there is; nothing was changed."""


def refuse_narrow(folder: Path, wanted: int, reserve: float) -> None:
    """Refuse to write so many bytes below a folder where they would eat into the reserve.

    So many gigabytes stay free for the living province, or a twentieth of a disk where that is less.

    Raises:
        NoRoomError: what is free would not be enough.
    """
    disk = shutil.disk_usage(folder)
    kept = min(int(reserve * GIGABYTE), disk.total // 20)
    if disk.free - kept < wanted:
        raise NoRoomError(
            f"{_gigabytes(wanted)} are needed in {folder} and {_gigabytes(max(disk.free - kept, 0))} are left"
            f" beside a reserve of {_gigabytes(kept)}"
        )


def _gigabytes(count: int) -> str:
    return f"{count / GIGABYTE:.1f} GB"
