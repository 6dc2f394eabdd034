"""Run every scenario in turn, or those named: `python -m bench submit search`."""

import gc
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import submit
from bench.findings import Finding, keep, show

Scenario = Callable[[], list[Finding]]
SCENARIOS: dict[str, Scenario] = {"submit": submit.run}
RESULTS = Path("build/bench.json")


def main() -> int:
    """Measure, print, keep; a missed target is said, never an error of the program."""
    named = sys.argv[1:] or list(SCENARIOS)
    if unknown := set(named) - set(SCENARIOS):
        print(f"there is no scenario {', '.join(sorted(unknown))}; choose from: {', '.join(SCENARIOS)}")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whatever was started is stopped on the way out
    findings: list[Finding] = []
    for name in named:
        begun = time.monotonic()
        print(f"{name} …", flush=True, file=sys.stderr)
        findings += SCENARIOS[name]()
        gc.collect()
        print(f"{name}: {time.monotonic() - begun:.0f} s", flush=True, file=sys.stderr)
    show(findings)
    keep(findings, RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
