"""Lets the tests of containers import their rig and the bookkeeping of the fault tests; starts one province for all."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))

from composed.containers import Containers, engine
from composed.province import Province


@pytest.fixture(scope="module")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    """Give a province as a stranger starts it: one command for the secrets, one for the rest."""
    found = Containers("motcua-test", tmp_path_factory.mktemp("compose"))
    found.down()  # what a run that was killed left behind would start again with secrets that are gone
    found.compose("run", "--rm", "init")
    try:
        seconds = found.up()
        memory = found.resident()
        print(f"\nhealthy after {seconds:.0f} s and {found.worked():.0f} s of CPU")
        print(f"{sum(memory.values()):.0f} MiB resident in {len(memory)} containers")
        print(
            ", ".join(f"{name} {size:.0f}" for name, size in sorted(memory.items(), key=lambda one: -one[1]))
        )
        yield found
    finally:
        print(_last_words(found))
        found.down()


def _last_words(containers: Containers) -> str:
    """Return the last lines of every container that is not well, for whoever must find out why."""
    ill = [
        name for name, state in containers.states().items() if state not in {"healthy", "running", "exited 0"}
    ]
    return "".join(f"\n== {name}\n{engine('logs', '--tail', '15', name)[-2000:]}" for name in ill)


@pytest.fixture
async def province(containers: Containers) -> Province:
    """Give the province with a procedure to submit and a witness beside every inbox."""
    found = Province(containers)
    await found.install_witness()
    await found.publish()
    return found
