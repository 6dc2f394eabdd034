"""`motcua clock`: tables of due dates and one explained due date, as a clerk and a checker would ask."""

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from regulation.clock import Ledger, recompute
from regulation.clock.by_profile import calendar_of
from regulation.profiles import load
from suite.cli.clock import app
from typer.testing import CliRunner, Result

HEADER = "id,rule,received,amount,pause_from,pause_to\n"
CALENDAR = """
zone: Asia/Ho_Chi_Minh
valid: [2026-01-01, 2026-12-31]
periods: {mon: ["07:00-11:30", "13:30-17:00"], tue: ["07:00-11:30", "13:30-17:00"], wed: ["07:00-11:30", "13:30-17:00"],
          thu: ["07:00-11:30", "13:30-17:00"], fri: ["07:00-11:30", "13:30-17:00"]}
off: [2026-08-31, 2026-09-01, 2026-09-02]
make_up: [2026-08-22]
"""
CASES = """1,hours,2026-08-28T16:00,4,,
2,working_days,2026-09-02T10:00,1,,
3,calendar_days,2026-08-20T10:00,10,,
4,months,2026-01-31T10:00,1,,
5,same_day_15h,2026-08-28T15:00,,,
6,same_day_15h,2026-08-28T15:01,,,
7,hours+pause,2026-08-28T10:00,8,2026-08-28T11:00,2026-08-28T14:00
8,working_days,2026-08-21T16:00,1,,
"""
ANSWERS = """id,due
1,2026-09-03T10:00
2,2026-09-03T17:00
3,2026-09-03T17:00
4,2026-03-02T17:00
5,2026-08-28T17:00
6,2026-09-03T17:00
7,2026-09-03T11:00
8,2026-08-22T17:00
"""


def backwards(rows: str) -> str:
    """The same rows with their columns in reverse."""
    return "".join(",".join(reversed(line.split(","))) + "\n" for line in rows.split())


@pytest.fixture
def calendar(tmp_path: Path) -> Path:
    """The synthetic calendar as a file."""
    path = tmp_path / "cal.yaml"
    path.write_text(CALENDAR, encoding="utf-8")
    return path


def batch(calendar: Path, table: str | bytes, *more: str) -> Result:
    """Run a table through `motcua clock batch`."""
    return CliRunner().invoke(app, ["batch", "--calendar", str(calendar), *more], input=table)


def test_a_table_of_cases_comes_back_as_a_table_of_due_dates(calendar: Path) -> None:
    result = batch(calendar, HEADER + CASES)
    assert (result.exit_code, result.stdout, result.stderr) == (0, ANSWERS, "")


def test_rows_that_cannot_be_computed_are_named_and_the_others_are_answered(calendar: Path) -> None:
    table = (
        HEADER
        + "a,weeks,2026-08-28T10:00,1,,\nb,hours,2026-08-28T10:00,1,,\nc,hours,2027-01-01T10:00,1,,\nd,hours\n"
    )
    result = batch(calendar, table)
    assert result.exit_code == 1
    assert result.stdout == "id,due\na,\nb,2026-08-28T11:00\nc,\nd,\n"
    told = result.stderr.splitlines()
    assert [line.split(":")[0] for line in told] == ["a", "c", "d"]
    assert "Không có quy tắc “weeks”" in told[0]
    assert "There is no rule “weeks”" in told[0]
    assert "2027-01-01" in told[1]


@pytest.mark.parametrize(
    "table",
    [
        "\ufeff" + HEADER + CASES,
        (HEADER + CASES).replace("\n", "\r\n"),
        HEADER + "\n" + CASES + "\n\n",
        "pause_to,pause_from,amount,received,rule,id\n" + backwards(CASES),
    ],
)
def test_the_table_may_come_from_any_spreadsheet(calendar: Path, table: str) -> None:
    assert batch(calendar, table.encode()).stdout == ANSWERS


def test_no_cases_make_an_empty_table_and_no_header_is_refused(calendar: Path) -> None:
    assert (batch(calendar, HEADER).exit_code, batch(calendar, HEADER).stdout) == (0, "id,due\n")
    for table in ("", "id,rule,received\n1,hours,2026-08-28T10:00\n"):
        result = batch(calendar, table)
        assert result.exit_code == 2
        assert "id,rule,received,amount,pause_from,pause_to" in result.stderr


def test_bytes_that_are_no_text_spoil_only_their_row(calendar: Path) -> None:
    result = batch(
        calendar, HEADER.encode() + b"1,h\xffurs,2026-08-28T10:00,1,,\n2,hours,2026-08-28T10:00,1,,\n"
    )
    assert (result.exit_code, result.stdout) == (1, "id,due\n1,\n2,2026-08-28T11:00\n")


def test_a_cell_beyond_all_bounds_stops_the_table(calendar: Path) -> None:
    result = batch(calendar, HEADER + '1,hours,2026-08-28T10:00,"' + "9" * 200_000 + '",,\n')
    assert result.exit_code == 2
    assert result.stderr.startswith("CSV: ")


def test_a_calendar_that_contradicts_itself_is_refused(tmp_path: Path, calendar: Path) -> None:
    calendar.write_text(CALENDAR + "holiday: []\n", encoding="utf-8")
    result = batch(calendar, HEADER + CASES)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "unknown key holiday" in result.stderr
    assert batch(tmp_path / "none.yaml", HEADER).exit_code == 2


def test_the_other_reading_of_the_policy_case_can_be_asked_for(calendar: Path) -> None:
    result = batch(
        calendar, HEADER + "15,working_days,2026-09-02T10:00,1,,\n", "--day-zero", "next_working_day"
    )
    assert result.stdout == "id,due\n15,2026-09-04T17:00\n"


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])
def test_the_zone_of_the_machine_changes_nothing(calendar: Path, zone: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "suite.cli", "clock", "batch", "--calendar", str(calendar)],
        input=(HEADER + CASES).encode(),
        capture_output=True,
        env=os.environ | {"TZ": zone, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert answer.stdout.decode() == ANSWERS


def test_a_thousand_random_rows_are_answered_in_their_order(calendar: Path) -> None:
    dice = random.Random(3)
    dates = [f"2026-{dice.randint(1, 9):02}-{dice.randint(1, 28):02}" for _ in range(1000)]
    rows = [
        f"{n},hours,{day}T{dice.randint(0, 23):02}:15,{dice.randint(1, 40)},," for n, day in enumerate(dates)
    ]
    result = batch(calendar, HEADER + "\n".join(rows))
    assert result.exit_code == 0
    answers = list(csv.DictReader(result.stdout.splitlines()))
    assert [row["id"] for row in answers] == [str(n) for n in range(1000)]
    assert all(row["due"] for row in answers)


def due(*words: str) -> Result:
    """Run `motcua clock due`."""
    return CliRunner().invoke(app, ["due", *words])


def test_one_due_date_is_printed_with_its_sentence_and_its_ledger() -> None:
    result = due(
        "--profile", "thai-nguyen", "--rule", "hours", "--received", "2026-03-06T16:00", "--limit", "4 wh"
    )
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "2026-03-09T10:00+07:00",
        "Nhận lúc 16:00 thứ Sáu ngày 06/03/2026; thời hạn 4 giờ làm việc; hạn cuối là 10:00 thứ Hai ngày 09/03/2026.",
        "",
        "+ 06/03/2026 16:00 – 06/03/2026 17:30  Có tính, cộng dồn 1 giờ 30 phút",
        "  06/03/2026 17:30 – 07/03/2026 00:00  Ngoài giờ làm việc",
        "  07/03/2026 00:00 – 09/03/2026 00:00  Nghỉ hằng tuần",
        "  09/03/2026 00:00 – 09/03/2026 07:30  Ngoài giờ làm việc",
        "+ 09/03/2026 07:30 – 09/03/2026 10:00  Có tính, cộng dồn 4 giờ",
    ]


def test_the_json_holds_the_whole_ledger_and_can_be_proved() -> None:
    words = (
        "--rule",
        "hours",
        "--received",
        "2026-03-06T16:00",
        "--limit",
        "4",
        "--json",
        "--source",
        "TN Đ.11.3.a",
    )
    pauses = ("--pause", "2026-03-06T16:30/2026-03-06T17:00", "--pause", "2026-03-09T08:00/2026-03-09T08:30")
    answer = json.loads(due(*words, *pauses, "--profile", "ha-nam", "--handed-in", "2026-03-05T09:00").stdout)
    assert (answer["due"], answer["due_at"]) == ("2026-03-09T11:00+07:00", "2026-03-09T04:00:00Z")
    assert answer["sentence"]["vi"].startswith("Nộp lúc 09:00 thứ Năm ngày 05/03/2026")
    assert answer["sentence"]["en"].endswith("Source: TN Đ.11.3.a.")
    ledger = Ledger.from_dict(answer["ledger"])
    assert recompute(ledger, calendar_of(load("ha-nam"))) == ledger
    assert len(ledger.pauses) == 2


@pytest.mark.parametrize(
    ("rule", "limit", "expected"),
    [
        ("working_days", "5 Ngày làm việc", "2026-03-13T17:30+07:00"),
        ("working_days", "½ wd", "2026-03-09T10:00+07:00"),
        ("calendar_days", "30", "2026-04-06T17:30+07:00"),
        ("months", "1", "2026-04-06T17:30+07:00"),
        ("clock_hours", "24 giờ", "2026-03-07T16:00+07:00"),
        ("working_day_clock_hours", "24 h", "2026-03-09T16:00+07:00"),
        ("same_day_15h", "", "2026-03-09T17:30+07:00"),
        ("forward_15h", "", "2026-03-09T07:30+07:00"),
    ],
)
def test_every_rule_can_be_asked(rule: str, limit: str, expected: str) -> None:
    words = ["--rule", rule, "--received", "2026-03-06T16:00", "--lang", "en"]
    result = due(*words, *(["--limit", limit] if limit else []))
    assert result.stdout.splitlines()[0] == expected
    assert result.stdout.splitlines()[1].startswith("Received at 16:00 on Friday 6 March 2026;")


def test_a_calendar_file_takes_the_place_of_the_profiles(calendar: Path) -> None:
    words = (
        "--rule",
        "working_days",
        "--received",
        "2026-09-02T10:00",
        "--limit",
        "1 wd",
        "--calendar",
        str(calendar),
    )
    assert due(*words).stdout.splitlines()[0] == "2026-09-03T17:00+07:00"
    assert due(*words, "--day-zero", "next_working_day").stdout.splitlines()[0] == "2026-09-04T17:00+07:00"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            ("--rule", "hours", "--received", "2026-03-06T16:00", "--limit", "5 wd"),
            "Quy tắc hours không tính theo 5 wd.",
        ),
        (("--rule", "hours", "--received", "2026-03-06T16:00"), "Quy tắc hours không tính theo"),
        (
            ("--rule", "hours", "--received", "2026-03-06T16:00", "--limit", "10-25"),
            "“10-25” không phải là thời hạn",
        ),
        (("--rule", "hours", "--received", "today", "--limit", "4"), "--received: “today”"),
        (
            ("--rule", "hours", "--received", "2026-03-06T16:00", "--limit", "4", "--pause", "x/y"),
            "--pause: “x”",
        ),
        (("--rule", "hours", "--received", "2030-03-06T16:00", "--limit", "4"), "2030-03-06"),
        (
            ("--rule", "hours", "--received", "2026-03-06T16:00", "--limit", "4", "--profile", "lang-son"),
            "lang-son",
        ),
        (
            ("--rule", "hours", "--received", "2026-03-06T16:00", "--limit", "4", "--calendar", "/none.yaml"),
            "/none.yaml",
        ),
    ],
)
def test_what_cannot_be_computed_is_said_in_vietnamese(words: tuple[str, ...], reason: str) -> None:
    result = due(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert reason in result.stderr
    assert "Traceback" not in result.stderr


def test_an_unknown_rule_is_a_wrong_call() -> None:
    assert due("--rule", "weeks", "--received", "2026-03-06T16:00", "--limit", "4").exit_code == 2
