"""Cookies, forms and ways back: what another site or another person could do with a browser."""

import re
from http.cookies import SimpleCookie

import httpx
import pytest
from camp.people import Browser, client, words
from camp.stage import CITIZEN, Stage
from fastapi.routing import APIRoute
from portal.api import routers
from suite.demo.actors import eventually
from suite.demo.welcome import PASSWORD

pytestmark = pytest.mark.attack
FORMS = sorted(
    {
        route.path
        for one in routers("both")
        for route in one.routes
        if isinstance(route, APIRoute) and "POST" in route.methods
    }
)
PUBLIC_FORMS = ("/dang-nhap", "/can-bo/dang-nhap", "/dang-ky", "/quen-mat-khau")
COOKIES = {"motcua", "motcua_canbo", "motcua_thietbi"}


def whose(path: str) -> str:
    """Name who would use a form of the portal."""
    if not path.startswith("/can-bo"):
        return CITIZEN
    return "motcua.hoalu" if "/tiep-nhan" in path else "lanhdao.hoalu"


def address(stage: Stage, path: str) -> str:
    known = {**stage.known, "component": "giay-chung-sinh", "attachment": stage.known["file_id"]}
    known |= {"message": stage.known["message_id"], "reset": "x", "registration": "x"}
    return re.sub(r"{(\w+)}", lambda part: known.get(part[1], "1"), path)


ELSEWHERE = {
    "no token": {},
    "a token of somebody else": {},
    "another site": {"sec-fetch-site": "cross-site"},
    "another part of this site": {"sec-fetch-site": "same-site"},
    "another origin": {"origin": "https://evil.example"},
}
"""What a browser says of a form from elsewhere. Who sends one from another site has the person's own token here, so
that what the browser says is all that refuses it."""


def sent_from_elsewhere(stage: Stage, own: Browser, path: str, kind: str) -> httpx.Response:
    """Send a form that is right in everything but one thing."""
    page = "/can-bo" if path.startswith("/can-bo") else "/tai-khoan"
    whose_token = Browser(stage.url).fields("/dang-nhap") if "somebody" in kind else own.fields(page)
    fields = {} if kind == "no token" else {**whose_token, "login": "x", "version": "1"}
    said = dict(own.web.headers)
    if kind == "another origin":  # a browser too old to say where a form came from
        said.pop("sec-fetch-site")
    with client(stage.url, cookies=own.web.cookies, headers=said | ELSEWHERE[kind]) as forged:
        return forged.post(path, data=fields)


@pytest.mark.asvs("3.5.1", "3.5.3")
@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "kind",
    [
        one if one in ("no token", "another site") else pytest.param(one, marks=pytest.mark.slow)
        for one in ELSEWHERE
    ],
)
def test_s23_no_form_is_taken_from_elsewhere(stage: Stage, path: str, kind: str) -> None:
    answer = sent_from_elsewhere(stage, stage.browser(whose(path)), address(stage, path), kind)
    assert answer.status_code in (403, 405), (answer.status_code, answer.headers.get("location"))


@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("kind", ELSEWHERE)
@pytest.mark.parametrize(("login", "root"), [(CITIZEN, ""), ("motcua.hoalu", "/can-bo")])
def test_s23_a_form_that_is_right_in_everything_is_taken_and_from_elsewhere_is_not(
    stage: Stage, login: str, root: str, kind: str
) -> None:
    page = "/tai-khoan" if not root else "/can-bo/tiep-nhan"
    own = Browser(stage.url).sign_in(login)
    assert sent_from_elsewhere(stage, own, f"{root}/dang-xuat", kind).status_code == 403
    assert own.web.get(page).status_code == 200, "a form from elsewhere signed somebody out"
    assert own.send(page, f"{root}/dang-xuat").status_code == 303
    assert own.web.get(page).status_code == 303


def test_s23_the_forms_are_found() -> None:
    assert len(FORMS) > 40
    assert set(PUBLIC_FORMS) <= set(FORMS)


@pytest.mark.slow
@pytest.mark.asvs("3.5.3")
@pytest.mark.parametrize("path", [one for one in FORMS if one not in PUBLIC_FORMS])
def test_s23_an_address_that_is_opened_changes_nothing(stage: Stage, path: str) -> None:
    before = stage.fate()
    answer = stage.browser(whose(path)).web.get(address(stage, path))
    assert answer.status_code < 500
    assert stage.fate() == before


@pytest.mark.asvs("3.3.2", "3.3.4", "7.2.4")
@pytest.mark.parametrize("login", [CITIZEN, "motcua.hoalu"])
def test_s14_a_sign_in_begins_a_new_session_out_of_reach_of_scripts(stage: Stage, login: str) -> None:
    somebody = Browser(stage.url)
    door = "/dang-nhap" if "@" in login else "/can-bo/dang-nhap"
    somebody.web.get(door)
    before = dict(somebody.web.cookies)
    answer = somebody.send(door, login=login, password=PASSWORD)
    assert answer.status_code == 303
    for header in answer.headers.get_list("set-cookie"):
        (morsel,) = SimpleCookie(header).values()
        assert morsel.key in COOKIES
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
        assert morsel["path"] == "/"
        assert not morsel["domain"]
        assert len(morsel.value) >= 22
        assert morsel.value != before.get(morsel.key)
    old = httpx.Client(base_url=stage.url, cookies=before)
    assert old.get("/tai-khoan" if "@" in login else "/can-bo/tiep-nhan").status_code == 303


@pytest.mark.asvs("7.4.1")
@pytest.mark.parametrize(
    ("login", "page"), [(CITIZEN, "/ho-so-cua-toi"), ("motcua.hoalu", "/can-bo/tiep-nhan")]
)
def test_s16_a_copied_cookie_opens_nothing_after_the_sign_out(stage: Stage, login: str, page: str) -> None:
    somebody = Browser(stage.url).sign_in(login)
    copied = dict(somebody.web.cookies)
    thief = httpx.Client(base_url=stage.url, cookies=copied)
    assert thief.get(page).status_code == 200
    root = "" if "@" in login else "/can-bo"
    assert somebody.send(page, f"{root}/dang-xuat").status_code == 303
    eventually(lambda: thief.get(page).status_code == 303, "the copied cookie to be over", 3)
    assert thief.get(page).headers["location"].startswith(f"{root}/dang-nhap")


TARGETS = words("""
    https://evil.example //evil.example ///evil.example /\\evil.example \\\\evil.example
    /%2f/evil.example //evil.example/%2e%2e https:evil.example javascript:alert(1) data:text/html,x
    /.evil.example@x http:///evil.example //evil%E3%80%82example /\t/evil.example
""")


@pytest.mark.asvs("1.2.2", "3.7.2")
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("door", ["/dang-nhap", "/can-bo/dang-nhap"])
def test_s23_a_sign_in_leads_nowhere_else(stage: Stage, door: str, target: str) -> None:
    login = CITIZEN if door == "/dang-nhap" else "motcua.hoalu"
    answer = stage.browser(login).web.get(door, params={"tiep": target})
    place = answer.headers.get("location", "/")
    assert httpx.URL(stage.url).join(place).host == "127.0.0.1"
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


@pytest.mark.asvs("10.1.1", "14.3.3")
def test_s22_a_browser_holds_no_token_and_no_name(stage: Stage) -> None:
    kept = stage.browser(CITIZEN)
    page = kept.web.get("/ho-so-cua-toi").text
    for text in (*kept.web.cookies.values(), page):
        assert "eyJ" not in text
        assert "000190000001" not in text


@pytest.mark.asvs("7.2.1", "7.2.2", "9.1.1")
@pytest.mark.parametrize("change", ["cut", "flip", "other site", "empty", "long"])
def test_s14_a_cookie_somebody_changed_is_nobodys(stage: Stage, change: str) -> None:
    value = stage.browser(CITIZEN).web.cookies["motcua"]
    made = {
        "cut": value[:-8],
        "flip": value[:60] + ("A" if value[60] != "A" else "B") + value[61:],
        "other site": value,
        "empty": "",
        "long": "A" * 5000,
    }[change]
    name, page = ("motcua_canbo", "/can-bo/tiep-nhan") if change == "other site" else ("motcua", "/tai-khoan")
    answer = stage.stranger().get(page, headers={"cookie": f"{name}={made}"})
    assert answer.status_code == 303
    assert "dang-nhap" in answer.headers["location"]


PAGES = words(
    "/ho-so-cua-toi /tai-khoan /tai-khoan/lich-su-truy-cap /thong-bao /can-bo /can-bo/tiep-nhan /can-bo/giai-quyet"
)


@pytest.mark.asvs("7.4.4")
@pytest.mark.parametrize("page", PAGES)
def test_s16_every_page_of_a_person_has_a_way_out(stage: Stage, page: str) -> None:
    text = stage.browser(CITIZEN if not page.startswith("/can-bo") else "motcua.hoalu").web.get(page).text
    assert re.search(r'<form[^>]*action="(/can-bo)?/dang-xuat"', text)


@pytest.mark.asvs("6.2.6", "6.2.7")
@pytest.mark.parametrize("page", words("/dang-nhap /can-bo/dang-nhap /dang-ky"))
def test_s17_a_password_is_masked_and_a_manager_may_fill_it_in(stage: Stage, page: str) -> None:
    text = stage.stranger().get(page).text
    fields = re.findall(r'<input[^>]*name="[^"]*password[^"]*"[^>]*>', text)
    assert fields
    for field in fields:
        assert 'type="password"' in field
        assert 'autocomplete="off"' not in field
        assert "readonly" not in field
    assert "onpaste" not in text


@pytest.mark.asvs("7.2.3", "7.2.2", "11.5.1")
def test_s14_every_sign_in_has_tokens_nobody_guesses(stage: Stage) -> None:
    def told() -> dict[str, str]:
        body = {"login": "congdan2@motcua.example", "password": PASSWORD}
        return dict(stage.stranger().post("/api/identity/sessions", json=body).json())

    first, second = told(), told()
    for name in ("refresh_token", "access_token", "session_id"):
        assert first[name] != second[name]
    assert min(len(first["refresh_token"]), len(second["refresh_token"])) >= 32
