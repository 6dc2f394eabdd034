"""Something is missing while a dossier is handled: drafted for the desk, waited for, and counted anew."""

import io
from datetime import UTC, datetime

import pytest
from common.inbox import NotYetError
from processing.usecases.announce_dossiers import announce_dossiers
from processing.usecases.flag_deadlines import flag_deadlines
from pypdf import PdfReader

CODE = "H42.101-261207-0001"
FRIDAY = "2026-12-11T10:30:00Z"
COMPONENT = {
    "id": "giay-chung-sinh",
    "name": "Giấy chứng sinh",
    "name_en": "Birth record",
    "required": True,
    "originals": 1,
    "copies": 0,
    "group": None,
    "case": None,
    "form_id": None,
    "accepts": [],
}
GAP = {
    "reason": "Số giấy chứng sinh không đọc được",
    "guidance": "Chụp lại, thấy cả bốn góc",
    "items": [{"component": "giay-chung-sinh", "note": "Chụp lại"}],
}


@pytest.fixture
async def stage(staging, published):
    """Give a stage with a dossier in hand whose procedure asks for a paper."""
    made = await staging()
    await made.hear("catalog.procedure_published.v1", published(2, components=[COMPONENT]))
    await made.accept(due_at=FRIDAY, procedure_version=2)
    assert (await made.act("an", "claim")).status_code == 200
    return made


async def ask(stage, at, **changes):
    told = {"code": CODE, "competent_agency": "H42.101", "requested_at": at, "answer_by_on": "2027-01-07"}
    await stage.hear("intake.dossier_supplement_requested.v1", told | {"handling": True} | changes, CODE)


async def supply(stage, at, due_at):
    told = {"code": CODE, "competent_agency": "H42.101", "supplied_at": at, "due_at": due_at}
    await stage.hear("intake.dossier_supplemented.v1", told, CODE)


async def seen(stage, who="an"):
    return (await stage.get(who, f"/dossiers/{CODE}")).json()


async def test_r_prc_10_who_handles_the_dossier_drafts_what_is_missing_and_the_desk_is_told(stage):
    refused = await stage.act("an", "supplement-draft", reason=" ", guidance=" ", items=[])
    assert [one["field"] for one in refused.json()["errors"]] == ["reason", "guidance", "items"]
    foreign = GAP | {"items": [{"component": "so-ho-khau"}]}
    assert (await stage.act("an", "supplement-draft", **foreign)).status_code == 422
    free = {"free_items": [{"text": "Sổ hộ khẩu", "legal_basis": ""}]}
    assert (await stage.act("an", "supplement-draft", **GAP | free)).status_code == 422
    other = await stage.act("binh", "supplement-draft", **GAP)
    assert other.json()["code"] == "not-found"  # what a colleague has in hand is not seen
    done = await stage.act("an", "supplement-draft", **GAP)
    assert done.status_code == 200, done.text
    [one] = done.json()["supplements"]
    assert (one["reason"], one["requested_at"], done.json()["paused_at"]) == (GAP["reason"], None, None)
    [fact] = await stage.facts("processing.supplement_drafted.v1")
    assert (fact["tell"], fact["items"], fact["number"]) == (["mai"], GAP["items"], 1)
    async with stage.database.sessions() as session:
        [told] = await announce_dossiers(session, "", 10)
    [again] = [one for one in told.facts if one.type == "processing.supplement_drafted.v1"]
    assert (again.reason, again.tell) == (GAP["reason"], [])  # told again it asks nobody anew


async def test_r_prc_10_the_clock_waits_from_the_request_on_and_nothing_is_decided_meanwhile(stage):
    assert (await stage.act("an", "supplement-draft", **GAP)).status_code == 200
    for _ in range(2):  # told twice it waits once
        await ask(stage, "2026-12-08T01:00:00Z")
    waiting = await seen(stage)
    assert (waiting["paused_at"], waiting["answer_by_on"]) == ("2026-12-08T01:00:00Z", "2027-01-07")
    assert waiting["supplements"][0]["requested_at"] == "2026-12-08T01:00:00Z"
    assert waiting["actions"] == ["transfer"]
    for action, body in (("proposal", {"outcome": "reject", "reasons": "Thiếu"}), ("step-completion", {})):
        refused = await stage.act("an", action, **body)
        assert (refused.status_code, refused.json()["code"]) == (409, "waits-for-applicant")
    stage.now = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)  # long after the first due time
    assert await flag_deadlines(stage.database, stage.now) == 0
    still = await seen(stage)
    assert (still["overdue"], still["remaining_minutes"]) == (False, waiting["remaining_minutes"])
    counts = (await stage.get("an", "/dossiers/counts")).json()["lists"]
    assert (counts["overdue"], counts["due_soon"], counts["mine"], counts["waiting"]) == (0, 0, 1, 1)
    stage.now = datetime(2027, 1, 8, 1, 0, tzinfo=UTC)  # nobody answered: the officer goes on
    assert "proposal" in (await seen(stage))["actions"]
    rejected = await stage.act(
        "an", "proposal", outcome="reject", reasons="Không bổ sung", legal_basis="Đ.19"
    )
    assert rejected.status_code == 200, rejected.text


async def test_r_prc_10_the_answer_leads_back_to_the_same_step_with_its_time_anew(stage):
    why = {"reason": "Phải xác minh.", "until_on": "2026-12-16"}
    assert (await stage.act("an", "extension-proposal", **why)).status_code == 200
    before = await seen(stage)
    await ask(stage, "2026-12-07T03:00:00Z")
    stage.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    for _ in range(2):
        await supply(stage, "2026-12-14T01:00:00Z", "2026-12-18T10:30:00Z")
    after = await seen(stage)
    assert (after["paused_at"], after["due_at"], after["step"]["id"]) == (
        None,
        "2026-12-18T10:30:00Z",
        before["step"]["id"],
    )
    assert after["step_due_at"] == after["history"][-1]["due_at"] == "2026-12-14T07:00:00Z"  # its four hours
    assert "proposal" in after["actions"]
    assert (after["extending"], after["extensions"][0]["sent_back_remarks"]) == (
        False,
        "Người nộp đã bổ sung hồ sơ; thời hạn giải quyết được tính lại.",
    )
    assert await flag_deadlines(stage.database, stage.now) == 0
    assert await flag_deadlines(stage.database, datetime(2026, 12, 19, 1, 0, tzinfo=UTC)) == 1


async def test_r_prc_18_the_slip_tells_of_the_wait_for_the_applicant(stage):
    assert (await stage.act("an", "supplement-draft", **GAP)).status_code == 200
    before = await slip_of(stage)
    assert "Chờngườinộpbổsung" not in before  # nobody has asked yet
    await ask(stage, "2026-12-08T01:00:00Z")
    await supply(stage, "2026-12-14T01:00:00Z", "2026-12-18T10:30:00Z")
    said = await slip_of(stage)
    for words in ("Chờngườinộpbổsung", "08giờ00,08/12/2026", "08giờ00,14/12/2026", "Sốgiấychứngsinh"):
        assert words in said, (words, said)


async def slip_of(stage):
    answer = await stage.get("an", f"/dossiers/{CODE}/control-slip")
    assert answer.status_code == 200, answer.text
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return "".join("".join(page.extract_text() for page in pages).split())


async def test_r_prc_10_what_was_late_before_stays_late(stage):
    stage.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    await ask(stage, "2026-12-14T01:00:00Z")
    assert (await seen(stage))["overdue"] is True
    assert (await stage.get("an", "/dossiers/counts")).json()["lists"]["overdue"] == 1
    await supply(stage, "2026-12-15T01:00:00Z", FRIDAY)
    assert (await seen(stage))["overdue"] is True


async def test_r_prc_10_a_step_that_was_late_when_the_wait_began_stays_late(stage):
    own = (await seen(stage))["step_due_at"]
    await ask(stage, "2026-12-10T01:00:00Z")
    stage.now = datetime(2026, 12, 14, 1, 0, tzinfo=UTC)
    await supply(stage, "2026-12-14T01:00:00Z", "2026-12-18T10:30:00Z")
    after = await seen(stage)
    assert after["due_at"] == "2026-12-18T10:30:00Z"
    assert after["step_due_at"] == after["history"][-1]["due_at"] == own < "2026-12-10"
    assert after["history"][-1]["late"] is True


async def test_a_request_at_the_desk_stops_no_handling_and_an_answer_waits_for_its_request(stage):
    await ask(stage, "2026-12-06T01:00:00Z", handling=False)
    assert (await seen(stage))["paused_at"] is None
    with pytest.raises(NotYetError):
        await supply(stage, "2026-12-09T01:00:00Z", "2026-12-18T10:30:00Z")
    with pytest.raises(NotYetError):
        await ask(stage, "2026-12-08T01:00:00Z", code="H42.101-261207-0009")


async def test_a_dossier_that_waits_is_opened_where_its_acceptance_is_heard_late(stage, dossier):
    other = "H42.101-261207-0002"
    await stage.hear("intake.dossier_accepted.v1", dossier(other, state="supplement_requested"), other)
    assert (await stage.get("an", f"/dossiers/{other}")).status_code == 200
