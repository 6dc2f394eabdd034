"""Each route lets in exactly the roles that the policy gives its right."""

import pytest
from regulation.roles import Right, who_may
from suite.testing.rights import left_open, let_in

CODE = "H42.101-261207-0001"
DOSSIER = f"/api/processing/agencies/H42.101/dossiers/{CODE}"
ROUTES = [
    ("claim", None, Right.TAKE_STEP),
    ("assignment", {}, Right.ASSIGN_DOSSIER),
    ("transfer", {"version": 1, "officer_id": "x", "reason": "x"}, Right.TAKE_STEP),
    ("proposal", {"version": 1, "outcome": "grant"}, Right.HANDLE_DOSSIER),
    ("step-completion", {"version": 1}, Right.TAKE_STEP),
    ("sending-back", {"version": 1, "remarks": "Sửa"}, Right.DECIDE_DOSSIER),
    ("approval", {"version": 1}, Right.DECIDE_DOSSIER),
    ("signature", {"version": 1}, Right.DECIDE_DOSSIER),
    ("revocation-proposal", {"version": 1, "ground": "x", "legal_basis": "x"}, Right.HANDLE_DOSSIER),
    ("revocation-sending-back", {"version": 1, "remarks": "Sửa"}, Right.DECIDE_DOSSIER),
    ("revocation", {"version": 1}, Right.DECIDE_DOSSIER),
    ("receipt", None, Right.RECEIVE_RESULT),
]
AT_THE_SIGNATURE = {"assignment", "transfer", "sending-back", "approval", "signature"}


async def test_r_acc_18_an_action_lets_in_who_has_its_right(staging):
    stage = await staging(furnished=False)
    for action, body, right in ROUTES:
        assert await let_in(stage.app, "POST", f"{DOSSIER}/{action}", body) == who_may(right), action


async def test_r_acc_18_a_work_list_is_refused_to_who_may_not_read_it(stage):
    everybody = await let_in(stage.app, "GET", "/api/processing/agencies/H42.101/dossiers")
    assert everybody == who_may(Right.READ_HANDLING)
    for roles in (["auditor"], ["province_leader"], ["coordinator"]):
        watcher = stage.who("lan", roles=roles, agency="H42", scope="province")
        assert len((await stage.get(watcher, "/dossiers")).json()["items"]) == 1


@pytest.mark.parametrize(("scope", "seen"), [("own", 0), ("unit", 0), ("agency", 0), ("sub_tree", 1)])
async def test_r_acc_18_a_head_with_the_sub_tree_sees_the_agencies_below_and_decides_in_his_own(
    stage, scope, seen
):
    head = stage.who("lan", roles=["agency_head"], agency="H42", scope=scope, subject="head")
    assert len((await stage.get(head, "/dossiers")).json()["items"]) == seen
    assert (await stage.act(head, "assignment")).status_code == 404


@pytest.mark.parametrize("agency", ["H42", "H42.101"])
async def test_r_acc_18_what_is_offered_is_what_would_not_be_refused(stage, agency):
    head = stage.who("lan", roles=["agency_head"], agency=agency, scope="sub_tree", subject="head")
    await stage.to_leader()
    offered = set((await stage.get(head, f"/dossiers/{CODE}")).json()["actions"])
    assert offered == (AT_THE_SIGNATURE if agency == "H42.101" else set())
    for action in AT_THE_SIGNATURE - offered:
        assert (
            await stage.act(head, action, remarks="Sửa", officer_id="binh", reason="x")
        ).status_code == 404, action


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(staging):
    stage = await staging(furnished=False)
    assert await left_open(stage.app, ()) == []
