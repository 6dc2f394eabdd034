"""Who came in, how to report misuse, the one button that ends everything, and how to report what does not work."""

from collections.abc import Callable

import pytest
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
LOG, LOST, REPORTS = "/tai-khoan/lich-su-truy-cap", "/tai-khoan/mat-kiem-soat", "/bao-su-co"


@pytest.mark.parametrize(("home", "roles"), [("", ()), ("/can-bo", ("specialist",))])
async def test_r_acc_23_the_account_shows_who_came_in_with_which_device_and_how_to_report_misuse(
    browse: Browse, home: str, roles: tuple[str, ...]
) -> None:
    visitor = await browse().sign_in(*roles)
    front = (await visitor.get("/can-bo" if home else "/tai-khoan")).text
    assert [f'href="{home}{one}"' in front for one in (LOG, LOST)] == [True, True]
    page = (await visitor.get(home + LOG)).text
    assert f'href="{home}{LOST}"' in page
    where = {"address": "203.0.113.7", "device": "phone", "system": "Android", "browser": "Chrome"}
    line = {"at": "2026-11-20T01:00:00Z", "action": "signed_in", **where}
    visitor.fake.answers["GET /api/identity/me/access-log"] = {"items": [line], "total": 1, "next": None}
    page = (await visitor.get(home + LOG)).text
    assert all(words in page for words in ("203.0.113.7", "Điện thoại", "Android · Chrome", "Đăng nhập"))


@pytest.mark.parametrize(
    ("home", "roles", "place"),
    [("", (), "/quen-mat-khau"), ("/can-bo", ("specialist",), "/can-bo/dang-nhap")],
)
async def test_r_acc_15_one_button_ends_everything_and_leads_to_the_way_back(
    browse: Browse, home: str, roles: tuple[str, ...], place: str
) -> None:
    visitor = await browse().sign_in(*roles)
    page = (await visitor.get(home + LOST)).text
    assert page.count("<form") >= 1
    assert 'type="password"' not in page
    done = await visitor.post(home + LOST, home + LOST, {})
    assert (done.status_code, done.headers["location"]) == (303, place)
    assert len(visitor.fake.calls("POST", "/api/identity/me/control-lost")) == 1
    assert (await visitor.get(home + LOG)).status_code == 303


@pytest.mark.parametrize(("path", "one_place"), [("/dang-nhap", False), ("/can-bo/dang-nhap", True)])
async def test_r_acc_16_the_sign_in_page_states_the_ban_on_sharing(
    browse: Browse, path: str, one_place: bool
) -> None:
    page = (await browse().get(path)).text
    assert "Không đưa mật khẩu cho người khác và không dùng mật khẩu của người khác." in page
    assert ("Mỗi tài khoản cán bộ chỉ dùng ở một nơi" in page) is one_place


@pytest.mark.parametrize(("home", "roles"), [("", ()), ("/can-bo", ("specialist",))])
async def test_r_ops_05_a_report_is_sent_and_its_number_and_answer_are_shown(
    browse: Browse, home: str, roles: tuple[str, ...]
) -> None:
    visitor = await browse().sign_in(*roles)
    page = (await visitor.get(home + REPORTS)).text
    assert all(words in page for words in ("BSC-2026-0001", "Đã sửa lúc 9 giờ.", "/lien-he"))
    body = {"part": "payment", "what": "Không mở được", "urgent": "true"}
    done = await visitor.post(home + REPORTS, home + REPORTS, body)
    assert (done.status_code, done.headers["location"]) == (303, home + REPORTS)
    assert "BSC-2026-0001" in (await visitor.get(home + REPORTS)).text


async def test_r_ops_05_who_is_not_signed_in_is_led_to_the_published_address(browse: Browse) -> None:
    page = (await browse().get("/trang-thai")).text
    assert "Nơi báo sự cố" in page
    signed_in = await browse().sign_in()
    assert f'href="{REPORTS}"' in (await signed_in.get("/trang-thai")).text
