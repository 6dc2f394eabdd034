"""Which promises of reliability a fault test proves, and which runbooks were carried out by one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

from suite.check.asvs import ClaimError, claiming_tests
from suite.check.programs import RULE_FILES

PROMISES = Path(__file__).parent / "promises.yaml"
PAGE = Path("docs/operations/promises.md")
HEAD = """# What is promised, and by which test

Written by `motcua promises`; do not edit. Each promise is put to the test by a fault made on purpose: 0 lost, 0 counted
twice, 0 stuck. A test proves the promise it is named after (`test_r13_…`), a runbook the test `test_runbook_joblate_…`;
earlier tests are named in `promises.yaml`. What no test proves is not claimed.
"""
NOT_HERE = "nobody: it takes a cluster whose databases the operator keeps"
_NAMED = re.compile(r"test_(r\d+)_")
_RUNBOOK = re.compile(r"test_runbook_([a-z]+)_")


class Told(NamedTuple):
    """One promise in our words, the tests named in the list, and why it is not claimed where it is not."""

    words: str
    tests: tuple[str, ...]
    unless: str


def read_promises(text: str) -> dict[str, Told]:
    """Read the promises as they are written down, in order."""
    found = {}
    for number, row in yaml.safe_load(text).items():
        words, *more = row
        tests = tuple(one for one in more if one.startswith("test_"))
        found[number] = Told(words, tests, ", ".join(one for one in more if one not in tests))
    return found


def alerts(text: str) -> tuple[str, ...]:
    """Read the names of all alerts that wake somebody, in order."""
    return tuple(rule["alert"] for group in yaml.safe_load(text)["groups"] for rule in group["rules"])


def proven(promises: Mapping[str, Told], tests: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for each promise the tests that prove it, as file::name; `tests` are names with their files.

    Raises:
        ClaimError: a test is named after no promise, or a promise names a test that is not there.
    """
    places = {name: f"{file}::{name}" for name, file in tests}
    if missing := sorted({name for told in promises.values() for name in told.tests} - set(places)):
        raise ClaimError(f"no such test: {', '.join(missing)}")
    found = {number: [places[name] for name in told.tests] for number, told in promises.items()}
    for name, place in places.items():
        if match := _NAMED.match(name):
            if (number := match[1].upper()) not in found:
                raise ClaimError(f"{place} is named after no promise: {number}")
            found[number].append(place)
    return found


def carried_out(names: Sequence[str], tests: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return for each alert the tests that carried its runbook out. Raises: ClaimError for a runbook of no alert."""
    found: dict[str, list[str]] = {name: [] for name in names}
    known = {name.lower(): name for name in names}
    for name, file in tests:
        if match := _RUNBOOK.match(name):
            if match[1] not in known:
                raise ClaimError(f"{file}::{name} is the runbook of no alert: {match[1]}")
            found[known[match[1]]].append(f"{file}::{name}")
    return found


def page(
    promises: Mapping[str, Told], found: Mapping[str, Sequence[str]], runbooks: Mapping[str, Sequence[str]]
) -> str:
    """Write the page: a table of promises and one of runbooks."""
    claimed, done = sum(map(bool, found.values())), sum(map(bool, runbooks.values()))
    lines = [HEAD, f"**{claimed} of {len(promises)} promises, {done} of {len(runbooks)} runbooks.**", ""]
    lines += ["| promise | says | proven by |", "|---|---|---|"]
    for number, told in promises.items():
        why = f"not claimed: {told.unless}" if told.unless else "not claimed"
        lines.append(f"| {number} | {told.words} | {_listed(found[number]) or why} |")
    lines += ["", "## Runbooks", "", "| alert | carried out by |", "|---|---|"]
    for name, tests in runbooks.items():
        why = NOT_HERE if name.startswith("Operator") else "nobody yet"
        lines.append(f"| {name} | {_listed(tests) or why} |")
    return "\n".join(lines) + "\n"


def _listed(tests: Sequence[str]) -> str:
    return "<br>".join(f"`{one}`" for one in sorted(set(tests)))


def written(root: Path) -> str:
    """Return the page as the tests of a checkout have it. Raises: ClaimError."""
    promises = read_promises(PROMISES.read_text(encoding="utf-8"))
    tests = [(name, file) for name, file, _ in claiming_tests(root)]
    names = [one for file in RULE_FILES for one in alerts((root / file).read_text(encoding="utf-8"))]
    return page(promises, proven(promises, tests), carried_out(names, tests))
