"""Dossiers change hands with a reason, and what is done out of turn is seen in the log."""

import pytest
from suite.testing import officer

CODE, SECOND, THIRD = (f"H42.101-261207-000{number}" for number in (1, 2, 3))
FRIDAY = "2026-12-11T10:30:00Z"
WHY = {"officer_id": "binh", "reason": "Bình theo dõi khu phố này."}


async def all_over(stage, who, **changes):
    async with stage.api(who) as http:
        return await http.post("/api/processing/agencies/H42.101/transfers", json=WHY | changes)


@pytest.fixture
async def held(stage):
    """Give a stage where An has two dossiers, and one with a later due time is free."""
    await stage.accept(SECOND)
    await stage.accept(THIRD, due_at=FRIDAY)
    for code in (CODE, SECOND):
        assert (await stage.act("an", "claim", code)).status_code == 200
    return stage


async def test_r_prc_21_a_dossier_is_handed_over_with_a_reason_that_its_history_keeps(held):
    moved = await held.act("an", "transfer", **WHY)
    assert moved.status_code == 200, moved.text
    claimed, given = moved.json()["assignments"]
    assert (claimed["way"], claimed["from_officer"], claimed["officer"]["id"]) == ("claimed", None, "an")
    assert (given["way"], given["from_officer"]["id"], given["officer"]["id"]) == (
        "transferred",
        "an",
        "binh",
    )
    assert (given["reason"], given["assigned_by"]["id"]) == (WHY["reason"], "an")
    told = (await held.facts("processing.dossier_assigned.v1"))[-1]
    assert (told["officer_id"], told["assigned_by"]) == ("binh", "an")
    again = await held.act("an", "transfer", **WHY)
    assert again.status_code == 404  # it is not his any more
    back = await held.act("lan", "transfer", officer_id="an", reason="An rõ việc hơn.")
    assert (back.json()["officer"]["id"], len(back.json()["assignments"])) == ("an", 3)


@pytest.mark.parametrize(
    ("who", "changes", "status", "code"),
    [
        ("an", {"reason": " "}, 422, "invalid-input"),
        ("an", {"officer_id": "an"}, 403, "step-not-yours"),
        ("an", {"officer_id": "mai"}, 422, "officer-not-suitable"),
        ("an", {"officer_id": "chi"}, 422, "officer-not-suitable"),
        ("an", {"officer_id": "xa"}, 422, "officer-not-suitable"),
        ("an", {"version": 0}, 409, "stale-version"),
        ("binh", {}, 404, "not-found"),
    ],
)
async def test_r_prc_21_a_hand_over_that_does_not_fit_is_refused(held, who, changes, status, code):
    for subject, agency, unit in (("chi", "H42.101", "dia-chinh"), ("xa", "H42.102", "tu-phap-ho-tich")):
        told = {"officer_id": subject, "display_name": subject, "agency": agency, "unit": unit}
        told |= {"roles": ["specialist"], "active": True}
        await held.hear("identity.officer_changed.v1", told, subject)
    refused = await held.act(who, "transfer", **(WHY | changes))
    assert (refused.json()["code"], refused.status_code) == (code, status), refused.text
    wide = held.who("binh", scope="agency")
    assert (await held.act(wide, "transfer", **WHY)).json()["code"] == "step-not-yours"


async def test_all_open_dossiers_of_an_officer_go_over_at_once_and_what_does_not_fit_stays(held):
    assert (await held.act("an", "claim", THIRD)).status_code == 200
    await held.sql("UPDATE dossier SET unit = 'dia-chinh' WHERE code = :code", code=THIRD)
    silent = await all_over(held, "an", reason="")
    assert [one["field"] for one in silent.json()["errors"]] == ["reason"]
    stranger = officer("agency_head", agency="H42.102", subject="la", scope="agency")
    for who in ("binh", "mai", stranger):
        assert (await all_over(held, who, from_officer="an")).status_code == 404
    moved = (await all_over(held, "an")).json()
    assert moved == {"moved": [CODE, SECOND], "left": [THIRD]}
    back = await all_over(held, "lan", from_officer="binh", officer_id="an", reason="Bình chuyển công tác.")
    assert back.json() == {"moved": [CODE, SECOND], "left": []}
    assert (await all_over(held, "lan", from_officer="an", officer_id="xa")).json()["code"] == "invalid-input"
    assert [one["way"] for one in (await held.get("an", f"/dossiers/{CODE}")).json()["assignments"]] == [
        "claimed",
        "transferred",
        "transferred",
    ]


async def test_r_prc_21_work_goes_by_due_date_then_receipt_and_what_is_done_out_of_turn_is_seen(held):
    listed = (await held.get("lan", "/dossiers")).json()["items"]
    assert [one["code"] for one in listed] == [CODE, SECOND, THIRD]
    fourth = "H42.101-261207-0004"
    await held.accept(fourth, due_at="2026-12-12T10:30:00Z")
    taken = (await held.act("binh", "claim", fourth)).json()["assignments"]
    assert [(one["way"], one["passed_over"]) for one in taken] == [("claimed", 1)]  # the third was due sooner
    in_turn = (await held.act("binh", "claim", THIRD)).json()["assignments"]
    assert [one["passed_over"] for one in in_turn] == [0]
    assert (await held.propose("an", SECOND)).status_code == 200
    history = (await held.get("lan", f"/dossiers/{SECOND}")).json()["history"]
    assert [one["passed_over"] for one in history] == [1, 0]  # the first of the two waits
    assert (await held.propose("an", CODE)).status_code == 200
    history = (await held.get("lan", f"/dossiers/{CODE}")).json()["history"]
    assert [one["passed_over"] for one in history] == [0, 0]


async def test_r_acc_19_who_looks_after_accounts_sees_the_open_dossiers_of_an_officer_who_leaves(held):
    path = "/api/processing/agencies/H42.101/officers/an/open-dossiers"
    admin = officer("agency_admin", agency="H42.101", subject="quan-tri")
    async with held.api(admin) as http:
        listed = (await http.get(path)).json()
        assert [one["code"] for one in listed] == [CODE, SECOND], "the soonest due first"
        assert set(listed[0]) == {"code", "step_name", "due_at"}, "nothing of the applicant"
        assert (await http.get(path.replace("/an/", "/binh/"))).json() == []
    async with held.api(officer("agency_admin", agency="H42.102", subject="quan-tri-khac")) as http:
        assert (await http.get(path)).status_code == 404
    assert (await all_over(held, "lan", from_officer="an")).json()["moved"] == [CODE, SECOND]
    async with held.api(admin) as http:
        assert (await http.get(path)).json() == []
