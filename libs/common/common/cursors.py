"""Where a page of a list ended, as an opaque text that leads to the next one."""

import base64
import binascii
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson

from common.errors import FieldProblem, InvalidInputError


def write_cursor(*place: object) -> str:
    """Return the values a page ended at as an opaque text."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode()


def read_cursor(cursor: str, *kinds: Callable[[str], Any]) -> tuple[Any, ...]:
    """Read the values back, each by its kind: `instant`, `str`, `uuid.UUID`.

    Raises:
        InvalidInputError: the text was not made by `write_cursor` of such values.
    """
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
        return tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except (binascii.Error, ValueError, TypeError, AttributeError):
        problem = FieldProblem(
            "cursor", "cursor", "Con trỏ trang không hợp lệ.", "The page cursor is not valid."
        )
        raise InvalidInputError([problem]) from None


def instant(text: str) -> datetime:
    """Read an instant with a zone, of years that calendars and databases have room for. Raises: ValueError."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None or not 1900 <= read.year <= 2999:
        raise ValueError("no instant")
    return read
