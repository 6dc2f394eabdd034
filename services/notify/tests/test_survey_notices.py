"""Notices to who builds surveys."""

import pytest

LAN = "officer-lan"


@pytest.mark.parametrize(("overdue", "said"), [(False, "Sắp hết quý"), (True, "đã hết mà chưa có khảo sát")])
async def test_r_sat_02_the_editor_is_reminded_of_a_survey_that_is_due_and_told_of_one_that_is_late(
    staging, overdue, said
):
    stage = await staging()
    await stage.furnish()
    sent = {"first": "2026-10-01", "due_on": "2026-12-31", "overdue": overdue, "tell": [LAN]}
    event = await stage.hear("qa.survey_is_due.v1", sent)
    await stage.hear("qa.survey_is_due.v1", sent, id_=event)
    [message] = (await stage.inbox(LAN))["items"]
    assert message["kind"] == "officer_survey_due"
    assert said in message["body"]
    assert "31/12/2026" in message["body"]
    assert message["link"].endswith("/can-bo/khao-sat")
