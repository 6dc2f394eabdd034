"""The pages of settling at once: the administrator enters the decision, the desk officer settles by it."""

from collections.abc import Callable

import pytest
from portal_stage.fakes import problem
from portal_stage.samples import CODE, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK, INTAKE = f"/can-bo/tiep-nhan/{CODE}", f"/api/intake/dossiers/{CODE}"
SETTLE = f"{DESK}/giai-quyet-ngay"
LIST = "/can-bo/quan-tri/can-bo/o-7/uy-quyen"
API = "/api/identity/officers/o-7/authorisations"
STATED = "POST /api/identity/me/desk-statements"
TYPED = {
    "decision_number": "12/QĐ-UBND",
    "procedures": "1.001193\n1.001193",
    "from_on": "01/12/2026",
    "until_on": "30/11/2027",
}


async def test_r_int_13_who_is_authorised_is_offered_to_settle_and_says_what_was_handed_over(
    browse: Browse,
) -> None:
    officer = await browse().sign_in("desk_officer")
    assert f'href="{SETTLE}"' in (await officer.get(f"{DESK}/nhan")).text
    empty = await officer.post(SETTLE, SETTLE, {"version": "3", "result": ""})
    assert (empty.status_code, "Ghi kết quả đã trao" in empty.text) == (422, True)
    done = await officer.post(SETTLE, SETTLE, {"version": "3", "result": "Bản sao số 15", "receipt": "true"})
    assert (done.status_code, done.headers["location"]) == (303, DESK)
    assert officer.fake.calls("POST", f"{INTAKE}/settlement")[0].body == {
        "version": 3,
        "result": "Bản sao số 15",
        "receipt": True,
        "statement": "stated",
    }


async def test_r_int_15_who_is_not_authorised_is_offered_nothing_and_told_why(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    officer.fake.answers[STATED] = {"statement": None}
    assert SETTLE not in (await officer.get(f"{DESK}/nhan")).text
    page = (await officer.get(SETTLE)).text
    assert ("chưa được phân công, ủy quyền" in page, f'action="{SETTLE}"' in page) == (True, False)
    officer.fake.answers[STATED] = {"statement": "stated"}
    officer.fake.answers[f"POST {INTAKE}/settlement"] = problem(
        403, "not-authorised-to-settle", "Ủy quyền đã bị rút."
    )
    refused = await officer.post(SETTLE, SETTLE, {"version": "3", "result": "Bản sao số 15"})
    assert (refused.status_code, "Ủy quyền đã bị rút." in refused.text) == (422, True)
    obstacles = [{"code": "a", "message": "Còn thiếu."}]
    officer.fake.answers[f"GET {INTAKE}/acceptance"] = sample("outlook", obstacles=obstacles)
    assert "<li>Còn thiếu.</li>" in (await officer.get(SETTLE)).text


async def test_r_int_15_the_administrator_enters_number_procedures_and_period(browse: Browse) -> None:
    admin = await browse().sign_in("agency_admin")
    page = (await admin.get(LIST)).text
    for words in (
        "12/QĐ-UBND",
        "1.001193",
        "31/10/2027",
        "Có hiệu lực",
        "Chuyển công tác",
        f"{LIST}/a-1/rut",
    ):
        assert words in page
    done = await admin.post(f"{LIST}/moi", f"{LIST}/moi", TYPED)
    assert (done.status_code, done.headers["location"]) == (303, LIST)
    assert admin.fake.calls("POST", API)[0].body == {
        "decision_number": "12/QĐ-UBND",
        "procedures": ["1.001193"],
        "from_on": "2026-12-01",
        "until_on": "2027-11-30",
    }


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"decision_number": ""}, "Nhập số quyết định"),
        ({"until_on": "mai"}, "Ghi ngày như 31/12/2026"),
        ({"procedures": "9.999999"}, "Không có thủ tục mang mã 9.999999"),
    ],
)
async def test_r_int_15_a_decision_that_says_too_little_is_refused(browse: Browse, changed, words) -> None:
    admin = await browse().sign_in("agency_admin")
    admin.fake.answers["GET /api/catalog/procedures/9.999999"] = problem(404, "not-found", "Không có.")
    answer = await admin.post(f"{LIST}/moi", f"{LIST}/moi", {**TYPED, **changed})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert admin.fake.calls("POST", API) == []


async def test_r_int_15_withdrawing_needs_a_reason(browse: Browse) -> None:
    admin = await browse().sign_in("agency_admin")
    path = f"{LIST}/a-1/rut"
    assert "Ghi lý do" in (await admin.post(path, path, {"reason": ""})).text
    done = await admin.post(path, path, {"reason": "Chuyển công tác từ tuần sau"})
    assert (done.status_code, done.headers["location"]) == (303, LIST)
    assert (await admin.get(f"{LIST}/a-2/rut")).headers["location"] == LIST
