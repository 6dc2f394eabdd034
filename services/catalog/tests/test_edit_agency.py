"""The directory of agencies: entered, changed, announced."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from catalog import queries
from catalog.domain.agencies import AgencyEntry
from catalog.domain.editors import Editor
from catalog.domain.errors import DuplicateCodeError
from catalog.usecases.edit_agency import AgencyFacts, edit_agency
from common.errors import InvalidInputError, StaleVersionError
from suite.testing import outbox_events

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BY = Editor("quantri", "H42")


def facts(code: str = "H42.104", **changes: object) -> AgencyFacts:
    entry = {
        "code": code,
        "name": "UBND xã Thử",
        "level": "commune",
        "parent": "H42",
        "valid_from": date(2026, 1, 1),
    }
    return AgencyFacts(
        AgencyEntry(**{**entry, **changes}), phone="0229", units={"mot-cua": ("Một cửa", "Desk")}
    )


async def test_r_cat_01_an_agency_is_entered_with_validity_and_announced(session):
    agency = await edit_agency(session, facts(), None, by=BY, now=NOW)
    assert agency.version == 1
    announced = [data for type_, data in await outbox_events(session) if data["aggregate_id"] == "H42.104"]
    assert [(data["name"], data["units"], data["valid_from"]) for data in announced] == [
        ("UBND xã Thử", ["mot-cua"], "2026-01-01")
    ]
    day = date(2025, 12, 31)
    assert "H42.104" not in {row.code for row in await queries.directory(session, day, None, None, None)}
    assert "H42.104" in {
        row.code for row in await queries.directory(session, date(2026, 1, 1), None, None, None)
    }


async def test_a_change_is_announced_with_a_newer_version_and_a_lost_race_is_told(session):
    await edit_agency(session, facts(), None, by=BY, now=NOW)
    await edit_agency(session, facts(name="UBND xã Mới"), 1, by=BY, now=NOW)
    announced = [data for _, data in await outbox_events(session) if data["aggregate_id"] == "H42.104"]
    assert [(data["aggregate_version"], data["name"]) for data in announced] == [
        (1, "UBND xã Thử"),
        (2, "UBND xã Mới"),
    ]
    with pytest.raises(StaleVersionError):
        await edit_agency(session, facts(), 1, by=BY, now=NOW)


async def test_r_cat_29_an_agency_code_is_given_once(session):
    with pytest.raises(DuplicateCodeError):
        await edit_agency(session, facts("H42.101"), None, by=BY, now=NOW)


async def test_r_cat_01_an_unknown_parent_is_rejected(session):
    with pytest.raises(InvalidInputError):
        await edit_agency(session, facts(parent="H99"), None, by=BY, now=NOW)


async def test_r_cat_21_the_desks_address_is_read_by_the_rule_that_forms_have(session):
    for wrong in ("a@b.c", "a..b@thu.example", "một cửa"):
        with pytest.raises(InvalidInputError) as refused:
            await edit_agency(session, replace(facts(), email=wrong), None, by=BY, now=NOW)
        assert [one.field for one in refused.value.problems()] == ["email"], wrong
    agency = await edit_agency(session, replace(facts(), email=" MotCua@Thu.Example "), None, by=BY, now=NOW)
    assert agency.desk is not None
    assert agency.desk.email == "motcua@thu.example"
    [data] = [data for _, data in await outbox_events(session) if data["aggregate_id"] == "H42.104"]
    assert data["desk"]["email"] == "motcua@thu.example"
