"""What time it is; asked at the edges, handed on as an argument."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Tell the time in UTC."""
    return datetime.now(UTC)
