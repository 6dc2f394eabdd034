"""The inbox over HTTP, templates for operators, and the adapters that speak HTTP."""

import json

import httpx
import pytest
from common.migrations import differences
from jinja2.sandbox import ImmutableSandboxedEnvironment
from notify.adapters.http_contacts import HttpContacts
from notify.adapters.http_text import HttpText
from notify.adapters.jinja_renderer import JinjaRenderer
from notify.domain.errors import TemplateFaultyError
from notify.domain.kinds import Kind
from notify.models import Base
from notify.ports import PermanentFailureError, TemporaryFailureError
from suite.testing import officer

ANH, DUC = "account-anh", "account-duc"


async def test_the_inbox_is_paged_newest_first_and_counts_unread(stage):
    for serial in range(1, 6):
        await stage.submitted(code=f"H42.101-261207-000{serial}")
    first = await stage.inbox(limit=2)
    second = await stage.inbox(limit=2, cursor=first["next"])
    third = await stage.inbox(limit=2, cursor=second["next"])
    codes = [one["dossier_code"][-1] for page in (first, second, third) for one in page["items"]]
    assert (codes, first["total"], third["next"]) == (["5", "4", "3", "2", "1"], 5, None)
    async with stage.api() as http:
        assert (await http.get("/api/notify/messages/unread-count")).json() == {"unread": 5}
        read = await http.post(f"/api/notify/messages/{first['items'][0]['id']}/reading")
        assert read.json()["read_at"] == "2026-12-07T02:00:00Z"
        assert (await http.get("/api/notify/messages/unread-count")).json() == {"unread": 4}


async def test_r_sec_22_notices_are_found_by_the_account_they_went_to(stage):
    await stage.submitted()
    [message] = (await stage.inbox())["items"]
    inspector = officer("auditor", agency="H42", scope="province", subject="inspector")
    async with stage.api() as http:
        assert (await http.post(f"/api/notify/messages/{message['id']}/reading")).status_code == 200
    for about, seen in ((ANH, True), (DUC, False)):
        told = {"purpose": "Kiểm tra theo QĐ 12", "person": "Nguyễn Thị Ánh", "about": about}
        async with stage.api(caller=inspector) as http:
            items = (await http.get("/api/notify/access-lines", params=told)).json()["items"]
        assert (message["id"] in {one["subject"] for one in items}) is seen


async def test_somebody_elses_message_is_not_found(stage):
    await stage.submitted()
    [message] = (await stage.inbox())["items"]
    assert (await stage.inbox(DUC))["total"] == 0
    async with stage.api(DUC) as http:
        assert (await http.post(f"/api/notify/messages/{message['id']}/reading")).status_code == 404
        assert (await http.get("/api/notify/messages", params={"cursor": "x"})).status_code == 422


async def test_an_operator_revises_a_text_and_old_notices_keep_theirs(stage):
    await stage.submitted()
    operator = officer("operator", agency="H42", subject="op")
    async with stage.api(caller=operator) as http:
        shown = (await http.get("/api/notify/templates/dossier_submitted")).json()
        assert shown["version"] == 1
        body = {part: shown[part] for part in ("subject", "body", "sms")} | {"version": 1}
        body["subject"] = {"vi": "Đã nộp {{ code }}", "en": "Submitted {{ code }}"}
        assert (await http.put("/api/notify/templates/dossier_submitted", json=body)).json()["version"] == 2
        stale = await http.put("/api/notify/templates/dossier_submitted", json=body)
        assert (stale.status_code, stale.json()["code"]) == (409, "stale-version")
        listed = (await http.get("/api/notify/templates")).json()
    assert {one["kind"] for one in listed} == {kind.value for kind in Kind}
    await stage.submitted(code="H42.101-261207-0002")
    subjects = [one["subject"] for one in (await stage.inbox())["items"]]
    assert subjects == ["Đã nộp H42.101-261207-0002", "Hồ sơ H42.101-261207-0001 đã được nộp"]


@pytest.mark.parametrize(
    ("part", "text", "code"),
    [
        ("subject", "{{ password }}", "template-faulty"),
        ("subject", "{% for %}", "template-faulty"),
        ("subject", "{{ ''.__class__.__mro__ }}", "template-faulty"),
        ("body", "  ", "template-faulty"),
        ("sms", "x" * 161, "sms-too-long"),
    ],
)
async def test_a_faulty_template_is_refused_with_its_place(stage, part, text, code):
    async with stage.api(caller=officer("operator", agency="H42")) as http:
        shown = (await http.get("/api/notify/templates/dossier_submitted")).json()
        body = {one: shown[one] for one in ("subject", "body", "sms")} | {"version": 1}
        body[part] = {"vi": text, "en": "ok"}
        answer = await http.put("/api/notify/templates/dossier_submitted", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_only_operators_see_templates(stage):
    async with stage.api() as http:
        assert (await http.get("/api/notify/templates")).status_code == 403
        assert (
            await http.put(
                "/api/notify/templates/x", json={"version": 1, "subject": {}, "body": {}, "sms": {}}
            )
        ).status_code == 403


def test_the_sandbox_refuses_what_is_not_a_field():
    renderer = JinjaRenderer()
    for source in ("{{ missing }}", "{{ code.__class__ }}", "{{ 1 // 0 }}"):
        with pytest.raises(TemplateFaultyError):
            renderer.text(source, {"code": "x"}, "vi")
    values = {
        "lang": "vi",
        "subject": "<b>",
        "greeting": "",
        "paragraphs": ["<script>"],
        "link": "",
        "open": "",
        "choose": "",
        "footer": "",
    }
    assert "&lt;script&gt;" in renderer.page(values)


LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    "source",
    [
        LOOPS,
        "{{ 'a' * 10**9 }}",
        "{{ 9**9**9 }}",
        "{{ code.center(900000000) }}",
        "{{ code | center(900000000) }}",
        "{{ code | indent(900000000) }}",
        "{{ code ~ code }}",
        "{{ code[0] }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{% set code = 1 %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'x' %}",
        "{% if code | length %}x{% endif %}",
        "{{ " + "(" * 5000 + "code" + ")" * 5000 + " }}",
        "x" * 10_001,
        "{{ '" + "x" * 1000 + "' | join('" + "y" * 1000 + "' | join('" + "z" * 300 + "')) }}",
        "{{ code | join(code) }}",
        "{{ code | join(code | join(code | join(code))) }}",
        "{{ (code | join('a')) | join('b') }}",
        "{{ 'abc' | join('b') }}",
        "{{ code | join('" + "x" * 11 + "') }}",
        "{{ code | join('a', attribute='b') }}",
    ],
    ids=lambda source: source[:24],
)
def test_s28_a_notice_holds_fields_and_conditions_and_nothing_that_could_run_for_long(source):
    with pytest.raises(TemplateFaultyError):
        JinjaRenderer().text(source, {"code": "x"}, "vi")


def test_a_notice_may_ask_for_a_field_a_condition_and_a_list():
    source = (
        "{% if way == 'online' and not late %}{{ papers | join('; ') }}{% elif late %}a{% else %}b{% endif %}"
    )
    values = {"way": "online", "late": False, "papers": ["x", "y"]}
    assert JinjaRenderer().text(source, values, "vi") == "x; y"


def test_a_text_is_compiled_once_however_often_it_is_told_and_a_new_version_is_compiled_anew(monkeypatch):
    compiled, really = [], ImmutableSandboxedEnvironment.from_string

    def noting(environment, source):
        compiled.append(source)
        return really(environment, source)

    monkeypatch.setattr(ImmutableSandboxedEnvironment, "from_string", noting)
    renderer = JinjaRenderer()
    told = [renderer.text("Hồ sơ {{ code }}", {"code": code}, "vi") for code in ("1", "2", "3")]
    assert told == ["Hồ sơ 1", "Hồ sơ 2", "Hồ sơ 3"]
    assert renderer.text("Mã {{ code }}", {"code": "4"}, "vi") == "Mã 4"
    assert compiled[1:] == ["Hồ sơ {{ code }}", "Mã {{ code }}"]  # the first is the layout of mails


class Identity:
    """Identity's two routes; every token but the newest is refused."""

    def __init__(self) -> None:
        self.tokens = 0
        self.status = 200

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/service-tokens"):
            self.tokens += 1
            return httpx.Response(201, json={"access_token": f"t{self.tokens}", "expires_in": 900})
        if request.headers["authorization"] != f"Bearer t{self.tokens}" or self.status == 401:
            self.status = 200
            return httpx.Response(401)
        known = {
            "account_id": "x",
            "display_name": "Nguyễn Thị Ánh",
            "email": "a@b.vn",
            "phone": None,
            "language": "en",
            "channels": ["email"],
        }
        asked = json.loads(request.content)["account_ids"]
        return httpx.Response(self.status, json={"items": [known] if "x" in asked else []})


async def test_contacts_come_from_identity_with_a_renewed_service_token():
    identity = Identity()
    contacts = HttpContacts("http://identity", "notify", "secret", httpx.MockTransport(identity))
    found = (await contacts.of(["x", "nobody"]))["x"]
    assert (found.email, found.phone, found.language, found.channels) == (
        "a@b.vn",
        None,
        "en",
        frozenset({"email"}),
    )
    assert await contacts.of(["nobody"]) == {}
    assert identity.tokens == 1
    identity.status = 401
    assert (await contacts.of(["x"]))["x"].email == "a@b.vn"
    assert identity.tokens == 2
    identity.status = 503
    with pytest.raises(TemporaryFailureError):
        await contacts.of(["x"])


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (200, None),
        (409, None),
        (429, TemporaryFailureError),
        (503, TemporaryFailureError),
        (400, PermanentFailureError),
    ],
)
async def test_the_text_gateways_answers_are_told_apart(status, error):
    gateway = HttpText("http://sms/send", "t", httpx.MockTransport(lambda _: httpx.Response(status)))
    if error is None:
        await gateway.send("1", "0912345678", "x")
    else:
        with pytest.raises(error):
            await gateway.send("1", "0912345678", "x")


async def test_migrations_and_models_agree(fresh_database):
    database = await fresh_database("notify")
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences, Base.metadata) == []
