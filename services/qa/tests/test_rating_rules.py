"""How long ratings may be changed and which are low is the province's word; a joined dossier is rated at once."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from common.inbox import Meta
from qa.domain import rules_of
from qa.domain.rating import Marks, QuarterNotToldError, RatingRules
from qa.subscribers import subscriptions
from qa.usecases.erase_ratings import forget_raters
from qa_stage import AGENCY, PROVINCES
from regulation import profiles
from regulation.retention import retention_of
from suite.check.shapes import fact

CODE = "H42.101-261102-0001"
PERSON = "person-0123456789abcdef"
MIDDLING = {"progress": 3, "quality": 4, "comment": ""}


async def hears(stage, type_, version, **told):
    """Let intake tell of a dossier."""
    listening = subscriptions(stage.app.state.built.rules)[type_]
    base = {"code": CODE, "owner_id": PERSON, "submitter_id": "desk", "receiving_point": AGENCY}
    told = base | {"competent_agency": AGENCY} | told
    meta = Meta(
        uuid.uuid4(), type_, datetime.fromisoformat("2026-11-16T02:00:00+00:00"), AGENCY, CODE, version
    )
    async with stage.database.sessions.begin() as session:
        await listening.handler(session, [(listening.model.model_validate(fact(type_, told)), meta)])


async def accepted(stage, **told):
    at = "2026-11-16T01:00:00+00:00"
    here = {"accepted_at": at, "channel": "counter", "place_of_help": None}
    await hears(stage, "intake.dossier_accepted.v1", 1, **here, **told)


async def rates(stage, **marks):
    body = {"version": 0, **MIDDLING, **marks}
    return await stage.send("asker", "PUT", f"/own-ratings/{CODE}/receipt", body)


async def test_r_int_16_a_dossier_joined_to_an_account_is_rated_there_at_once(stage):
    await accepted(stage)
    assert (await rates(stage)).status_code == 404
    await hears(stage, "intake.dossier_joined.v1", 2, owner_id="asker", joined_at="2026-11-16T02:00:00+00:00")
    assert (await rates(stage)).status_code == 200
    await accepted(stage)
    shown = (await stage.send("asker", "GET", f"/own-ratings/{CODE}")).json()["phases"]
    assert shown[0]["progress"] == 3, "an older fact that comes again takes nothing back"


async def test_r_int_16_a_joining_that_comes_before_the_acceptance_waits_for_it(stage):
    joined = {"owner_id": "asker", "joined_at": "2026-11-16T02:00:00+00:00"}
    await hears(stage, "intake.dossier_joined.v1", 2, **joined)
    assert (await rates(stage)).status_code == 404, "nothing ended yet"
    await accepted(stage)
    assert (await rates(stage)).status_code == 200


@pytest.mark.parametrize(("low_mark", "state"), [(2, "none"), (3, "open")])
async def test_r_sat_05_which_mark_is_low_is_the_provinces_word(stage, low_mark, state):
    built = stage.app.state.built
    rating = replace(built.rules.rating, low_mark=low_mark)
    stage.app.state.built = replace(built, rules=replace(built.rules, rating=rating))
    await accepted(stage, owner_id="asker")
    assert (await rates(stage)).status_code == 200
    stage.at("2026-11-30T02:00:00+00:00")
    tasks = (await stage.send("centre", "GET", "/rating-tasks")).json()["items"]
    assert [one["state"] for one in tasks] == ([state] if state == "open" else [])


@pytest.mark.parametrize(("days", "status"), [(30, 200), (3, 409)])
async def test_r_sat_01_how_long_a_rating_may_be_given_is_the_provinces_word(stage, days, status):
    built = stage.app.state.built
    rating = replace(built.rules.rating, changeable=timedelta(days=days))
    stage.app.state.built = replace(built, rules=replace(built.rules, rating=rating))
    await accepted(stage, owner_id="asker")
    stage.at("2026-11-20T02:00:00+00:00")
    assert (await rates(stage)).status_code == status


@pytest.mark.parametrize(("days", "gone"), [(30, 0), (3, 1)])
async def test_r_sat_05_whose_it_is_goes_when_the_province_lets_nobody_rate_any_more(stage, days, gone):
    await accepted(stage, owner_id="asker")
    back = {"returned_at": "2026-11-16T01:30:00+00:00", "way": "counter", "owner_id": "asker"}
    await hears(stage, "intake.dossier_returned.v1", 2, **back)
    retention, now = (
        retention_of(profiles.load("thai-nguyen")),
        datetime.fromisoformat("2026-11-20T02:00:00+00:00"),
    )
    rules = RatingRules(timedelta(days=days), 2)
    async with stage.database.sessions.begin() as session:
        assert await forget_raters(session, retention, now, rules=rules) == gone


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_sat_01_each_province_says_how_long_and_which_is_low(profile):
    rules = rules_of(profiles.load(profile)).rating
    assert (rules.changeable.days, rules.low(Marks(3, 3)), rules.low(Marks(5, 2))) == (30, False, True)


def test_r_sat_03_a_quarter_whose_ratings_still_change_is_not_told():
    now = datetime.fromisoformat("2026-10-20T02:00:00+00:00")
    assert (
        str(RatingRules(timedelta(days=10), 2).told_quarter(now, now.date().replace(month=9)).first)
        == "2026-07-01"
    )
    with pytest.raises(QuarterNotToldError):
        RatingRules(timedelta(days=30), 2).told_quarter(now, now.date().replace(month=9))
