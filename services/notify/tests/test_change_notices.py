"""Notices about changes of the catalogue that are late."""

import pytest

HEAD, OTHER, CENTRE = "officer-head", "officer-other-head", "officer-centre"


@pytest.mark.parametrize(
    ("waits_for", "head", "said"),
    [("request", 1, "chưa gửi đề nghị cập nhật"), ("update", 0, "chưa được thực hiện")],
)
async def test_r_cat_15_the_head_of_who_owes_it_and_the_coordinator_are_told_once(
    staging, waits_for, head, said
):
    stage = await staging()
    await stage.furnish()
    for id_, agency, roles in (
        (HEAD, "H42.101", ["agency_head"]),
        (OTHER, "H42.102", ["agency_head"]),
        (CENTRE, None, ["coordinator"]),
    ):
        fact = {"officer_id": id_, "agency": agency, "display_name": id_, "roles": roles, "active": True}
        await stage.hear("identity.officer_changed.v1", fact)
    sent = {
        "kind": "procedures",
        "waits_for": waits_for,
        "requester": "H42.101",
        "document_number": "15/QĐ-UBND",
        "procedures": ["1.001193"],
        "due_at": "2026-12-01T10:30:00Z",
    }
    event = await stage.hear("catalog.request_overdue.v1", sent)
    await stage.hear("catalog.request_overdue.v1", sent, id_=event)
    told = {who: (await stage.inbox(who))["items"] for who in (HEAD, OTHER, CENTRE)}
    assert {who: len(items) for who, items in told.items()} == {HEAD: head, OTHER: 0, CENTRE: 1}
    [message] = told[CENTRE]
    assert all(word in message["body"] for word in (said, "15/QĐ-UBND", "1.001193", "01/12/2026"))
    assert message["link"].endswith("/can-bo/quan-tri/de-nghi")
