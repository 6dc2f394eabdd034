"""What holds for every page: safe headers, safe forms, safe redirects, and a kind word when something fails."""

import re
import zlib
from collections.abc import Callable

import pytest
from portal_stage.fakes import FakeServices, problem
from portal_stage.samples import CODE, DRAFT, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]


async def test_no_page_lets_foreign_or_inline_code_run(browse: Browse) -> None:
    answer = await browse().get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_personal_page_is_never_kept_by_a_browser(browse: Browse) -> None:
    citizen = await browse().sign_in()
    answer = await citizen.get("/ho-so-cua-toi")
    assert answer.headers["cache-control"] == "no-store"


async def test_the_session_cookie_is_sealed_and_out_of_reach_of_scripts(browse: Browse) -> None:
    citizen = browse()
    citizen.fake.answers["POST /api/identity/sessions"] = FakeTokens
    answer = await citizen.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "access-1" not in cookie
    assert "Nguy" not in cookie


FakeTokens = {
    "access_token": "access-1",
    "expires_in": 900,
    "refresh_token": "r",
    "session_id": "s-1",
    "idle_seconds": 1800,
    "ends_at": "2099-01-01T00:00:00Z",
    "owes": "",
    "change_due": "off",
    "statements_due": False,
    "must_change_password": False,
    "account": {
        "id": "c-1",
        "kind": "citizen",
        "display_name": "Nguyễn",
        "roles": ["citizen"],
        "rights": [],
        "agency": None,
        "unit": None,
        "scope": "own",
    },
}


async def test_over_tls_the_cookie_is_secure_and_the_browser_is_told_to_stay(browse: Browse) -> None:
    answer = await browse(public_url="https://portal.test").get("/dang-nhap")
    cookie = answer.headers["set-cookie"]
    assert "; Secure" in cookie
    assert cookie.startswith("__Host-motcua=")
    assert "domain" not in cookie.lower()
    assert "max-age=31536000; includeSubDomains" in answer.headers["strict-transport-security"]


@pytest.mark.parametrize(("name", "believed"), [("__Host-motcua", True), ("motcua", False)])
async def test_over_tls_a_cookie_that_another_host_could_have_set_is_nobodys(
    browse: Browse, name: str, believed: bool
) -> None:
    shown = await browse(public_url="https://portal.test").get("/dang-nhap")
    sealed = re.search(r"__Host-motcua=([^;]+)", shown.headers["set-cookie"])
    token = re.search(r'name="form_token" value="([^"]+)"', shown.text)
    assert sealed
    assert token
    fields = {"form_token": token[1], "login": "a", "password": "b"}
    visitor = browse(public_url="https://portal.test")
    answer = await visitor.client.post("/dang-nhap", data=fields, headers={"cookie": f"{name}={sealed[1]}"})
    assert (answer.status_code != 403) == believed


@pytest.mark.parametrize("token", ["", "0" * 48, "a" * 16 + "é" * 32, "é" * 16 + "0" * 32])
async def test_a_form_without_its_token_is_refused(browse: Browse, token: str) -> None:
    citizen = await browse().sign_in()
    answer = await citizen.client.post(f"/ban-nhap/{DRAFT}/xoa", data={"form_token": token})
    assert answer.status_code == 403
    assert citizen.fake.calls("DELETE", f"/api/intake/drafts/{DRAFT}") == []


async def test_a_form_sent_from_another_site_is_refused(browse: Browse) -> None:
    citizen = await browse().sign_in()
    headers = {"sec-fetch-site": "cross-site"}
    answer = await citizen.post(f"/ban-nhap/{DRAFT}", f"/ban-nhap/{DRAFT}/xoa", headers=headers)
    assert answer.status_code == 403


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/can-bo"])
async def test_sign_in_never_leads_away_from_the_site(browse: Browse, target: str) -> None:
    citizen = browse()
    fields = {"login": "a", "password": "b", "tiep": target}
    assert (await citizen.post("/dang-nhap", "/dang-nhap", fields)).headers["location"] == "/"


async def test_a_service_learns_the_language_the_token_and_the_true_address(browse: Browse) -> None:
    citizen = await browse().sign_in()
    await citizen.get("/en/ho-so-cua-toi", **{"x-forwarded-for": "10.9.9.9, 203.0.113.7"})
    asked = citizen.fake.calls("GET", "/api/intake/dossiers")[0].headers
    assert asked["accept-language"].startswith("en")
    assert asked["authorization"] == "Bearer access-1"
    assert asked["x-forwarded-for"] == "203.0.113.7"


async def test_tokens_about_to_end_are_renewed_once(browse: Browse) -> None:
    citizen = browse()
    citizen.fake.answers["POST /api/identity/sessions"] = {**FakeTokens, "expires_in": 30}
    await citizen.post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b"})
    await citizen.get("/tai-khoan")
    await citizen.get("/tai-khoan")
    assert len(citizen.fake.calls("POST", "/api/identity/sessions/refresh")) == 1


@pytest.mark.parametrize(
    ("status", "vi", "en"),
    [
        (403, "Bạn không có quyền xem trang này", "You may not see this page"),
        (404, "Không tìm thấy trang", "Page not found"),
        (429, "Bạn thao tác quá nhanh", "Too many requests"),
        (422, "Chưa thực hiện được", "This could not be done"),
        (500, "Dịch vụ tạm thời gián đoạn", "The service is interrupted"),
    ],
)
async def test_each_failure_has_its_page_in_both_languages(
    browse: Browse, status: int, vi: str, en: str
) -> None:
    for prefix, words in (("", vi), ("/en", en)):
        citizen = await browse().sign_in()
        citizen.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = problem(status, "x", "x")
        answer = await citizen.get(f"{prefix}/ho-so-cua-toi/{CODE}")
        assert answer.status_code == (503 if status == 500 else status)
        assert f'<h1 class="govuk-heading-l">{words}</h1>' in answer.text
        code = "Incident code" if prefix else "Mã tra cứu sự cố"
        assert re.search(rf"{code}: <code>[0-9a-f-]{{32,36}}</code>", answer.text)


async def test_an_unforeseen_failure_shows_nothing_of_itself(browse: Browse) -> None:
    citizen = await browse(FakeServices({})).get("/thu-tuc/1.001193")
    assert citizen.status_code == 404
    broken = browse()
    broken.fake.answers["GET /api/catalog/procedures/1.001193"] = ["secret"]
    answer = await broken.get("/thu-tuc/1.001193")
    assert answer.status_code == 500
    assert "Có lỗi ở phía chúng tôi" in answer.text
    assert "secret" not in answer.text


async def test_an_unknown_and_a_malformed_code_look_the_same(browse: Browse) -> None:
    visitor = browse()
    pages = [await visitor.get(f"/tra-cuu/{code}") for code in ("H42.101-261121-9999", "khong-phai-ma")]
    assert {page.status_code for page in pages} == {404}
    assert all("Không tìm thấy hồ sơ với mã" in page.text for page in pages)


async def test_r_res_07_a_paper_that_counts_no_more_is_said_to_be_replaced_and_leads_to_the_new_one(
    browse: Browse,
) -> None:
    visitor = browse()
    said = "Văn bản này đã được thay thế bằng văn bản mang mã xác minh V-2 ngày 07/12/2026."
    ended = {"valid": False, "revoked_at": "2026-12-07T01:00:00Z", "replaced_by": "V-2"}
    path = "GET /api/intake/verifications/V-1"
    visitor.fake.answers[path] = sample("verified", **ended, revocation_sentence=said)
    page = (await visitor.get("/xac-minh/V-1")).text
    assert said in page
    assert 'href="/xac-minh/V-2"' in page
    assert "Chữ ký số hợp lệ" not in page


async def test_too_many_lookups_are_told_to_wait(browse: Browse) -> None:
    assert (await browse().get("/tra-cuu/LIMIT")).status_code == 429


async def test_words_an_officer_looks_for_stay_out_of_the_address(browse: Browse) -> None:
    officer = await browse().sign_in("desk_officer")
    answer = await officer.post(
        "/can-bo/tiep-nhan", "/can-bo/tiep-nhan/tim", {"q": "Nguyễn Thị Ánh", "muc": "moi"}
    )
    assert "Nguy" not in answer.headers["location"]
    await officer.get(answer.headers["location"])
    assert officer.fake.calls("GET", "/api/intake/desk/dossiers")[-1].query["q"] == "Nguyễn Thị Ánh"


async def test_only_the_periods_of_the_regulation_are_offered_in_the_statistics(browse: Browse) -> None:
    ninh_binh, thai_nguyen = browse(profile="ninh-binh"), browse(profile="thai-nguyen")
    assert '<option value="quarter"' not in (await ninh_binh.get("/thong-ke?period=quarter")).text
    assert ninh_binh.fake.calls("GET", "/api/stats/public")[0].query["period"] == "month"
    assert '<option value="quarter" selected' in (await thai_nguyen.get("/thong-ke?period=quarter")).text


async def test_a_cookie_of_one_site_is_nobody_on_the_other(browse: Browse) -> None:
    citizen = await browse().sign_in()
    sealed = citizen.client.cookies["motcua"]
    citizen.client.cookies.set("motcua_canbo", sealed)
    answer = await citizen.get("/can-bo")
    assert answer.status_code == 303
    assert "/can-bo/dang-nhap" in answer.headers["location"]


async def test_what_is_sealed_for_a_page_is_no_session_and_a_session_no_page(browse: Browse) -> None:
    citizen = await browse().sign_in()
    page = f"/ban-nhap/{DRAFT}/khai/child"
    shown = re.search(r'name="shown" value="([^"]+)"', (await citizen.get(page)).text)
    assert shown is not None
    stranger = browse()
    stranger.client.cookies.set("motcua", shown[1])
    assert (await stranger.get("/")).status_code == 200
    sealed = citizen.client.cookies["motcua"]
    answer = await citizen.post(page, page, {"shown": sealed, "child_name": "Nguyễn Minh Anh"})
    assert answer.status_code in (303, 422)
    answer = await browse().post("/dang-nhap", "/dang-nhap", {"login": "a", "password": "b", "stash": sealed})
    assert answer.status_code == 303


@pytest.mark.parametrize("agent", ["Trình duyệt".encode(), b"\xe9", b"\xff\xfe"])
async def test_a_browser_may_call_itself_what_it_likes(browse: Browse, agent: bytes) -> None:
    visitor = browse()
    answer = await visitor.client.get("/thu-tuc", headers={"User-Agent": agent})
    assert answer.status_code == 200


@pytest.mark.parametrize("number", ["²", "٣", "9" * 5000, "-1", "1e9", "x"])
async def test_an_odd_number_in_address_or_form_breaks_nothing(browse: Browse, number: str) -> None:
    answer = await browse().client.get("/thu-tuc", params={"trang": number, "q": "khai sinh"})
    assert answer.status_code == 200
    citizen = await browse().sign_in()
    answer = await citizen.post(f"/ban-nhap/{DRAFT}", f"/ban-nhap/{DRAFT}/ban-moi", {"version": number})
    assert answer.status_code < 500


@pytest.mark.parametrize("odd", ["%3Fx=1", "%23x", "%252F..%252Fdrafts", "%0Ab"])
async def test_a_part_of_an_address_stays_a_part_of_the_path(browse: Browse, odd: str) -> None:
    citizen = await browse().sign_in()
    assert (await citizen.get(f"/ho-so-cua-toi/{CODE}{odd}")).status_code == 404


async def test_a_cookie_from_before_seals_had_purposes_is_an_ended_session(browse: Browse) -> None:
    visitor = browse()
    seal = visitor.app.state.built.seal
    packed = zlib.compress(b'{"access_token": "a", "seen_at": 1, "notes": {}}')
    visitor.client.cookies.set("motcua", seal._fernet.encrypt_at_time(packed, int(seal._now())).decode())
    assert (await visitor.get("/")).status_code == 200
