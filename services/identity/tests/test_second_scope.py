"""A data scope that opens much is given by two, alone or with the roles that depend on it; a narrower one by one."""

from typing import Any

import pytest
from common.security import Caller
from regulation.roles import scope_waits
from suite.testing import officer

OFFICERS, PROPOSALS = "/api/identity/officers", "/api/identity/grant-proposals"
OFFICE, OTHER, HEAD = (f"018f0000-0000-7000-8000-0000000000e{n}" for n in (1, 2, 3))
NEW = {
    "login": "thanh.tra",
    "full_name": "Ngô Thị Thanh",
    "id_number": "037193377001",
    "email": "thanh.tra@motcua.example",
    "agency": "H42.101",
    "roles": ["specialist", "auditor"],
    "scope": "province",
}


def office(subject: str = OFFICE) -> Caller:
    return officer("province_office", agency="H42", scope="province", subject=subject)


@pytest.mark.parametrize(
    ("scope", "held", "roles", "waits"),
    [
        ("province", "own", ["specialist"], True),
        ("sub_tree", "agency", ["specialist"], True),
        ("agency", "own", ["specialist"], False),
        ("agency", "own", ["auditor"], True),
        ("unit", "own", ["auditor"], False),
        ("agency", "province", ["auditor"], False),
        ("province", "province", ["auditor"], False),
    ],
)
def test_r_acc_18_a_scope_waits_when_it_opens_much(
    scope: str, held: str, roles: list[str], waits: bool
) -> None:
    assert scope_waits(scope, held, roles) is waits


async def proposal(town: Any, who: Caller, officer_id: str) -> dict[str, Any] | None:
    async with town.as_(who) as web:
        items = (await web.get(PROPOSALS)).json()["items"]
    return next((one for one in items if one["officer_id"] == officer_id), None)


async def test_r_acc_18_an_inspectors_scope_waits_with_the_role_and_two_give_both(
    town: Any, key: Any
) -> None:
    async with town.as_(office()) as web:
        made = (await web.post(OFFICERS, json=NEW, headers=key())).json()
        path = f"{OFFICERS}/{made['id']}"
        assert (made["scope"], made["roles"], made["waiting_scope_label"]) == (
            "own",
            ["specialist"],
            "Toàn tỉnh",
        )
        standing = (await web.get(f"{path}/standing")).json()
    assert standing["officer"]["waiting_scope_label"] == "Toàn tỉnh"
    assert {one["scope"]: one["second_word"] for one in standing["scopes"]}["province"] is True
    head = officer("agency_head", agency="H42.101", subject=HEAD)
    seen = await proposal(town, head, made["id"])
    assert (seen["role_names"], seen["scope_label"], seen["actions"]) == (
        ["Thanh tra, kiểm tra"],
        "Toàn tỉnh",
        [],
    )
    for who, status in ((head, 403), (office(), 403), (office(OTHER), 204)):
        async with town.as_(who) as web:
            answer = await web.post(f"{PROPOSALS}/{seen['id']}/confirmation")
            assert answer.status_code == status, answer.text
    async with town.as_(office()) as web:
        given = (await web.get(path)).json()
        assert (given["scope"], given["roles"]) == ("province", ["specialist", "auditor"])
        narrowed = await web.patch(path, json={"version": given["version"], "scope": "own"})
        assert (narrowed.json()["scope"], narrowed.json()["waiting_scope_label"]) == ("own", None)
        again = await web.patch(path, json={"version": given["version"] + 1, "scope": "agency"})
        assert (again.json()["scope"], again.json()["waiting_scope_label"]) == ("own", "Cả cơ quan")
        unit = await web.patch(path, json={"version": given["version"] + 1, "scope": "unit"})
        assert (unit.json()["scope"], unit.json()["waiting_scope_label"]) == ("unit", None)
    assert await proposal(town, office(OTHER), made["id"]) is None, "an older wish would undo the newer word"
