"""Comments that would silence a check: which few may, and which never."""

import io
import re
import tokenize
from collections.abc import Iterator
from typing import Final

_WHOLE_FILE: Final = re.compile(r"#\s*(?:(?:ruff|flake8):\s*noqa|isort:|mypy:|pyright:|pylint:)")
_NOQA: Final = re.compile(r"#\s*noqa(?::\s*(?P<codes>[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*))?", re.IGNORECASE)
_IGNORE: Final = re.compile(r"#\s*type:\s*ignore(?:\[(?P<codes>[\w\-, ]*)\])?")
_LAW: Final = re.compile(r"C901|I\d+|E501|F\d+|ANN\d+|D\d+|TID\d+")
_UNTYPED_ELSEWHERE: Final = frozenset({"no-untyped-call", "no-any-return", "arg-type"})
"""What a library without types forces upon its callers; a name that is not there is never ignored."""


def silencers(source: str, *, in_tests: bool) -> Iterator[tuple[int, str]]:
    """Find (line, sentence) of every comment that switches off what this house lives by.

    Tests may ignore any one type error by its name: some try what types forbid.
    """
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and (what := _wrong(token.string, in_tests=in_tests)):
            yield token.start[0], what


def _wrong(comment: str, *, in_tests: bool) -> str:
    if _WHOLE_FILE.search(comment):
        return "switches a check off for a whole file"
    if (found := _NOQA.search(comment)) is not None:
        codes = re.split(r"[,\s]+", found["codes"]) if found["codes"] else []
        law = [code for code in codes if _LAW.fullmatch(code)]
        if law or not codes:
            return f"silences {', '.join(law) or 'every rule'}"
    if (found := _IGNORE.search(comment)) is not None:
        codes = re.split(r",\s*", found["codes"]) if found["codes"] else []
        wide = [code for code in codes if not in_tests and code not in _UNTYPED_ELSEWHERE]
        if wide or not codes:
            return f"ignores {', '.join(wide) or 'every type error'}"
    return ""
