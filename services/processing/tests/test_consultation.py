"""Opinions of other units and agencies: asked for in parallel, each with its own due time, answered or not in time."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from common.errors import InvalidInputError
from processing.domain.consultation import Request, Standing, check_request, standing
from processing.usecases.begin_hand_over import begin_hand_over
from processing.usecases.flag_consultations import flag_consultations
from regulation.clock import Ledger
from regulation.durations import Duration
from suite.testing import officer

CODE = "H42.101-261207-0001"
UNIT, AGENCY = {"agency": "H42.101", "unit": "mot-cua"}, {"agency": "H42.15"}
WHY = {"question": "Cha mẹ có đăng ký kết hôn tại phường không?", "within": "2 wh"}
DIRECTOR = officer("agency_head", agency="H42.15", subject="tam", scope="agency")
LISTED = "/api/processing/agencies/H42.15/consultations"


@pytest.fixture
async def asking(stage):
    """Give a stage where An has the dossier in hand, and a department with a head but no units."""
    await stage.hear("catalog.agency_changed.v1", {"code": "H42.15", "name": "Sở Tư pháp", "parent": "H42"})
    await stage.hear("catalog.agency_changed.v1", {"code": "H42.16", "name": "Sở Y tế", "parent": "H42"})
    told = {"officer_id": "tam", "display_name": "Vũ Tâm", "agency": "H42.15", "unit": None, "active": True}
    await stage.hear("identity.officer_changed.v1", told | {"roles": ["agency_head"]}, "tam")
    assert (await stage.act("an", "claim")).status_code == 200
    return stage


async def ask(stage, **changes):
    return await stage.act("an", "consultation", **(WHY | UNIT | changes))


async def test_r_sec_22_who_looked_at_an_opinion_on_a_persons_dossier_is_found_by_the_dossier(asking):
    [asked] = (await ask(asking, **AGENCY, unit=None)).json()["consultations"]
    async with asking.api(DIRECTOR) as http:
        assert (await http.get(f"{LISTED}/{asked['id']}")).status_code == 200
    inspector = officer("auditor", agency="H42", scope="province", subject="inspector")
    for about, seen in ((CODE, True), ("H42.101-261207-0099", False)):
        told = {"purpose": "Kiểm tra theo QĐ 12", "person": "Nguyễn Thị Ánh", "about": about}
        async with asking.api(inspector) as http:
            items = (await http.get("/api/processing/access-lines", params=told)).json()["items"]
        found = {(one["actor"], one["subject"].partition("/")[0]) for one in items}
        assert (("tam", CODE) in found, ("an", CODE) in found) == (seen, seen)


async def answer(stage, who, asked, text="Có, đăng ký năm 2024."):
    agency = asked["agency"]
    path = f"/api/processing/agencies/{agency}/consultations/{asked['id']}/answer"
    async with stage.api(who) as http:
        return await http.post(path, json={"answer": text})


async def test_r_prc_06_a_unit_is_asked_with_its_own_due_time_answers_and_the_main_clock_runs_on(asking):
    before = (await asking.get("an", f"/dossiers/{CODE}")).json()
    told = await ask(asking)
    assert told.status_code == 200, told.text
    [asked], after = told.json()["consultations"], told.json()
    assert (asked["standing"], asked["unit"], asked["asked_by"]["id"]) == ("waiting", "mot-cua", "an")
    assert asked["due_at"] == "2026-12-07T03:00:00Z"  # two working hours after 08:00
    for kept in ("due_at", "state", "remaining_minutes", "step"):
        assert after[kept] == before[kept], kept
    [fact] = await asking.facts("processing.dossier_consulted.v1")
    assert (fact["tell"], fact["state"], fact["number"]) == (["mai"], "in_process", 1)
    [row] = await asking.sql("SELECT ledger FROM consultation")
    ledger = Ledger.from_dict(row[0], asking.rules.calendar)
    assert (ledger.source, ledger.due_at.isoformat()) == (
        "BD Đ.8.1.b; TN Đ.11.4.d",
        "2026-12-07T03:00:00+00:00",
    )
    asking.now += timedelta(hours=1)
    version = await asking.version()
    assert (await answer(asking, "mai", asked)).status_code == 200
    assert await asking.version() == version  # a proposal being written grows stale by no opinion
    shown = (await asking.get("an", f"/dossiers/{CODE}")).json()
    [one] = shown["consultations"]
    assert (one["standing"], one["answer"], one["answered_by"]["name"]) == (
        "answered",
        "Có, đăng ký năm 2024.",
        "Đỗ Thị Mai",
    )
    assert (shown["consulting"], shown["due_at"]) == (0, before["due_at"])
    [fact] = await asking.facts("processing.consultation_answered.v1")
    assert (fact["officer_id"], fact["asked_unit"]) == ("an", "mot-cua")


async def test_r_prc_07_agencies_are_asked_in_parallel_and_silence_is_noted_at_the_due_time(asking):
    first = (await ask(asking, **AGENCY, unit=None)).json()
    assert (await ask(asking, within="4 wh")).json()["consulting"] == 2
    [asked] = first["consultations"]
    async with asking.api(DIRECTOR) as http:
        [listed] = (await http.get(LISTED)).json()
    assert (listed["dossier_code"], listed["asking_agency_name"]) == (CODE, "UBND phường Hoa Lư")
    assert "officer" not in listed  # nothing of the dossier but what is asked
    asking.now += timedelta(hours=2)
    assert await flag_consultations(asking.database, asking.now) == 1
    [reminder] = await asking.facts("processing.consultation_due_soon.v1")
    assert (reminder["asked_agency"], reminder["tell"]) == ("H42.15", ["tam"])
    asking.now += timedelta(minutes=1)
    assert [await flag_consultations(asking.database, asking.now) for _ in range(2)] == [1, 0]
    [lapsed] = await asking.facts("processing.consultation_lapsed.v1")
    assert (lapsed["number"], lapsed["officer_id"], lapsed["tell"]) == (1, "an", ["tam"])
    standings = [
        one["standing"] for one in (await asking.get("an", f"/dossiers/{CODE}")).json()["consultations"]
    ]
    assert standings == ["no_answer", "waiting"]
    assert (await answer(asking, DIRECTOR, asked)).json()["standing"] == "answered_late"
    [row] = await asking.sql("SELECT lapsed_at, answered_at FROM consultation WHERE number = 1")
    assert row[0] is not None  # a late answer does not unsay that there was none in time
    assert row[1] is not None


async def test_r_prc_07_where_nobody_could_answer_it_is_said_at_once_and_nothing_is_sent(asking):
    for changes, said in (
        ({"agency": "H42.16", "unit": None}, "Sở Y tế chưa có cán bộ nào"),
        ({"unit": "dia-chinh"}, "(dia-chinh)"),
    ):
        refused = await ask(asking, **changes)
        assert (refused.status_code, refused.json()["code"]) == (409, "nobody-to-consult")
        assert said in refused.json()["detail"]
    assert await asking.facts("processing.dossier_consulted.v1") == []
    places = (await asking.get("an", "/consulted-places")).json()
    staffed = {(one["agency"], one["unit"]): one["staffed"] for one in places}
    assert staffed[("H42.15", None)]
    assert staffed[("H42.101", "mot-cua")]
    assert not staffed[("H42.16", None)]


async def test_an_agency_with_an_instance_of_its_own_is_not_asked_into_the_void(asking):
    async with asking.database.sessions.begin() as session:
        await begin_hand_over(
            session, "H42.15", "H42.15", asking.rules.instance, asking.now - timedelta(days=1)
        )
    refused = await ask(asking, **AGENCY, unit=None)
    assert (refused.status_code, refused.json()["code"]) == (409, "consulted-elsewhere")
    assert "Sở Tư pháp làm việc trên hệ thống riêng" in refused.json()["detail"]


async def test_only_who_has_it_in_hand_asks_and_only_who_was_asked_answers_once(asking):
    for who in ("binh", "lan"):
        assert (await asking.act(who, "consultation", **WHY, **UNIT)).status_code in (403, 404)
    assert (await ask(asking, version=1)).json()["code"] == "stale-version"
    [asked] = (await ask(asking)).json()["consultations"]
    for stranger in ("binh", DIRECTOR):
        assert (await answer(asking, stranger, asked)).status_code == 404
    assert (await answer(asking, "mai", asked, " ")).status_code == 422
    both = await asyncio.gather(*(answer(asking, who, asked) for who in ("mai", "lan")))
    assert sorted(one.status_code for one in both) == [200, 409]
    assert len(await asking.facts("processing.consultation_answered.v1")) == 1


async def test_a_decided_dossier_waits_for_no_opinion(asking):
    [asked] = (await ask(asking)).json()["consultations"]
    assert (await asking.propose()).status_code == 200
    assert (await asking.act("lan", "signature")).status_code == 200
    refused = await answer(asking, "mai", asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "dossier-closed")
    assert await flag_consultations(asking.database, asking.now + timedelta(days=2)) == 0
    assert (await asking.get("mai", "/consultations")).json() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": None}, "asked"),
        ({"unit": "tu-phap-ho-tich"}, "asked"),
        ({"question": "  "}, "question"),
        ({"within": "9 wd"}, "within"),
    ],
)
async def test_what_cannot_be_asked_is_refused_in_plain_words(asking, changes, field):
    refused = await ask(asking, **changes)
    assert refused.status_code == 422, refused.text
    assert [one["field"] for one in refused.json()["errors"]] == [field]


def test_the_standing_follows_from_due_time_and_answer():
    due = datetime(2026, 12, 7, 3, tzinfo=UTC)
    early, late = due - timedelta(hours=1), due + timedelta(seconds=1)
    told = [standing(due, at, now) for at, now in ((None, due), (None, late), (early, late), (late, late))]
    assert told == [Standing.WAITING, Standing.NO_ANSWER, Standing.ANSWERED, Standing.ANSWERED_LATE]


def test_a_decision_before_the_due_time_ends_the_waiting_and_one_after_it_excuses_nothing():
    due = datetime(2026, 12, 7, 3, tzinfo=UTC)
    early, late = due - timedelta(hours=1), due + timedelta(hours=1)
    assert standing(due, None, late, early) is Standing.NOT_NEEDED
    assert standing(due, None, late, late) is Standing.NO_ANSWER
    assert standing(due, None, late, withdrawn_at=early) is Standing.WITHDRAWN
    assert standing(due, None, late, withdrawn_at=late) is Standing.NO_ANSWER, "lateness is not taken back"


def test_both_faults_of_a_request_are_told_together():
    request = Request("H42.101", None, " ", Duration.parse("1 wd"))
    with pytest.raises(InvalidInputError) as refused:
        check_request(request, "H42.101", "tu-phap")
    assert [one.field for one in refused.value.problems()] == ["asked", "question"]


async def test_who_was_asked_is_not_late_with_what_was_decided_before_its_due_time(asking):
    [asked] = (await ask(asking, within="4 wh")).json()["consultations"]
    assert (
        await asking.act("an", "extension-proposal", reason="Chờ.", until_on="2026-12-30")
    ).status_code in (
        200,
        409,
    )
    assert (await asking.propose()).status_code == 200
    assert (await asking.act("lan", "signature")).status_code == 200
    asking.now += timedelta(days=3)
    seen = (await asking.get("lan", f"/dossiers/{CODE}")).json()
    assert [one["standing"] for one in seen["consultations"]] == ["not_needed"]
    assert (seen["consulting"], seen["extending"]) == (0, False)
    listed = await asking.get("mai", f"/consultations/{asked['id']}")
    assert (listed.json()["standing"], listed.json()["answerable"]) == ("not_needed", False)
    lines = await asking.sql("SELECT subject FROM audit_line WHERE actor = 'mai' ORDER BY seq DESC LIMIT 1")
    assert lines[0][0] == f"{CODE}/{asked['id']}", "who read what is asked stands beside who read the dossier"


@pytest.mark.parametrize("unseen", ["\u200b\u2060", " \u202e "])
async def test_what_nobody_sees_is_no_question_answer_reason_or_remark(asking, unseen):
    assert (await ask(asking, question=unseen)).status_code == 422
    [asked] = (await ask(asking, question=f"\u202eKết hôn{unseen}")).json()["consultations"]
    assert asked["question"] == "Kết hôn", "no letter turns the others around"
    assert (await answer(asking, "mai", asked, unseen)).status_code == 422
    assert (await asking.act("lan", "sending-back", remarks=unseen)).status_code in (409, 422)
    refused = await asking.act("an", "extension-proposal", reason=unseen, until_on="2026-12-30")
    assert refused.status_code in (409, 422)
    assert (await asking.get("an", f"/dossiers/{CODE}")).json()["extensions"] == []


async def withdraw(stage, number, reason="Đã có ý kiến bằng văn bản."):
    return await stage.act("an", f"consultations/{number}/withdrawal", reason=reason)


async def test_r_prc_07_a_request_is_taken_back_with_a_reason_and_who_was_asked_is_told(asking):
    [asked] = (await ask(asking)).json()["consultations"]
    assert (await withdraw(asking, 1, " ")).status_code == 422
    assert (await withdraw(asking, 2)).status_code == 404
    done = await withdraw(asking, 1)
    assert done.status_code == 200, done.text
    [one] = done.json()["consultations"]
    assert (one["standing"], one["withdrawn_reason"]) == ("withdrawn", "Đã có ý kiến bằng văn bản.")
    assert done.json()["consulting"] == 0
    [fact] = await asking.facts("processing.consultation_withdrawn.v1")
    assert (fact["tell"], fact["number"]) == (["mai"], 1)
    assert (await asking.get("mai", "/consultations")).json() == []
    late = await answer(asking, "mai", asked)
    assert (late.status_code, late.json()["code"]) == (409, "consultation-withdrawn")
    assert (await withdraw(asking, 1)).json()["code"] == "consultation-withdrawn"
    assert await flag_consultations(asking.database, asking.now + timedelta(days=2)) == 0
    [second] = [one for one in (await ask(asking)).json()["consultations"] if one["number"] == 2]
    assert (await answer(asking, "mai", second)).status_code == 200
    assert (await withdraw(asking, 2)).json()["code"] == "already-answered"


async def test_an_answer_and_a_withdrawal_at_once_leave_one_of_them(asking):
    [asked] = (await ask(asking)).json()["consultations"]
    both = await asyncio.gather(withdraw(asking, 1), answer(asking, "mai", asked))
    assert sorted(one.status_code for one in both) == [200, 409]
    assert (await asking.get("an", f"/dossiers/{CODE}")).json()["consulting"] == 0


async def test_r_prc_07_an_agency_that_ended_is_not_offered_and_not_asked(asking):
    told = {"code": "H42.15", "name": "Sở Tư pháp", "parent": "H42", "valid_to": "2026-12-07"}
    await asking.hear("catalog.agency_changed.v1", told)
    places = (await asking.get("an", "/consulted-places")).json()
    assert "H42.15" not in {one["agency"] for one in places}
    assert "H42.16" in {one["agency"] for one in places}
    refused = await ask(asking, **AGENCY, unit=None)
    assert (refused.status_code, refused.json()["code"]) == (409, "agency-ended")
    assert "cơ quan kế thừa" in refused.json()["detail"]


async def test_an_open_dossier_of_an_agency_that_ended_says_so(asking):
    seen = (await asking.get("an", f"/dossiers/{CODE}")).json()
    assert seen["agency_ended_on"] is None
    told = {"code": "H42.101", "name": "UBND phường Hoa Lư", "parent": "H42", "valid_to": "2026-12-07"}
    await asking.hear("catalog.agency_changed.v1", told)
    seen = (await asking.get("an", f"/dossiers/{CODE}")).json()
    assert seen["agency_ended_on"] == "2026-12-07"
