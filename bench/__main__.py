"""Run every scenario in turn, or those named: `python -m bench submit search`."""

import argparse
import gc
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import (
    aftermath,
    backup,
    bulk,
    clock,
    desk,
    events,
    growth,
    live,
    questions,
    receipt,
    replicas,
    rolling,
    running,
    search,
    submit,
    takeover,
    tracking,
)
from bench.findings import Finding, keep, show
from bench.province import close_province

Scenario = Callable[[], list[Finding]]
# Those that share one running suite come last, the memory it holds after everything else.
SCENARIOS: dict[str, Scenario] = {
    "clock": clock.findings,
    "receipt": receipt.run,
    "submit": submit.run,
    "growth": growth.run,
    "questions": questions.run,
    "events": events.run,
    "takeover": takeover.run,
    "backup": backup.run,
    "bulk": bulk.run,
    "start": running.run_start,
    "aftermath": aftermath.run,
    "search": search.run,
    "desk": desk.run,
    "tracking": tracking.run,
    "live": live.run,
    "replicas": replicas.run,
    "rolling": rolling.run,
    "memory": running.run_memory,
}
RESULTS = Path("build/bench.json")


def main() -> int:
    """Measure, print, keep; a missed target is said, never an error of the program."""
    asked = _arguments()
    growth.sizes = tuple(asked.dossiers)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whatever was started is stopped on the way out
    findings: list[Finding] = []
    try:
        for name in asked.scenarios or SCENARIOS:
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


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="scenario", choices=[*SCENARIOS, []])
    parser.add_argument("--dossiers", nargs=2, type=int, default=growth.sizes, help="the two sizes of growth")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
