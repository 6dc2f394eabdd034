"""Ratings: one for each phase of an own dossier, changeable for a while, followed up when low, public in numbers."""

import uuid
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qa.domain.rating import Figure, Phase, RatingRules, Tally
from qa.domain.rating_tree import told_ratings
from qa.models import RatedDossier, Rating
from qa.queries.ratings import sums
from qa.usecases.keep_dossier import keep_dossier
from qa_stage import AGENCY, OTHER
from sqlalchemy import select

CODE, TUESDAY = "H42.101-261102-0001", "2026-11-17T02:00:00+00:00"
NEXT_WEEK = "2026-11-23T02:00:00+00:00"
GOOD = {"progress": 5, "quality": 4, "comment": "Nhanh, thái độ tốt."}
BAD = {"progress": 2, "quality": 4, "comment": "Phải đi lại ba lần."}


@pytest.fixture
async def rated(stage):
    """Give a stage with a dossier whose result was handed over a week ago, and one just received."""
    async with stage.database.sessions.begin() as session:
        for code, returned in ((CODE, "2026-11-09T02:00:00+00:00"), ("H42.101-261102-0002", None)):
            session.add(
                RatedDossier(
                    code=code,
                    version=1,
                    owner="asker",
                    submitter=None,
                    receiving_point=AGENCY,
                    competent_agency=OTHER,
                    accepted_at=datetime.fromisoformat("2026-11-02T02:00:00+00:00"),
                    returned_at=datetime.fromisoformat(returned) if returned else None,
                )
            )
    return stage


async def rates(stage, who, phase="result", code=CODE, **marks):
    """Rate a phase, having seen what stands there."""
    seen = (await stage.send(who, "GET", f"/own-ratings/{code}")).json().get("phases", [])
    version = next((one["version"] for one in seen if one["phase"] == phase), 0)
    return await stage.send(
        who, "PUT", f"/own-ratings/{code}/{phase}", {"version": version, **(marks or GOOD)}
    )


async def test_r_sat_01_a_second_page_does_not_write_over_what_it_never_saw(rated):
    place = f"/own-ratings/{CODE}/result"
    first = await rated.send("asker", "PUT", place, {**GOOD, "version": 0})
    again = await rated.send("asker", "PUT", place, {**GOOD, "version": 0})
    assert (first.status_code, again.status_code) == (200, 200), "a repeat says nothing new"
    for unseen in ({}, {"version": 0}):
        blind = await rated.send("asker", "PUT", place, {**BAD, **unseen})
        assert (blind.status_code, blind.json()["code"]) == (409, "stale-version")
    phases = {one["phase"]: one for one in again.json()["phases"]}
    assert (phases["receipt"]["version"], phases["result"]["comment"]) == (0, GOOD["comment"])
    seen = {**BAD, "version": phases["result"]["version"]}
    assert (await rated.send("asker", "PUT", place, seen)).status_code == 200


@pytest.mark.parametrize("mark", ["5", True, 4.0])
async def test_r_sat_01_a_mark_is_a_number_and_nothing_like_one(rated, mark):
    assert (await rates(rated, "asker", **{**GOOD, "quality": mark})).status_code == 422


async def test_r_sat_01_each_phase_has_one_rating_that_may_be_changed_until_a_limit(rated):
    for phase in ("receipt", "result"):
        assert (await rates(rated, "asker", phase)).status_code == 200
    changed = await rates(rated, "asker", "result", **{**GOOD, "quality": 3})
    phases = {one["phase"]: one for one in changed.json()["phases"]}
    assert (phases["receipt"]["quality"], phases["result"]["quality"]) == (4, 3)
    async with rated.database.sessions() as session:
        rows = (await session.scalars(select(Rating))).all()
    assert sorted((row.phase, row.agency) for row in rows) == [("receipt", AGENCY), ("result", OTHER)]
    rated.at("2026-12-09T03:00:00+00:00")
    late = await rates(rated, "asker", "result", **BAD)
    assert (late.status_code, late.json()["code"]) == (409, "rating-locked")
    assert "9 giờ 00 ngày 09/12/2026" in late.json()["detail"]


async def test_r_sat_01_what_did_not_happen_yet_is_not_rated(rated):
    early = await rates(rated, "asker", "result", code="H42.101-261102-0002")
    assert early.json()["code"] == "dossier-not-rated"
    assert (await rates(rated, "asker", "receipt", code="H42.101-261102-0002")).status_code == 200
    for wrong in ({**GOOD, "progress": 0}, {**GOOD, "quality": 6}):
        assert (await rates(rated, "asker", **wrong)).status_code == 422


async def test_r_sat_05_officers_never_rate_nor_see_who_did(rated):
    rated.at(TUESDAY)
    await rates(rated, "asker", **BAD)
    for who in ("head", "owner", "centre", "signer"):
        assert (await rates(rated, who)).status_code == 403
    assert (await rates(rated, "stranger")).status_code == 404
    rated.at(NEXT_WEEK)
    seen = await rated.send("centre", "GET", "/rating-tasks")
    [task] = seen.json()["items"]
    assert (task["comment"], task["week"]) == (BAD["comment"], "2026-11-16")
    assert not any(said in seen.text for said in ("asker", CODE, "T02:", "+00:00", "2026-11-17"))
    assert uuid.UUID(task["id"]).version == 4  # another kind holds the moment
    assert (await rated.send("owner", "GET", "/rating-tasks")).status_code == 403
    assert (await rated.send("head", "GET", "/rating-tasks")).json()[
        "items"
    ] == []  # another agency was rated


@pytest.mark.parametrize(
    ("given", "unseen", "seen"),
    [
        ("2026-11-16T02:00:00+00:00", "2026-11-22T16:00:00+00:00", "2026-11-22T17:01:00+00:00"),
        ("2026-11-22T02:00:00+00:00", "2026-11-22T16:00:00+00:00", "2026-11-22T17:01:00+00:00"),
    ],
)
async def test_r_sat_05_a_low_rating_is_seen_once_its_week_is_over(rated, given, unseen, seen):
    rated.at(given)
    await rates(rated, "asker", **BAD)
    rated.at(unseen)
    assert (await rated.send("centre", "GET", "/rating-tasks")).json()["items"] == []
    rated.at(seen)
    assert len((await rated.send("centre", "GET", "/rating-tasks")).json()["items"]) == 1


async def closed(rated, done):
    """Close the one task."""
    [task] = (await rated.send("centre", "GET", "/rating-tasks")).json()["items"]
    place = f"/rating-tasks/{task['id']}/closing"
    sent = {"version": task["version"], "done": done}
    answer = await rated.send("centre", "POST", place, sent)
    assert answer.json()["state"] == "closed"
    again = await rated.send("centre", "POST", place, {**sent, "version": task["version"] + 1})
    assert again.json()["code"] == "rating-task-closed"
    return answer.json()


async def test_r_sat_05_a_low_rating_opens_a_task_that_is_closed_with_what_was_done(rated):
    await rates(rated, "asker")
    rated.at(TUESDAY)
    assert (await rated.send("centre", "GET", "/rating-tasks")).json()["items"] == []
    await rates(rated, "asker", **BAD)
    rated.at(NEXT_WEEK)
    await closed(rated, "Đã gọi điện xin lỗi và rút kinh nghiệm.")
    assert (await rated.send("centre", "GET", "/rating-tasks")).json()["items"] == []
    shown = (await rated.send("asker", "GET", f"/own-ratings/{CODE}")).json()
    assert [one["progress"] for one in shown["phases"] if one["phase"] == "result"] == [2]


async def test_r_sat_05_what_is_made_low_again_after_it_was_closed_is_followed_up_again(rated):
    await rates(rated, "asker", **BAD)
    rated.at(NEXT_WEEK)
    await closed(rated, "Đã gọi điện xin lỗi.")
    await rates(rated, "asker", **BAD)  # nothing new
    rated.at("2026-11-30T02:00:00+00:00")
    assert (await rated.send("centre", "GET", "/rating-tasks")).json()["items"] == []
    await rates(rated, "asker", **{**BAD, "comment": "Không ai gọi cho tôi cả."})
    rated.at("2026-12-07T02:00:00+00:00")
    assert (await closed(rated, "Đã gặp tận nơi."))["done"] == "Đã gọi điện xin lỗi.\nĐã gặp tận nơi."


async def test_r_sat_01_owner_and_submitter_rate_apart_and_the_owner_counts(rated):
    async with rated.database.sessions.begin() as session:
        (await session.get(RatedDossier, CODE)).submitter = "stranger"
    await rates(rated, "asker")
    seen = (await rated.send("stranger", "GET", f"/own-ratings/{CODE}")).json()
    assert [one["comment"] for one in seen["phases"]] == ["", ""]
    await rates(rated, "stranger", **BAD)
    own = (await rated.send("asker", "GET", f"/own-ratings/{CODE}")).json()["phases"][1]
    assert (own["progress"], own["comment"]) == (GOOD["progress"], GOOD["comment"])
    since, before = (datetime.fromisoformat(f"2026-{month}-01T00:00:00+00:00") for month in (11, 12))
    async with rated.database.sessions() as session:
        assert await sums(session, Phase.RESULT, since, before) == [(OTHER, 1, 5.0, 4.0, 0)]


@pytest.mark.parametrize("turned", [False, True])
async def test_a_dossier_is_kept_whatever_order_its_facts_come_in(rated, turned):
    plain = {
        "code": "X",
        "owner": "asker",
        "submitter": "asker",
        "receiving_point": AGENCY,
        "competent_agency": OTHER,
    }
    at = datetime.fromisoformat("2026-11-09T02:00:00+00:00")
    facts = [({"accepted_at": at}, 3), ({"returned_at": at}, 9)]
    for told, version in reversed(facts) if turned else facts:
        async with rated.database.sessions.begin() as session:
            await keep_dossier(session, {**plain, **told}, version)
    for phase in ("receipt", "result"):
        assert (await rates(rated, "asker", phase, code="X")).status_code == 200
    async with rated.database.sessions() as session:
        assert (await session.get(RatedDossier, "X")).version == 9


def test_r_sat_03_figures_of_too_few_are_not_told_nor_to_be_reckoned():
    rows = [Tally("a", 40, 160.0, 200.0), Tally("b", 3, 3.0, 3.0), Tally("c", 6, 30.0, 30.0)]
    told = told_ratings(rows, {})
    assert told.total == Figure("", 49, 3.9, 4.8, 0)
    assert told.whole == told.own == [Figure("a", 40, 4.0, 5.0, 0), Figure("b"), Figure("c")]
    more = told_ratings([*rows, Tally("d", 4, 8.0, 8.0)], {})
    assert [one.count for one in more.whole] == [40, None, 6, None]
    assert told_ratings([], {}) == (Figure(""), [], [])


TREE = {"top": None, "a": "top", "b": "top", "a.1": "a", "a.2": "a", "a.1.x": "a.1"}


def test_r_sat_03_an_agency_is_told_with_those_below_it():
    rows = [Tally("a", 6, 24.0, 30.0), Tally("a.1.x", 7, 7.0, 14.0, 1), Tally("b", 9, 27.0, 27.0)]
    told = told_ratings(rows, TREE)
    counts = {one.agency: (one.count, one.progress, one.at_counter) for one in told.whole}
    assert counts["top"] == (22, 2.6, 1)
    assert (counts["a"], counts["a.1"], counts["a.1.x"]) == ((13, 2.4, 1), (7, 1.0, 1), (7, 1.0, 1))
    assert [(one.agency, one.count) for one in told.own] == [("a", 6), ("a.1.x", 7), ("b", 9)]


def test_r_sat_03_a_parent_does_not_tell_what_its_one_small_child_had():
    rows = [Tally("a.1", 20, 80.0, 80.0), Tally("a.2", 2, 2.0, 2.0), Tally("b", 30, 90.0, 90.0)]
    told = {one.agency: one.count for one in told_ratings(rows, TREE).whole}
    assert told == {"top": 52, "a": 22, "a.1": None, "a.2": None, "b": 30}


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), min_size=6, max_size=6),
    st.lists(st.integers(-1, 4), min_size=6, max_size=6),
)
def test_r_sat_03_no_sum_or_difference_of_told_figures_is_of_fewer_than_five(counts, above):
    names = "abcdef"
    parents = {
        name: None if up < 0 or up >= at else names[up]
        for at, (name, up) in enumerate(zip(names, above, strict=True))
    }
    rows = [Tally(name, n + c, float(n), 0.0, c) for name, (n, c) in zip(names, counts, strict=True)]
    told = told_ratings(rows, parents)
    assert (told.total.count is None) == (sum(n for n, _ in counts) < 5)

    def within(name, top):
        return name == top or (parents[name] is not None and within(parents[name], top))

    groups = [frozenset(names)] if told.total.count is not None else []
    groups += [
        frozenset(n for n in names if within(n, one.agency)) for one in told.whole if one.count is not None
    ]
    groups += [frozenset(one.agency) for one in told.own if one.count is not None]
    given_by = dict(zip(names, counts, strict=True))
    for group in set(groups):
        left = group.difference(*(other for other in groups if other < group))
        people, at_counter = (sum(given_by[name][place] for name in left) for place in (0, 1))
        assert people >= 5 or people + at_counter == 0, (group, left)


@pytest.mark.parametrize(
    ("now", "quarter"),
    [
        ("2026-10-30T02:00:00+00:00", "2026-04-01"),
        ("2026-10-31T17:00:00+00:00", "2026-07-01"),
        ("2027-01-15T02:00:00+00:00", "2026-07-01"),
        ("2027-01-31T02:00:00+00:00", "2026-10-01"),
    ],
)
def test_r_sat_03_a_quarter_is_told_once_nothing_in_it_moves(now, quarter):
    rules = RatingRules(timedelta(days=30), 2)
    assert str(rules.told_quarter(datetime.fromisoformat(now)).first) == quarter


async def test_r_sat_03_no_two_answers_tell_how_one_person_rated(rated):
    await rates(rated, "asker")
    too_soon = await rated.send("nobody", "GET", "/ratings?day=2026-11-10")
    assert (too_soon.status_code, too_soon.json()["code"]) == (404, "quarter-not-told")
    free = await rated.send(
        "nobody", "GET", "/ratings?since=2026-11-10T00:00:00Z&before=2026-11-11T00:00:00Z"
    )
    assert free.json() == (await rated.send("nobody", "GET", "/ratings")).json()


async def test_r_sat_03_ratings_are_public_in_total_and_per_agency(rated):
    await rates(rated, "asker")
    rated.at("2027-02-01T02:00:00+00:00")
    told = (await rated.send("nobody", "GET", "/ratings")).json()
    assert (told["total"]["count"], told["least"]) == (None, 5)
    async with rated.database.sessions.begin() as session:
        for place in range(5):
            one = {"agency": OTHER, "phase": "result", "comment": "", "task_state": "none", "task_done": ""}
            at = datetime.fromisoformat("2026-11-10T02:00:00+00:00")
            marks = {"progress": 3, "quality": 4, "given_at": at, "changed_at": at}
            session.add(Rating(id=uuid.uuid4(), dossier=f"x{place}", **one, **marks))
    told = (await rated.send("nobody", "GET", "/ratings")).json()
    assert [one["agency_name"] for one in told["agencies"]] == ["Sở Xây dựng"]
    assert told["total"] == {**told["agencies"][0], "agency": "", "agency_name": "", "parent": None}
    assert (told["total"]["count"], told["total"]["progress"]) == (6, 3.3)
