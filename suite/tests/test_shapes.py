"""The checks of what is read, told and recorded: each seen failing on a name, a type and a missing field."""

import json
import shutil
from datetime import date, datetime
from typing import Any, ClassVar

import pytest
from common.events import Event
from common.inbox import Slice
from pydantic import BaseModel, Field
from suite.check.listening import misheard, slices, unheard
from suite.check.shapes import NotPromisedError, answer_faults, fact, misread, promised
from suite.run.layout import OWNERS, listens
from suite.run.places import checkout

ACCEPTED = "intake.dossier_accepted.v1"


class Part(BaseModel):
    """A part of the fact."""

    name: str
    amount: int | None


class Told(Event):
    """A fact with a bit of everything; `note` came later and may be missing."""

    type: ClassVar[str] = "test.fact_told.v1"

    code: str
    at: datetime
    unit: str | None
    parts: list[Part]
    note: str | None = None


class _Parts(Slice):
    name: str


class _MoreParts(Slice):
    name: str
    price: int


class Good(Slice):
    """Reads some of it."""

    code: str
    when: datetime = Field(alias="at")
    unit: str | None
    parts: tuple[_Parts, ...]
    note: str | None = None


class Anything(Slice):
    """Reads without asking for a type."""

    parts: list[dict[str, Any]]
    unit: Any


class UnknownName(Slice):
    """Reads a name nobody tells."""

    code: str
    office: str


class OtherType(Slice):
    """Expects a number."""

    code: int


class OtherFormat(Slice):
    """Expects a date where an instant is told."""

    at: date


class Nullable(Slice):
    """Does not expect that the unit may be missing."""

    unit: str


class InventedDefault(Slice):
    """Goes on where the fact is incomplete."""

    code: str = "unknown"


class OtherDefault(Slice):
    """Has its own idea of what an absent note says."""

    note: str | None = "none"


class ExpectedAlways(Slice):
    """Insists on what older facts do not have."""

    note: str | None


class InsideParts(Slice):
    """Reads a name nobody tells, inside a part."""

    parts: list[_MoreParts]


@pytest.mark.parametrize(
    ("read", "complaint"),
    [
        (Good, None),
        (Anything, None),
        (UnknownName, "office is read and not promised"),
        (OtherType, "code is read as integer and promised as string"),
        (OtherFormat, "at is read as string date and promised as string date-time"),
        (Nullable, "unit is read as string and promised as null"),
        (InventedDefault, "code has an invented default"),
        (OtherDefault, "note has an invented default"),
        (ExpectedAlways, "note is expected always and promised sometimes"),
        (InsideParts, "parts[].price is read and not promised"),
    ],
)
def test_a_slice_reads_only_what_is_promised(read: type[Slice], complaint: str | None) -> None:
    assert misread(read.model_json_schema(), Told.model_json_schema()) == ([complaint] if complaint else [])


def test_every_slice_of_the_suite_reads_what_is_promised() -> None:
    assert misheard() == []
    assert sum(len(list(slices(service))) for service in OWNERS) == sum(map(len, map(listens, OWNERS))) > 30


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda promise: promise["properties"].pop("due_at"), "due_at is read and not promised"),
        (lambda promise: promise["properties"]["code"].update(type="integer"), "promised as integer"),
        (lambda promise: promise["required"].remove("channel"), "expected always and promised sometimes"),
    ],
)
def test_a_contract_that_changes_under_its_readers_is_noticed(tmp_path, change, complaint) -> None:
    shutil.copytree(checkout() / "contracts" / "events", tmp_path / "events")
    path = tmp_path / "events" / f"{ACCEPTED}.json"
    promise = json.loads(path.read_text())
    change(promise)
    path.write_text(json.dumps(promise))
    found = misheard(tmp_path)
    assert any(complaint in one for one in found), found


def test_a_type_nobody_promises_is_noticed(tmp_path) -> None:
    shutil.copytree(checkout() / "contracts" / "events", tmp_path / "events")
    (tmp_path / "events" / f"{ACCEPTED}.json").unlink()
    assert [one for one in unheard("processing", tmp_path) if ACCEPTED in one]


def test_the_fixture_of_an_event_is_completed_and_never_invented() -> None:
    told = fact(ACCEPTED, {"code": "H42.101-261207-0001", "due_at": datetime(2026, 12, 9, 10).astimezone()})
    assert set(promised(f"events/{ACCEPTED}")["required"]) <= told.keys()
    assert told["code"] == "H42.101-261207-0001"


@pytest.mark.parametrize(
    "told",
    [
        {"dossier": "H42.101-261207-0001"},
        {"code": 5},
        {"due_at": "tomorrow"},
        {"procedure_version": None},
    ],
)
def test_the_fixture_of_an_event_with_another_name_or_type_is_refused(told) -> None:
    with pytest.raises(NotPromisedError, match=ACCEPTED):
        fact(ACCEPTED, told)


def test_a_recorded_answer_is_held_against_openapi() -> None:
    row = {"code": "H42.101-261207-0001", "received_at": "2026-12-07T01:00:00Z", "closing": None}
    path = "/api/stats/dossiers"
    assert answer_faults("GET", path, [row]) == []
    with pytest.raises(NotPromisedError, match="promises no"):
        answer_faults("GET", f"{path}/of/nobody", [row])
    for wrong in ({**row, "invented": 1}, {**row, "code": 5}, {"code": "x", "closing": None}):
        assert answer_faults("GET", path, [wrong])
