"""Something is missing in a dossier that is handled: the unit drafts, the desk asks, the answer leads back."""

from datetime import UTC, datetime, timedelta

import pytest

DRAFT = {
    "number": 1,
    "reason": "Giấy chứng sinh không đọc được số",
    "guidance": "Chụp lại, thấy cả bốn góc",
    "items": [{"component": "giay-chung-sinh", "note": "Chụp lại"}],
    "free_items": [],
}
ASK = {name: DRAFT[name] for name in ("reason", "guidance", "items")}


async def handled(stage, **more):
    """Return a dossier whose unit works on it."""
    code = await stage.accepted(**more)
    await stage.unit_tells(code, "in_process", 1)
    return code


async def drafted(stage, code, **changes):
    told = {"code": code, "drafted_at": stage.now} | DRAFT | changes
    await stage.hear("processing.supplement_drafted.v1", told, 5, stage.HOA_LU)


async def asked(stage, **more):
    code = await handled(stage, **more)
    await drafted(stage, code)
    stage.now += timedelta(days=1)
    answer = await stage.act(code, "supplement-requests", **ASK)
    assert answer.status_code == 200, answer.text
    return code


@pytest.mark.parametrize("profile", ["ninh-binh", "thai-nguyen"])
async def test_r_prc_10_the_desk_sends_what_the_unit_drafted_as_a_paper_signed_where_the_profile_says(
    make_stage, profile
):
    stage = await make_stage(profile)
    code = await handled(stage)
    before = await stage.read(code, stage.desk())
    assert (before["supplement_draft"], "supplement-requests" in before["actions"]) == (None, False)
    early = await stage.act(code, "supplement-requests", **ASK)
    assert (early.status_code, early.json()["code"]) == (409, "supplement-not-drafted")
    for _ in range(2):  # told twice it is there once
        await drafted(stage, code)
    seen = await stage.read(code, stage.desk())
    assert seen["supplement_draft"]["items"] == DRAFT["items"]
    assert "supplement-requests" in seen["actions"]
    hidden = await stage.read(code)
    assert hidden["supplement_draft"] is None  # the applicant is told by the desk
    assert "draft_supplement" not in [row["action"] for row in hidden["timeline"]]
    left_out = await stage.act(
        code, "supplement-requests", **ASK | {"items": [{"component": "to-khai", "note": ""}]}
    )
    assert left_out.json()["code"] == "supplement-incomplete"
    sent = (await stage.act(code, "supplement-requests", **ASK)).json()
    assert (sent["state"], sent["flags"]["paused"]) == ("supplement_requested", True)
    assert "refusal" not in sent["actions"]  # the dossier is accepted
    assert "Chụp lại, thấy cả bốn góc" in await stage.paper(code, "supplement")
    [paper] = [one for one in (await stage.read(code))["documents"] if one["kind"] == "supplement"]
    assert paper["signed"] is (profile == "thai-nguyen")
    (type_, fact) = (await stage.events(code))[-1]
    assert (type_, fact["handling"], fact["agency"]) == (
        "intake.dossier_supplement_requested.v1",
        True,
        fact["competent_agency"],
    )
    again = await stage.act(code, "supplement-requests", **ASK)
    assert (again.status_code, again.json()["code"]) == (409, "action-not-allowed")


async def test_r_prc_10_the_answer_leads_back_to_the_step_with_the_full_time_anew(stage):
    code = await handled(stage)
    first = (await stage.read(code))["due"]["due_at"]
    assert first == "2026-12-10T10:30:00Z"  # three working days
    await drafted(stage, code)
    stage.now += timedelta(days=1)
    assert (await stage.act(code, "supplement-requests", **ASK)).status_code == 200
    await stage.unit_tells(code, "in_process", 6)  # the unit's news changes no state meanwhile
    assert (await stage.read(code))["state"] == "supplement_requested"
    assert "supplement-answer" in (await stage.read(code))["actions"]
    stage.now += timedelta(days=6)  # Monday the 14th, long after the first date
    waiting = await stage.read(code)
    assert (waiting["flags"]["overdue"], waiting["flags"]["paused"]) == (False, True)
    answered = await stage.resupply(code, "giay-chung-sinh")
    assert (answered["state"], answered["due"]["due_at"]) == ("in_process", "2026-12-17T10:30:00Z")
    assert answered["flags"]["overdue"] is False
    (type_, fact) = (await stage.events(code))[-1]
    assert (type_, fact["due_at"], fact["supplied_at"], fact["number"], fact["agency"]) == (
        "intake.dossier_supplemented.v1",
        "2026-12-17T10:30:00Z",
        "2026-12-14T01:00:00Z",
        1,
        stage.HOA_LU,
    )
    assert answered["requests"][0]["answered_at"] == "2026-12-14T01:00:00Z"
    public = (await stage.get(f"tracking/{code}")).json()
    assert public["due_at"] == "2026-12-17T10:30:00Z"


async def test_r_prc_10_what_was_late_when_the_desk_asked_stays_late(stage):
    code = await handled(stage)
    stage.now = datetime(2026, 12, 11, 1, 0, tzinfo=UTC)
    await drafted(stage, code)
    assert (await stage.act(code, "supplement-requests", **ASK)).status_code == 200
    assert (await stage.read(code))["flags"]["overdue"] is True
    stage.now += timedelta(days=3)
    answered = await stage.resupply(code, "giay-chung-sinh")
    assert (answered["due"]["due_at"], answered["flags"]["overdue"]) == ("2026-12-10T10:30:00Z", True)


async def test_r_prc_10_a_second_request_needs_a_leader_and_a_new_draft(stage):
    code = await asked(stage)
    await stage.resupply(code, "giay-chung-sinh")
    old = await stage.act(code, "supplement-requests", **ASK)
    assert old.json()["code"] == "supplement-not-drafted"
    await drafted(stage, code, number=2)
    alone = await stage.act(code, "supplement-requests", **ASK)
    assert alone.json()["code"] == "second-supplement-without-leader"
    head = stage.desk(stage.HOA_LU, "agency_head", subject="head-1")
    assert "supplement-approval" in (await stage.read(code, head))["actions"]
    assert (await stage.act(code, "supplement-approval", head, ground="Phát sinh mới")).status_code == 200
    assert (await stage.act(code, "supplement-requests", **ASK)).json()["state"] == "supplement_requested"


async def test_r_prc_10_the_units_last_word_ends_the_wait_and_a_late_draft_changes_nothing(stage):
    code = await asked(stage)
    await stage.finish(code, 9, "rejected")
    assert (await stage.read(code))["state"] == "rejected"
    before = await stage.read(code)
    await drafted(stage, code, number=2)
    assert await stage.read(code) == before
    late = await stage.act(code, "supplement-answer", stage.citizen, version=before["version"])
    assert (late.status_code, late.json()["code"]) == (409, "action-not-allowed")


async def test_a_new_date_promised_before_never_lies_before_the_one_that_counts(stage):
    code = await handled(stage)
    letter = {"document": await stage.paper_of_the_unit("xin-loi.pdf"), "signer": "Lê Văn Lãnh Đạo"}
    told = {"code": code, "until": "2026-12-15T10:30:00Z", "reason": "Chờ", "extended_at": stage.now}
    await drafted(stage, code)
    assert (await stage.act(code, "supplement-requests", **ASK)).status_code == 200
    await stage.hear("processing.dossier_extended.v1", told | letter, 6, stage.HOA_LU)
    assert (await stage.read(code))["extended_until"] == "2026-12-15T10:30:00Z"
    stage.now += timedelta(days=7)
    answered = await stage.resupply(code, "giay-chung-sinh")
    assert answered["extended_until"] == answered["due"]["due_at"] == "2026-12-17T10:30:00Z"


async def test_r_vlt_03_what_stands_in_for_a_paper_found_wanting_is_what_the_vault_offers(stage):
    code = await asked(stage)
    before = await stage.get("vault/papers", stage.citizen)
    [wanting] = [one for one in before.json()["items"] if one["code"] == code]
    assert [one["name"] for one in wanting["files"]] == ["giay.pdf"]
    await stage.resupply(code, "giay-chung-sinh")
    [kept] = [
        one for one in (await stage.get("vault/papers", stage.citizen)).json()["items"] if one["code"] == code
    ]
    assert (kept["id"], [one["name"] for one in kept["files"]]) == (wanting["id"], ["lai.pdf"])
    assert kept["signature"] == "unchecked", "what was found of the former file says nothing of this one"


async def test_r_prc_10_an_older_draft_that_comes_late_does_not_stand_before_the_newer_one(stage):
    code = await handled(stage)
    await drafted(stage, code, number=2, reason="Thiếu cả giấy ủy quyền")
    await drafted(stage, code, number=1)
    assert (await stage.read(code, stage.desk()))["supplement_draft"]["reason"] == "Thiếu cả giấy ủy quyền"


async def test_r_prc_10_each_component_is_named_once(stage):
    code = await handled(stage)
    await drafted(stage, code)
    twice = await stage.act(code, "supplement-requests", **ASK | {"items": DRAFT["items"] * 2})
    assert (twice.status_code, twice.json()["code"]) == (422, "component-asked-twice")
