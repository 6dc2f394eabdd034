"""Days and moments that somebody sends: within what calendars and the database reckon with."""

from datetime import date, datetime
from typing import Annotated, Any, Final, TypeVar

from pydantic import AfterValidator, AwareDatetime, WithJsonSchema
from pydantic_core import PydanticCustomError

EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)
D = TypeVar("D", bound=date)


def _within(said: D) -> D:
    day = said.date() if isinstance(said, datetime) else said
    if day < EARLIEST:
        raise PydanticCustomError("greater_than_equal", "too early", {"ge": f"{EARLIEST:%d/%m/%Y}"})
    if day > LATEST:
        raise PydanticCustomError("less_than_equal", "too late", {"le": f"{LATEST:%d/%m/%Y}"})
    return said


def _said(kind: str, first: str, last: str) -> dict[str, Any]:
    return {"type": "string", "format": kind, "formatMinimum": first, "formatMaximum": last}


_DAY = _said("date", f"{EARLIEST}", f"{LATEST}")
_MOMENT = _said("date-time", f"{EARLIEST}T00:00:00Z", f"{LATEST}T23:59:59Z")
Day = Annotated[date, AfterValidator(_within), WithJsonSchema(_DAY)]
"""A day in a request."""
Moment = Annotated[AwareDatetime, AfterValidator(_within), WithJsonSchema(_MOMENT)]
"""A moment in a request, with its time zone."""
