"""What every answer tells the browser to keep, to run and to show."""

import re

import httpx
import pytest
from camp.people import raw, statuses, words
from camp.stage import CITIZEN, Stage

pytestmark = pytest.mark.attack
PUBLIC = words("""
    / /en /thu-tuc /thu-tuc/1.001193 /thu-tuc/1.001193/huong-dan /tra-cuu /xac-minh /thong-ke
    /huong-dan /lien-he /quyen-rieng-tu /dieu-khoan /kha-nang-tiep-can /dang-nhap /can-bo/dang-nhap
    /dang-ky /quen-mat-khau /robots.txt /.well-known/security.txt /static/site.css /static/site.js
    /en/thu-tuc /thong-ke.csv /khong-co /static/khong-co
""")
API = words("""
    /api/catalog/procedures /api/catalog/procedures/x /api/identity/jwks /api/identity/me
    /api/intake/dossiers /api/intake/tracking/x /api/stats/public /api/nothing /api/intake/nothing
    /metrics /api/catalog/forms/x
""")
CITIZENS = ["/ho-so-cua-toi", "/tai-khoan", "/tai-khoan/sua", "/tai-khoan/lich-su-truy-cap", "/thong-bao"]
OFFICERS = [
    "/can-bo",
    "/can-bo/tiep-nhan",
    "/can-bo/tiep-nhan.csv",
    "/can-bo/giai-quyet",
    "/can-bo/thong-bao",
]
ODD = {
    "no such method": "BREW / HTTP/1.1\nHost: motcua\n",
    "a closed address": "GET /metrics HTTP/1.1\nHost: motcua\n",
    "an escaped stroke": "GET /a%2fb HTTP/1.1\nHost: motcua\n",
    "no token": "GET /api/intake/dossiers HTTP/1.1\nHost: motcua\n",
    "a bad token": "GET /api/intake/dossiers HTTP/1.1\nHost: motcua\nAuthorization: Bearer x\n",
    "a form without token": "POST /dang-nhap HTTP/1.1\nHost: motcua\nContent-Length: 0\n",
    "no JSON": "POST /api/identity/sessions HTTP/1.1\nHost: motcua\nContent-Type: application/json\n"
    "Content-Length: 1\n\n{",
}
TELLING = re.compile(
    r"uvicorn|starlette|fastapi|python/|envoy|express|postgres|asyncpg|sqlalchemy", re.IGNORECASE
)


def protected(answer: httpx.Response) -> None:
    """Judge the headers that every answer carries."""
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert headers["x-frame-options"] in ("DENY", "SAMEORIGIN")
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy or "default-src 'self'" in policy
    assert "frame-ancestors" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert not TELLING.search(str(headers))


@pytest.mark.asvs("3.4.1", "3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.2.1")
@pytest.mark.parametrize("path", [*PUBLIC, *API])
def test_s24_s25_every_answer_tells_the_browser_what_it_may_do(stage: Stage, path: str) -> None:
    answer = stage.stranger().get(path)
    protected(answer)
    if answer.text and not path.startswith("/static"):
        assert re.search(r"charset=utf-8|json|csv", answer.headers["content-type"], re.IGNORECASE)


@pytest.mark.asvs("4.1.1")
@pytest.mark.parametrize("path", [*PUBLIC, *API])
def test_s25_every_answer_names_its_kind(stage: Stage, path: str) -> None:
    answer = stage.stranger().get(path)
    kind = answer.headers.get("content-type", "")
    assert kind or not answer.content
    page = answer.text.lstrip().lower().startswith("<!doctype")
    assert page == kind.startswith("text/html"), kind
    assert not kind.startswith("text/") or "charset=utf-8" in kind.lower()


@pytest.mark.asvs("14.3.2", "14.2.2", "3.4.3")
@pytest.mark.parametrize(("login", "paths"), [(CITIZEN, CITIZENS), ("motcua.hoalu", OFFICERS)])
def test_s25_no_page_of_a_person_is_kept_anywhere(stage: Stage, login: str, paths: list[str]) -> None:
    for path in paths:
        answer = stage.browser(login).web.get(path)
        protected(answer)
        assert answer.headers["cache-control"] == "no-store", path


@pytest.mark.asvs("14.3.2", "14.2.2")
@pytest.mark.parametrize(
    "path", ["/api/intake/dossiers", "/api/identity/me", "/api/notify/messages", "/api/intake/drafts"]
)
def test_s25_no_answer_about_a_person_is_kept_anywhere(stage: Stage, path: str) -> None:
    answer = stage.person(CITIZEN).http.get(path)
    assert answer.status_code == 200
    protected(answer)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.asvs("3.4.4", "16.5.1")
@pytest.mark.parametrize("kind", ODD)
def test_s25_an_answer_that_refuses_is_protected_too(stage: Stage, kind: str) -> None:
    text = ODD[kind] if "\n\n" in ODD[kind] else ODD[kind] + "Connection: close\n\n"
    answer = raw(stage.url, text, 2)
    assert 400 <= statuses(answer)[0] < 500
    assert "x-content-type-options: nosniff" in answer
    assert not TELLING.search(answer)


@pytest.mark.asvs("3.4.3", "14.2.3")
@pytest.mark.parametrize(
    "path", [one for one in PUBLIC if not one.startswith(("/static", "/robots", "/.well", "/thong-ke.csv"))]
)
def test_s26_a_page_takes_nothing_from_elsewhere_and_runs_nothing_of_its_own(stage: Stage, path: str) -> None:
    page = stage.stranger().get(path).text
    taken = re.findall(
        r"<(?:script|img|link|iframe|source|form)\b[^>]*?\b(?:src|href|action)=\"([^\"]*)\"", page
    )
    assert taken
    assert not [one for one in taken if re.match(r"(?:[a-z]+:)?//", one) and not one.startswith("data:image")]
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>\s*\S", page)
    assert not re.search(r"\son(?:click|load|error|submit)=|\sstyle=\"", page)


@pytest.mark.asvs("16.5.1", "13.4.2")
@pytest.mark.parametrize(
    "path",
    [
        "/api/catalog/procedures?limit=x",
        "/api/catalog/procedures?limit=-1",
        "/api/catalog/procedures/%00",
        "/api/intake/tracking/%ff",
        "/api/stats/public?group=x",
        "/api/catalog/agencies?on=x",
        "/thu-tuc?trang=x",
        "/thu-tuc/%00",
        "/tra-cuu/%F0%9F",
        "/api/catalog/procedures?q=" + "a" * 5000,
        "/static/..%5csite.css",
        "/static/%2e%2e/main.py",
        "/api/catalog/procedures?offset=99999999999999999999",
    ],
)
def test_s53_a_mistake_tells_nothing_of_the_inside(stage: Stage, path: str) -> None:
    answer = stage.stranger().get(path)
    assert answer.status_code < 500, answer.text
    for word in ("Traceback", 'File "', "SELECT ", "asyncpg", "sqlalchemy", "site-packages"):
        assert word not in answer.text
