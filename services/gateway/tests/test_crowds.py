"""One address cannot take every connection: what lies above its share is closed, and everybody else goes on."""

import contextlib
import json
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from gateway.adapters.connections import held
from gateway.adapters.envoy import Edge, program
from gateway.domain import bootstrap
from gateway.domain.clusters import Address
from gateway.domain.crowds import crowds, narrowed
from gateway.main import route_table
from suite.run.places import free_port

MOST = 40  # of one address in these tests; a province has two thousand
ALL = 400
NEW = 150
MEMORY = 200 << 20
SERVICES = {str(row.service) for row in route_table() if row.service}


@pytest.mark.parametrize(
    ("held_by", "before", "expected"),
    [
        ({"a": 39, "b": 1}, (), ()),
        ({"a": 40, "b": 1}, (), ("a",)),
        ({"a": 20, "b": 1}, ("a",), ("a",)),  # who was just held to it is not let go at once
        ({"a": 19, "b": 1}, ("a",), ()),
        ({}, ("a",), ()),
    ],
)
def test_who_is_a_crowd(held_by: dict[str, int], before: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert crowds(held_by, MOST, frozenset(before)) == frozenset(expected)


def test_a_crowd_has_a_chain_of_its_own_and_everybody_elses_stays_as_it_is() -> None:
    listener = {"name": "edge", "filter_chains": [{"filters": [{"name": "manager"}]}]}
    told = narrowed(listener, {"10.0.0.1", "2001:db8::/64"}, 7)
    four, six, usual = told["filter_chains"]
    assert usual == listener["filter_chains"][0]
    assert four["filter_chain_match"]["source_prefix_ranges"] == [
        {"address_prefix": "10.0.0.1", "prefix_len": 32}
    ]
    assert six["filter_chain_match"]["source_prefix_ranges"][0] == {
        "address_prefix": "2001:db8::",
        "prefix_len": 64,
    }
    assert [one["typed_config"]["max_connections"] for one in (four["filters"][0], six["filters"][0])] == [
        7,
        7,
    ]


KERNEL = """  sl  local_address rem_address   st tx_queue rx_queue
   0: 0100007F:1F90 0900007F:D2F0 01 00000000:00000000
   1: 0100007F:1F90 0900007F:D2F1 06 00000000:00000000
   2: 0100007F:1F91 0900007F:D2F2 01 00000000:00000000
   3: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000A00007F:D2F3 01 00000000:00000000
"""


def test_open_connections_to_a_port_are_counted_by_address(tmp_path: Path) -> None:
    (tmp_path / "tcp").write_text(KERNEL)
    assert held(8080, (tmp_path / "tcp", tmp_path / "not-there")) == {"127.0.0.9": 1, "127.0.0.10": 1}


def room_of(request: pytest.FixtureRequest) -> int:
    """Return the memory an edge may hold in a test."""
    return int(request.getfixturevalue("room")) if "room" in request.fixturenames else MEMORY


@pytest.fixture
def edge(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edge]:
    """Run an edge with little room, each of whose requests is answered by the edge itself."""
    monkeypatch.setattr(bootstrap, "MOST_CLIENTS", ALL)
    monkeypatch.setattr(bootstrap, "NEW_CLIENTS", NEW)
    monkeypatch.setattr(bootstrap, "MEMORY", room_of(request))
    port, nowhere = free_port(), Address("127.0.0.1", free_port())
    places = dict.fromkeys(SERVICES, (nowhere,))
    made = Edge(
        tmp_path,
        lambda: bootstrap.render(route_table(), places, Address("127.0.0.1", port), rate_scale=1000),
        None,
        port,
        MOST,
    )
    process = subprocess.Popen(
        [program(), "-c", made.write(), "--concurrency", "1", "--disable-hot-restart", "-l", "error"]
    )
    eventually(lambda: answered(port, "127.0.0.1"), "the edge to be up")
    yield made
    process.terminate()
    process.wait(10)


def eventually(ask: Callable[[], bool], what: str, seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while not ask():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def answered(port: int, address: str) -> bool:
    """Ask for a closed address, from an address of this machine."""
    transport = httpx.HTTPTransport(local_address=address)
    with httpx.Client(transport=transport, timeout=5) as web, contextlib.suppress(httpx.TransportError):
        return web.get(f"http://127.0.0.1:{port}/metrics").status_code == 404
    return False


def connection(port: int, address: str) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), 5, source_address=(address, 0))


def still_open(one: socket.socket) -> bool:
    one.settimeout(0.3)
    try:
        return one.recv(1) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


def test_f7_officers_go_on_while_one_address_holds_all_it_can_get(edge: Edge) -> None:
    flood = [connection(edge.port, "127.0.0.9") for _ in range(3 * MOST)]
    try:
        eventually(lambda: held(edge.port)["127.0.0.9"] >= 3 * MOST, "the flood to stand")
        edge.follow()
        assert edge.crowds == {"127.0.0.9"}

        def closed() -> bool:
            more = [connection(edge.port, "127.0.0.9") for _ in range(MOST + 5)]
            flood.extend(more)
            return any(not still_open(one) for one in more)

        eventually(closed, "what the flood opens beyond its share to be closed")
        for _ in range(20):
            assert answered(edge.port, "127.0.0.10")
    finally:
        for one in flood:
            one.close()
    eventually(lambda: not held(edge.port)["127.0.0.9"], "the flood to be gone")
    edge.follow()
    assert not edge.crowds
    eventually(lambda: answered(edge.port, "127.0.0.9"), "who was a crowd to be let in again")


def test_without_a_limit_one_address_takes_the_room_of_all(edge: Edge) -> None:
    """The other side of the proof: unlimited, the same flood keeps everybody else out."""
    edge.most = 0
    flood: list[socket.socket] = []
    while len(flood) < ALL + 20:  # no faster than anybody may
        flood += [connection(edge.port, "127.0.0.9") for _ in range(NEW - 10)]
        time.sleep(1.1)
    edge.follow()
    assert not edge.crowds
    assert not answered(edge.port, "127.0.0.10")
    for one in flood:
        one.close()


def test_the_configuration_is_written_for_each_crowd(edge: Edge) -> None:
    edge.crowds = frozenset({"127.0.0.9"})
    edge.write()
    (listener,) = json.loads((edge.folder / "listeners.json").read_text())["resources"]
    assert [chain.get("name") for chain in listener["filter_chains"]] == ["127.0.0.9", None]


def test_f7_one_address_faster_than_the_look_leaves_room_for_everybody_else(edge: Edge) -> None:
    """All at once, before anybody could look, and each held on to: more than there is room for."""
    flood = [connection(edge.port, "127.0.0.9") for _ in range(2 * ALL)]
    try:
        time.sleep(1)  # the next look
        edge.follow()
        flood += [connection(edge.port, "127.0.0.9") for _ in range(ALL)]
        kept = held(edge.port)["127.0.0.9"]
        assert MOST <= kept < ALL - MOST, kept
        for _ in range(20):
            assert answered(edge.port, "127.0.0.10")
    finally:
        for one in flood:
            one.close()


def slow_body(port: int, address: str) -> socket.socket:
    """Send nearly all of a form and no more."""
    one, body = connection(port, address), b"a=" + b"x" * 1_000_000
    head = f"POST /tai-khoan HTTP/1.1\r\nHost: a.example\r\nContent-Length: {len(body) + 40_000}\r\n"
    one.setblocking(False)
    waiting = f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode() + body
    until = time.monotonic() + 5
    while waiting and time.monotonic() < until:
        with contextlib.suppress(BlockingIOError):
            try:
                waiting = waiting[one.send(waiting) :]
            except OSError:
                break
    return one


def grown(edge: Edge, forms: int) -> int:
    """Begin forms and end none, from twenty addresses; return by how many bytes the edge grew at most."""
    written = str(edge.folder / "bootstrap.json")
    process = next(one for one in psutil.process_iter(["cmdline"]) if written in (one.info["cmdline"] or ()))
    edge.most, before = 0, process.memory_info().rss
    most, flood = before, list[socket.socket]()
    try:
        for number in range(forms):
            time.sleep(0.02)  # no faster than anybody may
            flood.append(slow_body(edge.port, f"127.0.1.{1 + number % 20}"))
            most = max(most, process.memory_info().rss)
            if number % 50 == 49:
                eventually(lambda: answered(edge.port, "127.0.0.10"), "an honest request to be answered")
    finally:
        for one in flood:
            one.close()
    return most - before


FORMS = 390
SLACK = MEMORY // 2  # what comes while it hurries, and what is free and given back later


def test_forms_that_never_end_fill_no_memory(edge: Edge) -> None:
    assert grown(edge, FORMS) < MEMORY + SLACK
    assert answered(edge.port, "127.0.0.10")


@pytest.mark.parametrize("room", [1 << 40])
def test_with_room_for_anything_forms_fill_the_memory(edge: Edge, room: int) -> None:
    """The other side of the proof."""
    assert room > MEMORY
    assert grown(edge, FORMS) > MEMORY
