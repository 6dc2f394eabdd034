"""Not competent: the notice says who is and how to get there, and the applicant has the dossier passed on whole."""

import pytest

REASON = {"reason": "Người mẹ cư trú ở phường khác"}


async def redirected(stage, agency=None, **more):
    code = await stage.dossier(**more)
    done = await stage.act(code, "redirection", competent_agency=agency or stage.GIA_VIEN, **REASON)
    assert done.status_code == 200, done.text
    return code


async def pass_on(stage, code, caller=None):
    return await stage.act(code, "passing-on", caller or stage.citizen)


async def test_r_int_06_the_notice_names_the_competent_agency_and_how_to_submit_there(stage):
    code = await redirected(stage)
    notice = await stage.paper(code, "redirection")
    told = ("Gia Viễn", "Số 1 đường Trần Hưng Đạo", "trực tuyến trên Cổng dịch vụ công", REASON["reason"])
    assert all(words in notice for words in told), notice


async def test_r_int_06_after_consent_answers_and_files_go_on_and_are_submitted_there(stage):
    code = await redirected(stage)
    before = await stage.read(code)
    assert before["actions"] == ["passing-on"]
    passed = await pass_on(stage, code)
    assert (passed.status_code, passed.json()["agency"]) == (201, stage.GIA_VIEN)
    async with stage.client(stage.citizen) as web:
        draft = (await web.get(f"/api/intake/drafts/{passed.json()['draft_id']}")).json()
    assert (draft["answers"], draft["problems"], draft["agency"]) == (before["answers"], [], stage.GIA_VIEN)
    files = [one for item in before["components"] for one in item["files"]]
    assert [one["name"] for one in draft["attachments"]] == [one["name"] for one in files]
    sent = await stage.submit(draft_id=draft["id"])
    assert sent.status_code == 201, sent.text
    there = await stage.read(sent.json()["code"])
    assert (there["state"], there["agencies"]["receiving_point"]) == ("submitted", stage.GIA_VIEN)
    assert [one["name"] for item in there["components"] for one in item["files"]] == [
        one["name"] for one in files
    ]
    here = await stage.read(code)
    assert (here["state"], here["timeline"][-1]["action"]) == ("redirected", "pass_on")


async def test_r_int_06_passed_on_twice_it_is_one_draft_and_one_dossier(stage):
    code = await redirected(stage)
    told = (await stage.read(code))["passing_on"]
    assert (told["agency"], told["draft_id"], told["dossier"]) == (stage.GIA_VIEN, None, None)
    assert "Gia Viễn" in told["agency_name"]
    first, again = [(await pass_on(stage, code)).json()["draft_id"] for _ in range(2)]
    assert (first, (await stage.read(code))["passing_on"]["draft_id"]) == (again, again)
    assert [step["action"] for step in (await stage.read(code))["timeline"]].count("pass_on") == 1
    assert (await stage.read(code, stage.desk()))["passing_on"]["draft_id"] is None
    sent = (await stage.submit(draft_id=first)).json()["code"]
    assert (await stage.read(code))["passing_on"]["dossier"] == sent
    refused = await pass_on(stage, code)
    assert (refused.status_code, refused.json()["code"]) == (409, "draft-already-submitted")


async def test_r_int_06_what_was_discarded_is_passed_on_anew(stage):
    code = await redirected(stage)
    first = (await pass_on(stage, code)).json()["draft_id"]
    async with stage.client(stage.citizen) as web:
        assert (await web.delete(f"/api/intake/drafts/{first}")).status_code == 204
    assert (await pass_on(stage, code)).json()["draft_id"] != first


async def test_r_int_06_nobody_else_passes_it_on_and_no_other_dossier_is(stage):
    code = await redirected(stage)
    assert (await pass_on(stage, code, stage.desk())).status_code == 403
    other = await stage.dossier()
    assert (await pass_on(stage, other)).json()["code"] == "action-not-allowed"
    assert (await stage.read(code))["timeline"][-1]["action"] == "redirect"


@pytest.mark.parametrize("agency", ["H42.190"])
async def test_r_int_06_where_nobody_receives_online_the_refusal_says_so_and_nothing_is_begun(stage, agency):
    code = await redirected(stage, agency)
    refused = await pass_on(stage, code)
    assert (refused.status_code, refused.json()["code"]) == (409, "agency-without-desk")
    assert (await stage.read(code))["timeline"][-1]["action"] == "redirect"


async def test_r_int_06_asked_twice_it_leads_to_the_same_draft_and_once_submitted_to_its_dossier(stage):
    code = await redirected(stage)
    first, again = await pass_on(stage, code), await pass_on(stage, code)
    assert (again.status_code, again.json()) == (201, first.json())
    async with stage.client(stage.citizen) as web:
        await web.delete(f"/api/intake/drafts/{first.json()['draft_id']}", headers=stage.key())
    anew = (await pass_on(stage, code)).json()["draft_id"]
    assert anew != first.json()["draft_id"], "who threw it away may have it again"
    sent = await stage.submit(draft_id=anew)
    done = await pass_on(stage, code)
    assert (done.status_code, done.json()["code"]) == (409, "draft-already-submitted")
    assert sent.json()["code"] in done.json()["detail"]
