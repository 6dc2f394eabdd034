"""A process that runs and answers nobody is ended; a slow one and a new one are not."""

import asyncio
import contextlib
import http.server
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from suite.run import liveness
from suite.run.forks import Child, fork
from suite.run.liveness import EVERY, MISSES, STARTING, Liveness, Questions, console
from suite.run.places import free_port
from suite.run.supervisor import Supervisor


class Room:
    """Processes that answer or not, and a clock that is moved by hand."""

    def __init__(self) -> None:
        self.silent: set[str] = set()
        self.asked: dict[int, str] = {}
        self.count = 0
        self.now = 1000.0
        self.liveness = Liveness(self, lambda: self.now)

    def ask(self, process: int, url: str) -> None:
        self.asked[process] = url
        self.count += 1

    def heard(self) -> dict[int, bool]:
        heard, self.asked = {process: url not in self.silent for process, url in self.asked.items()}, {}
        return heard

    def forget(self) -> None:
        self.asked.clear()

    def look(self, addresses: dict[int, str]) -> list[int]:
        self.now += EVERY
        return self.liveness.hung(addresses)


def test_r13_three_misses_in_a_row_end_a_process_and_one_answer_forgives_them() -> None:
    room, both = Room(), {1: "a", 2: "b"}
    assert room.look(both) == []
    room.silent = {"b"}
    assert [room.look(both) for _ in range(MISSES - 1)] == [[]] * (MISSES - 1)
    room.silent = set()
    assert room.look(both) == []
    room.silent = {"b"}
    assert [room.look(both) for _ in range(MISSES)] == [[], [], [2]]


def test_a_new_process_may_take_its_time_and_one_that_never_begins_is_ended() -> None:
    room = Room()
    room.silent = {"a"}
    looks = int(STARTING / EVERY)
    assert [room.look({1: "a"}) for _ in range(looks)] == [[]] * looks
    assert [room.look({1: "a"}) for _ in range(MISSES)] == [[], [], [1]]


def test_the_successor_of_an_ended_process_is_new() -> None:
    room = Room()
    room.look({1: "a"})
    room.silent = {"a"}
    assert [room.look({1: "a"}) for _ in range(MISSES)][-1] == [1]
    assert [room.look({7: "a"}) for _ in range(MISSES)] == [[]] * MISSES


def test_nobody_is_asked_more_often_than_every_few_seconds() -> None:
    room = Room()
    for _ in range(3):
        room.liveness.hung({1: "a"})
    assert room.count == 1
    room.look({1: "a"})
    assert room.count == 2


@contextmanager
def serving(status: int) -> Iterator[str]:
    """Answer every request with one status."""

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()


def answers(url: str) -> bool:
    """Ask one process and wait for what comes of it."""
    questions = Questions()
    questions.ask(1, url)
    deadline = time.monotonic() + 15
    while not (heard := questions.heard()):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return heard[1]


def test_a_refusal_is_an_answer_and_silence_is_none() -> None:
    with serving(404) as url:
        assert answers(url)
    assert not answers(url)


@contextmanager
def listening(family: socket.AddressFamily, place: object) -> Iterator[socket.socket]:
    """Take connections and never answer one."""
    with socket.socket(family) as server:
        server.bind(place)
        server.listen(5)
        yield server


def test_everybody_is_asked_at_once_and_nobody_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(liveness, "SECONDS", 1.0)
    with contextlib.ExitStack() as stack:
        silent = [stack.enter_context(listening(socket.AF_INET, ("127.0.0.1", 0))) for _ in range(3)]
        questions, begun = Questions(), time.monotonic()
        for number, server in enumerate(silent):
            questions.ask(number, f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert questions.heard() == {}
        assert time.monotonic() - begun < 0.5
        heard: dict[int, bool] = {}
        while len(heard) < 3:
            assert time.monotonic() - begun < 2  # one deadline for all, not one each
            heard |= questions.heard()
            time.sleep(0.02)
    assert heard == {0: False, 1: False, 2: False}


def accept_and_close(server: socket.socket) -> None:
    """Break one connection off."""
    server.accept()[0].close()


def test_a_console_that_refuses_or_breaks_off_is_no_silence_and_one_that_says_nothing_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liveness, "SECONDS", 0.3)
    place = tmp_path / "a console?"
    assert answers(console(place))  # nobody there yet
    with listening(socket.AF_UNIX, str(place)) as server:
        assert not answers(console(place))
        server.accept()[0].close()
        reset = threading.Thread(target=accept_and_close, args=(server,))
        reset.start()
        assert answers(console(place))
        reset.join()


def test_r13_a_stopped_service_is_ended_by_the_supervisor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liveness, "SECONDS", 0.2)
    monkeypatch.setattr(liveness, "EVERY", 0.0)
    port = free_port()

    async def listen() -> None:
        async def answer(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
            writer.close()

        await (await asyncio.start_server(answer, "127.0.0.1", port)).serve_forever()

    child = fork("notify", listen, {}, tmp_path / "log")
    try:
        supervisor = watching(tmp_path, child, port)
        while not answers(f"http://127.0.0.1:{port}/"):
            time.sleep(0.02)
        for _ in range(20):
            supervisor.end_hung()
            time.sleep(0.02)
        assert child.alive()
        os.kill(child.pid, signal.SIGSTOP)
        deadline = time.monotonic() + 10
        while child.alive():
            looked = time.monotonic()
            supervisor.end_hung()
            assert time.monotonic() - looked < 0.15  # who restarts others stands still for nobody
            assert looked < deadline
            time.sleep(0.02)
    finally:
        if child.alive():
            os.kill(child.pid, signal.SIGKILL)


def watching(folder: Path, child: Child, port: int) -> Supervisor:
    """Make a supervisor of one child that tells its health on a port."""
    supervisor = Supervisor(folder, free_port(), "ninh-binh", distributed=False, amqp_url=None)
    supervisor.plan = SimpleNamespace(watch_url=lambda _name: f"http://127.0.0.1:{port}")  # type: ignore[assignment]
    supervisor.children, supervisor.told_at = {"notify": child}, {"notify": "notify"}
    return supervisor
