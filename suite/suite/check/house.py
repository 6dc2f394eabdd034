"""The rules of the house that a machine can judge: sizes, names, rooms of a service, and stray addresses."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from suite.check.migrations import breaches
from suite.check.roles import stray_roles
from suite.check.silencers import silencers

SOURCE_LINES, TEST_LINES, FUNCTION_LINES, TEMPLATE_LINES = 300, 500, 40, 200
README_LINES, DECISION_LINES = 60, 70
COMMON, COMMON_CODE = Path("libs/common/common"), 3600  # decision 0019 and those it names

WORDS = frozenset(
    {
        "domain",
        "events",
        "models",
        "ports",
        "queries",
        "usecases",
        "adapters",
        "api",
        "subscribers",
        "jobs",
        "settings",
        "main",
    }
)
BANNED = frozenset({"utils", "util", "helpers", "helper", "manager", "managers", "misc"})

_PASSED_BY = frozenset({"build", "var", "node_modules", "mutants", "__pycache__"})
_NOT_KEPT = frozenset({"uv.lock"})
_TEMPLATES = frozenset({".html", ".jinja", ".j2", ".njk", ".typ"})
_TEXTS = frozenset(
    {
        ".py",
        ".md",
        ".toml",
        ".lock",
        ".yaml",
        ".yml",
        ".json",
        ".cfg",
        ".ini",
        ".sh",
        ".html",
        ".jinja",
        ".j2",
        ".typ",
        ".js",
        ".css",
        ".txt",
        ".csv",
        "",
    }
)
# Known by its shape, so that no address of any of them need stand here.
_REGISTRY = re.compile(r"https?://(?:registry\.|\S+/(?:simple|packages)\b)|--(?:extra-)?index.url")
_SWITCH = re.compile(r"#\s*(?:fmt|ruff|yapf):\s*(?:skip|off|disable)")
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_SILENT = frozenset(
    {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)
# This checkout's own place, and anything in root's home.
_HERE = re.escape(str(Path(__file__).resolve().parents[3]))
_MACHINE_PATH = re.compile(rf"(?<![\w./-])(?:{_HERE}(?![\w-])|/root/\w)")


class Finding(NamedTuple):
    """One breach of a house rule: the file, its line and a sentence."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class Page(NamedTuple):
    """A file of the checkout, by its path from the root, with its lines."""

    path: Path
    lines: list[str]

    @property
    def is_test(self) -> bool:
        """Say whether it holds tests or what tests share."""
        return bool({"tests", "testing"} & set(self.path.parts)) or self.path.name == "conftest.py"


def pages(root: Path) -> Iterator[Page]:
    """Give every text file of a checkout in the order of its path, without what is generated or downloaded."""
    for path in sorted(root.rglob("*")):
        own = path.relative_to(root)
        folders = own.parts[:-1]
        hidden = any(part.startswith(".") and part != ".ci" for part in folders)
        passed_by = (
            hidden
            or folders[-2:] == ("migrations", "versions")
            or path.name in _NOT_KEPT
            or bool(_PASSED_BY & set(folders))
        )
        if passed_by or path.suffix not in _TEXTS or not path.is_file():
            continue
        try:
            yield Page(own, path.read_text(encoding="utf-8").splitlines())
        except UnicodeDecodeError:
            continue


def file_sizes(page: Page) -> Iterator[Finding]:
    """Find files above their ceiling."""
    ceiling = _ceiling(page)
    if ceiling is not None and len(page.lines) > ceiling:
        yield Finding(str(page.path), 1, f"{len(page.lines)} lines, the ceiling is {ceiling}")


def _ceiling(page: Page) -> int | None:
    if page.path.suffix == ".py":
        return TEST_LINES if page.is_test else SOURCE_LINES
    if page.path.suffix in _TEMPLATES:
        return TEMPLATE_LINES
    if page.path.name == "README.md":
        return README_LINES
    return DECISION_LINES if page.path.parts[:2] == ("docs", "decisions") else None


def function_sizes(page: Page) -> Iterator[Finding]:
    """Find functions above their ceiling, in sources and tests alike."""
    if page.path.suffix != ".py":
        return
    for node in ast.walk(ast.parse("\n".join(page.lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                what = f"function {node.name} has {length} lines, the ceiling is {FUNCTION_LINES}"
                yield Finding(str(page.path), node.lineno, what)


def formatter_switches(page: Page) -> Iterator[Finding]:
    """Find lines that switch the formatter off: it alone lays out the code."""
    if page.path.suffix == ".py":
        for number, line in enumerate(page.lines, start=1):
            if _SWITCH.search(line):
                yield Finding(str(page.path), number, "switches the formatter off")


def silenced(page: Page) -> Iterator[Finding]:
    """Find comments that silence a check the house lives by."""
    if page.path.suffix == ".py":
        for number, what in silencers("\n".join(page.lines) + "\n", in_tests=page.is_test):
            yield Finding(str(page.path), number, what)


def banned_names(page: Page) -> Iterator[Finding]:
    """Find modules and folders whose name says nothing."""
    if page.path.suffix == ".py":
        for part in {*page.path.parts[:-1], page.path.stem} & BANNED:
            yield Finding(str(page.path), 1, f"the name {part} says nothing")


def twelve_words(page: Page) -> Iterator[Finding]:
    """Find modules of a service outside the twelve words; folders without Python hold data and are free."""
    parts = page.path.parts
    inside = len(parts) > 3 and parts[0] == "services" and parts[1] == parts[2] and page.path.suffix == ".py"
    if inside:
        word = parts[3].removesuffix(".py")
        if word not in WORDS | {"__init__", "migrations"}:
            yield Finding(str(page.path), 1, f"{word} is none of the twelve words of a service")


def addresses(page: Page) -> Iterator[Finding]:
    """Find addresses of package registries and paths of one machine; the first of each kind per file."""
    for pattern, what in (
        (_REGISTRY, "names a package registry"),
        (_MACHINE_PATH, "names a path of one machine"),
    ):
        for number, line in enumerate(page.lines, start=1):
            if pattern.search(line):
                yield Finding(str(page.path), number, what)
                break


def role_names(page: Page) -> Iterator[Finding]:
    """Find codes of roles and rights outside the law: a service asks for a right by its name (decision 0027)."""
    if page.path.suffix in {".py", ".html"} and not page.is_test:
        for number, what in stray_roles(page.path, "\n".join(page.lines)):
            yield Finding(str(page.path), number, what)


def common_budget(tree: Sequence[Page]) -> Iterator[Finding]:
    """Find the plumbing above its budget: lines of code, without blank lines, comments and docstrings."""
    own = [page for page in tree if COMMON in page.path.parents and page.path.suffix == ".py"]
    total = sum(len(_lines_of_code("\n".join(page.lines))) for page in own)
    if total > COMMON_CODE:
        yield Finding(str(COMMON), 1, f"{total} lines of code, the budget is {COMMON_CODE}")


def _lines_of_code(source: str) -> set[int]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    lines = {number for t in tokens if t.type not in _SILENT for number in range(t.start[0], t.end[0] + 1)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node) is not None:
            said = node.body[0]
            lines -= set(range(said.lineno, (said.end_lineno or said.lineno) + 1))
    return lines


def bare_commits(page: Page) -> Iterator[Finding]:
    """Find stories and reads that commit by themselves: the access log would say 200 of what is refused later.

    What counts a try commits by `audit.trying`, what a refusal leaves behind by `audit.keep_refusal` (decision 0053).
    """
    if (
        page.path.suffix != ".py"
        or page.is_test
        or {"usecases", "queries", "models"}.isdisjoint({*page.path.parts, page.path.stem})
    ):
        return
    for node in ast.walk(ast.parse("\n".join(page.lines))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield Finding(
                str(page.path), node.lineno, "commits by itself; audit.trying or audit.keep_refusal say why"
            )


CHECKS: tuple[Callable[[Page], Iterator[Finding]], ...] = (
    file_sizes,
    function_sizes,
    formatter_switches,
    silenced,
    banned_names,
    twelve_words,
    addresses,
    role_names,
    bare_commits,
)


def findings(root: Path) -> list[Finding]:
    """Give every breach in a checkout, in the order of files; the plumbing and touched migrations last."""
    tree = list(pages(root))
    found = [finding for page in tree for check in CHECKS for finding in check(page)]
    sealed = [Finding(str(breach.file), 1, breach.what) for breach in breaches(root)]
    return found + list(common_budget(tree)) + sealed


def main(root: Path = Path()) -> int:
    """Print every breach; the answer is the exit status."""
    found = findings(root)
    for finding in found:
        sys.stdout.write(f"{finding}\n")
    sys.stdout.write(f"house check: {len(found)} findings\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
