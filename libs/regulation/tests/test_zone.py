"""The zone of the law has one home."""

import datetime as dt
from pathlib import Path

import regulation
from regulation.zone import local, local_day

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
