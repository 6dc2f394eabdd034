"""The one-stop desk: queue, checklist, four outcomes, promise and supplement loop."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from common.ids import uuid7
from regulation.profiles import PROVINCES
from suite.testing import citizen, officer

FRIDAY_16 = datetime(2026, 12, 11, 9, 0, tzinfo=UTC)
MONDAY_10 = datetime(2026, 12, 14, 3, 0, tzinfo=UTC)
MONDAY_16 = datetime(2026, 12, 14, 9, 0, tzinfo=UTC)
SUPPLEMENT = {"reason": "Ảnh mờ", "guidance": "Chụp lại cho rõ"}
ITEMS = [{"component": "giay-chung-sinh", "note": "Chụp lại"}]


async def test_r_int_01_a_dossier_is_in_the_queue_of_its_own_desk_only(stage):
    code = await stage.dossier()
    here = (await stage.get("desk/dossiers", stage.desk(), limit=200)).json()["items"]
    there = (await stage.get("desk/dossiers", stage.desk(stage.GIA_VIEN), limit=200)).json()["items"]
    assert code in [row["code"] for row in here]
    assert code not in [row["code"] for row in there]
    assert (await stage.get("desk/dossiers", stage.citizen)).status_code == 403


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_int_02_the_check_deadline_counts_working_hours_from_the_notice(make_stage, profile):
    stage = await make_stage(profile)
    stage.now = FRIDAY_16
    code = await stage.dossier(code=stage.PLAIN)
    due = datetime.fromisoformat((await stage.read(code))["check_due_at"])
    # Friday gives an hour and a half until 17:30, Monday from 07:30 the rest of four or eight hours
    assert due == (MONDAY_10 if profile == "thai-nguyen" else MONDAY_16)


async def test_r_int_02_the_queue_is_sorted_by_remaining_working_time_and_pages_without_gaps(stage):
    made = []
    for hours in (5, 0, 3):
        stage.now = datetime(2026, 12, 7, 1, tzinfo=UTC) + timedelta(hours=hours)
        made.append(await stage.dossier(code=stage.PLAIN, agency=stage.GIA_VIEN))
    caller, seen, cursor = stage.desk(stage.GIA_VIEN), [], None
    wrong = [{"component": "to-khai", "verdict": "wrong"}]
    await stage.act(made[1], "checklist", caller, "PUT", items=wrong)
    ask = {**SUPPLEMENT, "items": [{"component": "to-khai", "note": "Sửa tên"}]}
    assert (await stage.act(made[1], "supplement-requests", caller, **ask)).status_code == 200
    stage.now += timedelta(hours=3)
    await stage.resupply(made[1])  # submitted first, but its new clock ends last
    while True:
        query = {"limit": 2, "state": "submitted"} | ({"cursor": cursor} if cursor else {})
        page = (await stage.get("desk/dossiers", caller, **query)).json()
        seen += page["items"]
        if not (cursor := page["next"]):
            break
    dues = [row["next_due_at"] for row in seen]
    assert dues == sorted(dues)
    assert [row["code"] for row in seen if row["code"] in made] == [made[2], made[0], made[1]]
    assert len({row["code"] for row in seen}) == len(seen) == page["total"]
    assert all(isinstance(row["remaining_minutes"], int) for row in seen)


async def test_r_int_02_overdue_checks_are_flagged_and_counted_per_officer_and_desk(stage):
    stage.now = datetime(2026, 10, 5, 1, tzinfo=UTC)
    agency = stage.NHO_QUAN
    waiting, late = [await stage.dossier(code=stage.PLAIN, agency=agency) for _ in range(2)]
    caller = stage.desk(agency, subject="late-officer")
    # the deadline is 08:00 the next day: far off at first, near at 16:00 with two working hours left, then over
    for hours, near, over in ((0, 0, 0), (8, 2, 0), (48, 0, 2)):
        stage.now += timedelta(hours=hours)
        counted = (await stage.get("desk/counts", caller)).json()
        assert (counted["due_soon"], counted["overdue"]) == (near, over), hours
    refusal = {"reason": "Không đúng", "legal_basis": "Luật Hộ tịch Đ.16"}
    assert (await stage.act(late, "refusal", caller, **refusal)).status_code == 200
    flag = {job.name: job for job in stage.jobs()}["flag-overdue-checks"]
    await flag.run(stage.database, stage.now)
    after = (await stage.get("desk/counts", caller)).json()
    assert after["overdue"] == 1
    assert {row["officer_id"]: row["count"] for row in after["late_checks"]} == {"late-officer": 1, None: 1}
    elsewhere = (await stage.get("desk/counts", stage.desk())).json()["late_checks"]
    assert "late-officer" not in [row["officer_id"] for row in elsewhere]
    assert (await stage.read(waiting, caller))["flags"]["check_overdue"] is True


async def test_r_int_02_every_clock_of_the_desk_counts_and_a_count_is_the_length_of_its_list(stage):
    stage.now = datetime(2026, 10, 5, 1, tzinfo=UTC)
    caller = stage.desk(stage.GIA_VIEN)
    check, forward, answer = [await stage.dossier(agency=stage.GIA_VIEN) for _ in range(3)]
    for code, verdict, action, body in (
        (forward, "ok", "acceptance", {}),
        (answer, "wrong", "supplement-requests", {**SUPPLEMENT, "items": ITEMS}),
    ):
        assert (await stage.judged(code, caller, giay_chung_sinh=verdict)).status_code == 200
        assert (await stage.act(code, action, caller, **body)).status_code == 200

    async def shown(due: str, figure: str) -> set[str]:
        page = (await stage.get("desk/dossiers", caller, due=due, limit=200)).json()
        assert (await stage.get("desk/counts", caller)).json()[figure] == page["total"]
        return {row["code"] for row in page["items"]} & {check, forward, answer}

    # a check has eight hours, forwarding the rest of the day, an answer thirty days
    for day, hour, soon, over in (
        (5, 2, set(), set()),
        (5, 10, {check, forward}, set()),
        (6, 2, set(), {check, forward}),
        (30, 2, {answer}, {check, forward}),
        (36, 2, set(), {check, forward, answer}),
    ):
        stage.now = datetime(2026, 10, 1, hour, tzinfo=UTC) + timedelta(days=day - 1)
        assert (await shown("soon", "due_soon"), await shown("overdue", "overdue")) == (soon, over), day
    await stage.unit_tells(forward, "forwarded", 1, agency=stage.GIA_VIEN)
    stage.now = datetime(2026, 10, 6, 2, tzinfo=UTC)
    assert forward not in await shown("overdue", "overdue")


async def test_r_int_03_each_component_is_judged_and_contact_corrections_are_logged_and_shown(stage):
    code = await stage.dossier()
    judged = (await stage.judged(code, giay_chung_sinh="wrong", bang_ke="missing")).json()
    verdicts = {item["id"]: item["verdict"] for item in judged["components"]}
    assert verdicts == {"to-khai": "ok", "giay-chung-sinh": "wrong", "uy-quyen": None, "bang-ke": "missing"}
    body = {"email": "moi@example.org", "reason": "Công dân báo qua điện thoại"}
    assert (await stage.act(code, "contact", method="PATCH", **body)).status_code == 200
    name, fact = (await stage.events(code))[-1]
    assert (name, fact["email_changed"], fact["phone_changed"]) == (
        "intake.dossier_contact_corrected.v1",
        True,
        False,
    )
    assert "example.org" not in str(fact)
    shown = await stage.read(code)
    assert shown["email"] == "moi@example.org"
    (row,) = [row for row in shown["timeline"] if row["action"] == "correct_contact"]
    assert (row["reason"], row["by"]) == ("Công dân báo qua điện thoại", "mot-cua")
    log = str(await stage.details(code, "correct_contact"))
    assert "anh@example.org" in log
    assert "moi@example.org" in log
    assert (
        await stage.act(code, "contact", method="PATCH", email="moi@example.org", reason=" ")
    ).status_code == 422
    by_phone = await stage.act(code, "contact", method="PATCH", phone="0987654321", reason="Đổi số")
    assert (by_phone.json()["phone"], by_phone.json()["email"]) == ("+84987654321", "moi@example.org")


async def test_r_int_04_exactly_one_of_four_outcomes_each_with_its_paper(stage):
    outcomes = {
        "acceptance": ({}, "accepted", "receipt"),
        "supplement-requests": ({**SUPPLEMENT, "items": ITEMS}, "supplement_requested", "supplement"),
        "redirection": (
            {"reason": "Mẹ ở nơi khác", "competent_agency": "H42.102"},
            "redirected",
            "redirection",
        ),
        "refusal": ({"reason": "Đã đăng ký", "legal_basis": "Luật Hộ tịch Đ.16"}, "refused", "refusal"),
    }
    for action, (body, state, kind) in outcomes.items():
        code = await stage.dossier()
        await stage.judged(code, giay_chung_sinh="wrong" if action == "supplement-requests" else "ok")
        done = await stage.act(code, action, **body)
        assert (done.status_code, done.json()["state"]) == (200, state)
        assert [item["kind"] for item in done.json()["documents"]] == ["confirmation", kind]
        assert code in await stage.paper(code, kind)
        assert (await stage.events(code))[-1][0] == f"intake.dossier_{state}.v1"
        for other, (again, _, _) in outcomes.items():
            if not (action == "supplement-requests" and other == "refusal"):
                assert (await stage.act(code, other, **again)).json()["code"] == "action-not-allowed"


@pytest.mark.parametrize(
    ("action", "body", "field"),
    [
        ("refusal", {"reason": "", "legal_basis": "Đ.16"}, "reason"),
        ("refusal", {"reason": "Sai", "legal_basis": "  "}, "legal_basis"),
        ("redirection", {"reason": " ", "competent_agency": "H42.102"}, "reason"),
        ("redirection", {"reason": "Sai", "competent_agency": ""}, "competent_agency"),
        ("redirection", {"reason": "Sai", "competent_agency": "H42.999"}, "competent_agency"),
        ("redirection", {"reason": "Sai", "competent_agency": "H42.101"}, "competent_agency"),
        ("supplement-requests", {"reason": "", "guidance": "Chụp", "items": ITEMS}, "reason"),
        ("supplement-requests", {"reason": "Mờ", "guidance": "", "items": ITEMS}, "guidance"),
    ],
)
async def test_r_int_04_no_outcome_is_stored_without_its_mandatory_fields(stage, action, body, field):
    code = await stage.dossier()
    await stage.judged(code, giay_chung_sinh="wrong")
    answer = await stage.act(code, action, **body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert (await stage.read(code))["state"] == "submitted"


@pytest.mark.parametrize(
    ("action", "body"),
    [
        ("acceptance", {}),
        ("supplement-requests", {**SUPPLEMENT, "items": ITEMS}),
        ("redirection", {"reason": "Mẹ ở nơi khác", "competent_agency": "H42.102"}),
        ("refusal", {"reason": "Sai", "legal_basis": "Đ.16"}),
    ],
)
async def test_r_int_04_no_outcome_rests_on_a_dossier_that_has_changed_since(stage, action, body):
    code = await stage.dossier()
    version = (await stage.judged(code)).json()["version"]
    await stage.judged(code, giay_chung_sinh="wrong" if action == "supplement-requests" else "ok")
    stale = await stage.act(code, action, version=version, **body)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale-version")


async def test_r_int_04_of_two_officers_who_decide_at_once_one_is_told_to_look_again(stage):
    code = await stage.dossier()
    version = (await stage.judged(code)).json()["version"]
    refusal = {"reason": "Sai", "legal_basis": "Đ.16", "version": version}
    both = await asyncio.gather(
        stage.act(code, "acceptance", stage.desk(subject="a"), version=version),
        stage.act(code, "refusal", stage.desk(subject="b"), **refusal),
    )
    assert sorted(answer.status_code for answer in both) == [200, 409]
    assert {answer.json().get("code") for answer in both} & {"stale-version", "action-not-allowed"}


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_int_05_a_supplement_is_requested_completely_and_a_second_one_needs_a_leader(
    make_stage, profile
):
    stage = await make_stage(profile)
    code = await stage.dossier()
    unjudged = await stage.act(code, "supplement-requests", **SUPPLEMENT, items=ITEMS)
    assert unjudged.json()["code"] == "components-unjudged"
    await stage.judged(code, giay_chung_sinh="wrong", to_khai="wrong")
    partly = await stage.act(code, "supplement-requests", **SUPPLEMENT, items=ITEMS)
    assert (partly.json()["code"], "Tờ khai" in partly.json()["detail"]) == ("supplement-incomplete", True)
    all_items = [*ITEMS, {"component": "to-khai", "note": "Sửa tên"}]
    assert (await stage.act(code, "supplement-requests", **SUPPLEMENT, items=all_items)).status_code == 200
    text = await stage.paper(code, "supplement")
    assert all(word in text for word in ("Ảnh mờ", "Chụp lại cho rõ", "Sửa tên", "ngày 06 tháng 01 năm 2027"))
    await stage.resupply(code, "giay-chung-sinh")
    await stage.judged(code, giay_chung_sinh="wrong")
    second = {**SUPPLEMENT, "items": ITEMS}
    for ground in (None, "Tôi thấy cần"):
        refused = await stage.act(code, "supplement-requests", **second, leader_ground=ground)
        assert (refused.status_code, refused.json()["code"]) == (409, "second-supplement-without-leader")
    assert (await stage.read(code, stage.desk()))["flags"]["supplement_needs_leader"] is True
    leader = stage.desk(stage.HOA_LU, "signer", subject="leader-1")
    allowed = await stage.act(code, "supplement-approval", leader, ground="Giấy vẫn mờ")
    assert (allowed.status_code, allowed.json()["flags"]["supplement_needs_leader"]) == (200, False)
    done = await stage.act(code, "supplement-requests", **second)
    assert (done.json()["requests"][1]["number"], done.json()["requests"][1]["leader_ground"]) == (
        2,
        "Giấy vẫn mờ",
    )
    facts = [data["number"] for name, data in await stage.events(code) if "supplement_requested" in name]
    assert facts == [1, 2]


async def test_r_int_05_only_a_leader_allows_a_further_request_and_only_one(stage):
    code = await stage.dossier()
    ask = {**SUPPLEMENT, "items": ITEMS}
    leader = stage.desk(stage.HOA_LU, "agency_head", subject="leader-1")
    for number in (1, 2, 3):
        await stage.judged(code, giay_chung_sinh="wrong")
        if number > 1:
            refused = await stage.act(code, "supplement-requests", **ask)
            assert refused.json()["code"] == "second-supplement-without-leader", number
            by_officer = await stage.act(code, "supplement-approval", ground="Tôi thấy cần")
            assert (by_officer.status_code, by_officer.json()["code"]) == (403, "forbidden")
            assert (await stage.act(code, "supplement-approval", leader, ground="Vẫn mờ")).status_code == 200
        assert (await stage.act(code, "supplement-requests", **ask)).status_code == 200, number
        await stage.resupply(code, "giay-chung-sinh")


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_int_07_a_refusal_slip_carries_reason_and_legal_basis_and_closes_the_dossier(
    make_stage, profile
):
    stage = await make_stage(profile)
    code = await stage.dossier()
    body = {"reason": "Trẻ đã được đăng ký khai sinh", "legal_basis": "Luật Hộ tịch năm 2014, Điều 16"}
    assert (await stage.act(code, "refusal", **body)).json()["state"] == "refused"
    text = await stage.paper(code, "refusal")
    assert body["reason"] in text
    assert body["legal_basis"] in text
    assert (await stage.events(code))[-1][1]["state"] == "refused"
    assert (await stage.read(code))["documents"][-1]["signed"] is (profile == "thai-nguyen")
    late = await stage.act(code, "contact", method="PATCH", phone="0987654321", reason="Đổi số")
    assert late.json()["code"] == "action-not-allowed"


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_int_09_acceptance_issues_the_receipt_with_appointment_signed_where_required(
    make_stage, profile
):
    stage = await make_stage(profile)
    source = stage.means.rules.component_sources[0]
    code = await stage.accepted(source=source)
    text = await stage.paper(code, "receipt")
    wanted = [
        code,
        "Nguyễn Thị Ánh",
        "Đăng ký khai sinh",
        "Giấy chứng sinh",
        "02293871234",
        "UBND PHƯỜNG HOA LƯ",
        "08 giờ 00 phút, ngày 07 tháng 12 năm 2026",
        "17 giờ 30 phút, ngày 10 tháng 12 năm 2026",
        "Tại bộ phận một cửa" if profile == "quang-tri" else "Bản điện tử, tải về trên Cổng",
    ]
    assert [words for words in wanted if words not in text] == []
    receipt = next(item for item in (await stage.read(code))["documents"] if item["kind"] == "receipt")
    assert receipt["signed"] is (profile == "thai-nguyen")
    if receipt["signed"]:
        checked = (await stage.get(f"verifications/{receipt['verification_code']}")).json()
        assert (checked["valid"], checked["dossier_code"]) == (True, code)


FORWARD = {  # accepted Monday 15:30, checked from Monday 08:00
    "ninh-binh": datetime(2026, 12, 8, 0, 30, tzinfo=UTC),
    "binh-dinh": datetime(2026, 12, 8, 0, 30, tzinfo=UTC),
    "quang-tri": datetime(2026, 12, 8, 0, 30, tzinfo=UTC),
    "thai-nguyen": datetime(2026, 12, 7, 7, 0, tzinfo=UTC),
    "ha-nam": datetime(2026, 12, 8, 2, 30, tzinfo=UTC),
}


@pytest.mark.parametrize("profile", PROVINCES)
async def test_r_int_11_the_accepted_dossier_goes_to_the_unit_at_once_with_a_forwarding_deadline(
    make_stage, profile
):
    stage = await make_stage(profile)
    code = await stage.dossier(code=stage.PLAIN)
    stage.now = datetime(2026, 12, 7, 8, 30, tzinfo=UTC)
    items = [{"component": "to-khai", "verdict": "ok"}]
    await stage.act(code, "checklist", method="PUT", items=items)
    done = (await stage.act(code, "acceptance")).json()
    assert datetime.fromisoformat(done["forward_due_at"]) == FORWARD[profile]
    fact = (await stage.events(code))[-1]
    assert (fact[0], fact[1]["unit"]) == ("intake.dossier_accepted.v1", "tu-phap-ho-tich")
    assert fact[1]["agency"] == fact[1]["competent_agency"]  # the event goes to whoever is to act
    await stage.unit_tells(code, "forwarded", 1)
    confirmed = await stage.read(code)
    assert (confirmed["state"], confirmed["forwarded_at"]) == ("forwarded", "2026-12-07T08:30:00Z")


async def test_r_int_12_handling_time_starts_at_acceptance_not_at_submission(stage):
    code = await stage.dossier()
    stage.now += timedelta(days=1)
    await stage.judged(code)
    due = (await stage.act(code, "acceptance")).json()["due"]
    assert due["due_at"] == "2026-12-11T10:30:00Z"
    assert "Nhận lúc 08:00 thứ Ba ngày 08/12/2026" in due["sentence"]
    assert [row["counted"] for row in due["rows"]] == [False, True, True, True]
    (_, fact) = (await stage.events(code))[-1]
    assert (fact["submitted_at"], fact["accepted_at"]) == ("2026-12-07T01:00:00Z", "2026-12-08T01:00:00Z")


async def test_r_int_19_an_answered_supplement_returns_to_the_queue_with_a_new_clock_and_all_its_history(
    stage,
):
    code = await stage.dossier()
    await stage.judged(code, giay_chung_sinh="wrong")
    await stage.act(code, "supplement-requests", **SUPPLEMENT, items=ITEMS)
    stage.now += timedelta(days=2)
    version = (await stage.read(code))["version"]
    nothing = await stage.act(code, "supplement-answer", stage.citizen, version=version)
    assert nothing.json()["code"] == "supplement-answer-incomplete"
    answered = await stage.resupply(code, "giay-chung-sinh")
    assert (answered["state"], answered["check_due_at"]) == ("submitted", "2026-12-10T01:00:00Z")
    files = next(item for item in answered["components"] if item["id"] == "giay-chung-sinh")["files"]
    assert [(file["round"], file["replaced"]) for file in files] == [(0, True), (1, False)]
    assert answered["requests"][0]["answered_at"] == "2026-12-09T01:00:00Z"
    judged = {item["id"]: item["verdict"] for item in (await stage.read(code, stage.desk()))["components"]}
    assert (judged["to-khai"], judged["giay-chung-sinh"]) == ("ok", None)
    queue = (await stage.get("desk/dossiers", stage.desk(), state="submitted", limit=200)).json()["items"]
    assert [row["next_due_at"] for row in queue if row["code"] == code] == ["2026-12-10T01:00:00Z"]
    assert (await stage.events(code))[-1][0] == "intake.dossier_resubmitted.v1"


async def test_r_int_19_an_unanswered_request_is_reminded_once_and_closed_only_by_an_officer(stage):
    code = await stage.dossier()
    await stage.judged(code, giay_chung_sinh="wrong")
    await stage.act(code, "supplement-requests", **SUPPLEMENT, items=ITEMS)
    remind = {job.name: job for job in stage.jobs()}["remind-supplements"]
    for days, reminded in ((30, 0), (1, 1), (1, 1)):  # the thirtieth day is the last one to answer
        stage.now += timedelta(days=days)
        await remind.run(stage.database, stage.now)
        told = [name for name, _ in await stage.events(code) if name.endswith("supplement_reminded.v1")]
        assert len(told) == reminded, stage.now
    waiting = await stage.read(code)
    assert waiting["state"] == "supplement_requested"
    assert [row["action"] for row in waiting["timeline"]].count("remind") == 1
    (fact,) = [data for name, data in await stage.events(code) if name.endswith("supplement_reminded.v1")]
    assert (fact["number"], fact["answer_by_on"]) == (1, waiting["requests"][0]["answer_by_on"])
    closed = await stage.act(code, "refusal", reason="Không bổ sung", legal_basis="NĐ 61/2018 Đ.17")
    assert closed.json()["state"] == "refused"


async def test_r_int_22_only_published_components_may_be_requested_and_a_free_item_needs_its_article(stage):
    code = await stage.dossier()
    await stage.judged(code)
    ask = {**SUPPLEMENT, "items": [{"component": "so-ho-khau", "note": ""}]}
    assert (await stage.act(code, "supplement-requests", **ask)).json()["code"] == "component-not-published"
    free = {**SUPPLEMENT, "free_items": [{"text": "Sổ hộ khẩu", "legal_basis": ""}]}
    assert (await stage.act(code, "supplement-requests", **free)).json()["code"] == "legal-basis-missing"
    assert (await stage.act(code, "supplement-requests", **SUPPLEMENT)).json()["code"] == "supplement-empty"
    free["free_items"][0]["legal_basis"] = "Luật Cư trú Đ.8"
    assert (await stage.act(code, "supplement-requests", **free)).status_code == 200
    assert "Luật Cư trú Đ.8" in await stage.paper(code, "supplement")
    assert [told["free_items"] for told in await stage.details(code, "request_supplement")] == [1]
    assert (await stage.resupply(code, "free-1"))["state"] == "submitted"


async def test_acceptance_is_refused_while_components_are_unjudged_or_open(stage):
    code = await stage.dossier()
    assert (await stage.act(code, "acceptance")).json()["code"] == "components-unjudged"
    await stage.judged(code, giay_chung_sinh="missing")
    assert (await stage.act(code, "acceptance")).json()["code"] == "components-open"
    stale = await stage.act(code, "acceptance", version=1)
    assert (stale.status_code, stale.json()["code"]) == (409, "stale-version")


@pytest.mark.parametrize(
    ("code", "changes", "problem"),
    [
        ("2.000551", {"process": None}, "process-not-approved"),
        (
            "2.000552",
            {"limits": [{"rule": None, "amount": None, "text": "Không quy định"}]},
            "time-limit-unusable",
        ),
        ("2.000553", {"limits": []}, "time-limit-unusable"),
    ],
)
async def test_acceptance_is_refused_without_approved_process_or_usable_limit(stage, code, changes, problem):
    await stage.publish(stage.simple(code, **changes))
    dossier = await stage.dossier(code=code)
    await stage.act(dossier, "checklist", method="PUT", items=[{"component": "to-khai", "verdict": "ok"}])
    answer = await stage.act(dossier, "acceptance")
    assert (answer.status_code, answer.json()["code"]) == (409, problem)


OUTSIDERS = {
    "another desk": officer("desk_officer", agency="H42.102"),
    "a specialist of the agency before acceptance": officer(
        "specialist", agency="H42.101", unit="tu-phap-ho-tich"
    ),
    "an operator": officer("operator", agency="H42", scope="province"),
    "another citizen": citizen(str(uuid7())),
}


@pytest.mark.parametrize("who", OUTSIDERS)
async def test_somebody_elses_dossier_is_not_there_in_list_count_search_file_link_and_export(stage, who):
    code, caller = await stage.dossier(agency=stage.HOA_LU), OUTSIDERS[who]
    dossier = await stage.read(code)
    file = next(item for item in dossier["components"] if item["files"])["files"][0]["id"]
    for path in ("", f"/documents/{dossier['documents'][0]['id']}", f"/files/{file}"):
        answer = await stage.get(f"dossiers/{code}{path}", caller)
        assert (answer.status_code, answer.json()["code"]) == (404, "dossier-not-found")
    for path in ("desk/dossiers", "desk/dossiers.csv", "dossiers"):
        for query in ({}, {"q": code}):
            assert code not in (await stage.get(path, caller, **query)).text
    pool = await stage.database.pool()
    log = "select count(*) from access_refusal where dossier_code = $1 and subject = $2"
    assert await pool.fetchval(log, code, caller.subject) == 3


async def test_the_queue_is_searched_with_and_without_diacritics_and_by_code(stage):
    code = await stage.dossier(agency=stage.HOA_LU)
    for words in ("Nguyễn Thị Ánh", "nguyen thi anh", code.lower(), code[-4:]):
        found = (await stage.get("desk/dossiers", stage.desk(), q=words, limit=200)).json()["items"]
        assert code in [row["code"] for row in found]
    assert (await stage.get("desk/dossiers", stage.desk(), q="không có ai")).json()["items"] == []
    assert (await stage.get("desk/dossiers", stage.desk(), state="nonsense")).json()["errors"][0][
        "field"
    ] == "state"
    assert (await stage.get("desk/dossiers", stage.desk(), cursor="x")).json()["errors"][0][
        "field"
    ] == "cursor"


async def test_history_cannot_be_rewritten_and_a_dossier_with_a_code_cannot_be_deleted(stage):
    code = await stage.dossier(code=stage.PLAIN)
    pool = await stage.database.pool()
    for change in (
        "update step set at = now() where dossier_code = $1",
        "delete from step where dossier_code = $1",
        "delete from dossier where code = $1",
    ):
        with pytest.raises(Exception, match="is forbidden"):
            await pool.execute(change, code)
