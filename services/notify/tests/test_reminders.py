"""Officers are reminded: of new work, of what is overdue each morning, and when the coordinator urges an agency."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from notify.domain.arrivals import Arrivals
from notify.usecases.gather_digests import gather_digests
from notify.usecases.tell import tell
from regulation import profiles
from regulation.clock.by_profile import calendar_of
from regulation.roles import Right, who_may
from suite.testing import officer
from suite.testing.rights import let_in

CODE = "H42.101-261207-0001"
LAN, HEAD, OTHER, CENTRE = "officer-lan", "officer-head", "officer-other", "officer-centre"
URGE = "/api/notify/overdue-agencies/H42.101/reminders"


async def people(stage):
    """Announce who works where, and as what."""
    for who, agency, roles, active in (
        (LAN, "H42.101", ["specialist"], True),
        (HEAD, "H42.101", ["agency_head"], True),
        ("officer-gone", "H42.101", ["agency_head"], False),
        (OTHER, "H42.102", ["agency_head"], True),
        (CENTRE, None, ["coordinator"], True),
    ):
        fact = {"officer_id": who, "agency": agency, "display_name": who, "roles": roles, "active": active}
        await stage.hear("identity.officer_changed.v1", fact)


async def overdue(stage):
    await people(stage)
    await stage.accepted()
    fact = {"code": CODE, "officer_id": LAN, "due_at": "2026-12-09T10:30:00Z"}
    await stage.hear("processing.dossier_overdue.v1", fact)


async def morning(stage, at):
    """Let the clock of the morning run; return how many are told."""
    stage.now = at
    calendar = calendar_of(profiles.load(stage.settings.profile))
    async with stage.database.sessions.begin() as session:
        return await tell(
            session,
            await gather_digests(session, calendar, Arrivals.AT_ONCE, at),
            stage.app.state.built.writer,
        )


async def kinds(stage, who):
    return [one["kind"] for one in (await stage.inbox(who))["items"]]


@pytest.mark.parametrize(("by", "told"), [(HEAD, ["officer_assigned"]), (LAN, []), (None, [])])
async def test_r_ntf_10_an_officer_is_told_of_what_another_gave_him(stage, by, told):
    await people(stage)
    await stage.accepted()
    fact = {"code": CODE, "officer_id": LAN, "assigned_by": by}
    await stage.hear("processing.dossier_assigned.v1", fact, agency="H42.101")
    assert await kinds(stage, LAN) == told


async def test_r_ntf_10_heads_and_coordinators_get_one_digest_a_working_day(stage):
    await overdue(stage)
    thursday = datetime(2026, 12, 10, 0, 29, tzinfo=UTC)  # 07:29 in Hà Nội
    assert await morning(stage, thursday) == 0
    assert await morning(stage, thursday + timedelta(minutes=1)) == 2
    assert await morning(stage, thursday + timedelta(hours=8)) == 0, "nobody twice a day"
    assert await morning(stage, datetime(2026, 12, 13, 3, 0, tzinfo=UTC)) == 0, "Sunday"
    assert await morning(stage, datetime(2026, 12, 14, 3, 0, tzinfo=UTC)) == 2
    assert await kinds(stage, HEAD) == ["officer_digest"] * 2
    [_, first] = (await stage.inbox(HEAD))["items"]
    assert "1 hồ sơ quá hạn – UBND phường Hoa Lư" in first["subject"]
    assert CODE in first["body"]
    [_, centre] = (await stage.inbox(CENTRE))["items"]
    assert "UBND phường Hoa Lư: 1" in centre["body"]
    assert await kinds(stage, OTHER) == await kinds(stage, "officer-gone") == []


@pytest.mark.parametrize("ending", ["result", "returned"])
async def test_r_ntf_10_what_is_decided_is_in_no_digest(stage, facts, ending):
    await overdue(stage)
    if ending == "result":
        await stage.hear(
            "processing.result_ready.v1", {"code": CODE, "ready_at": "2026-12-10T01:00:00Z", "signer": None}
        )
    else:
        await stage.hear("intake.dossier_refused.v1", facts(state="refused"))
    assert await morning(stage, datetime(2026, 12, 10, 1, 0, tzinfo=UTC)) == 0


async def test_r_ntf_10_the_coordinator_reminds_an_agency_in_one_action(stage):
    await overdue(stage)
    centre = officer("coordinator", agency=None, scope="province", subject=CENTRE)
    async with stage.api(caller=centre) as http:
        [row] = (await http.get("/api/notify/overdue-agencies")).json()["items"]
        assert (row["agency"], row["count"], row["reminded_at"]) == ("H42.101", 1, None)
        sent = await http.post(URGE, headers={"Idempotency-Key": "a"})
        assert (sent.status_code, sent.json()["told_count"]) == (201, 1)
        again = await http.post(URGE, headers={"Idempotency-Key": "b"})
        assert (again.status_code, again.json()["code"]) == (409, "just-urged")
        none = await http.post(URGE.replace("101", "102"), headers={"Idempotency-Key": "c"})
        assert (none.status_code, none.json()["code"]) == (409, "nothing-to-urge")
        [row] = (await http.get("/api/notify/overdue-agencies")).json()["items"]
        assert row["reminded_at"] is not None
    assert await kinds(stage, HEAD) == ["officer_agency_urged"]
    assert CODE in (await stage.inbox(HEAD))["items"][0]["body"]


async def test_r_ntf_10_of_those_who_urge_an_agency_at_once_one_does(stage):
    await overdue(stage)
    async with stage.api(
        caller=officer("coordinator", agency=None, scope="province", subject=CENTRE)
    ) as http:
        sent = [http.post(URGE, headers={"Idempotency-Key": f"k{one}"}) for one in range(4)]
        answers = await asyncio.gather(*sent)
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    assert await kinds(stage, HEAD) == ["officer_agency_urged"]


@pytest.mark.parametrize("fact", ["processing.dossier_due_soon.v1", "processing.dossier_overdue.v1"])
@pytest.mark.parametrize(("substitute", "told"), [(HEAD, HEAD), (None, LAN), (OTHER, LAN)])
async def test_r_int_21_who_stands_in_is_reminded_and_who_is_away_is_not(stage, fact, substitute, told):
    await people(stage)
    await stage.accepted()
    due = {"code": CODE, "officer_id": LAN, "due_at": "2026-12-09T10:30:00Z", "substitute_id": substitute}
    await stage.hear(fact, due, agency="H42.101")
    heard = [who for who in (LAN, HEAD, OTHER) if await kinds(stage, who)]
    assert heard == [told], "one of another agency is told nothing"


async def test_r_acc_18_agencies_are_urged_by_who_may(stage):
    assert await let_in(stage.app, "GET", "/api/notify/overdue-agencies") == who_may(Right.URGE_AGENCY)
    assert await let_in(stage.app, "POST", URGE) == who_may(Right.URGE_AGENCY)
