"""Agencies are evaluated by an indicator set and a period, and what was concluded stands with its figures."""

import uuid
from datetime import datetime

import pytest
from qa.domain.evaluation import INDICATORS, share
from qa.domain.rating import Side
from qa.models import Rating
from qa_stage import AGENCY, OTHER

PLACE = "/evaluations"
LATER = "2027-02-01T02:00:00+00:00"
WORDS = "Sở Tư pháp trả lời đúng hạn; Sở Xây dựng cần rút ngắn thời gian."


async def rate(stage, agency, *marks):
    """Let people rate results of an agency in the quarter."""
    async with stage.database.sessions.begin() as session:
        for place, mark in enumerate(marks):
            at = datetime.fromisoformat("2026-11-20T02:00:00+00:00")
            told = {"progress": mark, "quality": mark, "comment": "", "task_state": "none", "task_done": ""}
            session.add(
                Rating(
                    id=uuid.uuid4(),
                    dossier=f"{agency}-{place}",
                    phase="result",
                    side=Side.OWNER,
                    agency=agency,
                    given_at=at,
                    changed_at=at,
                    **told,
                )
            )


async def evaluated(stage, cycle="quarter", day="2026-12-01"):
    """Begin an evaluation of a period."""
    return await stage.send("centre", "POST", PLACE, {"cycle": cycle, "day": day})


def of(told, agency):
    """Give what was measured of an agency, by indicator."""
    row = next(one for one in told["agencies"] if one["agency"] == agency)
    keys = [one["key"] for one in told["indicators"]]
    return {key: (one["value"], one["count"]) for key, one in zip(keys, row["measures"], strict=True)}


async def test_r_sat_04_every_agency_is_measured_by_the_same_indicators_and_days(stage):
    await stage.answered()
    await stage.forwarded(
        agency=OTHER, text="Xin hỏi nhà ở trên đất vườn có phải xin giấy phép xây dựng không?"
    )
    await rate(stage, AGENCY, 5, 5, 4, 4, 2)
    stage.at(LATER)
    told = (await evaluated(stage)).json()
    assert (told["first"], told["last"], told["state"]) == ("2026-10-01", "2026-12-31", "open")
    assert [one["key"] for one in told["indicators"]] == [one.key for one in INDICATORS]
    assert all("Đ." in one["source"] for one in told["indicators"])
    here = of(told, AGENCY)
    assert here["questions_in_time"] == (100.0, 1)
    assert here["questions_returned"] == (0.0, 1)
    assert (here["progress"], here["feedback_in_time"]) == ((4.0, 5), (None, None))
    assert of(told, OTHER)["questions_in_time"] == (None, None)


async def test_r_sat_04_what_was_concluded_stands_with_its_figures(stage):
    await stage.answered()
    await rate(stage, AGENCY, 5, 5, 5, 5, 5)
    stage.at(LATER)
    begun = (await evaluated(stage)).json()
    place = f"{PLACE}/{begun['number']}/closing"
    short = await stage.send("centre", "POST", place, {"version": begun["version"], "conclusion": "Tốt."})
    assert [one["field"] for one in short.json()["errors"]] == ["conclusion"]
    body = {"version": begun["version"], "conclusion": WORDS}
    closed = (await stage.send("office", "POST", place, body)).json()
    assert (closed["state"], closed["conclusion"], closed["open"]) == ("closed", WORDS, False)
    await rate(stage, OTHER, 1, 1, 1, 1, 1)
    again = (await stage.send("centre", "GET", f"{PLACE}/{begun['number']}")).json()
    assert again["agencies"] == closed["agencies"] == begun["agencies"]
    twice = await stage.send("centre", "POST", place, {**body, "version": closed["version"]})
    assert twice.json()["code"] == "evaluation-closed"


@pytest.mark.parametrize(
    ("cycle", "day"), [("quarter", "2027-01-01"), ("year", "2027-01-01"), ("month", "2026-12-01")]
)
async def test_r_sat_04_a_period_that_moves_or_is_none_is_not_evaluated(stage, cycle, day):
    stage.at(LATER)
    refused = await evaluated(stage, cycle, day)
    assert [one["field"] for one in refused.json()["errors"]] == ["day"]
    stage.at("2027-01-29T02:00:00+00:00")
    assert (await evaluated(stage)).status_code == 422, "ratings of December may still change"


async def test_r_sat_04_a_period_is_evaluated_once_and_by_whom_it_is_for(stage):
    stage.at(LATER)
    first = (await evaluated(stage)).json()
    again = await evaluated(stage, day="2026-10-02")
    assert (again.status_code, again.json()["code"]) == (409, "already-evaluated")
    assert first["number"] in again.json()["detail"]
    for who, status in (("head", 403), ("owner", 403), ("asker", 403), ("nobody", 401), ("office", 200)):
        assert (await stage.send(who, "GET", PLACE)).status_code == status, who


async def test_r_sat_04_marks_of_too_few_are_told_neither_by_the_quarter_nor_by_the_year(stage):
    await rate(stage, AGENCY, 5, 5, 5, 5, 5, 4)
    await rate(stage, OTHER, 1, 1)
    stage.at(LATER)
    quarter, year = (await evaluated(stage)).json(), (await evaluated(stage, "year")).json()
    assert {of(quarter, one)["quality"] for one in (AGENCY, OTHER)} == {(None, None)}
    assert year["agencies"] == [], "a year and three of its quarters would tell the fourth"


def test_r_sat_04_a_share_of_nothing_is_no_share():
    assert share(0, 0).value is None
    assert (share(1, 3).value, share(1, 3).count) == (33.3, 3)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1950-06-01", "2015-06-01"])
async def test_a_period_that_is_no_period_of_ours_is_refused(stage, day):
    for cycle in ("year", "quarter"):
        assert (await evaluated(stage, cycle, day)).status_code == 422
