"""`motcua calendar`: a year as people read it, and the check before it is relied on."""

from pathlib import Path

import pytest
from suite.cli.calendar import app
from typer.testing import CliRunner, Result

PROVINCE = """
extends: national
version: H42-2026.1
periods: {mon: ["07:30-11:30"], fri: ["07:30-11:30"]}
seasons: [{name: hè, from: "04-16", to: "10-15", periods: {mon: ["07:00-11:00"], fri: ["07:00-11:00"]}}]
make_up: [{date: 2026-03-07, doubtful: true, source: QĐ}]
"""


def run(*words: str) -> Result:
    """Run `motcua calendar`."""
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """A province's own calendar file."""
    path = tmp_path / "H42.yaml"
    path.write_text(PROVINCE, encoding="utf-8")
    return path


def test_a_year_shows_its_hours_its_days_off_and_its_make_up_days() -> None:
    result = run("show", "2026")
    assert result.exit_code == 0
    shown = result.stdout
    assert "T2, T3, T4, T5, T6: 07:30-11:30, 13:30-17:30" in shown
    assert "T7, CN: nghỉ / rest" in shown
    assert "T3 17/02/2026  Tết Nguyên đán / Lunar New Year  [BLLĐ 2019 Đ.112.1.b;" in shown
    assert "T7 22/08/2026  thay / for T2 31/08/2026" in shown
    assert "Ngày Văn hóa Việt Nam / Vietnam Cultural Day †" in shown
    assert "1:21 2:15 3:22 4:20 5:20 6:22 7:23 8:21 9:20 10:22 11:20 12:23 = 249" in shown


def test_a_province_shows_its_seasons_and_its_own_make_up_days(province: Path) -> None:
    shown = run("show", "2026", "--calendar", str(province)).stdout
    assert "hè 16/4–15/10 T2: 07:00-11:00" in shown
    assert "T2: 07:30-11:30" in shown
    assert "T7 07/03/2026   †  [QĐ]" in shown


def test_a_year_nobody_knows_is_not_shown() -> None:
    result = run("show", "2028")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "2019-01-01 – 2027-12-31; không có năm 2028" in result.stderr


def test_the_check_passes_and_lists_the_days_in_doubt() -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "†  2026-11-24  † Ngày Văn hóa Việt Nam: NQ 80-NQ/TW" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("2019–2027, 0 sai / wrong, 11 chưa đối chiếu / in doubt")


def test_the_check_fails_on_a_make_up_day_that_pays_for_nothing(province: Path) -> None:
    result = run("check", "--calendar", str(province))
    assert result.exit_code == 1
    assert (
        "SAI/WRONG  2026-03-07  ngày làm bù không nêu ngày được nghỉ thay / make-up day pays for no named day"
        in result.stdout
    )
    assert "1 sai / wrong, 12 chưa đối chiếu" in result.stdout


def test_a_calendar_without_a_whole_year_cannot_be_vouched_for(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text('valid: [2026-01-01, 2026-06-30]\nperiods: {mon: ["07:00-11:00"]}\n', encoding="utf-8")
    result = run("check", "--calendar", str(path))
    assert (result.exit_code, result.stdout.splitlines()[-1].split(": ")[1]) == (
        1,
        "–, 0 sai / wrong, 0 chưa đối chiếu / in doubt",
    )


def test_a_broken_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("valid: 3", encoding="utf-8")
    for words in (("check",), ("show", "2026")):
        result = run(*words, "--calendar", str(path))
        assert result.exit_code == 2
        assert "bad.yaml" in result.stderr
