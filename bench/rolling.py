"""Each service restarted in turn, with a second replica beside it, while citizens submit at a steady rate."""

import asyncio
import os
import signal
import time
from itertools import cycle, islice

from suite.run.layout import SERVICES
from suite.run.processes import answers
from suite.run.running import running_in
from suite.testing.replicas import replicas_of, tell_gateway, usual

from bench.aftermath import CITIZEN, quiet, submissions
from bench.findings import Finding
from bench.load import request
from bench.machine import Neighbours, disturbed, rss_of
from bench.paced import Paced, Seen
from bench.province import Province, province
from bench.replicas import FOLLOWED, held, lost

RATE, READS, LONGEST = 200.0, 40.0, 120.0
"""Submissions a second; reads a second over all services together; seconds the requests suffice for."""
BACK_WITHIN = 120.0


def run() -> list[Finding]:
    """Restart every service under load and count who had to ask more than twice, and what was lost."""
    suite = province()
    before, citizen = asyncio.run(held(suite)), suite.signed_in(CITIZEN)
    asked = submissions(suite, citizen, round(RATE * LONGEST))
    reads = [request("GET", f"/api/{name}/openapi.json") for name in SERVICES if name != "portal"]
    reads.append(request("GET", "/huong-dan"))
    plan, _ = running_in(suite.folder)
    with replicas_of(suite.folder, *SERVICES) as more, Neighbours() as neighbours:
        pairs = {name: [usual(plan, name), more[name].address] for name in SERVICES}
        tell_gateway(suite.gateway_file, pairs)
        time.sleep(FOLLOWED)
        looking = list(islice(cycle(reads), round(READS * LONGEST)))
        with Paced(suite.port, asked, RATE) as submitting, Paced(suite.port, looking, READS) as reading:
            took = [_restarted(suite, name) for name in SERVICES]
            seen, read = submitting.stop(), reading.stop()
        memory = rss_of(suite.pythons)
        tell_gateway(suite.gateway_file, {})
    asyncio.run(quiet(suite))
    gone = lost(seen.answered, before, asyncio.run(held(suite)))
    return [_finding(seen, read, gone, took, memory=memory, share=neighbours.share)]


def _restarted(suite: Province, service: str) -> float:
    """End the supervisor's process of a service as an operator does, and wait until its successor takes requests."""
    begun, plan = time.monotonic(), running_in(suite.folder)[0]
    name = service if service in suite.note["pids"] else f"{service}-api"
    old = suite.note["pids"][name]
    os.kill(old, signal.SIGTERM)
    while suite.note["pids"][name] == old or not answers(f"{plan.watch_url(service)}/health/ready"):
        if time.monotonic() - begun > BACK_WITHIN:
            raise TimeoutError(f"{service} did not come back")
        time.sleep(0.1)
    took = time.monotonic() - begun
    time.sleep(FOLLOWED / 2)
    return took


def _finding(seen: Seen, read: Seen, gone: int, took: list[float], *, memory: int, share: float) -> Finding:
    failed, rate = seen.failed.total() + read.failed.total(), seen.answered / seen.seconds
    p99 = sorted(seen.took)[int(len(seen.took) * 0.99)]
    note = (
        f"{len(took)} services, {min(took):.1f} to {max(took):.1f} s each; {seen.answered} submissions at {rate:.0f}/s,"
        f" p99 {p99:.0f} ms, repeated {dict(seen.repeated)}, failed {dict(seen.failed)}; {read.answered} reads,"
        f" repeated {dict(read.repeated)}, failed {dict(read.failed)}; {gone} lost;"
    )
    return Finding(
        "every service restarted under submissions: errors beyond a retry",
        failed,
        "errors",
        f"0, 0 lost, {RATE:.0f}/s",
        failed == 0 and gone == 0 and rate >= RATE * 0.98,
        rss_mb=memory,
        note=f"{note} {disturbed(share)}",
    )
