"""A page cursor leads back to where the page ended, and nothing else is taken for one."""

import uuid
from datetime import UTC, datetime

import pytest
from common.cursors import instant, read_cursor, write_cursor
from common.errors import InvalidInputError

NOON = datetime(2026, 12, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        ((NOON, "H42.101-1"), (instant, str)),
        ((uuid.UUID(int=7),), (uuid.UUID,)),
        ((NOON, NOON, "x"), (instant, instant, str)),
    ],
)
def test_what_was_written_is_read_back(place, kinds):
    assert read_cursor(write_cursor(*place), *kinds) == place


@pytest.mark.parametrize(
    "cursor", ["", "?", "abc", "ư", write_cursor("x"), write_cursor(NOON), write_cursor(1, 2), "e30="]
)
def test_anything_else_is_refused(cursor):
    with pytest.raises(InvalidInputError):
        read_cursor(cursor, instant, str)
