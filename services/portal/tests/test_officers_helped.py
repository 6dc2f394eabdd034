"""The administrator's pages: find an officer, see how the account stands, help where somebody cannot get in."""

from collections.abc import Callable

import pytest
import pytest_asyncio
from portal_stage.fakes import problem
from portal_stage.site import Visitor

LIST = "/can-bo/quan-tri/can-bo"
ONE = f"{LIST}/o-7"
API = "/api/identity/officers/o-7"
REASON = "Quên mật khẩu, đã gặp trực tiếp"
DEEDS = {"mat-khau": "first-password", "xac-thuc": "factor-clearing", "mo-khoa": "unlocking"}


@pytest_asyncio.fixture
async def admin(browse: Callable[..., Visitor]) -> Visitor:
    return await browse().sign_in("agency_admin")


async def test_officers_are_searched_page_by_page_and_no_name_stands_in_an_address(admin: Visitor) -> None:
    shown = await admin.get(LIST)
    assert "Phạm Văn Hùng" in shown.text
    assert f'href="{ONE}"' in shown.text
    found = await admin.post(LIST, f"{LIST}/tim", {"q": "hùng", "muc": ""})
    assert "h%C3%B9ng" not in found.headers["location"]
    answer = admin.fake.answers["GET /api/identity/officers"]
    admin.fake.answers["GET /api/identity/officers"] = {**answer, "total": 60, "next": "25"}
    listed = await admin.get(found.headers["location"])
    assert "cursor=25" in listed.text
    assert admin.fake.calls("GET", "/api/identity/officers")[-1].query == {"q": "hùng", "limit": "25"}


async def test_the_list_names_units_and_where_there_are_several_the_agency(admin: Visitor) -> None:
    key = "GET /api/identity/officers"
    row = admin.fake.answers[key]["items"][0]
    agencies = admin.fake.answers["GET /api/catalog/agencies"]
    here = {**agencies["items"][0], "code": "H42.101", "name": "UBND phường Hoa Lư"}
    there = {**here, "code": "H42.102", "name": "UBND xã Gia Viễn"}
    here["units"] = [{"id": row["unit"], "name": "Bộ phận Một cửa", "name_en": "Desk"}]
    there["units"] = [{"id": row["unit"], "name": "Bộ phận tiếp nhận", "name_en": "Reception"}]
    admin.fake.answers["GET /api/catalog/agencies"] = {**agencies, "items": [here, there]}
    mine = {**row, "agency": "H42.101"}
    admin.fake.answers[key] = {**admin.fake.answers[key], "items": [mine]}
    page = (await admin.get(LIST)).text
    assert ("Bộ phận Một cửa" in page, ">Cơ quan<" in page) == (True, False)
    admin.fake.answers[key] = {**admin.fake.answers[key], "items": [mine, {**row, "agency": "H42.102"}]}
    page = (await admin.get(LIST)).text
    for said in ("Bộ phận Một cửa", "Bộ phận tiếp nhận", ">Cơ quan<", "UBND xã Gia Viễn"):
        assert said in page
    assert f">{row['unit']}<" not in page
    assert admin.fake.calls("GET", "/api/catalog/agencies")[-1].query == {"units": "true"}


async def test_an_officer_shows_what_may_be_done_and_nothing_else(admin: Visitor) -> None:
    shown = await admin.get(ONE)
    assert all(f'href="{ONE}/{deed}"' in shown.text for deed in DEEDS)
    assert "đang bị khóa" in shown.text
    standing = admin.fake.answers[f"GET {API}/standing"]
    admin.fake.answers[f"GET {API}/standing"] = {**standing, "actions": ["unlocking"]}
    shown = await admin.get(ONE)
    assert [deed for deed in DEEDS if f'href="{ONE}/{deed}"' in shown.text] == ["mo-khoa"]


async def test_s17_the_password_is_shown_once_and_kept_nowhere(admin: Visitor) -> None:
    given = await admin.post(f"{ONE}/mat-khau", f"{ONE}/mat-khau", {"version": "4", "reason": REASON})
    assert "mHt7Kw3pRz9dQa" in given.text
    assert given.headers["cache-control"] == "no-store"
    assert admin.fake.calls("POST", f"{API}/first-password")[0].body == {"version": 4, "reason": REASON}
    assert "mHt7Kw3pRz9dQa" not in (await admin.get(ONE)).text


@pytest.mark.parametrize(
    ("delivered", "words"), [(True, "hộp thư của người này"), (False, "Chưa gửi được thư")]
)
async def test_s7_a_signers_password_is_not_shown(admin: Visitor, delivered: bool, words: str) -> None:
    key = f"POST {API}/first-password"
    admin.fake.answers[key] = {**admin.fake.answers[key], "password": None, "delivered": delivered}
    given = await admin.post(f"{ONE}/mat-khau", f"{ONE}/mat-khau", {"version": "4", "reason": REASON})
    assert words in given.text
    assert "<code>" not in given.text


@pytest.mark.parametrize("deed", ["xac-thuc", "mo-khoa"])
async def test_each_help_asks_why_and_comes_back_to_the_officer(admin: Visitor, deed: str) -> None:
    empty = await admin.post(f"{ONE}/{deed}", f"{ONE}/{deed}", {"reason": " "})
    assert (empty.status_code, "Ghi lý do" in empty.text) == (422, True)
    assert not admin.fake.calls("POST", f"{API}/{DEEDS[deed]}")
    done = await admin.post(f"{ONE}/{deed}", f"{ONE}/{deed}", {"reason": REASON})
    assert (done.status_code, done.headers["location"]) == (303, ONE)
    assert admin.fake.calls("POST", f"{API}/{DEEDS[deed]}")[0].body == {"reason": REASON}


async def test_s12_helping_asks_for_the_second_factor_first_and_a_refusal_is_told(admin: Visitor) -> None:
    page = f"{ONE}/mo-khoa"
    admin.fake.answers[f"POST {API}/unlocking"] = problem(403, "step-up-required", "Hãy xác thực lại.")
    led = await admin.post(page, page, {"reason": REASON})
    assert led.headers["location"] == f"/can-bo/xac-thuc?tiep={page}"
    admin.fake.answers[f"POST {API}/unlocking"] = problem(
        403, "second-person-needed", "Phải do người khác làm."
    )
    told = await admin.post(page, page, {"reason": REASON})
    assert (told.status_code, "Phải do người khác làm." in told.text) == (422, True)
    assert REASON in told.text


async def test_only_who_grants_rights_is_led_there(browse: Callable[..., Visitor]) -> None:
    for role, led in (("agency_admin", True), ("specialist", False)):
        visitor = await browse().sign_in(role)
        assert (f'href="{LIST}"' in (await visitor.get("/can-bo")).text) is led
