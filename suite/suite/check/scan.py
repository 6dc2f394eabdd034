"""`make scan`: known weaknesses of what the suite is made of; what could not be looked up is never green."""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from suite.check.advisories import StaleError, read_advisories, served
from suite.run.places import checkout

AUDIT: Final = "pip-audit==2.10.1"
CLEAN, WEAK, NOT_SCANNED = 0, 1, 2
_PINNED = re.compile(r"(?m)^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)")
_SEPARATORS = re.compile(r"[-_.]+")
Libraries = Mapping[tuple[str, str], None]


class Verdict(NamedTuple):
    """How a scan ended, and what to print."""

    status: int
    text: str


def pinned(lock: str) -> Libraries:
    """Return name and version of every library a lock file pins."""
    return {(_plain(name), version): None for name, version in _PINNED.findall(lock)}


def listed(sbom: str) -> Libraries:
    """Return name and version of every library in a CycloneDX list, our own parts left out."""
    parts = json.loads(sbom).get("components", ())
    found = ((_plain(part["name"]), part.get("version", "")) for part in parts)
    return {one: None for one in found if not one[0].startswith("motcua")}


def judged(asked: Libraries, status: int, output: str, said: str) -> Verdict:
    """Judge what the auditor answered: green only where each library was looked up and none is weak."""
    try:
        answers = {
            (_plain(one["name"]), one.get("version", "")): one for one in json.loads(output)["dependencies"]
        }
    except (ValueError, KeyError, TypeError):
        return Verdict(NOT_SCANNED, f"NOT SCANNED: {(said.strip().splitlines() or ['no answer'])[-1]}")
    weak = [
        f"  {name} {version}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version yet'}"
        for (name, version), one in sorted(answers.items())
        for found in one.get("vulns", ())
    ]
    if weak:
        return Verdict(WEAK, "\n".join([f"{len(weak)} known weaknesses:", *weak]))
    missing = sorted(set(asked) - {key for key, one in answers.items() if "vulns" in one})
    if missing or status != 0:
        names = ", ".join(name for name, _ in missing) or said.strip()
        return Verdict(NOT_SCANNED, f"NOT SCANNED: {len(missing)} libraries were not looked up: {names}")
    return Verdict(CLEAN, f"{len(asked)} libraries, none with a known weakness")


def scan(asked: Libraries, source: str, auditor: Sequence[str]) -> Verdict:
    """Have the auditor look every library up at a source."""
    with tempfile.TemporaryDirectory(prefix="motcua-scan-") as folder:
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("".join(f"{name}=={version}\n" for name, version in asked))
        words = ["-r", str(wanted), "--no-deps", "--disable-pip", "--strict", "-f", "json", "-s", "osv"]
        words += ["--cache-dir", f"{folder}/cache", "--progress-spinner", "off", "--timeout", "30"]
        words += ["--osv-url", source] if source else []
        done = subprocess.run([*auditor, *words], capture_output=True, text=True, check=False)
    return judged(asked, done.returncode, done.stdout, done.stderr)


@contextmanager
def _source(told: Any) -> Iterator[str]:
    """Give the address that answers: a folder of advisories is read here, and nothing leaves this machine."""
    if told.advisories is None:
        yield told.source
        return
    with served(read_advisories(told.advisories)) as address:
        yield address


def main(arguments: Sequence[str] | None = None) -> int:
    """Scan what runs, and with `--sbom` what an image holds; 0 is clean, 1 weak, 2 not scanned."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sbom", type=Path, help="CycloneDX list of an image, scanned as well")
    parser.add_argument(
        "--source", default="", help="address that answers as OSV's query does; none asks OSV"
    )
    parser.add_argument(
        "--advisories", type=Path, help="folder of OSV's advisories for PyPI, for a machine without network"
    )
    told = parser.parse_args(arguments)
    asked = dict(pinned((checkout() / "requirements.lock").read_text("utf-8")))
    if told.sbom:
        asked |= listed(told.sbom.read_text("utf-8"))
    auditor = (sys.executable, "-m", "uv", "tool", "run", "--quiet", "--from", AUDIT, "pip-audit")
    try:
        with _source(told) as source:
            verdict = scan(asked, source, auditor)
    except StaleError as old:
        verdict = Verdict(NOT_SCANNED, f"NOT SCANNED: {old}")
    print(verdict.text)  # noqa: T201 - a command's answer
    return verdict.status


def _plain(name: str) -> str:
    return _SEPARATORS.sub("-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
