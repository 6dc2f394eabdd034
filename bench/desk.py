"""The queue of a desk officer who sees one agency, with 200,000 dossiers of the whole province in the database."""

import asyncio
import re
from typing import Any
from urllib.parse import quote

import asyncpg
import httpx
import psutil
from suite.demo.welcome import PASSWORD

from bench.findings import Finding
from bench.load import Load, drive, request
from bench.machine import cpu_of, disturbed, quietest, rss_of
from bench.province import AGENCY, Province, province

ROUNDS, OFFICER = 12, "motcua.hoalu"
API, PAGE, PERSON, FILTER = 60.0, 200.0, 50.0, 40.0
DOSSIER_CPU, HUNDRED_CPU, ASKED = 2.5, 5.0, 200
"""Processor milliseconds of intake for a dossier's whole answer and a page of 100; how often each is asked for."""
FILTERS = {
    "by procedure": "list=closed&procedure=1.001193",
    "by officer": "list=closed&officer=officer-1",
    "by channel nobody used": "list=closed&channel=post",
    "by days": "list=closed&since=2026-10-01&until=2026-10-05",
    "by state": "list=at_the_unit&state=in_process",
    "closed ones by receipt": "list=closed&sort=newest",
    "open ones by receipt": "sort=oldest",
    "due today, by officer": "list=due_today&officer=officer-2",
}
"""The ways a queue is narrowed and ordered, the dearest ones: those of closed dossiers, of which there are most."""
_PAGE = """select code, version, state, applicant_name, next_due_at from dossier
where receiving_point = $1 and state = 'submitted' order by next_due_at, code limit 26"""
_HIDDEN = re.compile(r'name="(form_token|tiep)" value="([^"]*)"')


def run() -> list[Finding]:
    """Measure the API and the page for every way an officer looks at the queue."""
    suite = province().with_dossiers()
    officer = suite.signed_in(OFFICER)
    api = api_requests(
        officer.http.headers["Authorization"], officer.get("/api/intake/desk/dossiers")["next"]
    )
    pages = page_requests(suite)

    def measured(requests: list[bytes]) -> tuple[Load, float]:
        drive(suite.port, requests, connections=1).only(200)
        return quietest(lambda: drive(suite.port, requests * ROUNDS, connections=1).only(200), 2)

    (asked, share), (shown, page_share) = measured(api), measured(pages)
    found, found_share = measured(person_requests(officer.http.headers["Authorization"]))
    bearer = officer.http.headers["Authorization"]
    narrowed = {name: measured(narrowed_requests(bearer, query)) for name, query in FILTERS.items()}
    floor = asyncio.run(statement(suite.dsn))
    memory = rss_of(suite.pythons)
    beside: dict[str, Any] = {"raw": floor, "raw_what": "the page's bare statement", "memory": memory}
    behind = {**beside, "raw": asked.percentile(0.95), "raw_what": "the API"}
    return [
        finding("desk queue, API: p95", asked, API, share=share, **beside),
        finding("desk queue, page: p95", shown, PAGE, share=page_share, **behind),
        finding("person found at the counter: p95", found, PERSON, share=found_share, **beside),
        *(
            finding(f"desk queue, {name}: p95", load, FILTER, share=other, **beside)
            for name, (load, other) in narrowed.items()
        ),
        *costs(suite, bearer),
    ]


def narrowed_requests(bearer: str, query: str) -> list[bytes]:
    """Write one way of narrowing: its list and its figures."""
    ways = (f"/api/intake/desk/dossiers?limit=25&{query}", f"/api/intake/desk/counts?{query}")
    return [request("GET", way, {"Authorization": bearer}) for way in ways]


def costs(suite: Province, bearer: str) -> list[Finding]:
    """Measure what intake spends on one dossier's whole answer and on a page of 100."""
    code = suite.signed_in(OFFICER).get("/api/intake/desk/dossiers?state=in_process&limit=1")["items"][0][
        "code"
    ]
    asked = (
        ("one dossier's whole answer at the desk: CPU", f"/api/intake/dossiers/{code}", DOSSIER_CPU),
        ("desk queue, a page of 100: CPU", "/api/intake/desk/dossiers?limit=100", HUNDRED_CPU),
    )
    found = []
    for what, path, target in asked:
        requests = [request("GET", path, {"Authorization": bearer})] * ASKED
        drive(suite.port, requests[:20], connections=1).only(200)
        spent = min(_spent(suite, requests) for _ in range(3)) / ASKED * 1000
        found.append(
            Finding(
                what, spent, "ms", f"≤ {target} ms", spent <= target, note=f"of {ASKED} answers, least of 3"
            )
        )
    return found


def _spent(suite: Province, requests: list[bytes]) -> float:
    """Return the processor seconds intake needs for requests."""
    intake = psutil.Process(suite.note["pids"]["intake"])
    before = cpu_of([intake, *intake.children(recursive=True)])
    drive(suite.port, requests, connections=1).only(200)
    return cpu_of([intake, *intake.children(recursive=True)]) - before


def finding(
    what: str, load: Load, target: float, *, raw: float, raw_what: str, memory: int, share: float
) -> Finding:
    """Compare the 95th percentile with its target and its raw limit."""
    p95 = load.percentile(0.95)
    note = (
        f"{len(load.took)} answers; p50 {load.percentile(0.5):.0f} ms, p99 {load.percentile(0.99):.0f} ms,"
        f" most {load.took[-1]:.0f} ms {disturbed(share)}"
    )
    return Finding(what, p95, "ms", f"≤ {target:.0f} ms", p95 <= target, raw, raw_what, memory, note)


def api_requests(bearer: str, following: str) -> list[bytes]:
    """Write the ways of looking: by state, by deadline, by words, by code, the next page, the counts."""
    queries = (
        "",
        "?state=submitted&limit=25",
        "?due=overdue",
        "?due=soon",
        "?due=today",
        "?q=" + quote("Nguyễn Thị"),
        "?q=pham%20quang%20hung",
        f"?q={AGENCY}-2511",
        f"?cursor={quote(following)}",
        "?state=accepted,forwarded,in_process,awaiting_signature",
        "?state=returned,refused,redirected",
        "?limit=200",
    )
    paths = [f"/api/intake/desk/dossiers{query}" for query in queries] + ["/api/intake/desk/counts"]
    return [request("GET", path, {"Authorization": bearer}) for path in paths]


def person_requests(bearer: str) -> list[bytes]:
    """Write the ways of finding who stands at the counter: by number, card, telephone, name and code."""
    numbers = [f"{number:012d}" for number in (8, 1600, 59992)]
    phones = ["0900000008", "+84 900 001 600", "0900.059.992"]
    card = "000000001600|1|NGUYỄN THỊ ÁNH|01011990|Nữ|Hoa Lư, Ninh Bình|10052021"
    names = ["Nguyễn Thị Ánh", "pham quang hung", "Đặng Xuân Yến", "nobody at all"]
    sought = [*numbers, *phones, card, *names, f"{AGENCY}-2511", "000099999999"]
    headers, path = {"Authorization": bearer}, "/api/intake/counter/people"
    return [request("POST", path, headers, {"words": words}) for words in sought]


def page_requests(suite: Province) -> list[bytes]:
    """Sign in at the officers' door and write the tabs of the queue."""
    with httpx.Client(base_url=f"http://127.0.0.1:{suite.port}", timeout=30) as browser:
        form = dict(_HIDDEN.findall(browser.get("/can-bo/dang-nhap").raise_for_status().text))
        entered = browser.post("/can-bo/dang-nhap", data={**form, "login": OFFICER, "password": PASSWORD})
        if entered.status_code != httpx.codes.SEE_OTHER:
            raise RuntimeError(f"the officer could not sign in: {entered.status_code}")
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    queries = (
        "",
        "?muc=moi",
        "?muc=bo-sung",
        "?muc=dang-giai-quyet",
        "?muc=cho-tra",
        "?muc=xong",
        "?han=overdue",
    )
    return [request("GET", f"/can-bo/tiep-nhan{query}", {"Cookie": cookies}) for query in queries]


async def statement(dsn: str) -> float:
    """Measure the 95th percentile in ms of reading one page of the queue and nothing else."""
    connection, took = await asyncpg.connect(dsn), []
    loop = asyncio.get_running_loop()
    for _ in range(200):
        begun = loop.time()
        await connection.fetch(_PAGE, AGENCY)
        took.append((loop.time() - begun) * 1000)
    await connection.close()
    return sorted(took)[190]
