"""Two versions side by side: what a newer one adds, and what an older one leaves out, is understood by the other."""

from collections.abc import Iterator
from typing import Any

import pytest
from common.inbox import Slice
from pydantic import ConfigDict, ValidationError
from suite.check.listening import slices
from suite.check.shapes import Json, blank, promised
from suite.run.layout import OWNERS

ADDED = {"a_field_of_the_next_version": {"with": ["anything"]}}


def readers() -> Iterator[Any]:
    for service in OWNERS:
        for one in slices(service):
            yield pytest.param(one, id=f"{service}-{one.type}")


def told(type_: str) -> Json:
    """Return the plainest fact of a type, with every field its contract knows."""
    contract = promised(f"events/{type_}")
    return {name: blank(part, contract) for name, part in contract["properties"].items()}


def widened(value: Any) -> Any:
    """Add to every object what a later version may add."""
    if isinstance(value, dict):
        return {**{name: widened(part) for name, part in value.items()}, **ADDED}
    return [widened(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("reader", list(readers()))
def test_r35_a_fact_of_the_next_version_is_understood(reader: type[Slice]) -> None:
    plain = told(reader.type)
    understood = reader.model_validate(widened(plain))
    assert understood.model_fields_set == reader.model_validate(plain).model_fields_set


@pytest.mark.parametrize("reader", list(readers()))
def test_r35_a_fact_of_the_version_before_is_understood(reader: type[Slice]) -> None:
    """What the contract does not require was not there before."""
    required = promised(f"events/{reader.type}").get("required", ())
    reader.model_validate({name: part for name, part in told(reader.type).items() if name in required})


def test_r35_a_reader_that_takes_nothing_unknown_is_noticed() -> None:
    class Narrow(Slice):
        model_config = ConfigDict(extra="forbid")

        code: str

    with pytest.raises(ValidationError):
        Narrow.model_validate(widened({"code": "H42.101"}))
