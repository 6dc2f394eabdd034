"""How a regulation writes a time limit: a duration, a word such as "promptly", and what it counts from."""

import re
from dataclasses import dataclass

from regulation.durations import Duration

WORDS = ("promptly", "same_day_15h", "inside_check", "national", "none")
BORROWING = frozenset({"promptly", "national"})

_SHAPE = re.compile(
    r"(?P<limit>promptly|same_day_15h|inside_check|national|none|\S+ (?:wh|wd|h|d|month|year))"
    r"(?: from (?P<start>[a-z_]+))?(?P<on_working_days> on working days)?"
)


@dataclass(frozen=True)
class Limit:
    """Say one time limit (thời hạn) as the regulation words it.

    `word` stands where the text gives no number: `promptly`, `same_day_15h` (the same working day, after 15:00
    the start of the next), `inside_check` (inside the check deadline), `national` (left to a national rule),
    `none`. `start` is the event the limit counts from when the text names one.
    `on_working_days` marks clock hours that only run on working days.

    Source: TN Đ.18.2 (N-17); HN Đ.11.2; NĐ 61/2018 Đ.18; R-INT-11
    """

    written: str
    duration: Duration | None
    word: str | None
    start: str | None = None
    on_working_days: bool = False

    @classmethod
    def parse(cls, written: str) -> "Limit":
        """Read `4 wh`, `½ wd from complete_and_valid`, `24 h on working days` or one of the words.

        Raises: ValueError when the text is none of these.
        """
        match = _SHAPE.fullmatch(written)
        if match is None:
            raise ValueError(f"{written!r} is no time limit")
        word = match["limit"] if match["limit"] in WORDS else None
        duration = None if word else Duration.parse(match["limit"])
        return cls(written, duration, word, match["start"], match["on_working_days"] is not None)

    def __str__(self) -> str:
        return self.written
