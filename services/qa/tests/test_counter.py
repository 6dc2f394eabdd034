"""Rating at the counter: a code from the desk works once, for minutes; what nobody proved is not told."""

import asyncio
import uuid
from datetime import datetime
from types import SimpleNamespace

import pytest
from common.ids import uuid7
from common.sealing import ring_of
from qa.domain.counter import ALL_TRIES, PLACED, TRIES, CounterNotKeyedError, read_code, spoken
from qa.domain.rating import Figure, Phase, Tally
from qa.domain.rating_tree import told_ratings
from qa.models import CounterCode, RatedDossier, Rating
from qa.queries.ratings import sums
from qa.subscribers import DossierAccepted, DossierReturned, on_dossier
from qa.usecases.drop_codes import drop_codes
from qa_stage import AGENCY, MONDAY, OTHER, QA
from sqlalchemy import func, select

CODE, FOREIGN = "H42.101-261116-0007", "H42.102-261116-0001"
GOOD = {"progress": 5, "quality": 4, "comment": "Chị cán bộ hướng dẫn kỹ."}
BAD = {**GOOD, "progress": 1}


@pytest.fixture
async def handled(stage):
    """Give a stage with a dossier received just now at one desk, and one at another."""
    async with stage.database.sessions.begin() as session:
        for code, point in ((CODE, AGENCY), (FOREIGN, OTHER)):
            told = {"owner": "asker", "submitter": None, "competent_agency": OTHER, "returned_at": None}
            at = datetime.fromisoformat(MONDAY)
            there = {"receiving_point": point, "accepted_at": at, "accepted_at_desk": True}
            session.add(RatedDossier(code=code, version=1, **there, **told))
    return stage


def offers(stage, who="desk", code=CODE, phase="receipt"):
    """Ask for a code."""
    return stage.send(who, "PUT", f"/rated-dossiers/{code}/{phase}/counter-code")


async def given(stage, **place):
    """Give a code."""
    answer = await offers(stage, **place)
    assert answer.status_code == 200, answer.text
    return answer.json()["code"]


def rates(stage, code, **marks):
    """Rate by a code, as somebody without an account."""
    return stage.send("nobody", "POST", "/counter-ratings", {"code": code, **(marks or GOOD)})


async def kept(stage):
    """Give the ratings that are kept."""
    async with stage.database.sessions() as session:
        return (await session.scalars(select(Rating))).all()


async def test_r_sat_01_somebody_at_the_desk_rates_once_by_a_code_and_without_an_account(handled):
    code = await given(handled)
    seen = await handled.send("nobody", "POST", "/counter-ratings/openings", {"code": code})
    assert {**seen.json(), "until": ""} == {
        "phase": "receipt",
        "label": "Tiếp nhận hồ sơ",
        "agency_name": "Sở Tư pháp",
        "dossier_end": "0007",
        "until": "",
    }
    assert (await rates(handled, code)).status_code == 201
    [row] = await kept(handled)
    assert (row.dossier, row.phase, row.side, row.agency) == (CODE, "receipt", "counter", AGENCY)
    again = await rates(handled, code)
    assert (again.status_code, again.json()["code"]) == (404, "counter-code-unknown")
    offered = (await handled.send("desk", "GET", f"/rated-dossiers/{CODE}")).json()
    assert [(one["open"], one["rated"]) for one in offered["phases"]] == [(False, True), (False, False)]
    assert (await offers(handled)).json()["code"] == "rated-at-counter"


async def test_r_sat_01_a_tablet_that_sends_again_gets_its_first_answer(handled):
    body, headers = {"code": await given(handled), **GOOD}, {"Idempotency-Key": str(uuid7())}
    web = handled.people["nobody"]
    sent = [await web.post(f"{QA}/counter-ratings", json=body, headers=headers) for _ in range(2)]
    assert [one.status_code for one in sent] == [201, 201]
    assert len(await kept(handled)) == 1


async def test_r_sat_01_of_two_who_use_a_code_at_once_one_does(handled):
    code = await given(handled)
    sent = await asyncio.gather(*(rates(handled, code) for _ in range(5)))
    assert sorted(one.status_code for one in sent) == [201, 404, 404, 404, 404]
    assert len(await kept(handled)) == 1


async def test_r_sat_01_a_code_works_for_minutes_and_a_new_one_ends_it(handled):
    first, second = await given(handled), await given(handled)
    assert (await rates(handled, first)).status_code == 404
    handled.at("2026-11-16T02:15:01+00:00")
    assert (await rates(handled, second)).status_code == 404
    async with handled.database.sessions.begin() as session:
        await drop_codes(session, datetime.fromisoformat("2026-11-16T02:15:01+00:00"))
        assert await session.scalar(select(func.count()).select_from(CounterCode)) == 0
    assert await kept(handled) == []


async def test_r_sat_01_the_desk_offers_what_it_just_did_and_nothing_else(handled):
    assert (await offers(handled, phase="result")).json()["code"] == "dossier-not-rated"
    assert (await offers(handled, code=FOREIGN)).status_code == 404
    assert (await offers(handled, who="other-desk")).status_code == 404
    for who in ("asker", "owner", "head", "centre"):
        assert (await offers(handled, who=who)).status_code == 403
    assert (await offers(handled, who="nobody")).status_code == 401
    handled.at("2026-11-17T02:00:01+00:00")
    assert (await offers(handled)).json()["code"] == "rating-not-offered"


@pytest.mark.parametrize(
    ("channel", "helped", "way", "open_"),
    [
        ("counter", None, "counter", [True, True]),
        ("online", None, "online", [False, False]),
        ("post", None, "post", [False, False]),
        ("online", AGENCY, "online", [True, False]),
    ],
)
async def test_r_sat_05_the_desk_offers_nothing_where_nobody_stood(handled, channel, helped, way, open_):
    at, meta = datetime.fromisoformat(MONDAY), SimpleNamespace(aggregate_version=7)
    whose = {"code": "H42.101-261116-0009", "owner_id": "asker", "submitter_id": None}
    whose |= {"receiving_point": AGENCY, "competent_agency": OTHER}
    came = DossierAccepted(**whose, accepted_at=at, channel=channel, place_of_help=helped)
    async with handled.database.sessions.begin() as session:
        for event in (DossierReturned(**whose, returned_at=at, way=way), came):
            await on_dossier(session, event, meta)
            meta.aggregate_version -= 1
    offered = (await handled.send("desk", "GET", f"/rated-dossiers/{whose['code']}")).json()
    assert [one["open"] for one in offered["phases"]] == open_
    for phase, may in zip(("receipt", "result"), open_, strict=True):
        answer = await offers(handled, code=whose["code"], phase=phase)
        assert (answer.status_code, answer.json()["code"] == "rating-not-offered") == (
            200 if may else 409,
            not may,
        )


async def test_r_sat_01_a_code_that_another_has_is_drawn_again(handled, monkeypatch):
    drawn = iter(["1111111111", "1111111111", "2222222222"])
    monkeypatch.setattr("qa.usecases.offer_rating.new_code", lambda: next(drawn))
    async with handled.database.sessions.begin() as session:
        session.add(
            CounterCode(
                mark=CounterCode.marked("1111111111", ring_of(session)),
                dossier="other",
                phase="receipt",
                until=datetime.fromisoformat(MONDAY),
            )
        )
    assert await given(handled) == "22222 22222"


async def test_r_sat_05_a_code_stands_nowhere_in_the_clear(handled):
    code = read_code(await given(handled))
    async with handled.database.sessions() as session:
        [row] = (await session.scalars(select(CounterCode))).all()
    assert code not in row.mark
    with pytest.raises(CounterNotKeyedError):
        CounterCode.marked(code, None)  # a mark without a key is tried out in a second
    handled.database.ring, ring = None, handled.database.ring
    refused = await offers(handled)
    handled.database.ring = ring
    assert (refused.status_code, refused.json()["code"]) == (409, "counter-not-keyed")
    assert read_code(spoken(code)) == code


async def opens(stage, code, address="203.0.113.7"):
    """Type a code somewhere; tell how it was answered."""
    sent = {"json": {"code": code}, "headers": {"X-Forwarded-For": address}}
    return (await stage.people["nobody"].post(f"{QA}/counter-ratings/openings", **sent)).status_code


def guess(code, n):
    """Give a wrong code with the same front."""
    said = read_code(code)
    return said[:PLACED] + str((int(said[PLACED:]) + n) % 10**6).zfill(6)


async def test_r_sat_05_wrong_codes_of_a_centres_own_network_shut_no_tablet(handled):
    code = await given(handled)
    elsewhere = str((int(read_code(code)[:PLACED]) + 1) % 10**PLACED).zfill(PLACED)
    missed = {await opens(handled, f"{elsewhere}{n:06d}") for n in range(70)}
    assert (missed, await opens(handled, code)) == ({404}, 200)
    assert (await rates(handled, code)).status_code == 201


async def test_r_sat_05_whoever_guesses_a_code_is_stopped_before_the_right_one(handled):
    code = await given(handled)
    assert {await opens(handled, guess(code, n)) for n in range(1, TRIES + 1)} == {404}
    assert await opens(handled, code) == 404, "from that network it is worth nothing"
    for site in range(1, 4):
        for n in range(TRIES):
            assert await opens(handled, guess(code, 100 * site + n), f"2001:db8:{site}:{n}::7") == 404
    assert await opens(handled, code, "198.51.100.9") == 404, "nor from anywhere once so many tried"
    assert await opens(handled, await given(handled), "198.51.100.9") == 200


async def test_r_sat_05_where_somebody_guesses_no_new_code_is_given(handled, monkeypatch):
    drawn = iter(["1111111111", "2222222222"])
    monkeypatch.setattr("qa.usecases.offer_rating.new_code", lambda: next(drawn))
    for n in range(ALL_TRIES):
        await opens(handled, f"1111{n:06d}", f"198.51.{n}.9")
    assert await given(handled) == "22222 22222"


async def test_r_sat_05_an_officer_who_rates_at_the_tablet_is_seen_and_outdone_by_the_owner(handled):
    await rates(handled, await given(handled))
    own = (await handled.send("asker", "GET", f"/own-ratings/{CODE}")).json()["phases"][0]
    assert (own["at_counter"], own["progress"], own["comment"]) == (True, None, "")
    since, before = (datetime.fromisoformat(f"2026-{month}-01T00:00:00+00:00") for month in (11, 12))
    async with handled.database.sessions() as session:
        assert await sums(session, Phase.RECEIPT, since, before) == [(AGENCY, 1, 5.0, 4.0, 1)]
    await handled.send("asker", "PUT", f"/own-ratings/{CODE}/receipt", BAD)
    async with handled.database.sessions() as session:
        assert await sums(session, Phase.RECEIPT, since, before) == [(AGENCY, 1, 1.0, 4.0, 0)]


async def test_r_sat_05_a_low_rating_at_the_counter_is_followed_up_when_its_week_is_over(handled):
    await rates(handled, await given(handled), **BAD)
    assert (await handled.send("centre", "GET", "/rating-tasks")).json()["items"] == []
    handled.at("2026-11-23T02:00:00+00:00")
    seen = await handled.send("centre", "GET", "/rating-tasks")
    assert [one["progress"] for one in seen.json()["items"]] == [1]
    assert CODE not in seen.text


def test_r_sat_03_ratings_at_the_counter_alone_make_no_figure():
    made_up, honest = Tally("a", 44, 200.0, 200.0, 40), Tally("b", 9, 36.0, 36.0, 1)
    both = told_ratings([made_up, honest], {})
    assert both.whole == both.own == [Figure("a"), Figure("b")], "four of a would follow from the total"
    more = Tally("c", 7, 28.0, 28.0, 0)
    assert told_ratings([made_up, honest, more], {}).whole[1] == Figure("b", 9, 4.0, 4.0, 1)
    assert told_ratings([made_up], {}).total == Figure("")
    assert both.total.at_counter == 41


async def test_r_sat_03_figures_say_how_many_rated_at_the_counter(handled):
    rows = [("owner", n) for n in range(5)] + [("counter", n) for n in range(5, 8)]
    at = datetime.fromisoformat("2026-08-10T02:00:00+00:00")
    same = {"agency": OTHER, "phase": "result", "comment": "", "task_state": "none", "task_done": ""}
    marks = {"progress": 3, "quality": 4, "given_at": at, "changed_at": at}
    async with handled.database.sessions.begin() as session:
        for side, n in rows:
            session.add(Rating(id=uuid.uuid4(), dossier=f"x{n}", side=side, **same, **marks))
    told = (await handled.send("nobody", "GET", "/ratings")).json()
    assert (told["total"]["count"], told["total"]["at_counter"]) == (8, 3)
