"""From an opened form to a dossier code: submission as the regulations want it."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from common.ids import uuid7
from suite.testing import citizen

SUNDAY_NIGHT = datetime(2026, 12, 6, 16, 55, tzinfo=UTC)  # 23:55 in Hà Nội
LUNAR_NEW_YEAR = datetime(2027, 2, 6, 2, 0, tzinfo=UTC)


async def test_r_sub_01_a_filled_and_attached_draft_reaches_the_desk_of_the_competent_agency(stage):
    code = await stage.dossier(agency=stage.GIA_VIEN)
    assert code.startswith("H42.102-261207-")
    queue = (await stage.get("desk/dossiers", stage.desk(stage.GIA_VIEN), limit=200)).json()["items"]
    assert code in [row["code"] for row in queue]
    dossier = await stage.read(code)
    assert dossier["agencies"]["receiving_point"] == dossier["agencies"]["competent_agency"] == stage.GIA_VIEN
    assert dossier["agencies"]["received_at"] == dossier["agencies"]["competent_received_at"]
    flags = ("verified_identity", "digitised", "reused", "from_vault", "paid_online")
    assert [dossier["flags"][name] for name in flags] == [False] * 5


async def test_r_sub_02_an_anonymous_or_foreign_submission_is_refused_and_the_draft_stays(stage):
    draft = await stage.draft(stage.PLAIN)
    body = {"draft_id": draft["id"], "declaration_accepted": True, "declaration_version": "1"}
    async with stage.client() as anonymous:
        answer = await anonymous.post("/api/intake/dossiers", json=body, headers=stage.key())
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    assert (await stage.submit(stage.desk(), draft_id=draft["id"])).status_code == 403
    foreign = await stage.submit(citizen(str(uuid7())), draft_id=draft["id"])
    assert (foreign.status_code, foreign.json()["code"]) == (404, "draft-not-found")
    kept = await stage.get(f"drafts/{draft['id']}", stage.citizen)
    assert kept.json()["answers"]["child_name"] == "Nguyễn Minh Anh"
    assert (await stage.submit(draft_id=draft["id"])).status_code == 201


WRONG = {
    "full_name": "A",
    "phone": "12",
    "born_on": "2030-01-01",
    "relation": "uncle",
    "at_hospital": True,
    "copies": 21,
    "email": "anh(at)example.org",
    "id_number": 37090001234,
    "nickname": "Tí",
}


async def test_r_sub_03_all_errors_of_a_declaration_are_shown_at_once_in_the_language_of_the_reader(stage):
    inline = {"procedure_code": stage.PLAIN, "procedure_version": 1, "agency": stage.HOA_LU, "answers": WRONG}
    answer = await stage.submit(**inline)
    assert answer.status_code == 422
    found = {(error["field"], error["rule"]) for error in answer.json()["errors"]}
    assert found == {
        ("full_name", "length"),
        ("phone", "phone"),
        ("born_on", "past"),
        ("relation", "enum"),
        ("hospital", "required"),
        ("child_name", "required"),
        ("copies", "block"),
        ("copies", "maximum"),
        ("email", "email"),
        ("id_number", "identity-number"),
        ("nickname", "additionalProperties"),
    }
    async with stage.client(stage.citizen, "en") as english:
        body = {**inline, "declaration_accepted": True, "declaration_version": "1"}
        told = await english.post("/api/intake/dossiers", json=body, headers=stage.key())
    messages = {error["field"]: error["message"] for error in told.json()["errors"]}
    assert messages["full_name"] == "“EN full_name” needs between 2 and 100 characters."


async def test_r_sub_03_the_declaration_in_force_must_be_confirmed(stage):
    inline = {
        "procedure_code": stage.PLAIN,
        "procedure_version": 1,
        "agency": stage.HOA_LU,
        "answers": stage.ANSWERS,
    }
    for wrong in ({"declaration_accepted": False}, {"declaration_version": "0"}):
        answer = await stage.submit(**inline, **wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "declaration-not-accepted")


async def test_r_sub_12_a_channel_that_is_offered_is_kept_and_any_other_refused(stage):
    draft = await stage.draft(stage.PLAIN)
    offered = list(stage.means.rules.result_channels("full"))
    assert draft["result_channels"] == offered == ["online", "counter", "post"]
    async with stage.client(stage.citizen) as web:
        url = f"/api/intake/drafts/{draft['id']}/result-channel"
        for channel, status in ((None, 422), ("pigeon", 422), ("counter", 200), ("post", 422)):
            answer = await web.put(url, json={"channel": channel})
            assert answer.status_code == status, channel
    code = await stage.dossier(code=stage.PLAIN)
    assert (await stage.read(code))["result_channel"] == offered[0]
    wished = await stage.submit(draft_id=draft["id"])
    assert (await stage.read(wished.json()["code"]))["result_channel"] == "counter"


async def test_r_sub_12_the_result_channel_changes_until_the_result_is_ready(stage):
    code = await stage.accepted()
    version = (await stage.read(code))["version"]
    changed = await stage.act(
        code, "result-channel", stage.citizen, "PUT", channel="counter", version=version
    )
    assert (changed.status_code, changed.json()["result_channel"]) == (200, "counter")
    # what was promised follows the wish: who comes to the desk is told what to bring
    assert [paper["en"] for paper in changed.json()["appointment"]["papers"]] == [
        "The receipt or the dossier code",
        "Identity paper of the person who collects",
    ]
    await stage.finish(code)
    version = (await stage.read(code))["version"]
    late = await stage.act(code, "result-channel", stage.citizen, "PUT", channel="online", version=version)
    assert (late.status_code, late.json()["code"]) == (409, "action-not-allowed")


async def test_r_sub_14_the_code_is_agency_day_and_serial_and_parallel_submissions_never_share_one(stage):
    stage.now = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)
    answers = {**stage.ANSWERS, "born_on": "2026-01-01"}
    inline = {
        "procedure_code": stage.PLAIN,
        "procedure_version": 1,
        "agency": stage.GIA_VIEN,
        "answers": answers,
    }
    made = await asyncio.gather(*(stage.submit(citizen(str(uuid7())), **inline) for _ in range(20)))
    codes = sorted(answer.json()["code"] for answer in made)
    assert codes == [f"H42.102-261117-{serial:04d}" for serial in range(1, 21)]


async def test_r_sub_14_the_serial_restarts_at_local_midnight_and_grows_beyond_four_digits(stage):
    answers = {**stage.ANSWERS, "born_on": "2026-01-01"}
    inline = {
        "procedure_code": stage.PLAIN,
        "procedure_version": 1,
        "agency": stage.GIA_VIEN,
        "answers": answers,
    }
    codes = []
    for at in (datetime(2026, 11, 9, 16, 59, 59, tzinfo=UTC), datetime(2026, 11, 9, 17, 0, tzinfo=UTC)):
        stage.now = at
        codes.append((await stage.submit(**inline)).json()["code"])
    assert codes == ["H42.102-261109-0001", "H42.102-261110-0001"]
    pool = await stage.database.pool()
    await pool.execute("update daily_serial set last = 9999 where agency = 'H42.102' and day = '2026-11-10'")
    assert (await stage.submit(**inline)).json()["code"] == "H42.102-261110-10000"


async def test_r_sub_14_no_number_is_lost_on_a_refused_or_repeated_submission(stage):
    stage.now = datetime(2026, 11, 11, 2, 0, tzinfo=UTC)
    answers = {**stage.ANSWERS, "born_on": "2026-01-01"}
    inline = {
        "procedure_code": stage.PLAIN,
        "procedure_version": 1,
        "agency": stage.GIA_VIEN,
        "answers": answers,
    }
    key = stage.key()
    first = await stage.submit(key=key, **inline)
    await stage.publish(stage.simple("2.000778"))
    closure = {"code": "2.000778", "closed_from": "2026-11-10"}
    await stage.hear("catalog.procedure_closed.v1", closure)
    wrong = {"procedure_version": 77}, {"declaration_accepted": False}, {"procedure_code": "2.000778"}
    for refused in wrong:
        assert (await stage.submit(**{**inline, **refused})).status_code in (404, 409, 422), refused
    again = await stage.submit(key=key, **inline)
    assert again.json() == first.json()
    assert (await stage.submit(**inline)).json()["code"] == "H42.102-261111-0002"


async def test_r_sub_15_the_submitter_gets_code_time_and_the_running_check_clock_at_once(stage):
    draft = await stage.draft(stage.PLAIN)
    answer = (await stage.submit(draft_id=draft["id"])).json()
    assert (answer["submitted_at"], answer["check_due_at"]) == (
        "2026-12-07T01:00:00Z",
        "2026-12-08T01:00:00Z",
    )
    assert len(answer["next_steps"]) == 3
    code = answer["code"]
    ((type_, fact),) = await stage.events(code)
    assert (type_, fact["submitted_at"], fact["agency"]) == (
        "intake.dossier_submitted.v1",
        "2026-12-07T01:00:00Z",
        "H42.101",
    )
    assert fact["aggregate_version"] == 1
    confirmation = await stage.get(answer["confirmation_url"].removeprefix("/api/intake/"), stage.citizen)
    assert confirmation.status_code == 200
    text = await stage.paper(code, "confirmation")
    assert code in text
    assert "08 giờ 00 phút, ngày 07 tháng 12 năm 2026" in text


@pytest.mark.parametrize("moment", [SUNDAY_NIGHT, LUNAR_NEW_YEAR])
async def test_r_sub_17_submission_is_possible_at_any_hour_of_any_day(stage, moment):
    stage.now = moment
    answers = {**stage.ANSWERS, "born_on": "2026-01-01"}
    inline = {
        "procedure_code": stage.PLAIN,
        "procedure_version": 1,
        "agency": stage.HOA_LU,
        "answers": answers,
    }
    answer = await stage.submit(**inline)
    assert answer.status_code == 201
    assert datetime.fromisoformat(answer.json()["check_due_at"]) - moment > timedelta(hours=8)


async def test_r_sub_22_open_requests_are_listed_with_their_last_day(stage):
    code = await stage.dossier()
    await stage.judged(code, giay_chung_sinh="wrong")
    body = {
        "reason": "Mờ",
        "guidance": "Chụp rõ",
        "items": [{"component": "giay-chung-sinh", "note": "Chụp lại"}],
        "free_items": [{"text": "Giấy xác nhận cư trú", "legal_basis": "Luật Cư trú Đ.8"}],
    }
    assert (await stage.act(code, "supplement-requests", **body)).status_code == 200
    (request,) = (await stage.get("requests", stage.citizen)).json()["items"]
    assert (request["code"], request["answer_by_on"], request["overdue"]) == (code, "2027-01-06", False)
    assert request["items"] == [
        {"component": "giay-chung-sinh", "name": "Giấy chứng sinh", "note": "Chụp lại"},
        {"component": "free-1", "name": "Giấy xác nhận cư trú", "note": "Luật Cư trú Đ.8"},
    ]
    stage.now += timedelta(days=31)
    assert (await stage.get("requests", stage.citizen)).json()["items"][0]["overdue"] is True
    assert (await stage.get("requests", citizen(str(uuid7())))).json()["items"] == []
    await stage.resupply(code, "giay-chung-sinh", "free-1")
    assert (await stage.get("requests", stage.citizen)).json()["items"] == []


async def test_r_sub_23_fifty_parallel_submits_with_one_key_make_one_dossier(stage):
    draft = await stage.draft(stage.PLAIN)
    key = stage.key()
    answers = await asyncio.gather(*(stage.submit(key=key, draft_id=draft["id"]) for _ in range(50)))
    assert Counter(answer.status_code for answer in answers) == {201: 50}
    assert len({answer.json()["code"] for answer in answers}) == 1
    mine = (await stage.get("dossiers", stage.citizen)).json()
    assert mine["total"] == 1


async def test_r_sub_23_two_tabs_with_two_keys_make_one_dossier_too(stage):
    draft = await stage.draft(stage.PLAIN)
    answers = await asyncio.gather(*(stage.submit(draft_id=draft["id"]) for _ in range(10)))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 9}
    code = next(answer.json()["code"] for answer in answers if answer.status_code == 201)
    told = await stage.submit(draft_id=draft["id"])
    assert (told.json()["code"], code in told.json()["detail"]) == ("draft-already-submitted", True)


async def test_r_sub_23_a_key_serves_one_content_only_and_is_required(stage):
    inline = {
        "procedure_code": stage.PLAIN,
        "procedure_version": 1,
        "agency": stage.HOA_LU,
        "answers": stage.ANSWERS,
    }
    key = stage.key()
    assert (await stage.submit(key=key, **inline)).status_code == 201
    other = await stage.submit(key=key, **{**inline, "agency": stage.GIA_VIEN})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert (await stage.submit(key={"X-Nothing": "1"}, **inline)).json()["errors"][0][
        "field"
    ] == "Idempotency-Key"


async def test_submissions_of_the_same_moment_are_written_together_and_none_hangs_on_another(
    stage, monkeypatch
):
    trips = []
    write = stage.app.state.built.submitting.birthplace._write_together

    async def counted(dossiers):
        trips.append(len(dossiers))
        return await write(dossiers)

    monkeypatch.setattr(stage.app.state.built.submitting.birthplace._births, "_trip", counted)
    answers = {**stage.ANSWERS, "born_on": "2026-01-01"}
    inline = {"procedure_code": stage.PLAIN, "procedure_version": 1, "answers": answers}
    stage.database.ring = None  # what is sealed is refused before it gets among others
    unwritable = {**inline, "result_channel": "post", "result_address": "Số 1\x00, đường Trần Hưng Đạo"}
    stage.now = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
    asked = [
        *((inline, agency) for agency in (stage.GIA_VIEN, stage.HOA_LU) * 6),
        (unwritable, stage.GIA_VIEN),
        (inline, stage.NO_DESK),
        *((inline, stage.GIA_VIEN) for _ in range(4)),
    ]
    made = await asyncio.gather(
        *(stage.submit(citizen(str(uuid7())), agency=agency, **body) for body, agency in asked)
    )
    refused = [(answer.status_code, answer.json()["code"]) for answer in made if answer.status_code != 201]
    assert sorted(refused) == [(409, "agency-without-desk"), (422, "unwritable")]
    codes = sorted(answer.json()["code"] for answer in made if answer.status_code == 201)
    wanted = [f"H42.101-261116-{n:04d}" for n in range(1, 7)] + [
        f"H42.102-261116-{n:04d}" for n in range(1, 11)
    ]
    assert codes == wanted
    assert max(trips) > 1
    assert sum(trips) > len(asked)  # the trip with the unwritable one was divided


async def test_what_no_database_writes_is_refused_though_it_would_stand_sealed(stage):
    inline = {"procedure_code": stage.PLAIN, "procedure_version": 1, "agency": stage.HOA_LU}
    inline |= {"answers": stage.ANSWERS, "result_channel": "post"}
    refused = await stage.submit(
        citizen(str(uuid7())), **inline, result_address="Số 1\x00, đường Trần Hưng Đạo"
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "unwritable")
    kept = await stage.submit(
        citizen(str(uuid7())), **inline, result_address="Số 1\\u0000, đường Trần Hưng Đạo"
    )
    assert kept.status_code == 201
