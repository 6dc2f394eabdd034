"""What a scenario found, as a row of the table and of the file."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("what", "measured", "target", "raw limit of this run", "ratio", "RSS", "")


@dataclass(frozen=True)
class Finding:
    """One measured claim; `raw` is in the same unit as `measured`, `ok` is None where nothing is promised."""

    what: str
    measured: float
    unit: str
    target: str = ""
    ok: bool | None = None
    raw: float | None = None
    raw_what: str = ""
    rss_mb: int | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Say how the measured value stands to the raw limit."""
        return None if not self.raw else self.measured / self.raw

    @property
    def verdict(self) -> str:
        """Say in one word how it went."""
        return "" if self.ok is None else "pass" if self.ok else "MISS"

    def cells(self) -> tuple[str, ...]:
        """Give the columns of the table."""
        raw = "" if self.raw is None else f"{figure(self.raw)} {self.unit}, {self.raw_what}"
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        rss = "" if self.rss_mb is None else f"{self.rss_mb} MB"
        return (self.what, f"{figure(self.measured)} {self.unit}", self.target, raw, ratio, rss, self.verdict)


def figure(value: float) -> str:
    """Write a number with three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def show(findings: Sequence[Finding]) -> None:
    """Print the findings as a table, the notes below, and in the end what was missed."""
    rows = [HEADINGS, *(finding.cells() for finding in findings)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    for place, row in enumerate(rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if place == 0:
            print("  ".join("-" * width for width in widths))
    for finding in findings:
        if finding.note:
            print(f"  {finding.what}: {finding.note}")
    missed = [finding for finding in findings if finding.ok is False]
    promised = sum(finding.ok is not None for finding in findings)
    print(f"\n{promised - len(missed)} of {promised} targets reached")
    for finding in missed:
        print(f"MISSED: {finding.what}: {figure(finding.measured)} {finding.unit}, target {finding.target}")


def keep(findings: Sequence[Finding], place: Path) -> None:
    """Write the findings where other programs read them."""
    place.parent.mkdir(parents=True, exist_ok=True)
    told = [{**asdict(finding), "ratio": finding.ratio, "verdict": finding.verdict} for finding in findings]
    place.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
