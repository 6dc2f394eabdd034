"""Granting roles on the pages: some wait for a second person, who confirms or refuses."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.site import Visitor

ROLES, GRANTS = "/can-bo/quan-tri/can-bo/o-7/vai-tro", "/can-bo/quan-tri/cap-quyen"
OFFICER, PROPOSAL = "/api/identity/officers/o-7", "/api/identity/grant-proposals/g-1"
Browse = Callable[..., Visitor]


async def test_s18_a_signing_role_is_said_to_wait(browse: Browse) -> None:
    admin = await browse().sign_in("agency_admin")
    shown = await admin.get(ROLES)
    assert "Lãnh đạo ký (cần người thứ hai)" in shown.text
    assert "Toàn tỉnh (cần người thứ hai)" in shown.text
    none = await admin.post(ROLES, ROLES, {"version": "4"})
    assert (none.status_code, "Chọn ít nhất một vai trò" in none.text) == (422, True)
    done = await admin.post(ROLES, ROLES, {"version": "4", "roles": ["specialist", "signer"], "scope": "own"})
    assert done.headers["location"] == "/can-bo/quan-tri/can-bo/o-7"
    asked = {"roles": ["specialist", "signer"], "scope": "own", "version": 4}
    assert admin.fake.calls("PATCH", OFFICER)[0].body == asked
    assert "chờ người thứ hai xác nhận" in (await admin.get(done.headers["location"])).text


async def test_s18_what_waits_is_seen_confirmed_and_refused(browse: Browse) -> None:
    head = await browse().sign_in("agency_head")
    shown = await head.get(GRANTS)
    assert f'href="{GRANTS}/g-1/xac-nhan"' in shown.text
    assert f'href="{GRANTS}/g-2/xac-nhan"' not in shown.text
    assert "chờ người khác" in shown.text
    assert "Phạm vi dữ liệu: Cả cơ quan" in shown.text
    assert "chuyenvien.hoalu@motcua.example" in (await head.get(f"{GRANTS}/g-1/xac-nhan")).text
    done = await head.post(f"{GRANTS}/g-1/xac-nhan", f"{GRANTS}/g-1/xac-nhan")
    assert done.headers["location"] == GRANTS
    assert len(head.fake.calls("POST", f"{PROPOSAL}/confirmation")) == 1
    bare = await head.post(f"{GRANTS}/g-1/tu-choi", f"{GRANTS}/g-1/tu-choi", {"reason": ""})
    assert bare.status_code == 422
    await head.post(f"{GRANTS}/g-1/tu-choi", f"{GRANTS}/g-1/tu-choi", {"reason": "Không đúng phân công"})
    assert head.fake.calls("POST", f"{PROPOSAL}/refusal")[0].body == {"reason": "Không đúng phân công"}


@pytest.mark.parametrize("proposal", ["g-2", "g-9"])
async def test_a_proposal_that_does_not_wait_for_one_leads_back(browse: Browse, proposal: str) -> None:
    head = await browse().sign_in("agency_head")
    answer = await head.get(f"{GRANTS}/{proposal}/xac-nhan")
    assert answer.headers["location"] == GRANTS


async def test_s18_a_refusal_of_the_service_is_told_on_the_page(browse: Browse) -> None:
    head = await browse().sign_in("agency_head")
    head.fake.answers[f"POST {PROPOSAL}/confirmation"] = problem(409, "grant-decided", "Đã được xác nhận.")
    answer = await head.post(f"{GRANTS}/g-1/xac-nhan", f"{GRANTS}/g-1/xac-nhan")
    assert (answer.status_code, "Đã được xác nhận." in answer.text) == (422, True)
