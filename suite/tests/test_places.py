"""Where things stand on this machine: ports that nobody else comes upon."""

import socket
import subprocess
import sys

import pytest
from suite.run import places
from suite.run.places import free_port

FROM_THE_SAME_PLACE = """
import sys
from suite.run import places
places._numbers = lambda process: iter(range(int(sys.argv[1]) - places._PORTS.start, len(places._PORTS)))
print(places.free_port())
"""


def test_ports_are_told_once_and_lie_below_those_of_connections_that_go_out() -> None:
    told = [free_port() for _ in range(300)]
    assert len(set(told)) == 300
    assert max(told) < 32_768


def test_a_port_somebody_listens_on_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port() + 1))
        assert free_port() != taken.getsockname()[1]


def test_where_no_port_is_free_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        monkeypatch.setattr(places, "_PORTS", range(port, port + 1))
        with pytest.raises(OSError, match=f"no TCP port from {port} to {port} is free"):
            free_port()


def test_a_port_told_to_one_process_is_told_to_no_other_while_it_lives() -> None:
    mine = free_port()
    told = subprocess.check_output([sys.executable, "-c", FROM_THE_SAME_PLACE, str(mine)])
    assert int(told) > mine
