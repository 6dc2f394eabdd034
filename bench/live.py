"""A change at the desk, until it stands on the open page of another officer: real Chromium through the gateway."""

import shutil
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from suite.demo.journey import MainJob
from suite.demo.welcome import PASSWORD

from bench.findings import Finding
from bench.machine import rss_of
from bench.province import Province, province

CHANGES, PATIENCE, TARGET = 40, 20_000, 500.0
PAUSE = 5.2  # seconds: each change comes to a page that has rested, as most do
FLAGS = ["--no-sandbox", "--disable-gpu"]


def run() -> list[Finding]:
    """Judge a component again and again, and measure when the leader's open page shows the note."""
    suite = province()
    job = MainJob(f"http://127.0.0.1:{suite.port}", Path())
    job.sign_in()
    job.submit()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            page = _open_page(browser, suite, job)
            seen = sorted(_until_seen(page, job, number) for number in range(CHANGES))
        finally:
            browser.close()
    p95, asked = seen[int(len(seen) * 0.95)], sorted(_asking(job) for _ in range(20))[10]
    note = f"{CHANGES} changes; p50 {seen[len(seen) // 2]:.0f} ms, most {seen[-1]:.0f} ms"
    what = "change at the desk → on another officer's open page: p95"
    memory = rss_of(suite.pythons)
    return [Finding(what, p95, "ms", "≤ 500 ms", p95 <= TARGET, asked, "the API's read alone", memory, note)]


def _open_page(browser: Browser, suite: Province, job: MainJob) -> Page:
    page = browser.new_context(locale="vi-VN").new_page()
    page.goto(f"http://127.0.0.1:{suite.port}/can-bo/dang-nhap")
    page.fill("#login", job.example.leader)
    page.fill("#password", PASSWORD)
    page.click("main button.govuk-button")
    page.wait_for_url(lambda url: "/dang-nhap" not in url)
    with page.expect_request(lambda request: "/dien-bien" in request.url):
        page.goto(f"http://127.0.0.1:{suite.port}/can-bo/tiep-nhan/{job.code}")
    return page


def _until_seen(page: Page, job: MainJob, number: int) -> float:
    page.wait_for_timeout(PAUSE * 1000)
    place, words = f"/api/intake/dossiers/{job.code}", f"lan-{number:03}"
    dossier = job.desk.get(place)
    items = [
        {"component": one["id"], "verdict": "wrong", "note": words}
        for one in dossier["components"]
        if one["files"]
    ]
    begun = time.perf_counter()
    job.desk.put(f"{place}/checklist", {"version": dossier["version"], "items": items[:1]})
    page.wait_for_function(
        "words => document.querySelector('[data-part=work]').textContent.includes(words)",
        arg=words,
        timeout=PATIENCE,
    )
    return (time.perf_counter() - begun) * 1000


def _asking(job: MainJob) -> float:
    begun = time.perf_counter()
    job.leader.get(f"/api/intake/dossiers/{job.code}")
    return (time.perf_counter() - begun) * 1000
