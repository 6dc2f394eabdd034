"""A repeat of a creating request has one effect and one answer."""

import asyncio
import uuid
from collections import Counter
from typing import Any

import pytest
from board.models import Notice
from common.api import IdempotencyDep, SessionDep, create_service_app
from common.errors import ConflictError
from fastapi import APIRouter, File, Form, UploadFile
from fastapi.responses import Response
from pydantic import BaseModel
from sqlalchemy import text
from suite.testing import citizen, client

router = APIRouter(prefix="/api/board")


class NoticeBody(BaseModel):
    text: str


@router.post("/notices", status_code=201, response_model=None)
async def post(body: NoticeBody, session: SessionDep, idem: IdempotencyDep) -> Response | dict[str, Any]:
    if (hit := await idem.replay(session)) is not None:
        return hit
    if body.text == "no":
        raise ConflictError
    answer = {"id": str(uuid.uuid4())}
    session.add(Notice(name=answer["id"], text=body.text))
    await idem.remember(session, 201, answer)
    return answer


@router.post("/files", status_code=201, response_model=None)
async def upload(
    session: SessionDep, idem: IdempotencyDep, file: UploadFile = File(), note: str = Form()
) -> object:
    if (hit := await idem.replay(session)) is not None:
        return hit
    answer = {"size": len(await file.read()), "note": note, "id": str(uuid.uuid4())}
    await idem.remember(session, 201, answer)
    return answer


@pytest.fixture
async def database(fresh_database):
    return await fresh_database("board")


@pytest.fixture
async def http(database):
    app = create_service_app(name="board", database=database, verifier=None, routers=[router])
    async with client(app, citizen("a")) as http:
        yield http


def key(value: str) -> dict[str, str]:
    return {"Idempotency-Key": value}


@pytest.mark.parametrize("headers", [{}, key(""), key("x" * 201)])
async def test_a_creating_request_needs_a_key(http, headers):
    answer = await http.post("/api/board/notices", json={"text": "x"}, headers=headers)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


async def test_fifty_parallel_posts_with_one_key_make_one_notice(http, database):
    answers = await asyncio.gather(
        *(http.post("/api/board/notices", json={"text": "x"}, headers=key("k")) for _ in range(50))
    )
    assert Counter(answer.status_code for answer in answers) == {201: 50}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("idempotency-replayed" in answer.headers for answer in answers) == 49
    assert await (await database.pool()).fetchval("select count(*) from notice") == 1


async def test_a_key_with_another_content_is_refused(http):
    await http.post("/api/board/notices", json={"text": "x"}, headers=key("k"))
    answer = await http.post("/api/board/notices", json={"text": "y"}, headers=key("k"))
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")


async def test_the_same_key_of_somebody_else_is_another_key(http, database):
    first = await http.post("/api/board/notices", json={"text": "x"}, headers=key("k"))
    app = create_service_app(name="board", database=database, verifier=None, routers=[router])
    async with client(app, citizen("b")) as other:
        second = await other.post("/api/board/notices", json={"text": "x"}, headers=key("k"))
    assert first.json()["id"] != second.json()["id"]


async def test_a_refused_request_leaves_its_key_free(http, database):
    refused = await http.post("/api/board/notices", json={"text": "no"}, headers=key("k"))
    again = await http.post("/api/board/notices", json={"text": "yes"}, headers=key("k"))
    assert (refused.status_code, again.status_code) == (409, 201)


async def test_an_upload_sent_again_with_another_boundary_is_the_same_request(http):
    async def send(content: bytes):
        files = {"file": ("giấy khai sinh.pdf", content)}
        return await http.post("/api/board/files", files=files, data={"note": "bản chính"}, headers=key("k"))

    first, again, other = await send(b"%PDF-1"), await send(b"%PDF-1"), await send(b"%PDF-2")
    assert (first.status_code, first.json()["size"]) == (201, 6)
    assert again.json() == first.json()
    assert other.json()["code"] == "idempotency-key-reused"


async def test_the_key_is_written_in_the_callers_transaction(http, database):
    await http.post("/api/board/notices", json={"text": "no"}, headers=key("k"))
    async with database.sessions() as session:
        assert (await session.execute(text("select count(*) from idempotency_key"))).scalar() == 0
