"""The province's office suspends an account on pages: propose, confirm by another, end; the person reads why."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
LIST = "/can-bo/quan-tri/tam-ngung"
NEW = f"{LIST}/moi"
TYPED = {
    "who": "037190000001",
    "decision_number": "15/QĐ-VP",
    "ground": "Nộp giấy tờ giả",
    "appeal": "Thanh tra tỉnh",
    "until_on": "31/12/2026",
}


async def test_sec_08_the_list_names_decision_and_day_and_leads_to_the_second_word(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    page = (await visitor.get(LIST)).text
    assert all(
        one in page for one in ("15/QĐ-VP", "31/12/2026", "Chờ xác nhận", f"{LIST}/sus-1/xac-nhan", NEW)
    )
    asked = f"{LIST}/sus-1/xac-nhan"
    done = await visitor.post(asked, asked)
    assert (done.status_code, done.headers["location"]) == (303, LIST)


async def test_sec_08_a_proposal_needs_every_answer_and_a_day(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    empty = await visitor.post(NEW, NEW, {**TYPED, "ground": ""})
    assert (empty.status_code, "Ghi lý do" in empty.text, "15/QĐ-VP" in empty.text) == (422, True, True)
    assert "Ghi ngày như" in (await visitor.post(NEW, NEW, {**TYPED, "until_on": "mai"})).text
    visitor.fake.answers["POST /api/identity/suspensions"] = problem(
        404, "account-unknown", "Không có tài khoản."
    )
    assert "Không có tài khoản." in (await visitor.post(NEW, NEW, TYPED)).text
    visitor.fake.answers["POST /api/identity/suspensions"] = {}
    assert (await visitor.post(NEW, NEW, TYPED)).status_code == 303


async def test_sec_08_ending_needs_a_reason(browse: Browse) -> None:
    visitor = await browse().sign_in("province_leader")
    path = f"{LIST}/sus-1/cham-dut"
    assert "Ghi lý do" in (await visitor.post(path, path, {"reason": ""})).text
    assert (await visitor.post(path, path, {"reason": "Khiếu nại được chấp nhận"})).status_code == 303


async def test_sec_08_the_suspended_person_reads_decision_ground_and_appeal(browse: Browse) -> None:
    visitor = await browse().sign_in()
    names = ("decision_number", "ground", "appeal")
    visitor.fake.answers["GET /api/identity/me/account-standing"] = {
        "limited": True,
        "closing_at": None,
        "erased_from": None,
        "closing_days": 30,
        "suspension": {**{name: TYPED[name] for name in names}, "until_on": "2026-12-31"},
    }
    page = (await visitor.get("/tai-khoan")).text
    assert all(TYPED[name] in page for name in names)
    assert "/tai-khoan/dong" not in page
