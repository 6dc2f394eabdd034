"""Folders of tests and benchmarks: they go with the process that made them, also when it was killed."""

import os
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Final

_OURS: Final = re.compile(r"motcua-[a-z0-9-]+-p(\d+)-")
"""A folder below the machine's temporary one, and the process that made it."""
_made: Final[list[Path]] = []


def private_folder(name: str) -> Path:
    """Make an empty folder that an unprivileged server may enter; it goes when the tests are over."""
    sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"motcua-{name}-p{os.getpid()}-"))
    folder.chmod(0o711)
    _made.append(folder)
    return folder


def remove_folder(folder: Path) -> None:
    """Remove a folder before the tests are over, where many of its kind would be too much."""
    shutil.rmtree(folder, ignore_errors=True)
    _made.remove(folder)


def remove_folders() -> None:
    """Leave nothing behind: a whole run fills gigabytes."""
    for folder in _made:
        shutil.rmtree(folder, ignore_errors=True)


@cache
def sweep(place: Path) -> None:
    """Remove, once, what runs that were killed left in a place; what a living process made stays."""
    for folder in place.glob("motcua-*"):
        named = _OURS.match(folder.name)
        if named and not _lives(int(named[1])):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
