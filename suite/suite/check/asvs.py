"""Which items of the OWASP ASVS 5.0 this suite claims: those that a named test proves, and no others."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

ITEMS = Path(__file__).parent / "asvs.yaml"
PAGE = Path("docs/security/asvs.md")
ROOMS = ("libs", "services", "suite", "tests")
ABSENT = "absent"
HEAD = """# OWASP ASVS 5.0: what is claimed, and by which test

Written by `motcua asvs`; do not edit. An item is claimed where a test proves it; "absent" means that the suite has
no such feature, which a test proves too. What no test proves is not claimed. The words are ours and short;
the standard's count.
"""


class ClaimError(Exception):
    """An item nobody knows, or a test that is not there."""


@dataclass(frozen=True)
class Item:
    """One item of the standard: its chapter, level, our short words, and the tests that prove it."""

    number: str
    chapter: str
    level: int
    words: str
    tests: tuple[str, ...]
    absent: bool


def read_items(text: str) -> dict[str, Item]:
    """Read the items as they are written down, in order."""
    return {
        number: _item(number, chapter, int(row[0]), [str(word) for word in row[1:]])
        for chapter, rows in yaml.safe_load(text).items()
        for number, row in rows.items()
    }


def _item(number: str, chapter: str, level: int, told: Sequence[str]) -> Item:
    """Divide a row into words, which may hold commas, and tests."""
    tests = tuple(one for one in told if one.startswith("test_"))
    words = ", ".join(one for one in told if one not in tests and one != ABSENT)
    return Item(number, chapter, level, words, tests, ABSENT in told)


def claiming_tests(root: Path) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield the name, the file and the claimed items of every test of a checkout."""
    for room in ROOMS:
        for file in sorted((root / room).rglob("test_*.py")):
            if ".venv" not in file.parts and "mutants" not in file.parts:
                place = file.relative_to(root).as_posix()
                yield from ((name, place, marks) for name, marks in _tests(file.read_text(encoding="utf-8")))


def _tests(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            marks = [
                call for call in node.decorator_list if isinstance(call, ast.Call) and _is_claim(call.func)
            ]
            yield node.name, tuple(ast.literal_eval(one) for call in marks for one in call.args)


def _is_claim(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and function.attr == "asvs"


def claims(
    items: Mapping[str, Item], tests: Sequence[tuple[str, str, tuple[str, ...]]]
) -> dict[str, list[str]]:
    """Return for each item the tests that prove it, as file::name. Items above level 2 may be marked and are left out.

    Raises:
        ClaimError: a test names no item, or an item names a test that is not there.
    """
    places = {name: f"{file}::{name}" for name, file, _ in tests}
    missing = sorted({name for item in items.values() for name in item.tests} - set(places))
    if missing:
        raise ClaimError(f"no such test: {', '.join(missing)}")
    found = {number: [places[name] for name in item.tests] for number, item in items.items()}
    for name, file, marks in tests:
        for number in marks:
            if number not in found:
                raise ClaimError(f"{file}::{name} names no item of level 1 or 2: {number}")
            found[number].append(f"{file}::{name}")
    return found


def page(items: Mapping[str, Item], found: Mapping[str, Sequence[str]]) -> str:
    """Write the page: the number, then a table per chapter."""
    proven = [item for item in items.values() if found[item.number]]
    absent = sum(item.absent for item in proven)
    lines = [HEAD, f"**{len(proven)} of {len(items)} items of levels 1 and 2**: "]
    lines[-1] += f"{len(proven) - absent} by what is there, {absent} because the feature is absent."
    chapter = ""
    for item in items.values():
        if item.chapter != chapter:
            chapter = item.chapter
            lines += ["", f"## V{chapter}", "", "| item | level | asks | proven by |", "|---|---|---|---|"]
        tests = "<br>".join(f"`{one}`" for one in sorted(set(found[item.number]))) or "not claimed"
        said = "absent: " if item.absent and found[item.number] else ""
        lines.append(f"| {item.number} | {item.level} | {item.words} | {said}{tests} |")
    return "\n".join(lines) + "\n"


def written(root: Path) -> str:
    """Return the page as the tests of a checkout have it. Raises: ClaimError."""
    items = read_items(ITEMS.read_text(encoding="utf-8"))
    return page(items, claims(items, list(claiming_tests(root))))
