"""Before acceptance the applicant amends where the profile lets them; versions are kept, the check begins anew."""

from datetime import timedelta

import pytest

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
UNASKED = {"binh-dinh", "quang-tri", "ha-nam"}


async def amend(stage, code, caller=None, **body):
    answers = {**stage.ANSWERS, "child_name": "Nguyễn Minh Khang"}
    return await stage.act(code, "amendment", caller or stage.citizen, **{"answers": answers, **body})


async def attach(stage, code, name="moi.pdf"):
    async with stage.client(stage.citizen) as web:
        return await web.post(
            f"/api/intake/dossiers/{code}/attachments",
            data={"component": "giay-chung-sinh"},
            files={"file": (name, stage.pdf())},
            headers=stage.key(),
        )


@pytest.mark.parametrize("profile", PROFILES)
async def test_r_sub_16_the_profile_says_whether_the_applicant_amends_unasked(make_stage, profile):
    stage = await make_stage(profile)
    code = await stage.dossier()
    offered = "amendment" in (await stage.read(code))["actions"]
    answer, file = await amend(stage, code), await attach(stage, code)
    if profile in UNASKED:
        assert (offered, answer.status_code, file.status_code) == (True, 200, 201)
        assert answer.json()["answers"]["child_name"] == "Nguyễn Minh Khang"
    else:
        assert (offered, answer.json()["code"]) == (False, "amended-on-request-only")
        assert file.json()["code"] == "action-not-allowed"


async def test_r_sub_16_the_former_version_is_kept_and_the_check_begins_anew(make_stage):
    stage = await make_stage("ha-nam")
    code = await stage.dossier()
    await stage.judged(code)
    before = await stage.read(code)
    stage.now += timedelta(hours=3)
    assert (await attach(stage, code)).status_code == 201
    stage.now += timedelta(minutes=1)
    done = await amend(stage, code, note="Sửa tên đệm")
    assert done.status_code == 200, done.text
    told = await stage.read(code, stage.desk())
    assert (told["timeline"][-1]["action"], told["timeline"][-1]["reason"]) == ("amend", "Sửa tên đệm")
    assert told["check_due_at"] > before["check_due_at"]
    files = next(one["files"] for one in told["components"] if one["id"] == "giay-chung-sinh")
    assert [(one["name"], one["replaced"]) for one in files] == [("giay.pdf", True), ("moi.pdf", False)]
    [kept] = await stage.details(code, "amend")
    assert kept["answers_before"]["child_name"] == before["answers"]["child_name"]
    unjudged = await stage.act(code, "acceptance")
    assert unjudged.json()["code"] == "components-unjudged", "what changed is looked at again"
    assert (await stage.judged(code)).status_code == 200
    assert (await stage.act(code, "acceptance")).status_code == 200
    assert [kind for kind, _ in await stage.events(code)][1] == "intake.dossier_resubmitted.v1"


async def test_r_sub_16_after_acceptance_only_a_request_opens_it_and_nobody_else_amends(make_stage):
    stage = await make_stage("binh-dinh")
    code = await stage.dossier()
    assert (await amend(stage, code, stage.desk())).status_code == 403
    same = await amend(stage, code, answers=stage.ANSWERS)
    assert (same.status_code, same.json()["code"]) == (422, "nothing-amended")
    wrong = await amend(stage, code, answers={**stage.ANSWERS, "child_name": ""})
    assert [one["field"] for one in wrong.json()["errors"]] == ["child_name"]
    await stage.judged(code)
    assert (await stage.act(code, "acceptance")).status_code == 200
    assert (await amend(stage, code)).json()["code"] == "action-not-allowed"
    assert (await attach(stage, code)).json()["code"] == "action-not-allowed"
    assert "amendment" not in (await stage.read(code))["actions"]


async def test_r_sub_16_what_was_attached_and_not_handed_in_is_no_part_of_what_is_checked_and_accepted(
    make_stage,
):
    stage = await make_stage("quang-tri")

    async def names(who):
        parts = (await stage.read(code, who))["components"]
        return [file["name"] for part in parts for file in part["files"] if part["id"] == "giay-chung-sinh"]

    code = await stage.dossier(source="certified_e_copy")
    await stage.judged(code)
    assert (await attach(stage, code)).status_code == 201
    assert await names(stage.citizen) == ["giay.pdf", "moi.pdf"]
    assert await names(stage.desk()) == ["giay.pdf"], "who checks sees what was handed in"
    assert (await stage.act(code, "acceptance")).status_code == 200
    assert await names(stage.desk()) == ["giay.pdf"]
    [kept] = (await stage.get("vault/papers", stage.citizen)).json()["items"]
    assert [file["name"] for file in kept["files"]] == ["giay.pdf"]
