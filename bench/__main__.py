"""Run every scenario in turn, or those named: `python -m bench submit search`."""

import gc
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import clock, desk, events, receipt, running, search, submit, tracking
from bench.findings import Finding, keep, show
from bench.province import close_province

Scenario = Callable[[], list[Finding]]
# Those that share one running suite come last, the memory it holds after everything else.
SCENARIOS: dict[str, Scenario] = {
    "clock": clock.findings,
    "receipt": receipt.run,
    "submit": submit.run,
    "events": events.run,
    "start": running.run_start,
    "search": search.run,
    "desk": desk.run,
    "tracking": tracking.run,
    "memory": running.run_memory,
}
RESULTS = Path("build/bench.json")


def main() -> int:
    """Measure, print, keep; a missed target is said, never an error of the program."""
    named = sys.argv[1:] or list(SCENARIOS)
    if unknown := set(named) - set(SCENARIOS):
        print(f"there is no scenario {', '.join(sorted(unknown))}; choose from: {', '.join(SCENARIOS)}")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whatever was started is stopped on the way out
    findings: list[Finding] = []
    try:
        for name in named:
            begun = time.monotonic()
            print(f"{name} …", end="", flush=True, file=sys.stderr)
            findings += SCENARIOS[name]()
            gc.collect()
            print(f" {time.monotonic() - begun:.0f} s", flush=True, file=sys.stderr)
    finally:
        close_province()
        show(findings)  # also what an interrupted run has found
        keep(findings, RESULTS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
