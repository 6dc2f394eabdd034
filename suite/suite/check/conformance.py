"""How many rows of the requirement matrix have a passing test, counted from tests named after the rows."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MATRIX = Path("docs/regulation/requirements.md")
COVERAGE = Path("docs/regulation/coverage.md")

_ROW = re.compile(r"\| (R-[A-Z]{2,3}-\d{2}) \| (.+?) \| ")
_NAMED = re.compile(r"test_r_([a-z]{2,3})_(\d{2})_\w+")


class Verdict(StrEnum):
    """What the tests of a row say together; a row without a test has none."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"
    UNTESTED = "–"


@dataclass(frozen=True)
class Case:
    """One test that ran: its function, where it stands, and what became of it."""

    function: str
    owner: str
    verdict: Verdict

    @property
    def row(self) -> str | None:
        """Give the row the function is named after, if any: `R-INT-02`."""
        match = _NAMED.fullmatch(self.function)
        return f"R-{match[1].upper()}-{match[2]}" if match else None


@dataclass(frozen=True)
class RowReport:
    """One row of the matrix with its test functions and their common verdict."""

    row: str
    requirement: str
    tests: tuple[str, ...]
    verdict: Verdict


class NoReportError(Exception):
    """A test report is missing or is no JUnit XML."""


def read_rows(matrix: str) -> dict[str, str]:
    """Give every row of section 1 of the matrix with its requirement, in order."""
    section = matrix[matrix.index("## 1. ") : matrix.index("## 2. ")]
    return {match[1]: match[2] for line in section.splitlines() if (match := _ROW.match(line))}


def read_reports(paths: Iterable[Path]) -> list[Case]:
    """Read the cases of several JUnit files, in their order. Raises: NoReportError."""
    return [case for path in paths for case in _read_report(path)]


def _read_report(path: Path) -> Iterator[Case]:
    try:
        root = ET.parse(path).getroot()  # noqa: S314 - our own test run wrote it
    except (OSError, ET.ParseError) as problem:
        raise NoReportError(f"{path}: {problem}") from problem
    for element in root.iter("testcase"):
        function = element.get("name", "").partition("[")[0]
        yield Case(function, _owner(element.get("classname", "")), _verdict(element))


def _owner(classname: str) -> str:
    """Name whose tests they are: `intake` for services.intake.tests.test_api, `tests.e2e` for tests.e2e.test_x."""
    parts = classname.split(".")
    if "tests" in parts[1:]:
        return parts[parts.index("tests", 1) - 1]
    return ".".join(parts[:-1])


def _verdict(element: ET.Element) -> Verdict:
    kinds = {child.tag for child in element}
    if kinds & {"failure", "error"}:
        return Verdict.FAILED
    return Verdict.SKIPPED if "skipped" in kinds else Verdict.PASSED


def count(rows: Mapping[str, str], cases: Iterable[Case]) -> tuple[RowReport, ...]:
    """Give every row its tests; a row passes when one of them passed and none failed."""
    found: dict[str, list[Case]] = {row: [] for row in rows}
    for case in cases:
        if case.row in found:
            found[case.row].append(case)
    return tuple(_report(row, rows[row], own) for row, own in found.items())


def _report(row: str, requirement: str, cases: Sequence[Case]) -> RowReport:
    verdicts = {case.verdict for case in cases}
    order = (Verdict.FAILED, Verdict.PASSED, Verdict.SKIPPED)
    verdict = next((one for one in order if one in verdicts), Verdict.UNTESTED)
    tests = dict.fromkeys(f"{case.owner}: {case.function}" for case in cases)
    return RowReport(row, requirement, tuple(sorted(tests)), verdict)


def strangers(rows: Mapping[str, str], cases: Iterable[Case]) -> tuple[str, ...]:
    """Name the tests that carry the name of a row the matrix does not have."""
    named = {f"{case.owner}: {case.function}" for case in cases if case.row and case.row not in rows}
    return tuple(sorted(named))


def summary(reports: Sequence[RowReport]) -> str:
    """Say the one number: `rows with a passing test: 12 of 361`."""
    passing = sum(report.verdict is Verdict.PASSED for report in reports)
    return f"rows with a passing test: {passing} of {len(reports)}"


def coverage_page(reports: Sequence[RowReport]) -> str:
    """Write the coverage page: the number, a table per group of rows, row → tests → result."""
    lines = [
        "# Requirement rows and their tests",
        "",
        "Written by `make conformance`; do not edit. A row passes when a test named after it passed and none failed.",
        "",
        f"**{summary(reports)}**",
    ]
    group = ""
    for report in reports:
        if report.row[2:5] != group:
            group = report.row[2:5]
            own = [one for one in reports if one.row[2:5] == group]
            passing = sum(one.verdict is Verdict.PASSED for one in own)
            lines += [
                "",
                f"## {group.rstrip('-')}: {passing} of {len(own)}",
                "",
                "| row | tests | result |",
                "|---|---|---|",
            ]
        tests = "<br>".join(f"`{test}`" for test in report.tests) or "–"
        lines.append(f"| {report.row} | {tests} | {report.verdict} |")
    return "\n".join(lines) + "\n"
