"""The page of the access log: all services side by side, a purpose each time, no person in an address."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import pytest_asyncio
from audit import audit_router, writing_down
from audit.lines import Deed
from common.api import create_service_app
from identity.models.access import Action
from playwright.sync_api import Browser
from portal.domain.access_search import ACCOUNT_DEEDS, DEEDS, LOGS, begin_of, end_of
from portal.domain.days import day_said
from portal_stage.browsing import faults
from portal_stage.fakes import FakeServices, problem
from portal_stage.logged import LINE, MARK, OFFICER, PART, page
from portal_stage.samples import officer as signed_in
from portal_stage.site import Visitor, running
from portal_stage.world import services
from regulation.roles import OFFICER_ROLES, Right, rights_of
from suite.testing import FreshDatabase, officer, token, verifier

Browse = Callable[..., Visitor]
PAGE, CSV = "/can-bo/nhat-ky-truy-cap", "/can-bo/nhat-ky-truy-cap/tai-ve"
NAV = f'href="{PAGE}"'
WHY = "Kiểm tra theo QĐ 12"
NUMBER = "037090001234"
CONTRACTS = Path(__file__).parents[3] / "contracts" / "openapi"


@pytest_asyncio.fixture
async def inspector(browse: Browse) -> Visitor:
    return await browse().sign_in("auditor")


def asked(visitor: Visitor, service: str) -> dict[str, str]:
    """Give what a service was asked for last."""
    return visitor.fake.calls("GET", f"/api/{service}/access-lines")[-1].query


def searched(visitor: Visitor) -> int:
    """Count the searches that reached a log."""
    return sum(one.path.endswith("/access-lines") for one in visitor.fake.asked)


def test_every_service_with_a_log_is_asked() -> None:
    held = {file.stem for file in CONTRACTS.glob("*.json") if "/access-lines" in file.read_text("utf-8")}
    assert held == set(LOGS)


def test_whatever_happens_to_an_account_has_words() -> None:
    assert [action for action in Action if action not in ACCOUNT_DEEDS] == []
    assert {deed: Deed(deed).said("vi") for deed in DEEDS} == DEEDS


def test_days_are_those_of_the_calendar_and_last_until_midnight_here() -> None:
    first, last = day_said("01/11/2026"), day_said("31/12/2199")
    assert first is not None
    assert last is not None
    assert (begin_of(first), end_of(first)) == ("2026-10-31T17:00:00+00:00", "2026-11-01T17:00:00+00:00")
    assert end_of(last) == "2199-12-31T17:00:00+00:00"
    earliest = day_said("01/01/1900")
    assert earliest is not None
    assert begin_of(earliest) == ""
    assert [day_said(wrong) for wrong in ("31/12/1899", "01/01/2200", "mai", "2026-11-01")] == [None] * 4


async def test_sec_22_only_who_has_the_right_finds_and_opens_it(browse: Browse) -> None:
    for role in OFFICER_ROLES:
        visitor = await browse().sign_in(role)
        may = Right.READ_ACCESS_LOG in rights_of([role])
        shown, start = await visitor.get(PAGE), await visitor.get("/can-bo")
        assert (shown.status_code, NAV in start.text) == ((200, True) if may else (403, False)), role
    visitor = await browse().sign_in("operator")
    posted = await visitor.post("/can-bo", PAGE, {"purpose": WHY})
    assert (posted.status_code, searched(visitor)) == (403, 0)
    assert (await visitor.post("/can-bo", CSV, {"purpose": WHY, "where": "intake"})).status_code == 403


async def test_sec_22_a_person_is_searched_in_every_log_and_stands_in_no_address(inspector: Visitor) -> None:
    typed = {
        "purpose": WHY,
        "person": NUMBER,
        "since": "01/11/2026",
        "until": "30/11/2026",
        "not_done": "true",
    }
    found = await inspector.post(PAGE, PAGE, {**typed, "deed": "look_up", "names": "true"})
    assert found.status_code == 200
    wish = {
        "purpose": WHY,
        "person": NUMBER,
        "deed": "look_up",
        "outcome": "refused",
        "since": "2026-10-31T17:00:00+00:00",
        "until": "2026-11-30T17:00:00+00:00",
        "limit": "25",
    }
    assert [asked(inspector, one) for one in LOGS] == [wish] * len(LOGS)
    addresses = re.findall(r'(?:href|action|formaction)="([^"]*)"', found.text)
    assert [one for one in addresses if NUMBER in one] == []
    assert (found.request.url.path, found.request.url.query) == (PAGE, b"")
    assert f'id="person" name="person" type="text" spellcheck="false" value="{NUMBER}"' in found.text


async def test_sec_22_who_when_what_why_and_the_outcome_stand_in_words(inspector: Visitor) -> None:
    shown = (await inspector.post(PAGE, PAGE, {"purpose": WHY, "names": "true"})).text
    told = (
        "09:05:09 27/11/2026",
        "Phạm Văn Hùng",
        "Công chức chuyên môn, Lãnh đạo ký",
        "UBND phường Hoa Lư",
        "Tra cứu, xem danh sách",
        f"từ tìm: {MARK}; list: to_check",
        "Xác minh theo giấy mời",
        "Đã thực hiện",
        "Bị từ chối (403)",
        "Tạm khóa đăng nhập vì sai nhiều lần",
        "10.1.2.3",
        "60 dòng",
        "Không có dòng nào ở: Danh mục thủ tục;",
    )
    assert ([one for one in told if one not in shown], shown.count(PART)) == ([], 1)
    unnamed = (await inspector.post(PAGE, PAGE, {"purpose": WHY})).text
    assert ("Phạm Văn Hùng" in unnamed, OFFICER in unnamed) == (False, True)


async def test_sec_22_what_is_typed_wrong_is_told_at_its_field_and_kept(inspector: Visitor) -> None:
    typed = {"purpose": " ", "person": "Nguyễn Thị Ánh", "since": "mai", "until": "01/01/2200"}
    answer = await inspector.post(PAGE, PAGE, typed)
    assert answer.status_code == 422
    assert all(f'href="#{name}"' in answer.text for name in ("purpose", "since", "until"))
    assert all(f'value="{one}"' in answer.text for one in ("Nguyễn Thị Ánh", "mai", "01/01/2200"))
    turned = {"purpose": WHY, "since": "02/11/2026", "until": "01/11/2026"}
    assert 'href="#until"' in (await inspector.post(PAGE, PAGE, turned)).text
    assert searched(inspector) == 0
    long = problem(
        422, "invalid", "Sai.", [{"field": "query.subject", "rule": "length", "message": "Quá dài."}]
    )
    inspector.fake.answers["GET /api/qa/access-lines"] = long
    assert 'href="#subject">Quá dài.' in (await inspector.post(PAGE, PAGE, {"purpose": WHY})).text


async def test_sec_22_an_officer_is_meant_by_name_and_several_are_told_apart(inspector: Visitor) -> None:
    await inspector.post(PAGE, PAGE, {"purpose": WHY, "actor": "chuyenvien.hoalu"})
    assert asked(inspector, "qa")["actor"] == "o-7"
    await inspector.post(PAGE, PAGE, {"purpose": WHY, "actor": OFFICER.upper()})
    assert asked(inspector, "qa")["actor"] == OFFICER
    key = "GET /api/identity/officers"
    one = inspector.fake.answers[key]["items"][0]
    inspector.fake.answers[key]["items"] = [one, {**one, "login": "hung2.hoalu"}]
    before = searched(inspector)
    answer = await inspector.post(PAGE, PAGE, {"purpose": WHY, "actor": "Phạm Văn Hùng"})
    assert 'href="#actor">Có 2 cán bộ như vậy; ghi tên đăng nhập: chuyenvien.hoalu, hung2' in answer.text
    inspector.fake.answers[key]["items"] = []
    assert 'href="#actor"' in (await inspector.post(PAGE, PAGE, {"purpose": WHY, "actor": "ai đó"})).text
    assert searched(inspector) == before


async def test_sec_22_a_service_that_cannot_answer_is_named_and_the_others_are_shown(
    inspector: Visitor,
) -> None:
    inspector.fake.answers["GET /api/notify/access-lines"] = problem(503, "unavailable", "Bận.")
    inspector.fake.answers["GET /api/stats/access-lines"] = problem(429, "too-many-requests", "Chậm lại.")
    shown = await inspector.post(PAGE, PAGE, {"purpose": WHY})
    assert shown.status_code == 200
    assert "Chưa hỏi được: Gửi thông báo; Số liệu thống kê." in shown.text
    assert "Tiếp nhận, trả kết quả: 60 dòng" in shown.text
    inspector.fake.answers["GET /api/stats/access-lines"] = problem(
        403, "second-factor-required", "Xác thực."
    )
    again = await inspector.post(PAGE, PAGE, {"purpose": WHY})
    assert again.headers["location"].startswith("/can-bo/xac-thuc")


async def test_sec_22_older_lines_and_the_export_ask_for_what_was_searched(inspector: Visitor) -> None:
    shown = (await inspector.post(PAGE, PAGE, {"purpose": WHY, "person": NUMBER})).text
    assert shown.count('name="cursor" value="older"') == 1
    carried = {"purpose": WHY, "person": NUMBER, "where": "intake"}
    before = searched(inspector)
    older = await inspector.post(PAGE, PAGE, {**carried, "cursor": "older"})
    assert (searched(inspector) - before, asked(inspector, "intake")["cursor"]) == (1, "older")
    assert "các dòng cũ hơn" in older.text
    taken = await inspector.post(PAGE, CSV, carried)
    assert (taken.text, taken.headers["content-disposition"]) == (
        "seq;at\nintake;1\n",
        "attachment; filename*=UTF-8''intake-access-lines-agency.csv",
    )
    [export] = inspector.fake.calls("GET", "/api/intake/access-lines.csv")
    assert export.query == {"purpose": WHY, "person": NUMBER}
    nowhere = await inspector.post(PAGE, CSV, {**carried, "where": "../identity"})
    assert (nowhere.status_code, 'href="#where"' in nowhere.text) == (422, True)


async def test_sec_22_where_nothing_is_found_the_page_says_so(inspector: Visitor) -> None:
    for service in LOGS:
        inspector.fake.answers[f"GET /api/{service}/access-lines"] = page()
    shown = (await inspector.post(PAGE, PAGE, {"purpose": WHY, "person": "x"})).text
    assert ("Không có dòng nào như vậy trong phạm vi của bạn" in shown, "<table" in shown) == (True, False)
    assert "Nhiều người hợp với từ tìm này" not in shown
    inspector.fake.answers["GET /api/intake/access-lines"] = page(more_meant=True)
    assert (
        "Nhiều người hợp với từ tìm này"
        in (await inspector.post(PAGE, PAGE, {"purpose": WHY, "person": "x"})).text
    )


class WithARealLog(FakeServices):
    """A province in which the log of notices is a real one."""

    async def __call__(self, scope, receive, send) -> None:
        real = scope["path"].startswith("/api/notify/access-lines")
        await (self.log if real else super().__call__)(scope, receive, send)


async def test_sec_22_reading_the_log_is_a_line_of_it_and_what_it_masks_stays_masked(
    browse: Browse, fresh_database: FreshDatabase
) -> None:
    database = await fresh_database("notify")
    log = create_service_app(
        name="notify", database=database, verifier=verifier(), routers=[audit_router("notify")]
    )
    writing_down(log, database)
    fake = WithARealLog(services().answers)
    fake.log = log
    visitor = browse(fake)
    who = officer("auditor", agency="H42", scope="province", subject=OFFICER)
    fake.answers["POST /api/identity/sessions"] = {
        **signed_in(OFFICER, "auditor"),
        "access_token": token(who),
    }
    form = {"login": "a", "password": "b"}
    assert (await visitor.post("/can-bo/dang-nhap", "/can-bo/dang-nhap", form)).status_code == 303
    typed = {"purpose": WHY, "person": NUMBER, "where": "notify", "names": "true"}
    await visitor.post(PAGE, PAGE, typed)
    shown = await visitor.post(PAGE, PAGE, {**typed, "person": ""})
    assert all(
        one in shown.text for one in ("Phạm Văn Hùng", "Thanh tra, kiểm tra", WHY, "người được tìm: ~")
    )
    assert NUMBER not in shown.text
    rows = await (await database.pool()).fetch("select actor, deed, purpose from audit_line order by seq")
    assert [tuple(row) for row in rows] == [(OFFICER, "look_up", WHY)] * 2


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_sec_22_an_inspector_on_a_phone_searches_and_takes_out(chromium: Browser, scripts: bool) -> None:
    fake = services()
    fake.answers["GET /api/qa/access-lines"] = page({**LINE, "details": "~" * 300, "purpose": "x" * 300})
    fake.answers["POST /api/identity/sessions"] = signed_in(OFFICER, "auditor")
    with running(fake) as where:
        viewport = {"width": 360, "height": 740}
        context = chromium.new_context(viewport=viewport, java_script_enabled=scripts)
        seen = context.new_page()
        seen.goto(f"{where}/can-bo/dang-nhap")
        seen.fill("#login", "a")
        seen.fill("#password", "b")
        seen.click("main button.govuk-button")
        seen.locator("nav.mc-nav").get_by_role("link", name="Nhật ký truy cập").click()
        seen.fill("#purpose", WHY)
        seen.fill("#person", NUMBER)
        seen.get_by_role("button", name="Tìm", exact=True).click()
        seen.locator("#log-qa").wait_for()
        assert NUMBER not in seen.url
        if scripts:
            assert faults(seen) == []
            wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert seen.evaluate(wide) == 0
        with seen.expect_download() as taken:
            part = seen.locator("section", has=seen.locator("#log-qa"))
            part.get_by_role("button", name="Xuất tất cả").click()
        assert Path(taken.value.path()).read_text() == "seq;at\nqa;1\n"
        context.close()
