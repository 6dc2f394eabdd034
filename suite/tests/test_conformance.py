"""Rows are counted from tests named after them, over several reports, and a failing test takes its row back."""

from pathlib import Path

import pytest
from suite.check.conformance import (
    COVERAGE,
    MATRIX,
    NoReportError,
    Verdict,
    count,
    coverage_page,
    read_reports,
    read_rows,
    strangers,
    summary,
)
from suite.cli.conformance import app
from typer.testing import CliRunner

CHECKOUT = Path(__file__).parents[2]
ROWS = """\
## 1. Requirement matrix
### 1.4 INT
| id | requirement | service | sources | profile |
|---|---|---|---|---|
| R-INT-01 | Queue in real time. | intake | TN Đ.12.1 | – |
| R-INT-02 | Check deadline. | intake | TN Đ.11.3.a | – |
| R-INT-03 | Checklist. | intake | NB Đ.16.1 | – |
### 1.17 UX
| R-UX-01 | Domain names. | portal | NB Đ.3 | – |
## 2. Not software
| R-INT-99 | Not a row. | – | – | – |
"""
FIRST = """<testsuites><testsuite>
<testcase classname="services.intake.tests.test_api" name="test_r_int_01_queue[ninh-binh]"/>
<testcase classname="services.intake.tests.test_api" name="test_r_int_01_queue[ha-nam]"/>
<testcase classname="services.intake.tests.api.test_x" name="test_r_int_02_due"><failure message="no"/></testcase>
<testcase classname="services.intake.tests.test_api" name="test_r_int_03_list"><skipped/></testcase>
<testcase classname="services.intake.tests.test_api" name="test_nothing_named"/>
</testsuite></testsuites>"""
SECOND = """<testsuite>
<testcase classname="tests.e2e.test_journey" name="test_r_int_02_due_over_the_wire"/>
<testcase classname="services.portal.tests.test_p" name="test_r_ux_01_host"/>
<testcase classname="services.portal.tests.test_p" name="test_r_ux_77_nothing"/>
</testsuite>"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Lay a checkout with a small matrix and two reports."""
    (tmp_path / MATRIX).parent.mkdir(parents=True)
    (tmp_path / MATRIX).write_text(ROWS, encoding="utf-8")
    (tmp_path / "first.xml").write_text(FIRST, encoding="utf-8")
    (tmp_path / "second.xml").write_text(SECOND, encoding="utf-8")
    return tmp_path


def test_the_committed_matrix_has_361_rows() -> None:
    rows = read_rows((CHECKOUT / MATRIX).read_text(encoding="utf-8"))
    assert len(rows) == 361
    assert rows["R-INT-12"] == "Handling time starts at the moment of acceptance, not of submission."


def test_reports_are_merged_and_one_failure_takes_the_row_back(checkout: Path) -> None:
    cases = read_reports([checkout / "first.xml", checkout / "second.xml"])
    reports = {one.row: one for one in count(read_rows(ROWS), cases)}
    assert {row: one.verdict for row, one in reports.items()} == {
        "R-INT-01": Verdict.PASSED,
        "R-INT-02": Verdict.FAILED,
        "R-INT-03": Verdict.SKIPPED,
        "R-UX-01": Verdict.PASSED,
    }
    assert reports["R-INT-01"].tests == ("intake: test_r_int_01_queue",)
    assert reports["R-INT-02"].tests == (
        "intake: test_r_int_02_due",
        "tests.e2e: test_r_int_02_due_over_the_wire",
    )
    assert summary(list(reports.values())) == "rows with a passing test: 2 of 4"
    assert strangers(read_rows(ROWS), cases) == ("portal: test_r_ux_77_nothing",)


def test_an_error_counts_as_a_failure(tmp_path: Path) -> None:
    report = tmp_path / "r.xml"
    report.write_text('<s><testcase classname="a.tests.b" name="test_r_int_01_x"><error/></testcase></s>')
    assert read_reports([report])[0].verdict is Verdict.FAILED


def test_a_row_without_a_test_stays_open() -> None:
    reports = count(read_rows(ROWS), [])
    assert {one.verdict for one in reports} == {Verdict.UNTESTED}
    assert "| R-INT-01 | – | – |" in coverage_page(reports)


def test_the_page_lists_every_row_with_its_tests(checkout: Path) -> None:
    page = coverage_page(count(read_rows(ROWS), read_reports([checkout / "first.xml"])))
    assert "**rows with a passing test: 1 of 4**" in page
    assert "## INT: 1 of 3" in page
    assert "## UX: 0 of 1" in page
    assert "| R-INT-01 | `intake: test_r_int_01_queue` | passed |" in page


@pytest.mark.parametrize("written", [None, "<testsuite>"])
def test_a_missing_or_broken_report_is_named(tmp_path: Path, written: str | None) -> None:
    path = tmp_path / "r.xml"
    if written is not None:
        path.write_text(written)
    with pytest.raises(NoReportError, match=r"r\.xml"):
        read_reports([path])


def run(checkout: Path, *reports: str) -> tuple[int, str]:
    """Run the command over reports of the checkout."""
    arguments = [part for report in reports for part in ("--junit", str(checkout / report))]
    result = CliRunner().invoke(app, [*arguments, "--root", str(checkout)])
    return result.exit_code, result.output


def test_the_command_writes_the_page_and_fails_for_a_failing_or_unknown_row(checkout: Path) -> None:
    status, said = run(checkout, "first.xml", "second.xml")
    assert status == 1
    assert "rows with a passing test: 2 of 4" in said
    assert "failed: R-INT-02" in said
    assert "names no row of the matrix: portal: test_r_ux_77_nothing" in said
    assert "| R-UX-01 | `portal: test_r_ux_01_host` | passed |" in (checkout / COVERAGE).read_text()


def test_the_command_ends_well_when_nothing_failed(checkout: Path) -> None:
    (checkout / "first.xml").write_text(FIRST.replace('<failure message="no"/>', ""))
    assert run(checkout, "first.xml") == (0, "rows with a passing test: 2 of 4\n")
    assert run(checkout, "third.xml")[0] == 2


def test_without_a_report_the_named_tests_are_run(checkout: Path) -> None:
    body = "def test_r_int_03_checklist():\n    assert True\n\n\ndef test_other():\n    assert False\n"
    (checkout / "test_named.py").write_text(body)
    (checkout / "pytest.ini").write_text("[pytest]\n")
    assert run(checkout) == (0, "rows with a passing test: 1 of 4\n")
