"""Words that are code somewhere: in SQL, in a page, in a spreadsheet, in a log, in a mail."""

import csv
import html
import io
from html.parser import HTMLParser

import pytest
from camp.contract import Deed, deeds
from camp.stage import CITIZEN, Stage

pytestmark = pytest.mark.attack
WORDS = [
    "' OR '1'='1",
    "1; DROP TABLE dossier--",
    "' UNION SELECT NULL--",
    "\\",
    "%' AND pg_sleep(15)--",
    "{{7*7}}",
    "${7*7}",
    "\x00",
    "\ufeff\u202e",
    "../../etc/passwd",
    "$(id)",
    "`id`",
    "a" * 3000,
    "🚗" * 300,
    "%00",
    "*:*",
    'q:"',
    "[",
    "(" * 500,
    "a" * 200 + "!",
    "\r\nSet-Cookie: x=1",
    "<script>alert(1)</script>",
    "NaN",
    "%s%n%x{0}{0.__class__}",
    "-1",
]
ASKING = [
    deed
    for deed in deeds()
    if deed.method == "GET" and any(one["in"] == "query" for one in deed.promise.get("parameters", ()))
]
WHO = {
    "catalog": "bientap",
    "identity": "quantri.hoalu",
    "intake": "motcua.hoalu",
    "notify": CITIZEN,
    "processing": "lanhdao.hoalu",
    "qa": "dieuphoi",
    "registers": "quantri",
    "stats": "lanhdao.hoalu",
}


@pytest.mark.asvs("1.2.4", "16.5.1", "2.2.1", "2.2.2", "1.2.5", "15.3.5", "1.3.10")
@pytest.mark.parametrize("deed", ASKING, ids=str)
def test_s31_whatever_is_asked_is_only_asked(stage: Stage, deed: Deed) -> None:
    """No word in any question of the contracts breaks a service, makes it wait, or comes back with its inside."""
    web = stage.person(WHO[deed.service]).http
    names = [one["name"] for one in deed.promise["parameters"] if one["in"] == "query"]
    usual = deed.request()["params"]
    for word in WORDS:
        for batch in [names] if len(names) < 3 else [names[:1], names[1:]]:
            params = {**usual, **dict.fromkeys(batch, word)}
            answer = web.get(deed.at(stage.known), params=params, headers={"Accept": "*/*"})
            assert answer.status_code < 500, (word, batch, answer.text[:200])
            assert answer.elapsed.total_seconds() < 12, (word, batch)
            assert "asyncpg" not in answer.text
            assert answer.text != "49"


@pytest.mark.asvs("1.2.4", "2.2.1", "8.2.2")
@pytest.mark.parametrize(
    "word", ["' OR '1'='1", "%", "_", "*", "H42.101-%", "", ".", "H42.101-' OR 1=1--", "%00"]
)
def test_s31_no_pattern_stands_for_a_number(stage: Stage, word: str) -> None:
    for place in ("/api/intake/tracking/", "/api/intake/verifications/", "/api/intake/dossiers/"):
        answer = stage.person("congdan2@motcua.example").http.get(f"{place}{word}")
        # Who misses a lot is asked a second question (403), or waits (429).
        assert answer.status_code in (200, 307, 400, 403, 404, 405, 422, 429), answer.text
        assert stage.job.code not in answer.text


CURSORS = ["x", "AAAA", "eyJhIjoxfQ==", "' OR 1=1", "\x00", "a" * 4000, "W10=", "bnVsbA==", "../..", "-1"]


@pytest.mark.asvs("1.2.4", "2.2.1", "1.5.2")
@pytest.mark.parametrize(
    "deed",
    [one for one in ASKING if any(asked["name"] == "cursor" for asked in one.promise["parameters"])],
    ids=str,
)
def test_s31_a_cursor_somebody_made_leads_nowhere(stage: Stage, deed: Deed) -> None:
    web = stage.person(WHO[deed.service]).http
    for cursor in CURSORS:
        answer = web.get(deed.at(stage.known), params={**deed.request()["params"], "cursor": cursor})
        assert answer.status_code < 500, (cursor, answer.text[:200])


class Parts(HTMLParser):
    """Notes what of a page would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.inside = tag
        runs = [name for name in told if name.startswith("on")]
        leads = [
            value for name, value in told.items() if name in ("href", "src", "action") and ":" in value[:12]
        ]
        self.found += runs + [
            value for value in leads if not value.startswith(("/", "http", "data:image", "mailto", "tel"))
        ]

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and data.strip():
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""


def running(page: str) -> list[str]:
    """Return what of a page would run."""
    parts = Parts()
    parts.feed(page)
    return parts.found


def test_what_runs_is_found() -> None:
    assert running("<a href='javascript:x()'>") == ["javascript:x()"]
    assert running("<script>x()</script><img src=x onerror=y()>") == ["x()", "onerror"]


SCRIPTS = [
    "<script>window.canary=1</script>",
    '"><img src=x onerror=canary()>',
    "'-canary()-'",
    "{{7*7}}canary",
    "</title><svg onload=canary()>",
    "javascript:canary()",
    "<a href='javascript:canary()'>x</a>",
]
FEW = [*SCRIPTS[:2], *(pytest.param(one, marks=pytest.mark.slow) for one in SCRIPTS[2:])]


@pytest.mark.asvs("1.2.1", "1.1.2", "3.2.2")
@pytest.mark.parametrize("word", FEW)
@pytest.mark.parametrize(
    "path", ["/thu-tuc?q=", "/tra-cuu?ma=", "/xac-minh?ma=", "/dang-nhap?tiep=", "/thong-ke?nhom=", "/"]
)
def test_s27_what_is_asked_comes_back_as_words(stage: Stage, path: str, word: str) -> None:
    page = (
        stage.stranger()
        .get(
            path + word if path == "/" else path,
            params=None if path == "/" else {path.partition("?")[2].rstrip("="): word},
        )
        .text
    )
    assert word not in page or html.escape(word) == word
    assert not running(page)


@pytest.mark.asvs("1.2.1", "1.1.1", "1.1.2", "3.2.2", "1.2.3")
@pytest.mark.parametrize("word", SCRIPTS)
def test_s27_what_is_typed_stays_words_on_every_page(stage: Stage, word: str) -> None:
    citizen, place = stage.person(CITIZEN), f"/api/intake/drafts/{stage.draft['id']}"
    answer = citizen.http.put(
        f"{place}/pages/birth-place",
        json={"values": {"born_at_facility": True, "facility_name": word, "child_home_town": word}},
    )
    assert answer.status_code in (200, 422), answer.text
    for page in ("khai/birth-place", "xem-lai", "khai/child"):
        text = stage.browser(CITIZEN).web.get(f"/ban-nhap/{stage.draft['id']}/{page}").text
        assert word not in text or html.escape(word) == word
        assert not running(text)


@pytest.mark.parametrize("path", ["/api/intake/desk/dossiers.csv", "/api/stats/public.csv"])
def test_s29_no_cell_of_an_export_is_a_formula(stage: Stage, path: str) -> None:
    answer = stage.person("motcua.hoalu").http.get(path)
    assert answer.status_code == 200
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]
    assert not [
        cell
        for row in rows
        for cell in row
        if cell[:1] in "=+-@\t\r" and cell and not cell.lstrip("-").isdigit()
    ]


@pytest.mark.asvs("16.4.1", "16.2.5", "14.2.1")
def test_s49_s44_no_log_takes_a_line_or_a_person_from_outside(stage: Stage) -> None:
    web = stage.stranger()
    for word in ('canary\r\n{"level":"forged"}', "canary\x1b[2J"):
        web.get("/thu-tuc", params={"q": word})
        web.get("/api/intake/tracking/" + word.encode().hex())
        web.post("/api/identity/sessions", json={"login": word, "password": "canary-password"})
    web.get("/api/catalog/procedures", headers={"User-Agent": "canary-agent"})
    for log in (stage.suite.state / "logs").glob("*.log"):
        text = log.read_text(errors="replace")
        assert '"level":"forged"' not in text
        assert "\x1b" not in text
        for told in (
            "canary-password",
            "000190000001",
            "Nguyễn Thị Ánh",
            "congdan@motcua.example",
            "0900000001",
        ):
            assert told not in text, (log.name, told)
        assert "eyJhbGciOi" not in text


@pytest.mark.asvs("1.5.2", "4.1.1", "2.2.1", "15.3.5")
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b'"x"',
        b"{" * 20_000,
        b"[" * 20_000,
        b'{"login":{"$ne":1}}',
        b'{"login":["a"],"password":true}',
        b"\xff\xfe",
        b'{"a":1e999}',
        b"<?xml version='1.0'?><!DOCTYPE a>",
    ],
    ids=range(11),
)
@pytest.mark.parametrize("kind", ["application/json", "application/xml", "text/plain", "application/x-yaml"])
def test_s30_a_body_of_another_shape_is_refused(stage: Stage, body: bytes, kind: str) -> None:
    answer = stage.stranger().post("/api/identity/sessions", content=body, headers={"content-type": kind})
    assert 400 <= answer.status_code < 500, answer.text


@pytest.mark.slow
@pytest.mark.asvs("15.3.7", "4.1.2")
@pytest.mark.parametrize("deed", ASKING, ids=str)
def test_s31_a_question_asked_twice_has_one_meaning_and_leads_nowhere_else(stage: Stage, deed: Deed) -> None:
    """The last of two values counts, or both are refused; and no API leads a program to another address."""
    web = stage.person(WHO[deed.service]).http
    usual = list(deed.request()["params"].items())
    names = [one["name"] for one in deed.promise["parameters"] if one["in"] == "query"]
    for name in names:
        answer = web.get(deed.at(stage.known), params=[*usual, (name, "x"), (name, "y"), (f"{name}[]", "z")])
        assert answer.status_code < 500
        assert not answer.is_redirect
