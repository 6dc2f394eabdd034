"""Days as people type them."""

from datetime import date, datetime

from regulation.days import EARLIEST, LATEST


def day_said(text: str) -> date | None:
    """Read a day as people write it, 31/12/2026; nothing where it is none that the calendar reckons with."""
    try:
        day = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, no instant
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
