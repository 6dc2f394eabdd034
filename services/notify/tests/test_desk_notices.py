"""The one-stop desk hears of what arrives, at once or in the morning, and nobody is flooded."""

from datetime import UTC, datetime, timedelta

import pytest
from notify.domain.arrivals import Arrivals, desk_is_open
from notify.main import desks_of
from notify.usecases.gather_digests import gather_digests
from notify.usecases.tell import tell
from notify.usecases.tell_desks import gather_arrivals
from regulation import profiles
from regulation.clock.by_profile import calendar_of
from regulation.roles import Right, who_may
from suite.testing import officer
from suite.testing.rights import let_in

HOA, BINH, HEAD, CENTRE = "desk-hoa", "desk-binh", "officer-head", "officer-centre"
OWN = "/api/notify/own-arrivals"
TUESDAY_8 = datetime(2026, 12, 8, 1, 0, tzinfo=UTC)
NINE = datetime(2026, 12, 7, 2, 0, tzinfo=UTC)
CHECK_DUE = "2026-12-07T08:00:00Z"


@pytest.fixture
async def desk(stage):
    """Give a stage with two officers at the desk, their head, a coordinator, and others who are not concerned."""
    for who, agency, roles, active in (
        (HOA, "H42.101", ["desk_officer"], True),
        (BINH, "H42.101", ["desk_officer", "specialist"], True),
        ("desk-gone", "H42.101", ["desk_officer"], False),
        ("specialist", "H42.101", ["specialist"], True),
        ("desk-other", "H42.102", ["desk_officer"], True),
        (HEAD, "H42.101", ["agency_head"], True),
        (CENTRE, None, ["coordinator"], True),
    ):
        fact = {"officer_id": who, "agency": agency, "display_name": who, "roles": roles, "active": active}
        await stage.hear("identity.officer_changed.v1", fact)
    return stage


async def clock(stage, at):
    """Let the clock of the desks run; return how many notices are written."""
    stage.now = at
    calendar, rules = calendar_of(profiles.load(stage.settings.profile)), desks_of(stage.settings)
    async with stage.database.sessions.begin() as session:
        return await tell(
            session, await gather_arrivals(session, calendar, rules, at), stage.app.state.built.writer
        )


async def morning(stage, at):
    stage.now = at
    calendar = calendar_of(profiles.load(stage.settings.profile))
    async with stage.database.sessions.begin() as session:
        found = await gather_digests(session, calendar, Arrivals.AT_ONCE, at)
        return await tell(session, found, stage.app.state.built.writer)


async def newest(stage, who):
    """Return kind, subject and body of the newest notice, and how many there are."""
    page = await stage.inbox(who)
    one = page["items"][0] if page["items"] else {"kind": None, "subject": "", "body": ""}
    return one["kind"], f"{one['subject']}\n{one['body']}", page["total"]


def code(number):
    return f"H42.101-261207-{number:04}"


async def test_r_ntf_10_the_desk_hears_of_what_arrives_once_in_a_quarter_of_an_hour(desk):
    await desk.submitted(code=code(1))
    assert await clock(desk, NINE) == 2
    for number in range(2, 30):
        await desk.submitted(code=code(number))
    assert await clock(desk, NINE + timedelta(minutes=14)) == 0
    assert await clock(desk, NINE + timedelta(minutes=15)) == 2
    kind, said, total = await newest(desk, HOA)
    assert (kind, total) == ("officer_arrivals", 2)
    assert "28 hồ sơ mới tại một cửa" in said
    assert code(2) in said
    assert code(21) in said
    assert code(22) not in said
    assert await clock(desk, NINE + timedelta(hours=1)) == 0, "nothing is told twice"
    for nobody in ("desk-gone", "specialist", "desk-other", HEAD):
        assert (await newest(desk, nobody))[2] == 0, nobody


async def test_r_ntf_10_the_notice_says_which_answer_a_request_and_leads_to_the_desk(desk, facts):
    sent = facts(resubmitted_at=NINE.isoformat(), check_due_at=CHECK_DUE, channel="counter")
    await desk.hear("intake.dossier_resubmitted.v1", sent)
    await desk.submitted(code=code(2), channel="counter")
    assert await clock(desk, NINE) == 2
    async with desk.api(HOA) as http:
        [one] = (await http.get("/api/notify/messages")).json()["items"]
    assert "1 hồ sơ đã đến UBND phường Hoa Lư" in one["body"], "what the desk wrote down itself is no news"
    assert "1 hồ sơ được bổ sung theo yêu cầu" in one["body"]
    assert one["link"] == "https://dichvucong.example/can-bo/tiep-nhan"


async def test_r_ntf_10_what_came_at_night_or_was_checked_meanwhile_is_told_in_the_morning_or_never(
    desk, facts
):
    desk.now = datetime(2026, 12, 6, 15, 0, tzinfo=UTC)  # Sunday, 22:00
    await desk.submitted(code=code(1))
    await desk.submitted(code=code(2))
    assert await clock(desk, desk.now) == 0
    await desk.hear("intake.dossier_refused.v1", facts(code=code(2), state="refused"))
    assert await clock(desk, datetime(2026, 12, 7, 0, 30, tzinfo=UTC)) == 2
    assert "1 hồ sơ mới" in (await newest(desk, BINH))[1]


async def test_r_ntf_10_an_officer_chooses_the_digest_and_a_province_may_too(desk):
    async with desk.api(caller=officer("desk_officer", agency="H42.101", subject=HOA)) as http:
        usual = {"arrivals": "at_once", "chosen": False, "every_minutes": 15}
        assert (await http.get(OWN)).json() == usual
        wrong = await http.put(OWN, json={"arrivals": "never"}, headers={"Idempotency-Key": "w"})
        assert wrong.status_code == 422
        chosen = await http.put(OWN, json={"arrivals": "digest"}, headers={"Idempotency-Key": "a"})
        assert chosen.json() == usual | {"arrivals": "digest", "chosen": True} == (await http.get(OWN)).json()
    await desk.submitted()
    assert await clock(desk, NINE) == 1
    assert (await newest(desk, HOA))[2] == 0
    assert await morning(desk, TUESDAY_8) == 4
    assert (await newest(desk, HOA))[0] == "officer_desk_digest"


async def test_r_ntf_10_the_morning_tells_what_waits_for_its_check_what_is_late_and_what_was_answered(
    desk, facts
):
    await desk.submitted(code=code(1))
    sent = facts(code=code(2), resubmitted_at=NINE.isoformat(), check_due_at="2026-12-08T09:00:00Z")
    await desk.hear("intake.dossier_resubmitted.v1", sent)
    assert await morning(desk, NINE + timedelta(hours=1)) == 2, "no check is late: the desk alone is told"
    assert await morning(desk, TUESDAY_8) == 4
    assert await morning(desk, TUESDAY_8 + timedelta(hours=2)) == 0
    kind, said, total = await newest(desk, HOA)
    assert (kind, total) == ("officer_desk_digest", 2)
    assert "2 hồ sơ chờ kiểm tra" in said
    assert "1 hồ sơ đã quá hạn kiểm tra, 1 hồ sơ đã được bổ sung" in said
    for leader in (HEAD, CENTRE):
        kind, said, _ = await newest(desk, leader)
        assert kind == "officer_digest"
        assert "1 hồ sơ quá hạn kiểm tra" in said
        assert "còn 2 hồ sơ chờ kiểm tra" in said
    assert "UBND phường Hoa Lư: 1/2" in said


async def test_r_ntf_10_a_state_told_again_counts_and_is_no_arrival(desk):
    sent = {"submitted_at": NINE.isoformat(), "check_due_at": CHECK_DUE}
    await desk.announced("intake.dossier_submitted.v1", sent)
    assert await clock(desk, NINE) == 0
    assert await morning(desk, TUESDAY_8) == 4


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-12-07T00:29:00Z", False),
        ("2026-12-07T00:30:00Z", True),
        ("2026-12-07T04:30:00Z", False),
        ("2026-12-07T06:30:00Z", True),
        ("2026-12-13T02:00:00Z", False),
        ("2099-12-13T02:00:00Z", True),
    ],
)
def test_r_ntf_10_a_desk_is_open_in_working_time(at, is_open):
    calendar = calendar_of(profiles.load("ninh-binh"))
    assert desk_is_open(calendar, datetime.fromisoformat(at)) is is_open


async def test_r_acc_18_who_works_at_a_desk_chooses_how_to_hear(stage):
    assert await let_in(stage.app, "GET", OWN) == who_may(Right.CHECK_DOSSIER)
    assert await let_in(stage.app, "PUT", OWN, {"arrivals": "digest"}) == who_may(Right.CHECK_DOSSIER)
