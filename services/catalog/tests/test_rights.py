"""Each route lets in exactly the roles that the policy gives its right."""

import pytest
from regulation.roles import Right, who_may
from suite.testing.rights import left_open, let_in

MARRIAGE = "/api/catalog/procedures/1.000894"
CLOSURE = {"decision_number": "163/QĐ-BTP", "closed_from": "2027-01-01"}
DECISIONS, REQUESTS = "/api/catalog/publication-decisions", "/api/catalog/change-requests"
DECISION = {
    "number": "1/QĐ",
    "signed_on": "2026-11-01",
    "effective_on": "2026-12-01",
    "items": [{"procedure": "1.000894", "name": "Kết hôn", "deed": "amend", "agency": "H42"}],
}
WANTED = {"kind": "procedures", "content": "Sửa lệ phí"}
NOBODYS = f"{REQUESTS}/018f0000-0000-7000-8000-000000000099"
VERSION = f"{MARRIAGE}/versions/1"
ROUTES = [
    ("GET", "/api/catalog/coverage", None, Right.READ_CHANGES),
    ("GET", "/api/catalog/drafts", None, Right.READ_DRAFTS),
    ("GET", f"{VERSION}/comparison", None, Right.READ_DRAFTS),
    ("POST", f"{VERSION}/review", {"version": 1}, Right.EDIT_CATALOGUE),
    ("POST", f"{VERSION}/review/approval", {"version": 1}, Right.CHECK_CONTENT),
    ("POST", f"{VERSION}/review/return", {"version": 1, "reason": "x"}, Right.CHECK_CONTENT),
    ("GET", DECISIONS, None, Right.READ_CHANGES),
    ("POST", DECISIONS, DECISION, Right.REGISTER_DECISION),
    ("GET", REQUESTS, None, Right.READ_CHANGES),
    ("GET", NOBODYS, None, Right.READ_CHANGES),
    ("POST", REQUESTS, WANTED, Right.REQUEST_CHANGE),
    ("POST", f"{NOBODYS}/sending", {"content": "x", "version": 1}, Right.REQUEST_CHANGE),
    ("POST", f"{NOBODYS}/taking", {"version": 1}, Right.EDIT_DIRECTORY),
    ("POST", f"{NOBODYS}/completion", {"answer": "x", "version": 1}, Right.EDIT_DIRECTORY),
    ("POST", f"{NOBODYS}/return", {"answer": "x", "version": 1}, Right.EDIT_DIRECTORY),
    ("POST", f"{MARRIAGE}/versions", {}, Right.EDIT_CATALOGUE),
    ("POST", f"{MARRIAGE}/closure", CLOSURE, Right.EDIT_CATALOGUE),
    ("GET", f"{MARRIAGE}/history", None, Right.READ_EDITS),
]


@pytest.mark.parametrize(("method", "path", "body", "right"), ROUTES)
async def test_r_acc_18_an_edit_lets_in_who_has_its_right(editable, method, path, body, right):
    assert await let_in(editable, method, path, body) == who_may(right)


PUBLISHED = {
    f"GET /api/catalog/{path}"
    for path in (
        "procedures",
        "services",
        "agencies",
        "levels",
        "fields",
        "address-units",
        "procedures/{code}",
    )
}


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(editable):
    assert await left_open(editable, PUBLISHED) == []
