"""How soon the embedded suite is up again, and what all its Python processes hold in memory."""

import subprocess
import sys
import time

from bench.findings import Finding
from bench.machine import cpu_of, disturbed, family, own_share_of, quietest, rss_of
from bench.province import Province, province

START, MEMORY = 10.0, 700.0
_IMPORTS = "import " + ", ".join(
    f"{name}.main" for name in ("catalog", "identity", "intake", "processing", "portal")
)


def again(suite: Province) -> tuple[float, float]:
    """Stop the suite, start it on the same data, and return the seconds it took and the CPU seconds it spent."""
    time.sleep(1)  # a suite that has just come up listens for Ctrl-C a moment later
    suite.stop()
    took = suite.start()
    assert suite.process is not None
    return took, cpu_of(family(suite.process.pid))


def imports() -> float:
    """Return the seconds Python needs to import the services in one process."""
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", _IMPORTS], check=True)
    return time.monotonic() - begun


def run_start() -> list[Finding]:
    """Start a second time."""
    suite = province()
    (took, cpu), share = quietest(lambda: again(suite), 2)
    raw = min(imports() for _ in range(2))
    note = f"{cpu:.1f} s CPU of all its processes; first start with the catalogue {suite.first_start:.0f} s;"
    return [
        Finding(
            "embedded start, second time",
            took,
            "s",
            "≤ 10 s",
            took <= START,
            raw,
            "importing the services",
            rss_of(suite.pythons),
            f"{note} {disturbed(share)}",
        )
    ]


def run_memory() -> list[Finding]:
    """Sum the memory of the supervisor and its services as they stand, after whatever was asked of them."""
    suite = province()
    pythons = suite.pythons
    own = own_share_of(pythons)
    command = [sys.executable, "-c", f"{_IMPORTS}; print(flush=True); input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as probe:
        assert probe.stdout is not None
        probe.stdout.readline()
        raw = own_share_of(family(probe.pid)[:1])
        probe.communicate(b"\n", 10)
    note = f"{len(pythons)} processes, shared pages counted once; the sum of RSS is {rss_of(pythons)} MB"
    return [
        Finding(
            "memory of all Python processes",
            own,
            "MB",
            "≤ 700 MB",
            own <= MEMORY,
            raw,
            "one process that imported the services",
            rss_of(pythons),
            note,
        )
    ]
