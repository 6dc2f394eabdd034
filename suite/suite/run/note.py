"""The note a running suite keeps of itself, and whether the one that wrote it still lives."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

CLOCK_MOVES = 60.0  # seconds by which the time a process began may seem to differ after the clock was set


def run_note(folder: Path) -> Path:
    """Return where a running suite notes its addresses."""
    return folder / "run.json"


def written_by_living(told: Mapping[str, Any]) -> bool:
    """Tell whether the supervisor that left this note still runs; its number alone may be somebody else's by now."""
    try:
        began = psutil.Process(told["pid"]).create_time()
    except psutil.NoSuchProcess:
        return False
    return bool(abs(began - told.get("began", began)) < CLOCK_MOVES)
