"""What an officer is told before accepting: the very date acceptance would promise, or all that is in its way."""

from datetime import timedelta

import pytest

ALL_OBSTACLES = ["components-unjudged", "process-not-approved", "time-limit-unusable"]


async def test_the_date_foretold_is_the_one_then_promised_and_nothing_is_written(stage):
    code = await stage.dossier()
    await stage.judged(code)
    stage.now += timedelta(hours=3)
    before = await stage.read(code, stage.desk())
    told = (await stage.get(f"dossiers/{code}/acceptance", stage.desk())).json()
    assert (told["obstacles"], told["limit"]) == ([], "3 ngày làm việc")
    assert await stage.read(code, stage.desk()) == before
    accepted = (await stage.act(code, "acceptance")).json()
    assert told["due"] == accepted["due"]


async def test_the_date_is_explained_in_the_language_of_the_officer(stage):
    code = await stage.dossier()
    told = (await stage.get(f"dossiers/{code}/acceptance", stage.desk(), "en")).json()
    assert "Received at 08:00" in told["due"]["sentence"]
    assert told["limit"] == "3 working days"
    assert told["obstacles"][0]["message"].startswith("These components are not judged yet")


async def test_everything_in_the_way_is_told_at_once(stage):
    await stage.publish(stage.simple("2.000561", process=None, limits=[]))
    code = await stage.dossier(code="2.000561")
    told = (await stage.get(f"dossiers/{code}/acceptance", stage.desk())).json()
    assert ([item["code"] for item in told["obstacles"]], told["due"]) == (ALL_OBSTACLES, None)
    refused = await stage.act(code, "acceptance")
    assert refused.json()["code"] == ALL_OBSTACLES[0]


async def test_after_acceptance_there_is_nothing_left_to_foretell(stage):
    code = await stage.accepted()
    told = (await stage.get(f"dossiers/{code}/acceptance", stage.desk())).json()
    assert [item["code"] for item in told["obstacles"]] == ["action-not-allowed"]


@pytest.mark.parametrize(("agency", "roles", "status"), [("GIA_VIEN", (), 404), ("HOA_LU", ("signer",), 403)])
async def test_only_the_desk_of_the_receiving_point_is_told(stage, agency, roles, status):
    code = await stage.dossier()
    caller = stage.desk(getattr(stage, agency), *roles)
    assert (await stage.get(f"dossiers/{code}/acceptance", caller)).status_code == status
    assert (await stage.get(f"dossiers/{code}/acceptance", stage.citizen)).status_code == 403


async def test_whoever_names_no_case_gets_the_first_one_and_can_be_accepted(stage):
    limits = [{"case": "thuong", "channel": None, "rule": "working_days", "amount": "2 wd", "text": "2 ngày"}]
    await stage.publish(stage.simple("2.000562", limits=limits))
    draft = await stage.draft("2.000562")
    assert draft["case"] == "thuong"
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    await stage.act(code, "checklist", method="PUT", items=[{"component": "to-khai", "verdict": "ok"}])
    assert (await stage.act(code, "acceptance")).json()["due"]["due_at"] == "2026-12-09T10:30:00Z"
