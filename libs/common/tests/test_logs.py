"""Logs: one JSON object per line, without a person in it."""

import asyncio
import io
import json
import logging
import unicodedata

import pytest
import structlog
from board.events import PostedSlice, posted
from board.reader import until
from common import inbox
from common.api import create_service_app
from common.handling import InboxHandler
from common.inbox import Arrival, Subscriptions
from common.logs import _without_messages, configure_logs
from common.outbox import outbox_values
from fastapi import APIRouter
from pydantic import BaseModel
from suite.testing import citizen, client, token

NAMES = (
    "Nguyễn Thị Hồng Ánh",
    unicodedata.normalize("NFD", "Trần Văn Đức"),
    "Bé Na 👶",
    "0912345678",
    "036123456789",
)
router = APIRouter(prefix="/api/board")


class Person(BaseModel):
    name: str


@router.post("/people/{name}")
async def add(name: str, body: Person) -> None:
    raise ValueError(f"cannot add {body.name}")


@pytest.fixture
def lines(monkeypatch):
    before = structlog.get_config()
    root, said = logging.getLogger(), io.StringIO()
    was, level = root.handlers, root.level
    monkeypatch.setattr("sys.stdout", said)
    configure_logs("board")
    own = root.handlers
    yield lambda: [json.loads(line) for line in said.getvalue().splitlines()]
    assert own[0] in root.handlers
    root.handlers = was
    root.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = False
    structlog.configure(**before)


@pytest.mark.parametrize("name", NAMES)
async def test_a_failing_request_leaves_no_person_in_the_logs(lines, name):
    app = create_service_app(name="board", database=None, verifier=None, routers=[router])
    async with client(app, citizen()) as http:
        answer = await http.post(f"/api/board/people/{name}?q={name}", json={"name": name})
    assert answer.status_code == 500
    said = lines()
    text = json.dumps(said, ensure_ascii=False)
    assert name not in text
    assert name not in unicodedata.normalize("NFD", text)
    request = next(line for line in said if line["event"] == "request")
    assert (request["route"], request["status"], request["service"]) == (
        "/api/board/people/{name}",
        500,
        "board",
    )
    error = next(line for line in said if line["event"] == "unhandled error")
    assert error["error"].startswith("builtins.ValueError at test_logs.py:")
    assert error["request_id"] == request["request_id"] == answer.headers["x-request-id"]


@pytest.mark.parametrize("name", NAMES)
async def test_a_failing_handler_leaves_no_person_in_logs_or_dead_letters(lines, fresh_database, name):
    async def fail(session, event, meta):
        raise KeyError(event.text)

    database = await fresh_database("board")
    subscriptions = Subscriptions("board")
    subscriptions.on(PostedSlice, fail)
    row = outbox_values(posted("a", name), "board")
    await inbox.store(await database.pool(), [Arrival(row.id, row.type, row.envelope_json)])
    handler = InboxHandler(database, subscriptions, attempts=2, first_delay=0.001)

    async def dead() -> bool:
        await handler.one_pass()
        return bool(await inbox.dead(database))

    await until(dead)
    assert name not in json.dumps(lines(), ensure_ascii=False)
    assert name not in (await inbox.dead(database))[0].error


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail to congdan@motcua.example failed", "mail to [email] failed"),
        ("phone +84 912 345 678", "phone [number]"),
        ("id 036123456789", "id [number]"),
        ("postgresql://intake:s3cret@127.0.0.1/db", "postgresql://[secret]@127.0.0.1/db"),
        ("dossier H42.101-261120-0001", "dossier H42.101-261120-0001"),
        ("018f3b1c-0000-7000-8000-123456789012", "018f3b1c-0000-7000-8000-123456789012"),
    ],
)
def test_what_looks_like_a_person_or_secret_is_masked(lines, said, kept):
    structlog.get_logger().warning(said, note=said)
    line = lines()[-1]
    assert (line["event"], line["note"]) == (kept, kept)


def test_a_token_is_masked(lines):
    structlog.get_logger().warning("got", header=f"Bearer {token(citizen())}")
    assert lines()[-1]["header"] == "Bearer [token]"


async def test_lines_of_libraries_are_json_without_their_messages(lines):
    async def fail() -> None:
        raise ValueError("Nguyễn Thị Hồng Ánh")

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=ValueError("Nguyễn"))
    logging.getLogger("uvicorn.access").info("GET /?q=Nguyễn")
    logging.getLogger("x\ny").warning('two\nlines {"event": "forged"}')
    said = lines()
    assert "Nguyễn" not in json.dumps(said, ensure_ascii=False)
    assert {line["event"] for line in said} >= {"Exception in ASGI application", "two"}
    assert all(line["level"] and line["timestamp"] for line in said)


def test_a_failure_deep_in_a_library_still_names_our_own_line() -> None:
    def fails(depth: int) -> None:
        if not depth:
            raise ValueError("private")
        fails(depth - 1)

    def our_own_deed() -> None:
        fails(25)

    try:
        our_own_deed()
    except ValueError as error:
        told = _without_messages(None, "error", {"exc_info": error})
    assert any(line.endswith(" our_own_deed") for line in told["where"])
    assert "private" not in str(told)
