"""The HTTP pieces: commit before the response, problems in two languages, callers, health."""

import errno
import re
import socket
from typing import Annotated, Literal

import asyncpg
import httpx
import pytest
from board.models import Notice
from board.reader import until
from common.api import (
    AnyCallerDep,
    CallerDep,
    LangDep,
    NowDep,
    OptionalCallerDep,
    SessionDep,
    create_service_app,
)
from common.api.deps import preferred_language
from common.database import Database
from common.errors import DomainError, StaleVersionError, TooManyRequestsError
from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import Text, literal, select, text
from sqlalchemy.dialects.postgresql import JSONB
from suite.testing import captured_logs, citizen, client, officer

router = APIRouter(prefix="/api/board")


class NoticeBody(BaseModel):
    name: str = Field(min_length=2, max_length=10)
    kind: Literal["news", "event"] = "news"
    copies: int = Field(1, ge=1, le=5)


class NoticeTakenError(DomainError):
    code = "notice-taken"
    status = 409
    vi = "Đã có thông báo {name}."
    en = "There is a notice {name} already."


@router.post("/notices", status_code=201)
async def post(body: NoticeBody, session: SessionDep) -> dict[str, str]:
    if await session.get(Notice, body.name):
        raise NoticeTakenError(field="name", name=body.name)
    session.add(Notice(name=body.name, text=body.kind))
    return {"name": body.name}


@router.post("/broken", status_code=201)
async def broken(session: SessionDep) -> dict[str, str]:
    await session.execute(text("create temp table p (id int primary key deferrable initially deferred)"))
    await session.execute(text("insert into p values (1), (1)"))
    return {"said": "created"}


@router.get("/me")
async def me(caller: CallerDep, lang: LangDep, now: NowDep) -> dict[str, str]:
    return {"subject": caller.subject, "lang": lang, "zone": str(now.tzinfo)}


@router.get("/anyone")
async def anyone(caller: OptionalCallerDep) -> str | None:
    return caller.subject if caller else None


@router.get("/unchanged")
async def unchanged(caller: AnyCallerDep) -> str:
    return caller.subject


@router.get("/fails/{how}")
async def fails(how: str, at: Annotated[int, Query(ge=0)] = 0) -> None:
    raise {
        "stale": StaleVersionError(),
        "often": TooManyRequestsError(7),
        "bug": ValueError("Nguyễn Thị Ánh"),
        "away": ConnectionError("away"),
        "lost": socket.gaierror("nowhere"),
        "full": OSError(errno.ENOSPC, "No space left on device", "/a/Nguyễn"),
        "database-full": asyncpg.DiskFullError("could not extend file"),
        "broke": asyncpg.InternalClientError("cannot switch to state"),
    }[how]


@router.post("/halves/{half}")
async def halves(half: str, session: SessionDep) -> JSONResponse:
    written = select(literal({"a": 2**70 if half == "number" else "\ud800"}, JSONB))
    read = select(literal("\ud800", Text))
    if half != "sent":
        await session.execute(read if half == "text" else written)
    return JSONResponse({"a": "\ud800"})


@pytest.fixture
async def database(fresh_database):
    return await fresh_database("board")


@pytest.fixture
async def app(database):
    return create_service_app(name="board", database=database, verifier=None, routers=[router])


async def test_a_client_reads_its_own_write_right_after_the_response(app, database):
    reader = await asyncpg.connect(database.dsn)
    seen: list[object] = []

    async def watching(scope, receive, send):
        async def look(message):
            if message["type"] == "http.response.start":
                seen.append(await reader.fetchval("select count(*) from notice"))
            await send(message)

        await app(scope, receive, look)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(watching), base_url="http://t") as http:
        answer = await http.post("/api/board/notices", json={"name": "abc"})
    await reader.close()
    assert (answer.status_code, seen) == (201, [1])


async def test_no_success_leaves_when_the_commit_fails(app):
    async with client(app) as http:
        answer = await http.post("/api/board/broken")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"


@pytest.mark.parametrize(
    ("language", "messages"),
    [
        (
            "vi",
            [
                "Cần ít nhất 2 ký tự.",
                "Chọn một trong các giá trị: 'news', 'event'.",
                "Giá trị không được quá 5.",
            ],
        ),
        (
            "en",
            ["Use at least 2 characters.", "Choose one of: 'news', 'event'.", "The value must be 5 or less."],
        ),
    ],
)
async def test_an_invalid_body_is_told_by_field_and_rule_in_the_callers_language(app, language, messages):
    async with client(app, language=language) as http:
        answer = await http.post("/api/board/notices", json={"name": "x", "kind": "poem", "copies": 9})
    body = answer.json()
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert (body["type"], body["code"]) == ("urn:motcua:problem:invalid-input", "invalid-input")
    assert [(e["field"], e["rule"]) for e in body["errors"]] == [
        ("name", "too-short"),
        ("kind", "choice"),
        ("copies", "too-large"),
    ]
    assert [e["message"] for e in body["errors"]] == messages
    assert body["trace_id"]


@pytest.mark.parametrize(
    ("content", "field", "rule"),
    [
        (b"{", "", "json"),
        (b"{}", "name", "required"),
        (b"[]", "", "invalid"),
        (b'{"name": 5}', "name", "text"),
    ],
)
async def test_an_unreadable_body_is_a_422(app, content, field, rule):
    async with client(app) as http:
        answer = await http.post(
            "/api/board/notices", content=content, headers={"Content-Type": "application/json"}
        )
    assert answer.status_code == 422
    assert (answer.json()["errors"][0]["field"], answer.json()["errors"][0]["rule"]) == (field, rule)


async def test_a_refusal_rolls_back_and_names_the_rule(app, database):
    async with client(app, language="en") as http:
        await http.post("/api/board/notices", json={"name": "abc"})
        answer = await http.post("/api/board/notices", json={"name": "abc"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "There is a notice abc already."
    assert answer.json()["errors"] == [
        {"field": "name", "rule": "notice-taken", "message": "There is a notice abc already."}
    ]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/board/fails/stale", 409, "stale-version"),
        ("/api/board/fails/often", 429, "too-many-requests"),
        ("/api/board/fails/bug", 500, "internal"),
        ("/api/board/fails/away", 503, "unavailable"),
        ("/api/board/fails/lost", 503, "unavailable"),
        ("/api/board/fails/broke", 503, "unavailable"),
        ("/api/board/nowhere", 404, "not-found"),
        ("/api/board/notices", 405, "method-not-allowed"),
        ("/api/board/me", 401, "unauthenticated"),
        ("/api/board/fails/bug?at=-1", 422, "invalid-input"),
    ],
)
async def test_every_failure_is_a_problem_without_the_callers_data(app, path, status, code):
    async with client(app) as http:
        answer = await http.get(path)
    assert (answer.status_code, answer.json()["code"], answer.json()["status"]) == (status, code, status)
    assert "Ánh" not in answer.text


@pytest.mark.parametrize(("how", "told"), [("away", False), ("lost", False), ("bug", True)])
async def test_only_a_fault_of_our_own_is_logged_as_one(app, how, told):
    with captured_logs() as logged:
        async with client(app) as http:
            await http.get(f"/api/board/fails/{how}")
    assert ("unhandled error" in [entry["event"] for entry in logged]) is told


async def test_what_no_database_can_write_is_refused_and_is_nobodys_fault(app):
    with captured_logs() as logged:
        async with client(app) as http:
            answer = await http.post("/api/board/notices", json={"name": "a\x00nh"})
    assert (answer.status_code, answer.json()["code"]) == (422, "unwritable")
    assert "unhandled error" not in [entry["event"] for entry in logged]


async def test_a_role_the_database_does_not_let_in_is_an_outage_and_no_fault_of_the_code(database):
    stranger = Database(re.sub(r"//[^@/]*@", "//nobody_here:-@", database.dsn))
    app = create_service_app(name="board", database=stranger, verifier=None, routers=[router])
    with captured_logs() as logged:
        async with client(app) as http:
            answer = await http.post("/api/board/halves/text")
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "needed and away" in [entry["event"] for entry in logged]
    await stranger.dispose()


@pytest.mark.parametrize("half", ["text", "json", "sent", "number"])
async def test_half_a_character_or_a_number_beyond_json_is_nobodys_fault(app, half):
    with captured_logs() as logged:
        async with client(app) as http:
            answer = await http.post(f"/api/board/halves/{half}")
    assert (answer.status_code, answer.json()["code"]) == (422, "unwritable")
    assert "unhandled error" not in [entry["event"] for entry in logged]


async def test_a_wait_is_told_in_the_header(app):
    async with client(app) as http:
        answer = await http.get("/api/board/fails/often")
    assert answer.headers["retry-after"] == "7"
    assert "7 giây" in answer.json()["detail"]


async def test_a_caller_is_known_by_the_token(app):
    async with client(app, citizen("a"), language="en") as http:
        assert (await http.get("/api/board/me")).json() == {"subject": "a", "lang": "en", "zone": "UTC"}
        assert (await http.get("/api/board/anyone")).json() == "a"
    async with client(app) as http:
        assert (await http.get("/api/board/anyone")).json() is None
        assert (await http.get("/api/board/anyone", headers={"Authorization": "Bearer x"})).status_code == 401
        assert (await http.get("/api/board/anyone", headers={"Authorization": "Basic x"})).status_code == 401


async def test_a_caller_with_a_first_password_may_only_change_it(app):
    caller = officer("desk_officer")
    object.__setattr__(caller, "must_change_password", True)
    async with client(app, caller) as http:
        assert (await http.get("/api/board/me")).json()["code"] == "password-change-required"
        assert (await http.get("/api/board/unchanged")).status_code == 200


async def test_every_answer_carries_a_request_id_and_keeps_a_sound_one(app):
    async with client(app) as http:
        assert len((await http.get("/api/board/anyone")).headers["x-request-id"]) == 36
        given = await http.get("/api/board/anyone", headers={"X-Request-Id": "portal-12345"})
        forged = await http.get("/api/board/anyone", headers={"X-Request-Id": "a\tb{}"})
    assert given.headers["x-request-id"] == "portal-12345"
    assert forged.headers["x-request-id"] != "a\tb{}"


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        (None, "vi"),
        ("", "vi"),
        ("en", "en"),
        ("en-GB,vi;q=0.5", "en"),
        ("vi,en;q=0.9", "vi"),
        ("fr", "vi"),
        ("fr,en;q=0.2", "en"),
        ("en;q=x", "vi"),
        ("en;q=0", "vi"),
    ],
)
def test_the_language_is_vietnamese_unless_english_ranks_higher(header, lang):
    assert preferred_language(header) == lang


async def test_the_description_needs_no_foreign_site(app):
    async with client(app) as http:
        assert (await http.get("/api/board/openapi.json")).status_code == 200
        assert (await http.get("/docs")).status_code == 404


async def test_the_app_wakes_a_relay_in_another_process_once_for_many_commits(app, database):
    listener, heard = await asyncpg.connect(database.dsn), []
    await listener.add_listener("outbox", lambda *_: heard.append(1))
    async with app.router.lifespan_context(app):
        for _ in range(50):
            database.committed.set()
        await until(lambda: _is(bool(heard)))
    await listener.close()
    assert len(heard) == 1


async def _is(value: bool) -> bool:
    return value


async def test_a_head_request_is_answered_like_a_get(app):
    async with client(app) as http:
        asked, read = await http.head("/api/board/openapi.json"), await http.get("/api/board/openapi.json")
    assert (asked.status_code, asked.headers["content-length"]) == (200, read.headers["content-length"])


@pytest.mark.parametrize("how", ["full", "database-full"])
async def test_r36_a_full_disk_is_told_as_such(app, how):
    async with client(app) as http:
        answer = await http.get(f"/api/board/fails/{how}")
    assert (answer.status_code, answer.json()["code"]) == (507, "no-space")
    assert answer.headers["retry-after"] == "300"
    assert "hết chỗ lưu trữ" in answer.json()["detail"]
