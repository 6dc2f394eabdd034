"""When more is asked than can be answered: what is shed first, what is told, and which replica is left out."""

import asyncio
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import httpx
import pytest
from gateway.domain.bootstrap import JWKS_PATH, render
from gateway.domain.clusters import Address
from gateway.domain.table import Group, Override, Route, read_table
from gateway.main import route_table

Bearer = Callable[..., dict[str, str]]
Asked = tuple[str, str]
HERE = Address("127.0.0.1", 1)
SHED: dict[str, list[Asked]] = {
    "statistics": [
        ("GET", "/api/stats/public"),
        ("GET", "/api/intake/desk/dossiers.csv"),
        ("GET", "/thong-ke"),
        ("GET", "/en/thong-ke.csv"),
        ("GET", "/can-bo/tiep-nhan.csv"),
    ],
    "search": [
        ("GET", "/api/catalog/procedures"),
        ("GET", "/api/intake/tracking/H42.101-1"),
        ("GET", "/tra-cuu/H42.101-1"),
        ("GET", "/en/thu-tuc"),
    ],
    "lists": [
        ("GET", "/api/intake/desk/dossiers"),
        ("GET", "/api/intake/dossiers"),
        ("GET", "/api/processing/agencies/H42.15/dossiers"),
        ("GET", "/can-bo/giai-quyet"),
        ("GET", "/ho-so-cua-toi"),
    ],
    "": [
        ("POST", "/api/intake/dossiers"),
        ("POST", "/api/identity/sessions"),
        ("POST", "/dang-nhap"),
        ("POST", "/ban-nhap/1/nop"),
        ("POST", "/api/intake/dossiers/H42.101-1/acceptance"),
        ("GET", "/can-bo/tiep-nhan/H42.101-1"),
        ("POST", "/api/processing/agencies/H42.15/dossiers/H42.101-1/proposal"),
        ("GET", "/thu-tuc/1.001193/nop"),
    ],
}
CAPACITY = 0.005  # seconds one request keeps the only process of the services busy
IMPATIENCE = 0.2  # seconds after which somebody who was sent away asks again, whatever he was told
PATIENCE = 1.0  # seconds after which a person who submits has not been answered


def group_of(method: str, path: str) -> str:
    """Say with what the table sheds a request."""

    def holds(row: Route) -> bool:
        if row.multipart or (row.methods and method not in row.methods):
            return False
        if row.prefix:
            return row.prefix in ("/", path) or path.startswith(row.prefix + "/")
        return path == row.path or bool(row.regex and re.fullmatch(row.regex, path))

    row = next(row for row in route_table() if holds(row))
    return row.group.name if row.group else ""


@pytest.mark.parametrize(
    ("group", "method", "path"), [(group, *asked) for group, all_ in SHED.items() for asked in all_]
)
def test_each_request_is_shed_with_its_like_and_the_promises_with_nobody(
    group: str, method: str, path: str
) -> None:
    assert group_of(method, path) == group


def test_shares_follow_the_order_of_the_promises() -> None:
    named = {row.group.name: row.group for row in route_table() if row.group}
    shares = [(named[name].at_once, named[name].waiting) for name in SHED if name]
    assert all(less < more for less, more in pairwise([*shares, (512, 512)]))


def test_each_group_of_each_service_has_a_share_of_its_own() -> None:
    services = {row.service for row in route_table() if row.service}
    written = render(route_table(), dict.fromkeys(services, (HERE,)), HERE)["static_resources"]
    most = {
        cluster["name"]: cluster["circuit_breakers"]["thresholds"][0]["max_requests"]
        for cluster in written["clusters"]
    }
    assert (most["intake statistics"], most["intake search"], most["intake lists"]) == (4, 16, 32)
    assert (most["intake"], most["portal"], most["identity"]) == (512, 512, 512)


def test_a_group_nobody_knows_is_refused() -> None:
    row = {"prefix": "/a", "service": "x", "token": "none", "limit": "api", "group": "others"}
    limits = {"api": {"requests": 1, "seconds": 1}}
    with pytest.raises(ValueError, match="others"):
        read_table({"limits": limits, "bodies": {"usual": 1}, "groups": {}, "routes": [row]})


def test_an_agencys_own_instance_is_asked_for_its_lists_too(
    make_edge: Callable[..., httpx.Client], own_instance: tuple[Override, int], bearer: Bearer
) -> None:
    override, port = own_instance
    edge = make_edge(rate_scale=1000, overrides=[override])
    listed = edge.get("/api/processing/agencies/H42.15/dossiers", headers=bearer())
    assert listed.json()["upstream"] == port


@dataclass
class Upstream:
    """All services in one process that answers one request after the other, as one with much to compute does."""

    keys: bytes
    port: int = 0
    ready: bool = True
    answered: int = 0
    _line: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def serve(self, begun: threading.Event, ended: asyncio.Event) -> None:
        server = await asyncio.start_server(self._answer, "127.0.0.1", self.port)
        self.port = server.sockets[0].getsockname()[1]
        begun.set()
        async with server:
            await ended.wait()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = re.search(rb"(?i)content-length: (\d+)", head)
                await reader.readexactly(int(length[1]) if length else 0)
                writer.write(await self._told(head.split()[1].decode()))
                await writer.drain()
        writer.close()

    async def _told(self, path: str) -> bytes:
        status, body = b"200 OK", str(self.port).encode()
        if path == JWKS_PATH:
            body = self.keys
        elif path == "/health/ready":
            status = b"200 OK" if self.ready else b"503 Service Unavailable"
        else:
            async with self._line:
                await asyncio.sleep(CAPACITY)
            self.answered += 1
        return b"HTTP/1.1 %s\r\ncontent-length: %d\r\n\r\n%s" % (status, len(body), body)


@contextmanager
def running(upstream: Upstream) -> Iterator[Callable[[], None]]:
    """Serve from a thread of its own; gives what closes the port at once, with all its connections."""
    begun, loop, ended = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(upstream.serve(begun, ended))
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    assert begun.wait(10)

    def close() -> None:
        if thread.is_alive():
            loop.call_soon_threadsafe(ended.set)
            thread.join(10)

    yield close
    close()


@pytest.fixture
def keys(signer: Any) -> bytes:
    """Give what identity tells about its keys."""
    return httpx.Response(200, json={"keys": [signer.public_jwk()]}).content


async def _visit(
    port: int, asked: Asked, headers: str, seen: list[tuple[int, bool, float]], until: float
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    method, path = asked
    request = f"{method} {path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n{headers}\r\n".encode()
    while time.monotonic() < until:
        begun = time.monotonic()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
        seen.append((int(head[9:12]), b"retry-after: 1" in head, time.monotonic() - begun))
        if seen[-1][0] != httpx.codes.OK:
            await asyncio.sleep(IMPATIENCE)
    writer.close()


async def flood(port: int, headers: str, crowd: dict[str, int], seconds: float) -> dict[str, list[Any]]:
    """Let a crowd ask again and again: how many of each group ask what is written first of it."""
    seen: dict[str, list[Any]] = {name: [] for name in crowd}
    until = time.monotonic() + seconds
    async with asyncio.timeout(seconds + 20), asyncio.TaskGroup() as group:
        for name, people in crowd.items():
            for _ in range(people):
                group.create_task(_visit(port, SHED[name][0], headers, seen[name], until))
    return seen


# On a quiet machine all of submission's requests are answered with groups and none without; a busy one blurs both.
ENOUGH = 0.5
CROWD = {"statistics": 100, "search": 100, "lists": 100, "": 4}


def told(edge: httpx.Client, headers: dict[str, str]) -> dict[str, list[Any]]:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return asyncio.run(flood(edge.base_url.port or 80, lines, CROWD, 3.0))


def answered(seen: list[Any]) -> float:
    """Return the share that was answered while a person waits."""
    return sum(status == httpx.codes.OK and took < PATIENCE for status, _, took in seen) / len(seen)


def test_a_flood_of_statistics_search_and_lists_leaves_submission_its_answers(
    make_edge: Callable[..., httpx.Client], keys: bytes, bearer: Bearer
) -> None:
    upstream = Upstream(keys)
    with running(upstream):
        edge = make_edge(rate_scale=100_000, every=upstream.port)
        seen = told(edge, bearer())
    shares = [answered(seen[name]) for name in CROWD]
    assert shares[-1] >= ENOUGH, shares
    assert len(seen[""]) >= 20
    assert shares == sorted(shares), shares
    shed = [one for name in CROWD if name for one in seen[name] if one[0] != httpx.codes.OK]
    assert {status for status, _, _ in shed} == {503}
    assert all(again for _, again, _ in shed)
    assert Counter(status for status, _, _ in seen[""]).keys() == {200}


def test_without_groups_the_same_flood_takes_submission_along(
    make_edge: Callable[..., httpx.Client], keys: bytes, bearer: Bearer
) -> None:
    upstream = Upstream(keys)
    with running(upstream):
        alike = [replace(row, group=None) for row in route_table()]
        edge = make_edge(rate_scale=100_000, every=upstream.port, table=alike)
        share = answered(told(edge, bearer())[""])
        assert share < ENOUGH


@pytest.fixture
def full(make_edge: Callable[..., httpx.Client]) -> httpx.Client:
    """Give an edge that has room for nobody in any group."""
    none = {name: Group(name, 0, 0) for name in SHED}
    rows = [replace(row, group=none[row.group.name]) if row.group else row for row in route_table()]
    return make_edge(rate_scale=1000, table=rows)


def test_who_asks_for_a_page_that_is_shed_gets_one_that_asks_again_by_itself(full: httpx.Client) -> None:
    answer = full.get("/thong-ke", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 503
    assert 10 <= int(answer.headers["retry-after"]) <= 19
    assert 10 <= int(answer.headers["refresh"]) <= 19
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for words in (
        "Rất nhiều người đang dùng hệ thống",
        "Very many people are using",
        '<a href="">Thử lại ngay',
    ):
        assert words in answer.text
    assert re.search(r"Mã tra cứu sự cố: <code>[0-9a-f-]{36}</code>", answer.text)


def test_a_program_is_told_when_to_come_back(full: httpx.Client) -> None:
    for language, words in (("vi", "Rất nhiều người"), ("en", "Very many people")):
        answer = full.get("/api/stats/public", headers={"Accept-Language": language})
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert 10 <= int(answer.headers["retry-after"]) <= 19
        assert (answer.json()["code"], words in answer.json()["detail"]) == ("overloaded", True)


def test_a_form_that_finds_nobody_is_told_to_go_back_and_does_not_ask_again_by_itself(
    make_edge: Callable[..., httpx.Client],
) -> None:
    edge = make_edge(away=["portal"], rate_scale=1000)
    answer = edge.post("/ban-nhap/1/nop", data={"a": "b"}, headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "refresh" not in answer.headers
    assert "quay lại trang trước" in answer.text


def test_a_replica_that_is_not_ready_is_left_out_before_it_goes(
    make_edge: Callable[..., httpx.Client], keys: bytes, bearer: Bearer
) -> None:
    one, other = Upstream(keys), Upstream(keys)
    with running(one) as leave, running(other):
        places = tuple(Address("127.0.0.1", each.port, each.port) for each in (one, other))
        edge = make_edge(rate_scale=1000, every=one.port, replicas={"intake": places})

        def answering() -> set[str]:
            answers = [edge.get("/api/intake/drafts/1", headers=bearer()) for _ in range(12)]
            assert {answer.status_code for answer in answers} == {200}
            return {answer.text for answer in answers}

        assert answering() == {str(one.port), str(other.port)}
        one.ready = False
        deadline = time.monotonic() + 10
        while answering() != {str(other.port)}:
            assert time.monotonic() < deadline, "the edge still leads to who is not ready"
        leave()
        assert answering() == {str(other.port)}


def test_a_replica_that_is_gone_is_passed_over(
    make_edge: Callable[..., httpx.Client], keys: bytes, bearer: Bearer
) -> None:
    here, gone = Upstream(keys), Address("127.0.0.1", 9)
    with running(here):
        places = (Address("127.0.0.1", here.port), gone)
        edge = make_edge(rate_scale=1000, every=here.port, replicas={"intake": places})
        answers = [edge.post("/api/intake/dossiers", headers=bearer()) for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200}
