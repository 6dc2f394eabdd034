"""No comment silences what the house lives by; each way seen refused, and the few that are allowed."""

import pytest
from suite.check.silencers import silencers


@pytest.mark.parametrize(
    ("comment", "what"),
    [
        ("# ruff: noqa", "switches a check off for a whole file"),
        ("# flake8: noqa", "switches a check off for a whole file"),
        ("# isort: skip_file", "switches a check off for a whole file"),
        ("# mypy: ignore-errors", "switches a check off for a whole file"),
        ("# noqa", "silences every rule"),
        ("# noqa: C901", "silences C901"),
        ("# noqa: S105, E501", "silences E501"),
        ("# type: ignore", "ignores every type error"),
        ("# type: ignore[attr-defined]", "ignores attr-defined"),
        ("# type: ignore[no-untyped-call, union-attr]", "ignores union-attr"),
    ],
)
def test_what_would_silence_a_check_is_found(comment: str, what: str) -> None:
    assert list(silencers(f"first = 1\nname = first  {comment}\n", in_tests=False)) == [(2, what)]


@pytest.mark.parametrize(
    "line",
    [
        "name = 1  # noqa: S105 - a name, no password",
        "name = 1  # type: ignore[no-untyped-call]",
        'text = "# noqa, # mypy: ignore-errors"',
    ],
)
def test_a_reasoned_exception_and_a_text_pass(line: str) -> None:
    assert list(silencers(line + "\n", in_tests=False)) == []


def test_a_test_may_try_what_types_forbid_but_names_the_error() -> None:
    assert list(silencers("name = 1  # type: ignore[attr-defined]\n", in_tests=True)) == []
    assert list(silencers("name = 1  # type: ignore\n", in_tests=True)) == [(1, "ignores every type error")]
