"""The zone of the law has one home."""

import datetime as dt
import re
from pathlib import Path

import regulation
from regulation.zone import day_begins, day_ends, local, local_day, moment_said, moment_said_by_then

ROOT = Path(regulation.__file__).parents[3]


def test_the_day_turns_at_five_in_the_afternoon_of_utc() -> None:
    before, after = (dt.datetime(2026, 11, 20, *at, tzinfo=dt.UTC) for at in ((16, 59), (17, 0)))
    assert (local_day(before), local_day(after)) == (dt.date(2026, 11, 20), dt.date(2026, 11, 21))
    assert local(after).isoformat() == "2026-11-21T00:00:00+07:00"


def test_no_service_and_no_library_names_the_zone_again() -> None:
    rooms = [*(ROOT / "libs").glob("*/*"), *(ROOT / "services").glob("*/*"), ROOT / "suite" / "suite"]
    code = [file for room in rooms if room.name not in {"tests", ".venv"} for file in room.rglob("*.py")]
    named = {file.name for file in code if '"Asia/Ho_Chi_Minh"' in file.read_text("utf-8")}
    assert named == {"zone.py"}


def test_a_local_day_is_from_midnight_to_midnight_and_only_the_zone_says_when_that_is() -> None:
    day = dt.date(2026, 11, 20)
    assert day_begins(day) == dt.datetime(2026, 11, 19, 17, tzinfo=dt.UTC)
    assert day_ends(day) == dt.datetime(2026, 11, 20, 17, tzinfo=dt.UTC)
    rooms = [*(ROOT / "libs").glob("*/*"), *(ROOT / "services").glob("*/*")]
    code = [file for room in rooms if room.name not in {"tests", ".venv"} for file in room.rglob("*.py")]
    midnight = re.compile(r"combine\([^)]*time\(\), HERE")
    assert {file.name for file in code if midnight.search(file.read_text("utf-8"))} == {"zone.py"}


def test_what_an_operator_reads_of_a_moment_is_the_provinces_time_and_no_backup_ended_after_it() -> None:
    ended = dt.datetime(2026, 11, 28, 17, 21, 31, 4, tzinfo=dt.UTC)
    assert moment_said(ended) == "2026-11-29 00:21:31"
    assert moment_said_by_then(ended) == "2026-11-29 00:21:32"
    assert moment_said_by_then(ended.replace(microsecond=0)) == "2026-11-29 00:21:31"


def test_whoever_tells_an_operator_a_moment_writes_it_in_one_way() -> None:
    rooms = (
        *(ROOT / f"suite/suite/{part}" for part in ("backup", "cli", "run")),
        ROOT / "libs/audit/audit",
    )
    found = [
        f"{file.name}: {line.strip()}"
        for room in rooms
        for file in room.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if re.search("%[HI]:%M|%[RTXcr]|sep=|isoformat\\([\"']", line)
    ]
    assert not found
