"""Each route lets in exactly the roles that the policy gives its right."""

import pytest
from regulation.roles import Right, who_may
from suite.testing import officer
from suite.testing.rights import left_open, let_in

CODE = "/api/intake/dossiers/H42.101-261207-9999"
SAYS = {"version": 1, "reason": "Lý do"}
ROUTES = [
    ("POST", "/api/intake/drafts", {"procedure_code": "1.001193", "agency": "H42.101"}, Right.BEGIN_DRAFT),
    ("GET", "/api/intake/desk/dossiers", None, Right.READ_DESK),
    ("GET", "/api/intake/desk/counts", None, Right.READ_DESK),
    ("GET", "/api/intake/desk/malware-reports", None, Right.READ_MALWARE),
    (
        "PUT",
        f"{CODE}/checklist",
        {"version": 1, "items": [{"component": "x", "verdict": "ok"}]},
        Right.CHECK_DOSSIER,
    ),
    ("GET", f"{CODE}/acceptance", None, Right.ACCEPT_DOSSIER),
    ("POST", f"{CODE}/acceptance", {"version": 1}, Right.ACCEPT_DOSSIER),
    ("POST", f"{CODE}/supplement-requests", {**SAYS, "guidance": "Nộp"}, Right.REQUEST_SUPPLEMENT),
    ("POST", f"{CODE}/supplement-approval", {"version": 1, "ground": "Cần"}, Right.APPROVE_SUPPLEMENT),
    ("POST", f"{CODE}/refusal", {**SAYS, "legal_basis": "Điều 1"}, Right.REFUSE_DOSSIER),
    ("POST", f"{CODE}/redirection", {**SAYS, "competent_agency": "H42.102"}, Right.REDIRECT_DOSSIER),
    ("PATCH", f"{CODE}/contact", {**SAYS, "email": "a@b.example"}, Right.CORRECT_CONTACT),
    (
        "PUT",
        f"{CODE}/comparison",
        {"version": 1, "items": [{"component": "x", "finding": "signed"}]},
        Right.HAND_OVER_RESULT,
    ),
    ("POST", f"{CODE}/handover", {"version": 1, "way": "counter"}, Right.HAND_OVER_RESULT),
]


@pytest.mark.parametrize(("method", "path", "body", "right"), ROUTES)
async def test_r_acc_18_a_route_lets_in_who_has_its_right(stage, method, path, body, right):
    assert await let_in(stage.app, method, path, body) == who_may(right)


@pytest.mark.parametrize(("agency", "status"), [("H42", 404), ("H42.101", 200)])
async def test_r_acc_18_a_head_with_the_sub_tree_reads_below_and_acts_at_his_own_desk(stage, agency, status):
    code = await stage.dossier()
    await stage.judged(code, giay_chung_sinh="wrong")
    head = officer("agency_head", agency=agency, scope="sub_tree")
    offered = (await stage.read(code, head))["actions"]
    assert offered == (["supplement-requests"] if status == 200 else [])
    asked = {
        "reason": "Mờ",
        "guidance": "Nộp",
        "items": [{"component": "giay-chung-sinh", "note": "Chụp lại"}],
    }
    answer = await stage.act(code, "supplement-requests", head, **asked)
    assert answer.status_code == status, answer.text


EVERYBODY = {
    "GET /api/intake/tracking/{code}",
    "GET /api/intake/verifications/{code}",
    "POST /api/intake/lookups",
}


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(stage):
    assert await left_open(stage.app, EVERYBODY) == []
