"""The one new date: proposed with its reason, signed in time by another person, and the old date kept."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from common.files import FileStore
from processing.usecases.flag_deadlines import flag_deadlines
from pypdf import PdfReader

CODE = "H42.101-261207-0001"
FRIDAY = "2026-12-11T10:30:00Z"  # the close of a working day in Hà Nội
WHY = {"reason": "Phải xác minh tại nơi sinh.", "until_on": "2026-12-16"}
NEW = "2026-12-16T10:30:00Z"


async def late_soon(staging, profile="ninh-binh"):
    stage = await staging(profile)
    await stage.accept(due_at=FRIDAY)
    assert (await stage.act("an", "claim")).status_code == 200
    return stage


async def propose(stage, **changes):
    return await stage.act("an", "extension-proposal", **(WHY | changes))


async def text_of(stage, document):
    pdf = await FileStore(stage.settings.files_url).get(document["sha256"])
    return "".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())


@pytest.mark.parametrize("profile", ["ninh-binh", "thai-nguyen"])
async def test_r_prc_14_one_new_date_is_signed_with_an_apology_and_the_old_one_stays(staging, profile):
    stage = await late_soon(staging, profile)
    proposed = (await propose(stage)).json()
    assert (proposed["extending"], proposed["due_at"], proposed["extended_until"]) == (True, FRIDAY, None)
    assert await stage.facts("processing.dossier_extended.v1") == []
    assert "extension-proposal" not in proposed["actions"]
    assert [
        one["code"] for one in (await stage.get("lan", "/dossiers", filter="to_sign")).json()["items"]
    ] == [CODE]
    preview = await stage.get("lan", f"/dossiers/{CODE}/draft-document", apology=True)
    assert preview.status_code == 200, preview.text
    signed = await stage.act("lan", "extension")
    assert signed.status_code == 200, signed.text
    after, [one] = signed.json(), signed.json()["extensions"]
    assert (after["extended_until"], after["due_at"], after["extending"]) == (NEW, FRIDAY, False)
    assert (one["previous_due_at"], one["signer"], one["reason"]) == (FRIDAY, "Phạm Thị Lan", WHY["reason"])
    [fact] = await stage.facts("processing.dossier_extended.v1")
    assert (fact["due_at"], fact["until"], fact["reason"]) == (FRIDAY, NEW, WHY["reason"])
    said = await text_of(stage, fact["document"])
    for words in ("xinlỗi", "Phảixácminhtạinơisinh.", "16/12/2026", "11/12/2026"):
        assert words in said, said
    [row] = await stage.sql("SELECT slip FROM extension")
    assert (row[0] is not None) == (profile == "thai-nguyen")  # the slip is that profile's own
    assert len(stage.signer.signed) == (2 if profile == "thai-nguyen" else 1)
    again = await propose(stage)
    assert (again.status_code, again.json()["code"]) == (409, "extension-used")
    assert "chỉ cho hẹn lại một lần" in again.json()["detail"]
    stage.now = datetime(2026, 12, 12, 1, 0, tzinfo=UTC)
    assert await flag_deadlines(stage.database, stage.now) == 1
    [overdue] = await stage.facts("processing.dossier_overdue.v1")
    assert overdue["due_at"] == FRIDAY  # no new date turns a late dossier on time


@pytest.mark.parametrize(
    "at", [datetime(2026, 12, 10, 10, 31, tzinfo=UTC), datetime(2026, 12, 14, 2, 0, tzinfo=UTC)]
)
async def test_r_prc_14_a_day_before_the_due_date_or_later_nothing_is_extended(staging, at):
    stage = await late_soon(staging)
    waiting = await propose(stage)
    assert waiting.status_code == 200, waiting.text
    stage.now = at
    late = await stage.act("lan", "extension")
    assert (late.status_code, late.json()["code"]) == (409, "extension-too-late")
    assert "Hạn cũ giữ nguyên" in late.json()["detail"]
    assert "17 giờ 30" in late.json()["detail"]
    assert (await stage.act("lan", "extension-sending-back", remarks="Muộn rồi.")).status_code == 200
    refused = await propose(stage)
    assert (refused.status_code, refused.json()["code"]) == (409, "extension-too-late")
    assert await stage.facts("processing.dossier_extended.v1") == []
    assert stage.signer.signed == []


async def test_who_proposes_does_not_sign_and_a_leader_sends_back_with_remarks(staging):
    stage = await late_soon(staging)
    assert (await stage.act("lan", "extension")).json()["code"] == "extension-missing"
    assert (await stage.act("binh", "extension-proposal", **WHY)).status_code in (403, 404)
    assert (await propose(stage)).status_code == 200
    assert (await propose(stage)).json()["code"] == "extension-waits"
    both = stage.who("an", roles=["specialist", "signer"], scope="agency")
    assert (await stage.act(both, "extension")).json()["code"] == "own-proposal"
    assert (await stage.act("lan", "extension-sending-back", remarks=" ")).status_code == 422
    back = (await stage.act("lan", "extension-sending-back", remarks="Nêu rõ hơn.")).json()
    assert (back["extending"], back["extensions"][0]["sent_back_remarks"]) == (False, "Nêu rõ hơn.")
    assert (await propose(stage)).json()["extensions"][1]["number"] == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"reason": "\u200b\u202e"}, "reason"),
        ({"until_on": "2026-12-11"}, "until_on"),
        ({"until_on": "2040-01-01"}, "until_on"),
    ],
)
async def test_a_new_date_has_a_reason_and_lies_after_the_old_one(staging, changes, field):
    refused = await propose(await late_soon(staging), **changes)
    assert (refused.status_code, [one["field"] for one in refused.json()["errors"]]) == (422, [field])


async def test_a_signer_that_fails_leaves_the_proposal_and_its_number(staging):
    stage = await late_soon(staging)
    await propose(stage)
    stage.signer.before = _failing
    assert (await stage.act("lan", "extension")).status_code == 500
    assert await stage.facts("processing.dossier_extended.v1") == []
    stage.signer.before = None
    stage.now += timedelta(hours=1)
    assert (await stage.act("lan", "extension")).json()["extensions"][0][
        "letter_number"
    ] == "01/2026/PXL-UBND"


async def _failing():
    raise RuntimeError("the token is away")


async def test_r_prc_14_a_new_date_is_at_most_the_dossiers_own_time_again(staging):
    stage = await late_soon(staging)  # five working days, Monday to Friday
    seen = (await stage.get("an", f"/dossiers/{CODE}")).json()
    assert seen["extension_until_on"] == "2026-12-18"
    refused = await propose(stage, until_on="2026-12-19")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "until_on")
    assert "muộn nhất là 18/12/2026" in refused.json()["errors"][0]["message"]
    assert (await propose(stage, until_on="2026-12-18")).status_code == 200
