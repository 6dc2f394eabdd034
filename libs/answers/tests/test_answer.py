"""An answer is whole or it is an error, and nobody changes it."""

from typing import Any

import pytest
from answers.identity import ResetOut
from pydantic import ValidationError

TOLD: dict[str, Any] = {"reset_id": "r-1", "expires_at": "2026-11-26T03:00:00Z"}


def test_what_was_not_promised_is_left_aside() -> None:
    assert ResetOut.model_validate({**TOLD, "new": 1}) == ResetOut.model_validate(TOLD)


@pytest.mark.parametrize("wrong", [{"expires_at": "soon"}, {"expires_at": None}, {"reset_id": 5}], ids=str)
def test_another_type_is_an_error_at_once(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ResetOut.model_validate({**TOLD, **wrong})


@pytest.mark.parametrize("name", [*TOLD])
def test_what_is_missing_is_an_error_at_once(name: str) -> None:
    with pytest.raises(ValidationError, match=name):
        ResetOut.model_validate({key: value for key, value in TOLD.items() if key != name})


def test_an_answer_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        ResetOut.model_validate(TOLD).reset_id = "r-2"  # type: ignore[misc]
