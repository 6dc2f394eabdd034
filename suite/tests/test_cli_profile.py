"""`motcua profile`: tables for people, JSON for programs, and a refusal that names the line."""

import json
from pathlib import Path

import pytest
import regulation
from suite.cli.profile import app
from typer.testing import CliRunner

SHIPPED = Path(regulation.__file__).parent / "data/profiles"


def run(*arguments: str) -> tuple[int, str]:
    """Run the command and give its status and everything it said."""
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def test_the_list_names_every_profile_and_its_regulation() -> None:
    status, said = run("list")
    assert status == 0
    assert "thai-nguyen" in said
    assert "11/2020/QĐ-UBND" in said
    listed = json.loads(run("list", "--json")[1])
    assert [one["profile"] for one in listed][-1] == "national-2026"
    assert listed[-1]["versions"][0] == "2025-07-01"


def test_a_profile_is_shown_with_sources_and_what_it_inherits() -> None:
    status, said = run("show", "thai-nguyen")
    assert status == 0
    assert "  intake.check_deadline" in said
    assert "TN Đ.11.3.a; TN PL.B2" in said
    assert "· ops.outage_stops_clock" in said
    shown = json.loads(run("show", "thai-nguyen", "--group", "intake", "--json")[1])
    assert shown["values"]["intake.check_deadline"]["value"] == "4 wh"
    assert not any(key.startswith("qna.") for key in shown["values"])


def test_a_profile_is_shown_as_it_was_on_a_day() -> None:
    assert "tt01_2018" in run("show", "national-2026", "--group", "forms", "--on", "2025-09-14")[1]
    assert "tt03_2025" in run("show", "national-2026", "--group", "forms", "--on", "2025-09-15")[1]
    status, said = run("show", "national-2026", "--on", "2025-06-30")
    assert status == 2
    assert "2025-07-01" in said


@pytest.mark.parametrize(
    "arguments", [("show", "ha-tinh"), ("show", "ha-nam", "--group", "x"), ("show", "no.yaml")]
)
def test_what_does_not_exist_is_refused_in_one_line(arguments: tuple[str, ...]) -> None:
    status, said = run(*arguments)
    assert status == 2
    assert len(said.splitlines()) == 1


def test_two_profiles_are_compared() -> None:
    status, said = run("diff", "ninh-binh", "ha-nam")
    assert status == 1
    assert "½ wd from complete_and_valid" in said
    assert run("diff", "ninh-binh", str(SHIPPED / "ninh-binh.yaml"))[0] == 0
    found = json.loads(run("diff", "ninh-binh", "ha-nam", "--json")[1])
    levels = next(one for one in found if one["key"] == "scope.levels")
    assert levels["ha-nam"]["value"] == ["province", "district"]
    assert levels["ninh-binh"]["source"] == "NB Đ.1.2.a"


def test_a_file_is_checked_and_each_problem_named_with_its_line(tmp_path: Path) -> None:
    good = SHIPPED / "thai-nguyen.yaml"
    assert run("check", str(good))[0] == 0
    assert json.loads(run("check", str(good), "--json")[1]) == []
    lines = good.read_text(encoding="utf-8").splitlines()
    line = next(number for number, one in enumerate(lines) if "value: 4 wh" in one)
    lines[line] = lines[line].replace("4 wh", "four hours")
    bad = tmp_path / "thai-nguyen.yaml"
    bad.write_text("\n".join(lines), encoding="utf-8")
    status, said = run("check", str(bad))
    assert status == 1
    assert f"thai-nguyen.yaml:{line + 1}: intake.check_deadline: must be a duration" in said
    problems = json.loads(run("check", str(bad), "--json")[1])
    assert [(one["line"], one["key"]) for one in problems] == [(line + 1, "intake.check_deadline")]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    assert run("check", str(tmp_path / "no.yaml"))[0] == 2
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe")
    assert run("check", str(tmp_path / "x.yaml"))[0] == 2
