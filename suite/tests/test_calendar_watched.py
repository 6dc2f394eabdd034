"""`motcua status` says when the working calendar ends, early enough to do something about it."""

from datetime import date

import pytest
from suite.cli.status import _calendar_line, calendar_of


@pytest.mark.parametrize(
    ("today", "left", "ready"),
    [(date(2026, 11, 27), 399, True), (date(2027, 11, 1), 60, False), (date(2028, 1, 3), -3, False)],
)
def test_the_end_of_the_calendar_is_told_sixty_days_before(today: date, left: int, ready: bool) -> None:
    told = calendar_of("thai-nguyen", today)
    assert told == {"ends_on": "2027-12-31", "days_left": left, "ready": ready}
    assert ("NO" in _calendar_line(told)) is not ready
