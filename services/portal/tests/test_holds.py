"""The province's office keeps data by decision on pages: propose, judge by another, propose the end."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
LIST = "/can-bo/quan-tri/giu-lai"
NEW = f"{LIST}/moi"
TYPED = {
    "kind": "dossier",
    "subject": "H42.101-261120-0001",
    "decision_number": "21/QĐ-TTr",
    "ground": "Thanh tra đột xuất",
    "until_on": "31/12/2027",
}


async def test_sec_20_the_list_names_what_is_kept_by_which_decision_and_until_when(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    page = (await visitor.get(LIST)).text
    named = (
        "H42.101-261120-0001",
        "21/QĐ-TTr",
        "31/12/2027",
        "Chờ xác nhận, đã giữ",
        f"{LIST}/hold-1/xac-nhan",
    )
    assert all(one in page for one in (*named, NEW, "Phạm Văn Hùng"))
    auditor = await browse().sign_in("auditor")
    assert NEW not in (await auditor.get(LIST)).text


async def test_sec_20_a_proposal_needs_every_answer_and_a_day(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    empty = await visitor.post(NEW, NEW, {**TYPED, "ground": ""})
    assert (empty.status_code, "Ghi lý do" in empty.text, "21/QĐ-TTr" in empty.text) == (422, True, True)
    assert "Ghi ngày như" in (await visitor.post(NEW, NEW, {**TYPED, "until_on": "mai"})).text
    visitor.fake.answers["POST /api/identity/holds"] = problem(404, "account-unknown", "Không có tài khoản.")
    assert "Không có tài khoản." in (await visitor.post(NEW, NEW, TYPED)).text
    visitor.fake.answers["POST /api/identity/holds"] = {}
    done = await visitor.post(NEW, NEW, TYPED)
    assert (done.status_code, done.headers["location"]) == (303, LIST)


@pytest.mark.parametrize("deed", ["xac-nhan", "khong-xac-nhan"])
async def test_sec_20_the_second_person_reads_the_decision_and_judges(browse: Browse, deed: str) -> None:
    visitor = await browse().sign_in("province_leader")
    path = f"{LIST}/hold-1/{deed}"
    assert "Thanh tra đột xuất" in (await visitor.get(path)).text
    assert (await visitor.post(path, path)).status_code == 303
    refused = problem(409, "hold-decided", "Việc giữ lại này đã được quyết định.")
    deeds = {"xac-nhan": "confirmation", "khong-xac-nhan": "refusal"}
    visitor.fake.answers[f"POST /api/identity/holds/hold-1/{deeds[deed]}"] = refused
    assert "đã được quyết định" in (await visitor.post(path, path)).text


async def test_sec_20_letting_go_needs_a_decision_and_a_ground(browse: Browse) -> None:
    visitor = await browse().sign_in("province_office")
    path = f"{LIST}/hold-2/thoi-giu"
    asked = await visitor.post(path, path, {"decision_number": "", "ground": "Kết thúc thanh tra"})
    assert "Nhập số quyết định" in asked.text
    told = {"decision_number": "30/QĐ-TTr", "ground": "Kết thúc thanh tra"}
    assert (await visitor.post(path, path, told)).status_code == 303
    assert (await visitor.get(f"{LIST}/hold-1/thoi-giu")).status_code == 303
